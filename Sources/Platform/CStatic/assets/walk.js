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
const show = async () => {
  const count = (await all()).length;
  says.hidden = !count;
  says.textContent = count ? box.dataset.words.replace("{}", count) : "";
};
// True where the server took it, or said why it never will: then it is shown by the form as usual.
const send = async find => {
  const body = new FormData();
  for (const [name, value] of find.fields) body.append(name, value);
  body.set("csrf", form.elements.csrf.value);
  const answer = await fetch(find.action, { method: "POST", body, redirect: "manual" });
  return answer.type === "opaqueredirect" || answer.ok;
};
let busy = false;
const flush = async () => {
  if (busy) return;
  busy = true;
  try {
    for (const find of await all()) {
      if (!await send(find)) break;
      await run("readwrite", s => s.delete(find.key));
    }
  } catch { /* Still no network: they wait. */ } finally { busy = false; }
  await show();
};
form.addEventListener("submit", event => {
  if (navigator.onLine) return;
  event.preventDefault();
  const now = new Date(), two = n => String(n).padStart(2, "0");
  const fields = [...new FormData(form)].filter(([name]) => name !== "csrf");
  fields.push(["found_on", `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`], ["found_at", `${two(now.getHours())}:${two(now.getMinutes())}`]);
  run("readwrite", s => s.add({ owner: document.body.dataset.owner || "", action: form.action, fields }))
    .then(() => { form.reset(); return show(); });
});
addEventListener("online", flush);
flush();
