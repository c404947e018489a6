// Files by dropping. The input itself works without this; here it also takes what falls on the zone or on the window.
for (const zone of document.querySelectorAll("[data-drop]")) {
  const input = zone.querySelector('input[type="file"]'), list = zone.querySelector("ul"), wide = zone.querySelector("[data-wide]");
  const says = zone.querySelector('[role="status"]'), limit = Number(zone.dataset.limit), most = Number(zone.dataset.most);
  const words = zone.dataset, kinds = (input.accept || "").toLowerCase().split(",").map(s => s.trim()).filter(Boolean);
  const size = n => n < 1048576 ? `${Math.max(1, Math.round(n / 1024)).toLocaleString("en")} KB` : `${(n / 1048576).toFixed(1)} MB`;
  const fits = f => !kinds.length || kinds.some(k => k.startsWith(".") ? f.name.toLowerCase().endsWith(k) : f.type === k || k.endsWith("/*") && f.type.startsWith(k.slice(0, -1)));
  let held = [];
  const show = (files, refused) => {
    held = files;
    const box = new DataTransfer();
    for (const f of files) box.items.add(f);
    input.files = box.files;
    list.replaceChildren(...files.map((f, i) => {
      const li = document.createElement("li"), name = document.createElement("span"), bytes = document.createElement("span"), off = document.createElement("button");
      name.textContent = f.name;
      bytes.textContent = size(f.size);
      bytes.className = "note";
      off.type = "button";
      off.className = "btn text";
      off.textContent = words.remove;
      off.setAttribute("aria-label", `${words.remove}：${f.name}`);
      off.addEventListener("click", () => { show(held.filter((_, k) => k !== i), []); input.focus(); });
      li.append(name, bytes, off);
      return li;
    }));
    says.textContent = [words.count.replace("{}", files.length), ...refused].join(" ");
    says.classList.toggle("wrong", refused.length > 0);
  };
  const take = files => {
    const refused = [], good = input.multiple ? [...held] : [];
    for (const f of files) {
      if (!fits(f)) refused.push(words.kind.replace("{}", f.name));
      else if (limit && f.size > limit) refused.push(words.large.replace("{}", f.name));
      else if (good.length >= (input.multiple ? most || Infinity : 1)) refused.push(words.many.replace("{}", f.name));
      else if (!good.some(g => g.name === f.name && g.size === f.size && g.lastModified === f.lastModified)) good.push(f);
    }
    show(good, refused);
  };
  input.addEventListener("change", () => take([...input.files]));
  const hasFiles = e => [...e.dataTransfer?.types || []].includes("Files");
  const inside = e => zone.contains(e.target) || wide?.checked;
  let leaving;
  addEventListener("dragover", e => {
    if (!hasFiles(e)) return;
    // A file that misses the zone must not replace the page.
    e.preventDefault();
    e.dataTransfer.dropEffect = inside(e) ? "copy" : "none";
    zone.classList.toggle("over", inside(e));
    clearTimeout(leaving);
    leaving = setTimeout(() => zone.classList.remove("over"), 200);
  });
  addEventListener("drop", e => {
    if (!hasFiles(e)) return;
    e.preventDefault();
    zone.classList.remove("over");
    if (inside(e)) take([...e.dataTransfer.files]);
  });
}
