// Sends what was changed, cell by cell, and keeps it in the browser until the server has it.
const fields = ({ row, field, version, value }) => ({ row, field, version, value });

export class Saver {
  constructor(grid) {
    this.grid = grid;
    const { grid: address, token, live, faults } = grid.t.dataset;
    Object.assign(this, { address, token, words: grid.words, waiting: new Map(), faults: new Map(), known: new Map(), pause: 0 });
    this.live = document.getElementById(live);
    this.list = document.getElementById(faults);
    this.store = `yagura-grid ${document.body.dataset.owner || ""} ${address}`;
    addEventListener("beforeunload", e => { if (this.waiting.size) { e.preventDefault(); e.returnValue = true; } });
    addEventListener("online", () => this.waiting.size && this.now());
  }
  key(td) { return `${td.parentNode.dataset.id}/${this.grid.head(td).dataset.f}`; }
  say(text, kind) {
    this.live.textContent = text;
    this.live.className = `state ${kind}`;
  }

  // What waits
  add(td, value, was) {
    const key = this.key(td), tr = td.parentNode, before = this.waiting.get(key), field = this.grid.head(td).dataset.f;
    const label = `${tr.cells[0].textContent}${this.words.comma}${this.grid.head(td).textContent}`;
    this.waiting.set(key, { row: tr.dataset.id, field, version: tr.dataset.v, value, was: before?.was ?? was, label });
    this.clear(key);
    td.setAttribute("data-dirty", "");
  }
  keep() {
    try {
      if (this.waiting.size) localStorage.setItem(this.store, JSON.stringify([...this.waiting]));
      else localStorage.removeItem(this.store);
    } catch { /* No room or not allowed: what was typed is still on the page. */ }
  }
  /** Edits that an earlier page could not send. */
  restore() {
    let kept = [];
    try { kept = JSON.parse(localStorage.getItem(this.store) || "[]"); } catch { /* Not ours to read. */ }
    for (const [key, change] of kept) {
      this.waiting.set(key, change);
      const td = this.grid.cell(change.row, change.field);
      if (td) { this.grid.put(td, change.value); td.setAttribute("data-dirty", ""); }
    }
    if (kept.length) {
      this.say(this.words.restored.replace("{}", kept.length), "wait");
      this.soon();
    }
  }

  // Sending
  soon(wait = 800) {
    this.keep();
    if (!this.pause) this.say(this.words.unsaved, "wait");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), Math.max(wait, this.pause));
  }
  async now() {
    clearTimeout(this.timer);
    if (this.busy) { this.again = true; return; }
    const sent = [...this.waiting].filter(([key]) => !this.faults.has(key)).slice(0, 500);
    if (!sent.length) return this.closing();
    this.busy = true;
    this.say(this.words.saving, "wait");
    let answer, status = 0;
    try {
      const changes = sent.map(([, change]) => fields(change));
      const response = await fetch(this.address, {
        method: "POST", body: JSON.stringify({ changes }), redirect: "error",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": this.token },
      });
      status = response.status;
      if (response.ok) answer = await response.json();
    } catch { /* No network, no server, or something that is no answer: told below. */ }
    this.busy = false;
    if (!answer?.results) return this.failed(status);
    this.pause = 0;
    this.take(sent, answer);
  }
  failed(status) {
    const ended = status === 401 || status === 403;
    this.pause = Math.min(60000, this.pause ? this.pause * 2 : 5000);
    this.say(ended ? this.words.ended : this.words.failed, "fail");
    if (!ended) this.soon(this.pause);
  }
  take(sent, { results, savedAt }) {
    const asked = new Map(sent), answered = results.filter(result => asked.has(`${result.row}/${result.field}`));
    // An answer about nothing that was asked is none: asking again at once would never end.
    if (!answered.length) return this.failed(0);
    for (const result of answered) {
      const key = `${result.row}/${result.field}`, change = asked.get(key), later = this.waiting.get(key);
      const td = this.grid.cell(result.row, result.field), isSame = later === change;
      // The newest version of the row, also where several cells of it are in conflict.
      this.known.set(result.row, String(result.version));
      if (result.state === "saved") {
        if (td) td.parentNode.dataset.v = result.version;
        for (const other of this.waiting.values()) if (other.row === result.row) other.version = String(result.version);
        if (!isSame) continue;
        this.waiting.delete(key);
        td?.removeAttribute("data-dirty");
        if (td && result.value != null && !(this.grid.editing && this.grid.cur === td)) this.grid.put(td, result.value);
      } else if (isSame) this.fault(key, change, result, td);
    }
    this.savedAt = savedAt;
    this.keep();
    if ([...this.waiting.keys()].some(key => !this.faults.has(key)) || this.again) { this.again = false; return this.soon(0); }
    this.closing();
  }
  closing() {
    const n = this.faults.size;
    if (n) this.say(this.words.faults.replace("{}", n), "fail");
    else if (this.savedAt) this.say(this.words.saved.replace("{}", this.savedAt), "done");
  }

  // What the server would not take
  clear(key) {
    const fault = this.faults.get(key);
    if (!fault) return;
    fault.item.remove();
    fault.td?.removeAttribute("data-wrong");
    fault.td?.removeAttribute("data-clash");
    this.faults.delete(key);
  }
  fault(key, change, result, td) {
    this.clear(key);
    const clash = result.state === "conflict", item = document.createElement("li");
    const message = result.message || (clash ? this.words.clash : this.words.invalid);
    const text = document.createElement("span"), words = document.createElement("span");
    words.className = "w";
    words.textContent = change.label;
    text.append(words, this.words.colon, message);
    item.append(text);
    const button = (label, act) => {
      const b = document.createElement("button");
      b.type = "button";
      b.className = "btn s sm";
      b.textContent = label;
      b.addEventListener("click", act);
      item.append(b);
    };
    const settle = value => {
      if (td) { td.parentNode.dataset.v = this.known.get(change.row); this.grid.put(td, value); td.removeAttribute("data-dirty"); }
      this.clear(key);
      this.waiting.delete(key);
      this.keep();
      this.closing();
      if (td) this.grid.go(td);
    };
    if (clash) {
      button(this.words.theirs.replace("{}", result.theirs || this.words.empty), () => settle(result.theirs || ""));
      button(this.words.mine.replace("{}", change.value || this.words.empty), () => {
        this.clear(key);
        change.version = this.known.get(change.row);
        if (td) { td.parentNode.dataset.v = change.version; this.grid.go(td); }
        this.now();
      });
    } else {
      if (td) button(this.words.fix, () => { this.grid.go(td); this.grid.begin(); });
      button(this.words.back.replace("{}", change.was || this.words.empty), () => settle(change.was));
    }
    td?.setAttribute(clash ? "data-clash" : "data-wrong", "");
    this.list.append(item);
    this.faults.set(key, { message, item, td });
    if (td === this.grid.cur) this.grid.name();
  }
}
