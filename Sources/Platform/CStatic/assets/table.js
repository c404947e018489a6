// Choosing rows of a list: the box in the head, the links 「このページの50件を選択」 and the count. The links work without this.
for (const form of document.querySelectorAll("form[data-bulk]")) {
  const name = form.dataset.bulk, table = document.getElementById(name);
  const boxes = [...table.querySelectorAll('input[name="row"]')];
  const head = table.querySelector("[data-all]"), count = form.querySelector("[data-count]");
  const link = way => form.querySelector(`[data-select="${way}"]`), all = form.elements.all;
  let last = null;
  const show = () => {
    const chosen = boxes.filter(b => b.checked);
    const n = all.value ? Number(form.dataset.total) : chosen.length;
    if (head) { head.checked = chosen.length === boxes.length; head.indeterminate = !!chosen.length && !head.checked; }
    for (const b of boxes) b.closest("tr").classList.toggle("on", b.checked);
    const text = n ? count.dataset.count.replace("{}", n.toLocaleString("en")) : "";
    if (count.textContent !== text) count.textContent = text;
    link("none").hidden = !n;
    link("page").hidden = !!n;
    form.classList.toggle("busy", !!n);
  };
  const set = (on, whole) => {
    all.value = whole ? "1" : "";
    for (const b of boxes) b.checked = on;
    show();
  };
  head?.addEventListener("change", () => set(head.checked, false));
  for (const way of ["page", "all", "none"]) link(way)?.addEventListener("click", e => {
    e.preventDefault();
    set(way !== "none", way === "all");
  });
  for (const [i, b] of boxes.entries()) b.addEventListener("click", e => {
    if (e.shiftKey && last !== null) for (let k = Math.min(i, last); k <= Math.max(i, last); k++) boxes[k].checked = b.checked;
    last = i;
    all.value = "";
    show();
  });
  addEventListener("pageshow", show);
  show();
}
