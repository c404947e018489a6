// Fetches the same page again and puts its marked region in place of this one, until the server leaves the mark out.
const seconds = el => Number(el.dataset.refresh) || 3;
async function again(id) {
  const old = document.getElementById(id);
  if (!old?.dataset.refresh) return;
  let wait = seconds(old);
  try {
    const response = await fetch(location.href, { headers: { Accept: "text/html" } });
    // The work is over and shown elsewhere, or the session has ended.
    if (response.redirected) { location.assign(response.url); return; }
    if (!response.ok) throw new Error();
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById(id);
    if (fresh) {
      // Whoever stands on a button inside keeps standing on it.
      const focus = old.contains(document.activeElement) && document.activeElement.id;
      old.replaceWith(document.adoptNode(fresh));
      if (focus) document.getElementById(focus)?.focus();
      if (!fresh.dataset.refresh) { document.title = fresh.dataset.title || document.title; fresh.querySelector("[data-focus]")?.focus(); }
    }
  } catch { wait = Math.min(30, wait * 3); }
  setTimeout(() => again(id), wait * 1000);
}
for (const el of document.querySelectorAll("[data-refresh][id]")) setTimeout(() => again(el.id), seconds(el) * 1000);
