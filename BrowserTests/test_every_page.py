"""Every page that links lead to, wide, narrow, in both languages and without JavaScript."""
import gzip
import pathlib
import re
from urllib.parse import urljoin, urlparse

import pytest

from conftest import demo_server, open_context, set_language, sign_in
from looks import sideways_scroll, vertical_text, violations

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

# A list as hospitals keep it: a title, two heads in one, a sub-total, and cells that cannot be taken as they are.
UNTIDY = """外部接続の一覧,,,,
,,,,
所管部署,ベンダ名,システム名・医療機器名,外部接続の有無,最終確認日
放射線科,東都放射線機器,試験用CT,たぶん,きのう
検査部,,試験用分析装置,有,令和8年13月1日
検査部,,,有,2026/1/1
小計,,,2,
"""


def shape(path):
    """Addresses that differ only by an id show the same page."""
    path = re.sub(r"/[0-9a-f]{8}-[0-9a-f-]{27}", "/:id", path)
    path = re.sub(r"^(/assess/[^/]+/items)/.*", r"\1/:item", path)
    return re.sub(r"^/duties/[a-z-]+\.[^/]*", "/duties/:id", path)


def crawl(page, server, first):
    """One address for each shape of page, found by following links from the first ones."""
    seen, queue, found = set(), list(first), []
    while queue and len(found) < 500:
        path = queue.pop(0)
        if shape(path) in seen:
            continue
        seen.add(shape(path))
        answer = page.request.get(server.address + path)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        found.append((path, answer.status))
        for href in re.findall(r'<a[^>]+href="([^"]+)"', answer.text()):
            target = urlparse(urljoin(server.address + path, href.replace("&amp;", "&")))
            own = target.netloc == urlparse(server.address).netloc
            # A language is chosen, not looked at.
            if own and not target.path.startswith(("/static", "/language")) and shape(target.path) not in seen:
                queue.append(target.path)
    return found


def preview(page, server):
    """The preview of a file with problems."""
    page.goto(server.address + "/ledger/import")
    page.check("input[name=kind][value=connections]")
    page.set_input_files(
        "input[name=file]", {"name": "外部接続.csv", "mimeType": "text/csv", "buffer": UNTIDY.encode("cp932")})
    page.locator("main button[type=submit]").first.click()
    page.wait_for_load_state()
    assert page.locator("#problems tbody tr").count() > 0
    return urlparse(page.url).path


@pytest.fixture(scope="module")
def addresses(browser, demo):
    context = open_context(browser)
    page = context.new_page()
    sign_in(page, demo)
    found = crawl(page, demo, ["/", preview(page, demo)])
    context.close()
    return found


KINDS = "system|vendor|person|department|location|zone|software|interface|vendor_alias"


def alike(addresses, kinds=KINDS):
    """One of those pages that differ only by what they count, or by which kind of record they show."""
    seen, some = set(), []
    for path, _ in addresses:
        key = re.sub(r"/quality/\w+/\w+", "/quality/:", shape(path))
        key = re.sub(rf"/ledger/({kinds})(?=/|$)", "/ledger/:kind", key)
        if key not in seen:
            seen.add(key)
            some.append(path)
    return some


def test_links_lead_somewhere(addresses):
    assert [entry for entry in addresses if entry[1] >= 400] == []
    shapes = {shape(path) for path, _ in addresses}
    assert [path for path in MUST_BE_SEEN if path not in shapes] == []


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("width", [1280, 360])
def test_pages_fit_and_are_accessible(browser, demo, addresses, width, language):
    context = open_context(browser, width=width, height=800)
    page = context.new_page()
    problems = []
    page.on("pageerror", lambda error: problems.append(f"script error: {error}"))
    page.on("console", lambda message: message.type == "error" and problems.append(f"console: {page.url} {message.text}"))
    sign_in(page, demo)
    set_language(page, demo, language)
    # Wide in Japanese every page is looked at; otherwise one of each kind, for the others are made by the same code.
    paths = [path for path, _ in addresses] if (width, language) == (1280, "ja") else alike(addresses)
    for path in paths:
        page.goto(demo.address + path)
        where = f"{path} at {width} ({language})"
        if page.locator("html").get_attribute("lang") != language:
            problems.append(f"{where}: another language")
        if sideways_scroll(page) > 0:
            problems.append(f"{where}: {sideways_scroll(page)} px wider than the window")
        problems += [f"{where}: vertical text {text}" for text in vertical_text(page)]
    context.close()
    assert not problems, "\n".join(problems)


def test_pages_are_accessible(browser, demo, addresses):
    """axe once per kind of page; the rules do not read the language, and the width changes little."""
    context = open_context(browser)
    page = context.new_page()
    sign_in(page, demo)
    problems = []
    for path in alike(addresses, KINDS + "|connection"):
        # A hundred rows more say nothing new and take long.
        page.goto(demo.address + path + ("?size=20" if re.fullmatch(r"/ledger/\w+(/grid)?", path) else ""))
        problems += [f"{path}: {finding}" for finding in violations(page)]
    context.close()
    assert not problems, "\n".join(problems)


def test_error_pages_help_on(browser, demo):
    for width in (1280, 360):
        for language, words in (("ja", "見つかりません"), ("en", "not")):
            context = open_context(browser, width=width)
            page = context.new_page()
            sign_in(page, demo)
            set_language(page, demo, language)
            assert page.goto(demo.address + "/ledger/asset/nai").status == 404
            assert page.goto(demo.address + "/nai").status == 404
            assert words in page.inner_text("main") and page.locator("main a").count() > 0
            assert "404" not in page.inner_text("h1") and violations(page) == []
            assert sideways_scroll(page) <= 0 and vertical_text(page) == []
            answer = page.request.post(demo.address + "/ledger/asset/new", form={"name": "x"})
            assert answer.status == 403 and "<h1" in answer.text()
            context.close()


def test_who_may_not_is_told_so(browser, tmp_path_factory):
    """A reader of the ledger sees no door that is shut, and a page with words where somebody sends the address."""
    server = demo_server(tmp_path_factory.mktemp("reader") / "data")
    context = open_context(browser)
    page = context.new_page()
    sign_in(page, server)
    page.goto(server.address + "/settings/users/new")
    if "/account/confirm" in page.url:
        page.fill("input[name=password]", server.sign_in["password"])
        page.locator("main button[type=submit]").first.click()
    page.fill("input[name=displayName]", "院長 花子")
    page.fill("input[name=userName]", "incho")
    page.select_option("select[name=role]", "director")
    page.locator("main form.form button[type=submit]").last.click()
    page.wait_for_load_state()
    issued = page.locator("main code").first.inner_text().strip()
    context.clear_cookies()
    sign_in(page, server, "incho", issued)
    page.fill("input[name=newPassword]", "aruji-nagai-12-kotoba")
    page.fill("input[name=again]", "aruji-nagai-12-kotoba")
    page.locator("main button[type=submit]").first.click()
    page.wait_for_load_state()
    links = page.locator("nav.side a").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    assert links and "/settings/users" not in links
    for path in links:
        assert page.goto(server.address + path).status == 200, path
    assert page.goto(server.address + "/settings/users").status == 403
    assert page.locator("main h1").count() == 1 and violations(page) == []
    context.close()
    server.stop()


def test_pages_are_whole_without_javascript(browser, demo, addresses):
    context = open_context(browser, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, demo)
    for path in alike(addresses):
        answer = page.goto(demo.address + path)
        assert answer.status < 400, path
        assert page.locator("main h1").count() == 1, path
        # What only a script can do is not offered.
        assert [box for box in page.locator(".jsonly").all() if box.is_visible()] == [], path
    context.close()


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
