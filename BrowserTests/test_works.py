"""Work by vendors: asked on a telephone by the vendor, decided by the hospital, done, reported and printed on A4."""
import re
import shutil
import subprocess
import time

import pytest
from conftest import PROGRAM, open_context, set_language, sign_in
from looks import SHOTS, look, look_everywhere, sideways_scroll, vertical_text, violations

VENDOR = "株式会社みなとメディカルシステムズ"
SECRET = "Kusanagi-no-Tsurugi-2026"


@pytest.fixture
def page(desk):
    return desk


@pytest.fixture(scope="module")
def account(hospital, browser):
    """A vendor's account that knows whose it is."""
    once = subprocess.run(
        [PROGRAM, "user", "add", "minato", "--name", "山本 大輔", "--role", "vendor", "--data", str(hospital.folder)],
        check=True, capture_output=True, text=True).stdout.strip()
    context = open_context(browser)
    page = context.new_page()
    sign_in(page, hospital, "minato", once)
    page.fill("input[name=newPassword]", SECRET)
    page.fill("input[name=again]", SECRET)
    page.locator("main button[type=submit]").first.click()
    context.close()
    context = open_context(browser)
    page = context.new_page()
    sign_in(page, hospital)
    page.goto(hospital.address + "/settings/vendor-accounts")
    page.locator("label", has_text="minato").locator("..").locator("select").select_option(label=VENDOR)
    page.locator("main form button[type=submit]").click()
    context.close()
    return "minato"


def first_request(page, hospital, words):
    page.goto(hospital.address + "/works")
    return page.locator("#works tbody tr", has_text=words).locator("a").first.get_attribute("href")


def test_pages_of_the_hospital_look_right(browser, hospital, page):
    waiting = first_request(page, hospital, "承認待ち")
    done = first_request(page, hospital, "完了")
    approved = first_request(page, hospital, "承認済み")
    vendor = page.goto(hospital.address + "/works/new") and page.locator(
        "select[name=vendor] option", has_text=VENDOR).get_attribute("value")
    pages = [
        ("works", "/works"), ("works-new", "/works/new"), ("works-form", f"/works/new?vendor={vendor}"),
        ("works-waiting", waiting), ("works-done", done), ("works-approved", approved), ("works-edit", waiting + "/edit"),
    ]
    look_everywhere(browser, hospital, pages)


def test_a_vendor_asks_on_a_telephone_and_the_hospital_follows(browser, hospital, page, account):
    context = open_context(browser, width=360, height=740, has_touch=True)
    phone = context.new_page()
    sign_in(phone, hospital, account, SECRET)
    began, taps = time.monotonic(), 0

    def tap(locator):
        nonlocal taps
        taps += 1
        locator.click()

    def seen(name):
        address = phone.url
        for language in ("ja", "en"):
            set_language(phone, hospital, language)
            phone.goto(address)
            assert not violations(phone), f"{name} {language}: {violations(phone)}"
            assert sideways_scroll(phone) <= 0, f"{name} {language} scrolls sideways"
            if language == "ja":
                assert not vertical_text(phone), f"{name}: {vertical_text(phone)}"
            look(phone, "vendor-" + name, 360, language)
        set_language(phone, hospital, "ja")

    def go(path):
        phone.goto(hospital.address + path)

    go("/")
    seen("home")
    go("/")
    tap(phone.get_by_role("link", name="新しく申請"))
    seen("form")
    go("/own-works/new")
    # The hospital entered an earlier request of theirs: its values are there, but for the day.
    assert phone.get_by_label("作業する人の氏名").input_value().startswith("山本 大輔")
    tap(phone.get_by_role("button", name="申請する"))
    assert phone.locator(".summary").get_by_text("日付を読み取れません").is_visible()
    phone.select_option("select[name=device]", index=1)
    phone.get_by_label("作業の内容").fill("月例の更新プログラムを適用する")
    today = phone.evaluate("new Date().toLocaleDateString('ja-JP')")
    phone.get_by_label("作業する日").fill(today)
    phone.get_by_label("始める時刻").fill("0:00")
    phone.get_by_label("終える時刻").fill("23:59")
    tap(phone.get_by_role("button", name="申請する"))
    assert phone.get_by_text("病院の承認を待っています").is_visible()
    own = re.sub("^.*/own-works", "/own-works", phone.url)
    assert taps <= 25 and time.monotonic() - began < 240
    seen("waiting")

    hospital_path = own.replace("/own-works", "/works")
    page.goto(hospital.address + hospital_path)
    assert page.get_by_role("heading", name="同じ日のほかの作業").is_visible()
    assert page.get_by_text("時間が重なる").first.is_visible()
    page.get_by_label("受付・入り口").fill("1階の防災センター")
    page.get_by_role("button", name="承認する").click()
    page.goto(hospital.address + "/")
    assert page.get_by_role("heading", name="今日の作業").is_visible()
    assert page.locator(f"a[href='{hospital_path}']").first.is_visible()

    go("/")
    assert phone.get_by_text("受付：1階の防災センター", exact=True).is_visible()
    seen("home-approved")
    go(own)
    phone.get_by_role("button", name="開始").click()
    seen("running")
    go(own)
    phone.get_by_role("button", name="終了").click()
    phone.get_by_role("link", name="報告する").click()
    assert phone.get_by_label("実施した内容").input_value() == "月例の更新プログラムを適用する"
    seen("report")
    go(own + "/report")
    phone.get_by_role("button", name="報告する").click()
    assert phone.get_by_text("病院の確認を待っています").is_visible()
    page.goto(hospital.address + hospital_path)
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/works-reported-1280-ja.png", full_page=True)
    page.get_by_role("button", name="報告を確かめた").click()
    assert page.locator("main").get_by_text("完了").first.is_visible()
    go("/own-works")
    seen("list")
    context.close()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_form_is_one_sheet_of_a4(hospital, page, tmp_path, language):
    if not shutil.which("pdfinfo"):
        pytest.skip("pdfinfo is not installed")
    done = first_request(page, hospital, "完了")
    set_language(page, hospital, language)
    page.goto(hospital.address + done + "/print")
    file = tmp_path / "sheet.pdf"
    page.pdf(path=str(file), prefer_css_page_size=True)
    if SHOTS:
        shutil.copy(file, f"{SHOTS}/works-sheet-{language}.pdf")
    told = subprocess.run(["pdfinfo", file], check=True, capture_output=True, text=True).stdout
    words = subprocess.run(["pdftotext", "-layout", file, "-"], check=True, capture_output=True, text=True).stdout
    set_language(page, hospital, "ja")
    assert "Pages:           1\n" in told, told
    title = "作業申請書兼報告書" if language == "ja" else "Request for work and report"
    assert title in words
