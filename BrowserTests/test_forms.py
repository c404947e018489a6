"""Forms as tired people use them: errors that say what to do, nothing typed is lost, and the doors stay shut."""
import base64
import hashlib
import hmac
import re
import struct
import time

import pytest

from conftest import fill_sign_in, open_context, sign_in
from looks import violations

PASSWORD = "tsukareta-yoru-no-12ban"


@pytest.fixture
def page(desk):
    return desk


def press(page, name):
    page.locator("main").get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def summary(page):
    return page.locator(".summary li").all_inner_texts()


def add_user(page, hospital, name):
    """A new user through the page; answers the issued password."""
    page.goto(hospital.address + "/settings/users/new")
    if "/account/confirm" in page.url:
        page.fill("input[name=password]", hospital.sign_in["password"])
        press(page, "続ける")
    page.fill("input[name=displayName]", "夜勤 太郎")
    page.fill("input[name=userName]", name)
    page.select_option("select[name=role]", index=1)
    page.locator("main form.form button[type=submit]").last.click()
    page.wait_for_load_state()
    assert summary(page) == []
    return page.locator("main code").first.inner_text().strip()


def code(secret, step=0):
    """RFC 6238 with SHA-1, 30 seconds, 6 digits."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30 + step), hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset:offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def test_errors_stand_above_and_beside_the_field_and_input_stays(page, hospital):
    page.goto(hospital.address + "/ledger/asset/new")
    page.get_by_label("用途").fill("残すべき文字")
    page.get_by_label("導入年月日").fill("きのう")
    page.get_by_label("IPアドレス").fill("10.0.0.999")
    press(page, "保存")
    errors = summary(page)
    assert len(errors) == 2 and page.title().startswith("エラー：")
    assert page.evaluate("() => document.activeElement.className") == "summary"
    beside = page.locator(".wrong").all_inner_texts()
    assert all(any(error in text for text in beside) for error in errors), "the same words above and beside"
    assert page.get_by_label("用途").input_value() == "残すべき文字"
    assert page.get_by_label("導入年月日").input_value() == "きのう"
    assert page.get_by_label("導入年月日").get_attribute("aria-invalid") == "true"
    page.locator(".summary a").first.click()
    assert page.evaluate("() => document.activeElement.getAttribute('aria-invalid')") == "true"
    assert violations(page) == []


def test_what_was_typed_survives_the_end_of_the_session(page, hospital):
    context = page.context
    page.goto(hospital.address + "/ledger/vendor/new")
    page.get_by_label("備考").fill("長い文章を\n夜中に書いた")
    # Drafts are kept a moment after the last key.
    page.wait_for_function("() => Object.keys(localStorage).some(key => key.startsWith('yagura-draft'))")
    context.clear_cookies()
    press(page, "保存")
    assert "/sign-in" in page.url or page.locator("input[name=userName]").count() == 0
    sign_in(page, hospital)
    page.goto(hospital.address + "/ledger/vendor/new")
    page.wait_for_selector("[data-draftnote]:not([hidden])")
    assert page.get_by_label("備考").input_value() == "長い文章を\n夜中に書いた"
    page.get_by_role("button", name="戻した入力を消す").click()
    assert page.get_by_label("備考").input_value() == ""


def test_the_session_of_another_device_is_ended_from_the_account_page(browser, page, hospital):
    other = open_context(browser)
    elsewhere = other.new_page()
    sign_in(elsewhere, hospital)
    page.goto(hospital.address + "/account")
    press(page, "ほかの端末をすべてサインアウトさせる")
    elsewhere.goto(hospital.address + "/ledger/asset")
    assert "/sign-in" in elsewhere.url
    fill_sign_in(elsewhere, hospital.sign_in["user"], hospital.sign_in["password"])
    assert elsewhere.url.endswith("/ledger/asset"), "signing in leads back to where one was going"
    other.close()


def test_a_form_without_its_token_is_refused(page, hospital):
    answer = page.request.post(hospital.address + "/ledger/department/new", form={"name": "よその部署"})
    assert answer.status == 403
    answer = page.request.post(hospital.address + "/ledger/department/new", form={"name": "よその部署", "csrf": "x" * 43})
    assert answer.status == 403
    page.goto(hospital.address + "/ledger/department?q=" + "よその部署")
    assert "条件に合うものはありません" in page.inner_text("main")


def test_a_refused_form_shows_what_was_typed(page, hospital):
    page.goto(hospital.address + "/ledger/department/new")
    page.get_by_label("部署名").fill("書きかけの部署")
    page.evaluate("() => { for (const f of document.querySelectorAll('main input[name=csrf]')) f.value = 'wrong'; }")
    press(page, "保存")
    assert "書きかけの部署" in page.inner_text("main")


def test_the_first_sign_in_and_the_second_step(browser, page, hospital):
    issued = add_user(page, hospital, "yakin")
    context = open_context(browser)
    own = context.new_page()
    sign_in(own, hospital, "yakin", issued)
    assert "/sign-in/password" in own.url
    own.fill("input[name=newPassword]", "short")
    own.fill("input[name=again]", "short")
    press(own, "決めて進む")
    assert summary(own)
    own.fill("input[name=newPassword]", PASSWORD)
    own.fill("input[name=again]", PASSWORD)
    press(own, "決めて進む")
    own.goto(hospital.address + "/account/second-factor")
    secret = re.sub(r"\s", "", own.inner_text("code.key"))
    own.fill("input[name=code]", "000000" if code(secret) != "000000" else "111111")
    press(own, "2段階認証を始める")
    assert summary(own)
    secret = re.sub(r"\s", "", own.inner_text("code.key"))
    own.fill("input[name=code]", code(secret))
    press(own, "2段階認証を始める")
    recovery = own.locator(".codes code").all_inner_texts()
    assert len(recovery) >= 8 and len(set(recovery)) == len(recovery)
    assert violations(own) == []

    own.context.clear_cookies()
    sign_in(own, hospital, "yakin", PASSWORD)
    assert "/sign-in/code" in own.url
    own.goto(hospital.address + "/ledger")
    assert "/sign-in" in own.url, "the password alone opens nothing"
    sign_in(own, hospital, "yakin", PASSWORD)
    # The code of the enrolment was used up; the next one is accepted a step ahead.
    own.fill("input[name=code]", code(secret, 1))
    press(own, "サインイン")
    assert "/sign-in" not in own.url

    own.context.clear_cookies()
    sign_in(own, hospital, "yakin", PASSWORD)
    own.fill("input[name=code]", recovery[0])
    press(own, "サインイン")
    assert "/sign-in" not in own.url
    own.context.clear_cookies()
    sign_in(own, hospital, "yakin", PASSWORD)
    own.fill("input[name=code]", recovery[0])
    press(own, "サインイン")
    assert summary(own), "a recovery code works once"
    context.close()


def test_guessing_is_slowed_down_and_says_for_how_long(browser, hospital):
    context = open_context(browser)
    page = context.new_page()
    for _ in range(5):
        sign_in(page, hospital, "daremo-inai", "chigau-password")
        assert "ユーザー名かパスワードが違います" in page.inner_text(".summary")
        assert page.input_value("input[name=userName]") == "daremo-inai"
        assert page.input_value("input[name=password]") == ""
    sign_in(page, hospital, "daremo-inai", "chigau-password")
    assert re.search(r"しばらくサインインできません。\d+[秒分]待って", page.inner_text(".summary"))
    assert violations(page) == []
    # Others come in all the same.
    sign_in(page, hospital)
    assert "/sign-in" not in page.url
    context.close()
