"""Duties, inbox, calendar, mail and single sign-on as people use them, in a real browser."""
import re

from looks import look_everywhere

PAGES = [
    "/", "/?as=director", "/home/print", "/duties", "/duties?show=snoozed", "/duties/new", "/inbox", "/calendar",
    "/calendar/feed", "/settings/mail", "/settings/directory", "/settings/openid", "/account/notices",
    "/account/provider",
]


def test_pages_look_right_wide_and_narrow_in_both_languages(browser, demo):
    look_everywhere(browser, demo, PAGES)


def test_a_duty_is_made_put_off_and_done(page, demo):
    page.goto(demo.address + "/duties/new")
    page.get_by_label("やること").fill("サーバー室の入退室記録を確かめる")
    page.get_by_label("期限").fill("令和9年3月31日")
    page.get_by_label("担当の役割").select_option("administrator")
    page.get_by_label("くり返し").select_option("workday:-1")
    page.get_by_role("button", name="追加", exact=True).click()
    page.get_by_text("やることを追加しました。").wait_for()
    page.get_by_label("何をしたか・記録のある場所").fill("記録簿に押印した")
    page.get_by_role("button", name="完了にする").click()
    page.get_by_text("次の期限は4月30日です").wait_for()
    page.get_by_role("link", name="サーバー室の入退室記録を確かめる").first.click()
    page.locator("summary", has_text="先に延ばす").click()
    page.get_by_role("button", name="先に延ばす").click()
    # Both fields are named, and nothing typed is lost.
    assert page.locator(".errors, [role=alert]").count() > 0
    assert page.get_by_text("記録簿に押印した").count() > 0


def test_the_calendar_address_is_shown_once(page, demo):
    page.goto(demo.address + "/calendar/feed")
    page.get_by_role("button", name="アドレスを作る").click()
    address = page.locator("code.long").inner_text()
    path = re.sub(r"^https?://[^/]+", "", address)
    answer = page.request.get(demo.address + path)
    assert answer.status == 200 and answer.text().startswith("BEGIN:VCALENDAR")
    page.goto(demo.address + "/calendar/feed")
    assert page.locator("code.long").count() == 0
    page.get_by_role("button", name="使えなくする").click()
    assert page.request.get(demo.address + path).status == 404
