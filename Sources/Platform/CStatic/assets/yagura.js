// Loads what a page needs and nothing else. Every page also works without this file.
const parts = {
  table: "form[data-bulk]", grid: "table[data-grid]", drop: "[data-drop]", refresh: "[data-refresh]",
  draft: "form[data-draft]", session: "[data-session]", print: "[data-print]",
};
document.documentElement.classList.add("js");
const list = Object.keys(parts).filter(name => document.querySelector(parts[name]));
for (const name of [...list, "keys"]) import(`./${name}.js`);
// The summary of errors is read first; browsers without autofocus on a box need this.
document.querySelector("[data-focus]")?.focus();
