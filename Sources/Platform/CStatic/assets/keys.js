// "/" goes to the search box and "?" to the help, never while something is typed or converted. Off where the body says so.
addEventListener("keydown", e => {
  if (e.isComposing || e.keyCode === 229 || e.ctrlKey || e.metaKey || e.altKey || document.body.dataset.keys === "off") return;
  if (e.target.closest("input,textarea,select,[contenteditable],dialog,[role=grid]")) return;
  const target = e.key === "/" ? document.querySelector("[data-search]") : e.key === "?" ? document.querySelector("[data-help]") : null;
  if (!target) return;
  e.preventDefault();
  if (e.key === "/") { target.focus(); target.select(); } else target.click();
});
