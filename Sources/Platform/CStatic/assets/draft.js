// Keeps what is typed in a form for a day, for its owner, until the server has taken the form (see yagura.js).
const owner = document.body.dataset.owner || "", day = 86400000;
const isBox = f => f.type === "checkbox" || f.type === "radio";
for (const form of document.querySelectorAll("form[data-draft]")) {
  const key = `yagura-draft ${owner} ${form.dataset.draft}`;
  // Each field under a name of its own: boxes by value, others of one name by their order.
  const fields = () => {
    const seen = {}, found = new Map();
    for (const f of form.elements) {
      if (!f.name || ["password", "file", "hidden", "submit", "button"].includes(f.type)) continue;
      found.set(`${f.name} ${isBox(f) ? f.value : seen[f.name] = (seen[f.name] ?? -1) + 1}`, f);
    }
    return found;
  };
  const read = () => Object.fromEntries([...fields()].map(([name, f]) => [name, isBox(f) ? f.checked : f.value]));
  const write = values => {
    for (const [name, f] of fields()) if (name in values) f[isBox(f) ? "checked" : "value"] = values[name];
    form.dispatchEvent(new Event("draft", { bubbles: true }));
  };
  const first = read();
  // Only what the person changed is kept, so that it can be put back over a record that others changed meanwhile.
  const keep = () => {
    const changed = Object.entries(read()).filter(([name, value]) => first[name] !== value);
    try {
      if (changed.length) localStorage.setItem(key, JSON.stringify({ at: Date.now(), values: Object.fromEntries(changed) }));
      else localStorage.removeItem(key);
    } catch { /* No room or not allowed: the text is still on the page. */ }
  };
  try {
    const kept = JSON.parse(localStorage.getItem(key) || "null");
    if (kept && Date.now() - kept.at > day) localStorage.removeItem(key);
    else if (kept && !document.querySelector(".summary")) {
      write(kept.values);
      const note = form.querySelector("[data-draftnote]");
      note.hidden = false;
      note.querySelector("button").addEventListener("click", () => {
        write(first);
        keep();
        note.hidden = true;
        [...fields().values()][0]?.focus();
      });
    }
  } catch { /* What was kept cannot be read: the form stands as the server sent it. */ }
  let timer;
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, 300); });
  form.addEventListener("change", keep);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    keep();
    try { sessionStorage.setItem("yagura-sent", key); } catch { /* It stays a day. */ }
  });
}
