// What the grid needs to know of clipboards and lists of choices.

/** Rows of cells from what a spreadsheet puts on the clipboard; line breaks and quotes inside "…" belong to the cell. */
export function fromTSV(text) {
  const rows = [];
  let row = [], cell = "", quoted = false;
  const s = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let i = 0; i < s.length; i++) {
    const c = s[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (s[i + 1] === '"') { cell += c; i++; }
      else quoted = false;
    } else if (c === '"' && cell === "") quoted = true;
    else if (c === "\t") { row.push(cell); cell = ""; }
    else if (c === "\n") { row.push(cell); rows.push(row); row = []; cell = ""; }
    else cell += c;
  }
  row.push(cell);
  rows.push(row);
  return rows;
}

export function toTSV(rows) {
  const cell = v => /["\t\n]/.test(v) ? `"${v.replace(/"/g, '""')}"` : v;
  return rows.map(r => r.map(cell).join("\t")).join("\r\n");
}

const fold = s => s.normalize("NFKC").toLowerCase().replace(/\s/g, "");

/** The list under a cell: own choices of the column, or suggestions fetched while typing. */
export class Choices {
  constructor(label) {
    this.ul = document.createElement("ul");
    this.ul.className = "choices";
    this.ul.id = "grid-choices";
    this.ul.setAttribute("role", "listbox");
    this.ul.setAttribute("aria-label", label);
    this.ul.addEventListener("mousedown", e => {
      e.preventDefault();
      e.stopPropagation();
      const li = e.target.closest("li");
      if (li) this.onpick(li.textContent);
    });
    this.at = -1;
  }
  get open() { return this.ul.isConnected; }
  get value() { return this.ul.children[this.at]?.textContent; }
  /** Shows what fits `typed` (everything, where it is empty) under the cell. */
  async show(input, th, typed) {
    const turn = this.turn = {};
    let found;
    if (th.dataset.suggest) {
      clearTimeout(this.wait);
      await new Promise(go => this.wait = setTimeout(go, typed ? 150 : 0));
      try {
        const answer = await fetch(`${th.dataset.suggest}?q=${encodeURIComponent(typed)}`, { headers: { Accept: "application/json" } });
        found = answer.ok ? await answer.json() : [];
      } catch { found = []; }
    } else {
      const options = document.getElementById(th.dataset.list)?.options || [];
      found = Array.from(options, o => o.value).filter(v => fold(v).includes(fold(typed)));
    }
    if (turn !== this.turn) return;
    if (!found.length) return this.hide();
    this.ul.replaceChildren(...found.slice(0, 50).map((text, i) => {
      const li = document.createElement("li");
      li.id = `grid-choice-${i}`;
      li.setAttribute("role", "option");
      li.textContent = text;
      return li;
    }));
    const td = input.parentNode, box = td.closest(".gridbox").getBoundingClientRect(), r = td.getBoundingClientRect();
    td.append(this.ul);
    this.ul.classList.toggle("up", r.bottom + this.ul.offsetHeight > box.bottom && r.top - this.ul.offsetHeight > box.top);
    input.setAttribute("aria-expanded", "true");
    this.input = input;
    this.mark(-1);
  }
  hide() {
    this.turn = null;
    this.at = -1;
    this.ul.remove();
    this.input?.setAttribute("aria-expanded", "false");
    this.input?.removeAttribute("aria-activedescendant");
  }
  move(step) {
    const n = this.ul.children.length;
    this.mark((this.at + step + (this.at < 0 && step < 0 ? 1 : 0) + n) % n);
  }
  mark(i) {
    this.at = i;
    for (const [k, li] of [...this.ul.children].entries()) li.setAttribute("aria-selected", String(k === i));
    const li = this.ul.children[i];
    if (li) { this.input.setAttribute("aria-activedescendant", li.id); li.scrollIntoView({ block: "nearest" }); }
    else this.input.removeAttribute("aria-activedescendant");
  }
}
