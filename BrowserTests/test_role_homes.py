"""What people do from their first page: who is connected, devices to check, data taken out, a word of thanks."""
import shutil
import sqlite3
import subprocess

import pytest
from conftest import set_language
from looks import look_everywhere

PAGES = [
    "/ledger/connection/sessions", "/ledger/connection_session", "/ledger/asset/check", "/media", "/media/new",
    "/media/requests", "/inbox/word", "/settings/vendor-accounts", "/ledger/budget_item",
]


@pytest.fixture
def page(desk):
    return desk


def test_pages_of_the_roles_look_right(browser, hospital):
    look_everywhere(browser, hospital, PAGES)


def test_somebody_is_let_in_and_cut(hospital, page):
    page.goto(hospital.address + "/ledger/connection/sessions")
    before = page.get_by_role("button", name="切れた").count()
    page.select_option("select[name=connection]", index=1)
    page.get_by_label("つなぐ人").fill("北辰ネット 高橋")
    page.get_by_label("作業の内容").fill("月例の確認")
    page.get_by_role("button", name="いまから接続中にする").click()
    page.goto(hospital.address + "/")
    assert page.get_by_role("link", name="北辰ネット 高橋", exact=True).is_visible()
    page.get_by_role("link", name="接続を始める・終える").click()
    assert page.get_by_role("button", name="切れた").count() == before + 1
    page.locator("tr", has_text="北辰ネット 高橋").get_by_role("button", name="切れた").click()
    assert page.get_by_role("button", name="切れた").count() == before
    assert page.locator("main").get_by_text("最近終わった接続").is_visible()


def test_devices_are_gone_through(hospital, page):
    page.goto(hospital.address + "/ledger/asset/check")
    first = page.locator("fieldset.field").first
    name = first.locator("legend").inner_text()
    # What moved says where to, chosen from the places that are known.
    first.get_by_label("移動した").check()
    page.get_by_role("button", name="選んだものを記録する").click()
    assert page.locator(".summary").get_by_text("移動した先を入力してください").is_visible()
    assert page.locator("fieldset.field").first.get_by_label("移動した").is_checked()
    place = page.locator("datalist#places option").first.get_attribute("value")
    page.get_by_label(f"「{name}」の移動した先").fill(place)
    page.get_by_role("button", name="選んだものを記録する").click()
    assert page.get_by_text("1台を記録しました").is_visible()
    assert page.get_by_text(name, exact=True).count() == 0 or page.locator("legend", has_text=name).count() == 0
    page.get_by_role("button", name="元に戻す").click()
    page.goto(hospital.address + "/ledger/asset/check")
    assert page.locator("legend").first.inner_text() == name


def test_staff_have_big_buttons_and_ask_to_take_data_out(hospital, page):
    page.goto(hospital.address + "/media/new")
    page.get_by_label("USBメモリ・SDカード").check()
    page.get_by_label("何を持ち出しますか").fill("研修の写真")
    page.get_by_label("含まない").check()
    page.get_by_label("何のためですか").fill("院外の研修")
    page.get_by_label("どこへ持ち出しますか").fill("横浜")
    with sqlite3.connect(f"file:{hospital.folder}/yagura.sqlite?mode=ro", uri=True) as base:
        asked = "SELECT count(*) FROM media_request WHERE contents = '研修の写真'"
        assert base.execute(asked).fetchone()[0] == 0
    page.get_by_label("いつまで（返す日・消す日）").fill("2099/1/1")
    page.get_by_label("暗号化する").check()
    page.get_by_role("button", name="申請する").click()
    assert page.locator(".summary").get_by_text("1年以内にしてください").is_visible()
    page.get_by_label("いつまで（返す日・消す日）").fill(page.get_by_label("いつから").input_value())
    page.get_by_role("button", name="申請する").click()
    assert page.get_by_text("承認待ち").first.is_visible()
    page.goto(hospital.address + "/media/requests")
    page.get_by_role("link", name="研修の写真").click()
    assert page.get_by_text("自分の申請は自分では決められません").is_visible()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_director_has_one_sheet_of_paper(hospital, page, tmp_path, language):
    if not shutil.which("pdfinfo"):
        pytest.skip("pdfinfo is not installed")
    set_language(page, hospital, language)
    page.goto(hospital.address + "/home/print")
    file = tmp_path / "sheet.pdf"
    page.pdf(path=str(file), prefer_css_page_size=True)
    told = subprocess.run(["pdfinfo", file], check=True, capture_output=True, text=True).stdout
    set_language(page, hospital, "ja")
    assert "Pages:           1\n" in told, told
