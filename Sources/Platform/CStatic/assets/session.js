// Says in time that the session will end. Typing counts as being here: then the session is kept without asking.
const box = document.querySelector("[data-session]"), left = box.querySelector("[data-left]"), button = box.querySelector("button");
const before = Number(box.dataset.before);
let ends = Date.now() + Number(box.dataset.session) * 1000, active = 0, asked = Date.now();
async function extend() {
  asked = Date.now();
  try {
    const response = await fetch(box.dataset.extend, { method: "POST", headers: { "X-CSRF-Token": box.dataset.token, Accept: "application/json" } });
    if (!response.ok) throw new Error();
    ends = Date.now() + (await response.json()).endsIn * 1000;
    if (box.open) box.close();
    active = 0;
  } catch { if (box.open) left.textContent = left.dataset.failed; }
}
button.addEventListener("click", extend);
box.addEventListener("cancel", e => { e.preventDefault(); extend(); });
for (const type of ["keydown", "pointerdown"]) addEventListener(type, () => active = Date.now(), { passive: true });
setInterval(() => {
  const rest = Math.round((ends - Date.now()) / 1000);
  if (rest > before) return;
  if (!box.open && active > asked) return extend();
  if (!box.open && box.showModal) box.showModal();
  // Read out every half minute, not every second.
  if (rest % 30 === 0 || rest <= 10 || !left.textContent) left.textContent = left.dataset.left.replace("{}", Math.max(0, rest));
}, 1000);
