// Shows a field while the one it hangs on is answered so (data-when: its name, data-is: the answers). Only an earlier field
// decides, so one pass in the order of the page settles them all.
const fields = [...document.querySelectorAll("[data-when]")];
function settle() {
  for (const field of fields) {
    const decides = field.closest("form").querySelector(`[name="${CSS.escape(field.dataset.when)}"]:checked`);
    field.hidden = !decides || !!decides.closest("[data-when][hidden]") || !field.dataset.is.split(" ").includes(decides.value);
  }
}
settle();
// What was typed before is put back into the form by another script (draft.js).
for (const event of ["change", "draft"]) document.addEventListener(event, settle);
// Nothing that came to it stays unseen: the server need not show the page once more.
document.querySelector("input[name=unseen]")?.remove();
