// The ledger edited in place. One rule above all: an input always stands focused in the current cell, transparent until
// something is typed; otherwise the first characters of a Japanese conversion are lost.
import { fromTSV, toTSV, Choices } from "./cells.js";
import { Saver } from "./saver.js";

class Grid {
  constructor(table) {
    this.t = table;
    this.body = table.tBodies[0];
    this.heads = table.tHead.rows[0].cells;
    this.words = JSON.parse(table.dataset.words);
    this.done = [];
    this.undone = [];
    this.choices = new Choices(this.words.choices);
    this.choices.onpick = v => { this.ed.value = v; this.end(true); this.go(this.cur); };
    this.saver = new Saver(this);
    table.setAttribute("role", "grid");
    for (const th of table.querySelectorAll("tbody th")) th.setAttribute("role", "rowheader");
    for (const td of table.querySelectorAll("tbody td")) {
      td.setAttribute("role", "gridcell");
      if (!this.isOpen(td)) td.setAttribute("aria-readonly", "true");
    }
    this.line = this.editor("input");
    this.text = this.editor("textarea");
    for (const [name, type] of Object.entries({
      mousedown: "down", mouseover: "drag", dblclick: "begin", keydown: "key", copy: "copy", cut: "copy", paste: "paste",
    })) table.addEventListener(name, e => this[type](e));
    const first = this.body.rows[0] && [...this.body.rows[0].cells].find(td => this.isOpen(td));
    if (first) {
      this.go(first, false, false);
      // Until now the keyboard scrolls the box; from here on it moves from cell to cell.
      table.parentElement.removeAttribute("tabindex");
    }
    this.saver.restore();
  }

  // Cells
  editor(tag) {
    const ed = document.createElement(tag);
    ed.className = "ed idle";
    ed.autocomplete = "off";
    ed.spellcheck = false;
    if (tag === "input") {
      ed.type = "text";
      ed.setAttribute("role", "combobox");
      ed.setAttribute("aria-autocomplete", "list");
      ed.setAttribute("aria-expanded", "false");
      ed.setAttribute("aria-controls", "grid-choices");
    }
    ed.addEventListener("compositionstart", () => this.arm());
    ed.addEventListener("input", () => { this.arm(); this.grow(); this.suggest(ed.value); });
    ed.addEventListener("blur", () => { if (!this.moving) this.end(true); });
    return ed;
  }
  head(td) { return this.heads[td.cellIndex]; }
  isOpen(td) { return td?.tagName === "TD" && !!this.head(td)?.dataset.f; }
  at(r, c) { return this.body.rows[r]?.cells[c]; }
  place(td) { return [td.parentNode.sectionRowIndex, td.cellIndex]; }
  value(td) { return td.firstChild?.nodeType === 3 ? td.firstChild.data : ""; }
  put(td, v) {
    if (td.firstChild?.nodeType === 3) td.firstChild.data = v; else td.prepend(v);
    td.classList.toggle("unk", v === this.words.unknown);
  }
  cell(row, field) {
    const tr = [...this.body.rows].find(r => r.dataset.id === row);
    return tr && [...tr.cells].find(td => this.head(td)?.dataset.f === field);
  }

  // Moving and choosing
  go(td, extend, focus = true) {
    if (!this.isOpen(td)) return;
    this.moving = true;
    this.paint(false);
    this.cur?.removeAttribute("data-cur");
    if (!extend) this.anchor = td;
    this.cur = td;
    td.setAttribute("data-cur", "");
    this.paint(true);
    const kind = this.head(td).dataset;
    this.ed?.remove();
    this.ed = kind.list || kind.suggest ? this.line : this.text;
    this.ed.value = "";
    this.ed.className = "ed idle";
    this.name();
    td.append(this.ed);
    if (focus) {
      this.ed.focus({ preventScroll: true });
      td.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
    this.moving = false;
  }
  name() {
    const td = this.cur, fault = this.saver.faults.get(this.saver.key(td));
    const parts = [this.head(td).textContent, td.parentNode.cells[0].textContent, this.value(td) || this.words.empty];
    if (fault) parts.push(fault.message);
    this.ed.setAttribute("aria-label", parts.join(this.words.comma));
    this.ed.toggleAttribute("aria-invalid", !!fault);
    if (fault) this.ed.setAttribute("aria-invalid", "true");
  }
  box() {
    const [a, b] = this.place(this.anchor), [c, d] = this.place(this.cur);
    return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
  }
  /** Each chosen cell that can be edited. */
  *chosen() {
    const [r1, c1, r2, c2] = this.box();
    for (let r = r1; r <= r2; r++) for (let c = c1; c <= c2; c++) if (this.isOpen(this.at(r, c))) yield this.at(r, c);
  }
  paint(on) {
    if (!this.cur || this.anchor === this.cur && on) return;
    for (const td of this.chosen()) td.toggleAttribute("data-sel", on);
  }
  down(e) {
    const td = e.target.closest("td");
    if (e.target === this.ed && this.editing || !this.isOpen(td) || e.button) return;
    e.preventDefault();
    this.end(true);
    this.go(td, e.shiftKey);
  }
  drag(e) {
    const td = e.target.closest("td");
    if (e.buttons === 1 && this.isOpen(td) && td !== this.cur && !this.editing) this.go(td, true);
  }
  /** The next cell that can be edited in a direction, or the last one (`far`). */
  step(dr, dc, far) {
    let [r, c] = this.place(this.cur), best = this.cur;
    for (;;) {
      r += dr;
      c += dc;
      const td = this.at(r, c);
      if (!td) return best;
      if (this.isOpen(td)) { best = td; if (!far) return best; }
    }
  }

  // Editing
  arm() {
    if (this.editing) return;
    this.editing = true;
    this.ed.classList.remove("idle");
  }
  begin(e) {
    if (e?.type === "dblclick" && !this.isOpen(e.target.closest("td")) || !this.cur || this.editing) return;
    this.ed.value = this.value(this.cur);
    this.arm();
    this.ed.setSelectionRange(this.ed.value.length, this.ed.value.length);
    this.grow();
    this.suggest("");
  }
  /** As high as the text; a cell may hold several lines. */
  grow() {
    if (this.ed !== this.text) return;
    this.ed.style.height = "";
    if (this.ed.scrollHeight > this.ed.offsetHeight) this.ed.style.height = `${this.ed.scrollHeight + 2}px`;
  }
  suggest(typed) {
    if (this.ed === this.line) this.choices.show(this.ed, this.head(this.cur), typed);
  }
  end(keep) {
    this.choices.hide();
    if (!this.editing) return;
    this.editing = false;
    const v = this.ed.value;
    this.ed.value = "";
    this.ed.style.height = "";
    this.ed.className = "ed idle";
    if (keep) this.commit([[this.cur, v]]);
  }
  commit(changes, remember = true) {
    const real = changes.filter(([td, v]) => this.value(td) !== v).map(([td, v]) => [td, v, this.value(td)]);
    if (!real.length) return;
    for (const [td, v, was] of real) {
      this.put(td, v);
      this.saver.add(td, v, was);
    }
    if (remember) {
      this.done.push(real);
      this.undone = [];
    }
    this.saver.soon();
    if (this.cur) this.name();
  }
  undo(from, to) {
    const real = from.pop();
    if (!real) return;
    to.push(real.map(([td, v, was]) => [td, was, v]));
    this.commit(real.map(([td, , was]) => [td, was]), false);
    this.go(real[0][0]);
  }

  // Clipboard
  copy(e) {
    if (this.editing || !this.cur) return;
    e.preventDefault();
    const [r1, c1, r2, c2] = this.box(), rows = [];
    for (let r = r1; r <= r2; r++) {
      rows.push([]);
      for (let c = c1; c <= c2; c++) rows[r - r1].push(this.value(this.at(r, c)));
    }
    e.clipboardData.setData("text/plain", toTSV(rows));
    if (e.type === "cut") this.commit([...this.chosen()].map(td => [td, ""]));
  }
  paste(e) {
    if (this.editing || !this.cur) return;
    e.preventDefault();
    const rows = fromTSV(e.clipboardData.getData("text/plain")), [r0, c0] = this.box();
    if (rows.length === 1 && rows[0].length === 1) return this.commit([...this.chosen()].map(td => [td, rows[0][0]]));
    const changes = [];
    let beyond = 0;
    rows.forEach((row, i) => row.forEach((v, j) => {
      const td = this.at(r0 + i, c0 + j);
      if (this.isOpen(td)) changes.push([td, v]); else beyond++;
    }));
    this.commit(changes);
    const last = changes.at(-1)?.[0];
    if (last) { this.go(this.at(r0, c0)); this.go(last, true); }
    if (beyond) this.saver.say(this.words.beyond.replace("{}", beyond), "fail");
  }
  fill() {
    const [r1, , r2] = this.box(), from = r1 === r2 ? r1 - 1 : r1;
    this.commit([...this.chosen()].filter(td => this.place(td)[0] !== from && this.at(from, td.cellIndex))
      .map(td => [td, this.value(this.at(from, td.cellIndex))]));
  }

  // Keys
  key(e) {
    if (e.isComposing || e.keyCode === 229 || !this.cur || e.target !== this.ed) return;
    const act = this.command(e);
    if (!act) return;
    e.preventDefault();
    act();
  }
  command(e) {
    const k = e.key, ctrl = e.ctrlKey || e.metaKey, lower = k.toLowerCase();
    const leave = (dr, dc) => () => { this.end(true); this.go(this.step(dr, dc)); };
    if (ctrl && lower === "s") return () => { this.end(true); this.go(this.cur); this.saver.now(); };
    if (this.editing) {
      if (this.choices.open && (k === "ArrowDown" || k === "ArrowUp")) return () => this.choices.move(k === "ArrowDown" ? 1 : -1);
      if (k === "Enter" && e.altKey) return this.ed === this.text && (() => { this.ed.setRangeText("\n", this.ed.selectionStart, this.ed.selectionEnd, "end"); this.grow(); });
      if (k === "Enter" || k === "Tab") {
        const pick = this.choices.open && this.choices.value;
        if (pick) this.ed.value = pick;
        return k === "Tab" ? leave(0, e.shiftKey ? -1 : 1) : leave(e.shiftKey ? -1 : 1, 0);
      }
      return k === "Escape" && (() => { this.end(false); this.go(this.cur); });
    }
    if (ctrl && lower === "z") return () => e.shiftKey ? this.undo(this.undone, this.done) : this.undo(this.done, this.undone);
    if (ctrl && lower === "y") return () => this.undo(this.undone, this.done);
    if (ctrl && lower === "d") return () => this.fill();
    if (ctrl && lower === "a") return () => { this.go(this.step(-1, 0, true)); this.go(this.step(0, -1, true)); this.go(this.step(1, 0, true), true); this.go(this.step(0, 1, true), true); };
    if (k === "Enter" && e.shiftKey) return leave(-1, 0);
    if (k === "Enter" || k === "F2" || e.altKey && k === "ArrowDown") return () => this.begin();
    if (k === "Delete" || k === "Backspace") return () => this.commit([...this.chosen()].map(td => [td, ""]));
    if (k === "Escape") return () => this.go(this.cur);
    const ways = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Home: [0, -1, true], End: [0, 1, true] };
    if (ways[k]) return () => this.go(this.step(ways[k][0], ways[k][1], ways[k][2] || ctrl), e.shiftKey);
    if (k === "PageDown" || k === "PageUp") return () => this.page(k === "PageDown" ? 1 : -1, e.shiftKey);
    return null;
  }
  page(way, extend) {
    const rows = Math.max(1, Math.floor(this.t.parentNode.clientHeight / this.cur.offsetHeight) - 2);
    const [r, c] = this.place(this.cur);
    this.go(this.at(Math.max(0, Math.min(this.body.rows.length - 1, r + way * rows)), c), extend);
  }
}

for (const table of document.querySelectorAll("table[data-grid]")) new Grid(table);
