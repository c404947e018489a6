// A find that cannot be sent waits in the telephone, photograph and all, and goes out when there is a network again.
const box = document.querySelector("[data-walk]"), form = box.querySelector("form"), says = box.querySelector('[role="status"]');
const open = () => new Promise((done, fail) => {
  const ask = indexedDB.open("yagura-walk", 1);
  ask.onupgradeneeded = () => ask.result.createObjectStore("finds", { autoIncrement: true });
  ask.onsuccess = () => done(ask.result);
  ask.onerror = () => fail(ask.error);
});
const run = async (mode, work) => {
  const base = await open();
  try {
    return await new Promise((done, fail) => {
      const move = base.transaction("finds", mode), answer = work(move.objectStore("finds"));
      move.oncomplete = () => done(answer?.result);
      move.onerror = move.onabort = () => fail(move.error);
    });
  } finally { base.close(); }
};
const mine = find => find.owner === (document.body.dataset.owner || "");
const all = async () => {
  const [keys, finds] = [await run("readonly", s => s.getAllKeys()), await run("readonly", s => s.getAll())];
  return keys.map((key, i) => ({ key, ...finds[i] })).filter(mine);
};
const tell = text => { says.hidden = !text; says.textContent = text; };
const show = async () => {
  const count = (await all()).length;
  tell(count ? box.dataset.words.replace("{}", count) : "");
};
// The server's answer in a word. Asked for JSON it does not lead strangers to the sign-in page, which would look like success.
const send = async find => {
  const body = new FormData();
  for (const [name, value] of find.fields) body.append(name, value);
  body.set("csrf", form.elements.csrf.value);
  const answer = await fetch(find.action, { method: "POST", body, redirect: "manual", headers: { Accept: "application/json" } });
  if (answer.type === "opaqueredirect") return "taken";
  return answer.status === 401 || answer.status === 403 ? "away" : answer.status === 422 ? "refused" : "later";
};
const restore = find => {
  for (const [name, value] of find.fields) {
    const field = form.elements[name];
    if (!field) continue;
    if (!(value instanceof File)) { if (field.value !== undefined) field.value = value; continue; }
    if (!value.size) continue;
    const files = new DataTransfer();
    files.items.add(value);
    field.files = files.files;
  }
};
let busy = false;
const flush = async () => {
  if (busy) return;
  busy = true;
  const refused = [];
  let away = false;
  try {
    for (const find of await all()) {
      const answer = await send(find);
      if (answer === "taken") await run("readwrite", s => s.delete(find.key));
      else if (answer === "refused") refused.push(find);
      else { away = answer === "away"; break; }
    }
  } catch { /* Still no network: they wait. */ } finally { busy = false; }
  await show();
  if (away) tell(box.dataset.away);
  if (refused.length) {
    restore(refused[0]);
    await run("readwrite", s => s.delete(refused[0].key));
    tell(box.dataset.refused.replace("{}", refused.length));
  }
};
const keep = async () => {
  const what = form.elements.what.value;
  // What the server would surely refuse is said while one still stands before the thing.
  if (!what || what !== "nothing" && !form.elements.name.value.trim()) return tell(box.dataset.name);
  const now = new Date(), two = n => String(n).padStart(2, "0");
  const fields = [...new FormData(form)].filter(([name]) => name !== "csrf");
  fields.push(["found_on", `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`], ["found_at", `${two(now.getHours())}:${two(now.getMinutes())}`]);
  await run("readwrite", s => s.add({ owner: document.body.dataset.owner || "", action: form.action, fields }));
  const stays = ["location", "department"].map(name => [name, form.elements[name].value]);
  form.reset();
  for (const [name, value] of stays) form.elements[name].value = value;
  form.dispatchEvent(new Event("change"));
  await show();
  scrollTo(0, 0);
};
form.addEventListener("submit", async event => {
  event.preventDefault();
  // A telephone may think that it is connected and reach nothing: whether the server answers is what counts.
  try {
    if (!navigator.onLine) throw new TypeError("offline");
    await fetch(box.dataset.alive || "/health", { cache: "no-store", signal: AbortSignal.timeout(4000) });
  } catch { return keep(); }
  form.submit();
});
addEventListener("online", flush);
setInterval(() => navigator.onLine && flush(), 30000);
flush();
