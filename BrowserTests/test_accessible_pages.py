"""Every kind of page read by axe, without JavaScript, and refused."""
import re

from conftest import demo_server, open_context, set_language, sign_in
from looks import sideways_scroll, vertical_text, violations
from pages import KINDS, alike


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
    server = demo_server(tmp_path_factory, "reader")
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
