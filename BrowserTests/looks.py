"""What a look at a page can find without an eye: accessibility, cut text, one-character columns."""
import os

from axe_playwright_python.sync_playwright import Axe

from conftest import open_context, set_language, sign_in

# A folder for pictures of the pages, for whoever wants to look at them.
SHOTS = os.environ.get("YAGURA_SHOTS")

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


def look(page, name, width, language):
    """Takes a picture of the page where somebody wants to look at it."""
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}-{width}-{language}.png", full_page=True)


def look_everywhere(browser, server, pages, may_scroll=lambda path: False):
    """Opens each page wide and narrow in both languages: accessible, no wider than the window, no vertical text.

    `pages` are addresses, or pairs of a name for the picture and an address.
    """
    pages = [entry if isinstance(entry, tuple) else (entry.strip("/").replace("/", "-"), entry) for entry in pages]
    for width in (1280, 360):
        context = open_context(browser, width=width)
        page = context.new_page()
        sign_in(page, server)
        for language in ("ja", "en"):
            set_language(page, server, language)
            for name, path in pages:
                page.goto(server.address + path)
                assert not violations(page), f"{path} {language} {width}: {violations(page)}"
                if not may_scroll(path):
                    assert sideways_scroll(page) <= 0, f"{path} {language} {width} scrolls sideways"
                if language == "ja":
                    assert not vertical_text(page), f"{path} {width}: {vertical_text(page)}"
                look(page, name, width, language)
        set_language(page, server, "ja")
        context.close()
