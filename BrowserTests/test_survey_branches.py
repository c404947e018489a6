"""Questions that hang on answers: without JavaScript by what was saved, with it as one answers."""
import sqlite3

import pytest

from conftest import open_context, set_language
from looks import look, look_everywhere, sideways_scroll, violations

SOURCE = """pack: own.branches
edition: 1
title: {ja: 枝分かれの調査, en: A survey with branches}
valid: {from: 2026-04-01}
publisher: 県
source: {title: 調査}
verification: unverified
entries:
  - {section: "1", title: {ja: 回線, en: Lines}}
  - {question: vpn, kind: yesNo, required: "yes", text: {ja: 外部とつなぐVPN装置がありますか, en: Is there a VPN device to the outside?}}
  - {question: vendor, kind: choice, when: {question: vpn, is: ["yes"]}, text: {ja: 保守する会社, en: Who maintains it}, choices: [{key: a, ja: 甲社, en: A}, {key: b, ja: 乙社, en: B}]}
  - {question: count, kind: number, least: 1, most: 9, when: {question: vendor, is: [b]}, text: {ja: 台数, en: Devices}}
  - {section: "2", title: {ja: 更新, en: Updates}}
  - {question: updates, kind: yesNo, required: "yes", when: {question: vpn, is: ["yes"]}, text: {ja: 更新していますか, en: Is it kept up to date?}}
  - {section: "3", title: {ja: 人, en: People}}
  - {question: staff, kind: number, least: 0, most: 99, text: {ja: 担当の人数, en: Staff}}
"""


def begin(desk, hospital, naming):
    """Begins a survey of one's own and answers the addresses of those who are asked."""
    desk.goto(hospital.address + "/surveys/new")
    desk.check("input[name=questions][value=own]")
    desk.set_input_files(
        "input[name=questionnaire]", {"name": "a.yaml", "mimeType": "text/yaml", "buffer": SOURCE.encode()})
    desk.check(f"input[name=naming][value={naming}]")
    desk.check("input[name=cycle][value=once]")
    desk.check("input[name=whom][value=file]")
    desk.set_input_files(
        "input[name=members]", {"name": "a.csv", "mimeType": "text/csv", "buffer": "回答者,区分\n甲病院,20-99\n乙病院,500+\n".encode()})
    desk.fill("input[name=due]", "2099-12-31")
    desk.locator("main button[type=submit]").last.click()
    desk.wait_for_load_state()
    with sqlite3.connect(f"file:{hospital.folder}/yagura.sqlite?mode=ro", uri=True) as base:
        rows = base.execute(
            "SELECT token FROM poll_respondent WHERE name IN ('甲病院', '乙病院') ORDER BY rowid DESC LIMIT 2").fetchall()
    return [f"{hospital.address}/q/{row[0]}" for row in rows]


@pytest.fixture
def links(desk, hospital):
    return begin(desk, hospital, "named")


def field(page, name):
    return page.locator(f"[name=a-{name}]").first


def test_without_scripts_the_saved_answers_decide(browser, links):
    context = open_context(browser, java_script_enabled=False)
    page = context.new_page()
    page.goto(links[0])
    # A section that nothing saved asks for is not among the tasks.
    assert page.locator(".tasks a").count() == 2
    page.goto(links[0] + "?section=0")
    # What decides is on this page and open: the hint says when.
    assert field(page, "vendor").is_visible()
    page.check("[name=a-vpn][value=no]")
    page.get_by_role("button", name="保存して次へ").click()
    assert "section=2" in page.url, "the second section has nothing to ask"
    page.goto(links[0] + "?section=0")
    assert not field(page, "vendor").is_visible() and not field(page, "count").is_visible()
    page.get_by_text("保存した答えでは尋ねない設問（2）").click()
    page.locator("details li", has_text="「はい」のときだけ答えます").first.wait_for()
    # Another answer brings the question up before anything else.
    page.check("[name=a-vpn][value=yes]")
    page.get_by_role("button", name="保存して次へ").click()
    page.get_by_text("尋ねる設問が増えました").wait_for()
    page.check("[name=a-vendor][value=b]")
    page.get_by_role("button", name="保存して次へ").click()
    assert "section=1" in page.url or field(page, "count").is_visible()
    page.goto(links[0])
    assert page.locator(".tasks a").count() == 3
    page.get_by_role("button", name="回答を送る").click()
    page.get_by_text("更新していますか").first.wait_for()
    # With the first answer changed back nothing of it is required, and what was answered is told of.
    page.goto(links[0] + "?section=0")
    page.check("[name=a-vpn][value=no]")
    page.get_by_role("button", name="保存して目次へ").click()
    page.goto(links[0] + "?section=0")
    page.get_by_text("前に答えた1問は、いまの答えでは尋ねません。").wait_for()
    page.goto(links[0])
    page.get_by_role("button", name="回答を送る").click()
    page.get_by_text("回答を受け取りました").first.wait_for()
    context.close()


def test_with_scripts_questions_come_and_go(browser, hospital, links):
    for language in ("ja", "en"):
        for width in (1280, 360):
            context = open_context(browser, width=width)
            page = context.new_page()
            set_language(page, hospital, language)
            page.goto(links[1] + "?section=0")
            page.wait_for_load_state("networkidle")
            assert not field(page, "vendor").is_visible()
            page.check("[name=a-vpn][value=yes]")
            page.check("[name=a-vendor][value=b]")
            assert field(page, "count").is_visible()
            # What hangs on a hidden question is hidden with it.
            page.check("[name=a-vpn][value=no]")
            assert not field(page, "vendor").is_visible() and not field(page, "count").is_visible()
            page.check("[name=a-vpn][value=yes]")
            assert field(page, "count").is_visible() and not sideways_scroll(page) and not violations(page)
            look(page, "survey-branches", width, language)
            # What was in sight is not shown once more.
            page.locator("button[value=next]").click()
            page.wait_for_load_state()
            assert "section=1" in page.url
            page.goto(links[1] + "?section=0")
            page.check("[name=a-vpn][value=no]")
            page.locator("button[value=list]").click()
            page.wait_for_load_state()
            look(page, "survey-branches-list", width, language)
            page.goto(links[1] + "?section=0")
            page.wait_for_load_state("networkidle")
            assert not page.locator("[data-draftnote]").is_visible(), "what was saved is no draft any more"
            look(page, "survey-branches-no", width, language)
            context.close()


def test_what_is_only_counted_opens_where_it_was_saved(browser, desk, hospital):
    link = begin(desk, hospital, "aggregate")[0]
    own = open_context(browser, width=360)
    phone = own.new_page()
    phone.goto(link + "?section=2")
    phone.fill("[name=a-staff]", "37")
    phone.get_by_role("button", name="保存して目次へ").click()
    phone.goto(link + "?section=2")
    assert field(phone, "staff").input_value() == "37"
    # The sender has the link, and reads by it that somebody has begun, and no more.
    path = link[len(hospital.address):]
    desk.goto(link)
    desk.get_by_text("ほかの端末（ブラウザー）で答え始めています").first.wait_for()
    assert "37" not in desk.locator("main").inner_text()
    look_everywhere(browser, hospital, [("counted-only-elsewhere", path), ("counted-only-anew", path + "/anew")])
    # Whoever answers anew says so, and what was saved before is gone.
    other = open_context(browser, java_script_enabled=False)
    page = other.new_page()
    page.goto(link)
    page.locator(f"main a[href='{path}/anew']").click()
    page.locator("main form button[type=submit]").last.click()
    page.goto(link + "?section=2")
    assert field(page, "staff").input_value() == ""
    page.fill("[name=a-staff]", "5")
    page.get_by_role("button", name="保存して目次へ").click()
    phone.goto(link)
    phone.get_by_text("答え始めています").first.wait_for()
    for context in (own, other):
        context.close()
