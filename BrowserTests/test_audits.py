"""An audit from its plan to its end, as auditor and auditee see it in a real browser."""
import re

from conftest import open_context, sign_in
from looks import look_everywhere


def plan(page, server, name):
    """Plans an audit of the nine rules by somebody from outside and answers its address."""
    page.goto(server.address + "/audits")
    page.get_by_role("link", name="監査を計画").click()
    page.get_by_label("監査の名前").fill(name)
    page.get_by_label("対象の点検表").select_option("holiday-9")
    page.get_by_label("終える日").fill("令和9年3月31日")
    page.get_by_role("button", name="計画を保存").click()
    page.wait_for_load_state()
    address = page.url.split("?")[0]
    page.get_by_label("外部の人の名前").fill("監査 花子")
    page.get_by_label("所属").fill("外部監査法人")
    page.get_by_role("button", name="監査人に加える").click()
    page.get_by_text("監査 花子").first.wait_for()
    page.get_by_label("抽出する数").fill("3")
    page.get_by_label("乱数の種").fill("2026")
    page.get_by_role("button", name="抽出", exact=True).click()
    page.wait_for_load_state()
    assert page.locator("#sample tbody tr, table tbody tr").count() >= 3
    return address


def record(page, place, result, seen, remark=""):
    """Records a result for the item at a place of the sample."""
    page.locator("a[href*='/items/']").nth(place).click()
    page.wait_for_load_state()
    page.get_by_label(result, exact=True).check()
    page.get_by_label("何を見て判断したか").fill(seen)
    page.get_by_label("所見").fill(remark)
    page.get_by_role("button", name="結果を保存").click()
    page.wait_for_load_state()


def walk(page, server, name):
    address = plan(page, server, name)
    # An audit that has open items says what is missing instead of closing.
    page.get_by_role("heading", name="終了するまでに").wait_for()
    results = page.locator("a[href*='/items/']").count()
    for place in range(results):
        page.goto(address)
        if place == 0:
            record(page, place, "軽微な不適合", "当番表 第2版を見た", "休みの間の連絡先が空いている")
        else:
            record(page, place, "適合", "当番表と記録簿を見た")
    page.goto(address)
    page.locator("a[href*='/findings/']").first.click()
    page.get_by_label("なぜ起きたか（原因）").fill("当番表の様式に欄がない")
    page.get_by_label("是正処置", exact=False).first.fill("様式に連絡先の欄を加える")
    page.get_by_label("担当者").select_option(index=1)
    page.get_by_label("期限").fill("令和9年2月1日")
    page.get_by_role("button", name="是正処置を保存").click()
    page.wait_for_load_state()
    page.get_by_label("何をしたか").fill("様式を改めて配った")
    page.get_by_role("button", name="完了を記録").click()
    page.wait_for_load_state()
    page.get_by_label("効いている").check()
    page.get_by_label("何を見て確かめたか").fill("新しい当番表 第3版")
    page.get_by_role("button", name="確認を記録").click()
    page.wait_for_load_state()
    page.goto(address)
    page.get_by_label("結論").fill("不適合は1件、是正を確かめた")
    page.get_by_role("button", name="監査を終了").click()
    page.wait_for_load_state()
    assert page.get_by_text("監査を開き直す").count() > 0
    return address


def test_an_audit_goes_from_plan_to_end(desk, hospital):
    walk(desk, hospital, "連休前後の点検の監査")


def test_an_audit_works_without_javascript(browser, hospital):
    context = open_context(browser, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, hospital)
    walk(page, hospital, "スクリプトなしの監査")
    context.close()


def test_a_plan_with_gaps_keeps_what_was_typed(desk, hospital):
    desk.goto(hospital.address + "/audits/new")
    desk.get_by_label("監査の名前").fill("期間のない監査")
    desk.get_by_role("button", name="計画を保存").click()
    desk.wait_for_load_state()
    assert desk.locator("[role=alert]").count() > 0
    assert desk.get_by_label("監査の名前").input_value() == "期間のない監査"


def test_the_pages_look_right_wide_and_narrow_in_both_languages(browser, hospital):
    context = open_context(browser)
    page = context.new_page()
    sign_in(page, hospital)
    address = plan(page, hospital, "見た目を確かめる監査")
    record(page, 0, "軽微な不適合", "当番表を見た", "欄が空いている")
    page.goto(address)
    parts = [("item", "a[href*='/items/']"), ("finding", "a[href*='/findings/']")]
    pages = [("audits", "/audits"), ("audit-new", "/audits/new"), ("audit", address[len(hospital.address):])]
    for name, link in parts:
        pages.append((f"audit-{name}", re.sub(r"^https?://[^/]+", "", page.locator(link).first.get_attribute("href"))))
    context.close()
    look_everywhere(browser, hospital, pages)


def test_a_finding_that_is_withdrawn_stays_to_be_read(browser, hospital):
    context = open_context(browser)
    page = context.new_page()
    sign_in(page, hospital)
    address = plan(page, hospital, "指摘を取り下げる監査")
    record(page, 0, "軽微な不適合", "当番表を見た", "欄が空いている")
    page.goto(address)
    finding = page.locator("a[href*='/findings/']").first.get_attribute("href")
    page.locator("a[href*='/items/']").first.click()
    item = page.url
    page.get_by_label("適合", exact=True).check()
    page.get_by_label("指摘を取り下げる理由").fill("別紙の当番表に欄があった")
    page.get_by_role("button", name="結果を保存").click()
    page.wait_for_load_state()
    page.goto(address)
    page.get_by_text("取り下げ", exact=True).first.wait_for()
    page.goto(hospital.address + re.sub(r"^https?://[^/]+", "", finding))
    page.get_by_text("別紙の当番表に欄があった").first.wait_for()
    context.close()
    pages = [("audit-withdrawn", address), ("audit-withdrawn-finding", finding), ("audit-withdrawn-item", item)]
    look_everywhere(browser, hospital, [(name, re.sub(r"^https?://[^/]+", "", path)) for name, path in pages])
