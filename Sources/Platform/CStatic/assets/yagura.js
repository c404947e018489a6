// Loads what a page needs and nothing else. Every page also works without this file.
const parts = {
  table: "form[data-bulk]", grid: "table[data-grid]", drop: "[data-drop]", refresh: "[data-refresh]",
  draft: "form[data-draft]", session: "[data-session]", print: "[data-print]", walk: "[data-walk]", when: "[data-when]",
};
const $ = s => document.querySelector(s);
// What was typed into a form is forgotten once the form has been taken: when after sending comes neither sign-in, nor an
// error page, nor the form with its errors.
try {
  const sent = sessionStorage.getItem("yagura-sent");
  if (sent && !$("body.plain [type=password],[data-failed],.summary")) localStorage.removeItem(sent);
  sessionStorage.removeItem("yagura-sent");
} catch { /* Storage is not allowed: nothing was kept. */ }
for (const name of [...Object.keys(parts).filter(name => $(parts[name])), "keys"]) import(`./${name}.js`);
// The summary of errors is read first; browsers without autofocus on a box need this.
$("[data-focus]")?.focus();
