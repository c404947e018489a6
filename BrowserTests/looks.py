"""What a look at a page can find without an eye: accessibility, cut text, one-character columns."""
from axe_playwright_python.sync_playwright import Axe

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    # What passes need not be described.
    "resultTypes": ["violations"],
}

# Japanese may wrap after any character, so a narrow column becomes a vertical line of single characters. axe does not see it.
VERTICAL = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, text = node.textContent.trim();
    if (text.length < 3) continue;
    const element = node.parentElement, style = getComputedStyle(element);
    if (style.visibility === 'hidden' || style.display === 'none') continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const lines = new Map();
    for (const box of range.getClientRects()) {
      if (box.width < 1 || box.height < 1) continue;
      const key = Math.round(box.top);
      lines.set(key, (lines.get(key) || 0) + box.width);
    }
    if (lines.size < 2) continue;
    if (element.closest('.visually-hidden, .hidden, svg, option, select, textarea')) continue;
    if (Math.max(...lines.values()) < 3.2 * parseFloat(style.fontSize)) found.push(text.slice(0, 30) + ' (' + lines.size + ' lines)');
  }
  return found;
}"""


def vertical_text(page):
    return page.evaluate(VERTICAL)


def sideways_scroll(page):
    """How many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def violations(page):
    found = Axe().run(page, options=RULES)
    return [
        f"{rule['id']}: {node['html'][:120]}" for rule in found.response["violations"] for node in rule["nodes"][:3]
    ]
