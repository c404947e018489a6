"""Every page that links lead to, wide, narrow and without JavaScript."""
import re
from urllib.parse import urljoin, urlparse

import pytest

from conftest import open_context, sign_in
from looks import sideways_scroll, vertical_text, violations

LIMIT_PER_SHAPE = 1


def shape(path):
    """Addresses that differ only by an id show the same page."""
    return re.sub(r"/[0-9a-f]{8}-[0-9a-f-]{27}", "/:id", path)


def crawl(page, server):
    """One address for each shape of page, found by following links from the home page."""
    seen, queue, found = set(), ["/"], []
    while queue and len(found) < 120:
        path = queue.pop(0)
        if shape(path) in seen:
            continue
        seen.add(shape(path))
        answer = page.request.get(server.address + path)
        kind = answer.headers.get("content-type", "")
        if not kind.startswith("text/html"):
            continue
        found.append((path, answer.status))
        for href in re.findall(r'<a[^>]+href="([^"]+)"', answer.text()):
            target = urlparse(urljoin(server.address + path, href.replace("&amp;", "&")))
            if target.netloc == urlparse(server.address).netloc and not target.path.startswith("/static"):
                address = target.path
                if shape(address) not in seen:
                    queue.append(address)
    return found


@pytest.fixture(scope="session")
def addresses(browser, demo):
    context = open_context(browser)
    page = context.new_page()
    sign_in(page, demo)
    found = crawl(page, demo)
    context.close()
    return found


def test_links_lead_somewhere(addresses):
    assert len(addresses) > 10
    assert [entry for entry in addresses if entry[1] >= 400] == []


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("width", [1280, 360])
def test_pages_fit_and_are_accessible(browser, demo, addresses, width, language):
    context = open_context(browser, width=width, height=800)
    page = context.new_page()
    problems = []
    page.on("pageerror", lambda error: problems.append(f"script error: {error}"))
    page.on("console", lambda message: message.type == "error" and problems.append(f"console: {message.text}"))
    sign_in(page, demo)
    context.add_cookies([{"name": "language", "value": language, "url": demo.address}])
    for path, _ in addresses:
        page.goto(demo.address + path)
        where = f"{path} at {width} ({language})"
        if sideways_scroll(page) > 0:
            problems.append(f"{where}: {sideways_scroll(page)} px wider than the window")
        problems += [f"{where}: vertical text {text}" for text in vertical_text(page)]
        # Once per page and width is enough: the rules do not read the language.
        if language == "ja":
            problems += [f"{where}: {finding}" for finding in violations(page)]
    context.close()
    assert problems == []


def test_pages_are_whole_without_javascript(browser, demo, addresses):
    context = open_context(browser, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, demo)
    for path, _ in addresses:
        answer = page.goto(demo.address + path)
        assert answer.status < 400, path
        assert page.locator("main h1").count() == 1, path
    context.close()


def test_pages_carry_a_strict_policy_and_no_inline_code(page, demo, addresses):
    for path, _ in addresses:
        answer = page.request.get(demo.address + path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy and "unsafe" not in policy, path
        assert not re.search(r"<script(?![^>]*src=)|\sstyle=|\son[a-z]+=", answer.text()), path
