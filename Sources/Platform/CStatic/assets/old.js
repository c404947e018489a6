// For browsers that know no modules: they get the page as it is without scripts.
document.documentElement.className = "old";
