"""Every page that links lead to, wide, narrow and in both languages."""
import gzip
import pathlib
import re

import pytest

from conftest import open_context, set_language, sign_in
from looks import sideways_scroll, vertical_text
from pages import shape

# What a person sees first of a page may weigh this much, compressed.
FIRST_VIEW = 60_000

MUST_BE_SEEN = [
    "/", "/duties", "/facts", "/help", "/account", "/account/password", "/account/second-factor", "/settings/users",
    "/settings/users/new", "/settings/users/:id", "/ledger", "/ledger/import", "/ledger/import/:id", "/ledger/changes",
    "/ledger/changes/:id", "/ledger/quality", "/ledger/quality/asset/essentialMissing", "/ledger/unlisted",
    "/ledger/unseen", "/ledger/connection/worries", "/ledger/connection/print", "/assess", "/assess/prefecture-20",
    "/assess/prefecture-20/items/:item",
] + [
    f"/ledger/{kind}{page}"
    for kind in ("asset", "connection", "system", "vendor", "person", "department", "location")
    for page in ("", "/new", "/:id", "/:id/edit", "/grid")
]


def test_links_lead_somewhere(addresses):
    assert [entry for entry in addresses if entry[1] >= 400] == []
    shapes = {shape(path) for path, _ in addresses}
    assert [path for path in MUST_BE_SEEN if path not in shapes] == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_pages_fit(browser, demo, addresses, language):
    context = open_context(browser)
    page = context.new_page()
    problems = []
    page.on("pageerror", lambda error: problems.append(f"script error: {error}"))
    page.on("console", lambda message: message.type == "error" and problems.append(f"console: {page.url} {message.text}"))
    sign_in(page, demo)
    set_language(page, demo, language)
    for path, _ in addresses:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(demo.address + path)
        if page.locator("html").get_attribute("lang") != language:
            problems.append(f"{path} ({language}): another language")
        problems += misfits(page, f"{path} at 1280 ({language})")
        page.set_viewport_size({"width": 360, "height": 800})
        problems += misfits(page, f"{path} at 360 ({language})")
    context.close()
    assert not problems, "\n".join(problems)


def misfits(page, where):
    over = sideways_scroll(page)
    return [f"{where}: {over} px wider than the window"] * (over > 0) + [
        f"{where}: vertical text {text}" for text in vertical_text(page)]


def test_pages_carry_a_strict_policy_and_weigh_little(page, demo, addresses):
    assets = pathlib.Path(__file__).resolve().parent.parent / "Sources/Platform/CStatic/assets"
    shared = sum(len(gzip.compress((assets / name).read_bytes())) for name in ("look.css", "yagura.js", "keys.js", "session.js"))
    heavy = []
    for path, _ in addresses:
        answer = page.request.get(demo.address + path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy and "unsafe" not in policy, path
        text = answer.text()
        assert not re.search(r"<script(?![^>]*src=)|\sstyle=|\son[a-z]+=", text), path
        weight = len(gzip.compress(text.encode())) + shared
        if weight > FIRST_VIEW:
            heavy.append((path, weight))
    assert heavy == []
