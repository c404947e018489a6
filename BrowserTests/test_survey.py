"""A walk through the house with a telephone: without a network, and with photographs that come later."""
import sqlite3
import time

import pytest
from playwright.sync_api import Error
from conftest import demo_server, open_context, sign_in
from looks import look_everywhere


@pytest.fixture(scope="module")
def hospital(tmp_path_factory):
    server = demo_server(tmp_path_factory, "survey")
    with sqlite3.connect(f"file:{server.folder}/yagura.sqlite?mode=ro", uri=True) as base:
        server.survey = base.execute("SELECT id FROM survey WHERE name LIKE '秋%'").fetchone()[0]
        server.find = base.execute("SELECT id FROM survey_find ORDER BY id DESC LIMIT 1").fetchone()[0]
    yield server
    server.stop()


@pytest.fixture
def phone(browser, hospital):
    context = open_context(browser, width=360, height=740)
    page = context.new_page()
    sign_in(page, hospital)
    yield page
    context.close()


def finds(server, name):
    with sqlite3.connect(f"file:{server.folder}/yagura.sqlite?mode=ro", uri=True) as base:
        return base.execute("SELECT found_by, photo IS NOT NULL FROM survey_find WHERE name = ?", (name,)).fetchall()


def wait_for(what):
    for _ in range(300):
        try:
            if what():
                return True
        except Error:
            pass  # The page is just being loaded again.
        time.sleep(0.1)
    return False


def test_pages_look_right_wide_and_narrow_in_both_languages(browser, hospital):
    survey = f"/ledger/survey/{hospital.survey}"
    paths = [
        "/ledger/survey", "/ledger/survey_find", survey, survey + "/walk", survey + "/progress", survey + "/photos",
        survey + "/sheet", survey + "/sheet?by=place", f"/ledger/survey_find/{hospital.find}",
        "/ledger/connection/absences", "/ledger/vendor_enquiry/round", "/ledger/connection/evidence",
        "/ledger/disposal", "/ledger/entry_right", "/ledger/information_asset", "/ledger/cloud_service",
    ]
    look_everywhere(browser, hospital, paths, may_scroll=lambda path: "/sheet" in path)


def fill(page, name):
    page.get_by_label("種類").select_option("lte")
    page.get_by_label("見たもの（ラベルの名前）").fill(name)


def test_what_is_seen_without_a_network_is_sent_later(phone, hospital):
    address = f"{hospital.address}/ledger/survey/{hospital.survey}/walk"
    phone.goto(address)
    phone.wait_for_load_state("networkidle")
    phone.context.set_offline(True)
    # What could never be taken is said while one stands before it.
    phone.get_by_role("button", name="保存して次へ").click()
    phone.get_by_text("「種類」と「見たもの」を入れてください。").wait_for()
    for name in ("圏外の箱1", "圏外の箱2"):
        fill(phone, name)
        phone.set_input_files(
            "input[name=picture]",
            {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff\xe0" + name.encode()})
        phone.get_by_role("button", name="保存して次へ").click()
        assert wait_for(lambda: phone.locator("input[name=name]").input_value() == "")
    phone.get_by_text("送れなかった記録が2件").wait_for()
    assert not finds(hospital, "圏外の箱1")
    phone.context.set_offline(False)
    assert wait_for(lambda: finds(hospital, "圏外の箱1") and finds(hospital, "圏外の箱2"))
    assert finds(hospital, "圏外の箱1") == [("佐藤 美咲", 1)], "with its photograph, once"
    phone.locator("[data-walk] > [role=status]").wait_for(state="hidden")


def test_a_find_outlives_the_session(phone, hospital):
    phone.goto(f"{hospital.address}/ledger/survey/{hospital.survey}/walk")
    phone.wait_for_load_state("networkidle")
    phone.context.set_offline(True)
    fill(phone, "忘れられない箱")
    phone.get_by_role("button", name="保存して次へ").click()
    phone.get_by_text("送れなかった記録が1件").wait_for()
    cookies = phone.context.cookies()
    phone.context.clear_cookies()
    phone.context.set_offline(False)
    phone.get_by_text("サインインが切れました").wait_for()
    assert not finds(hospital, "忘れられない箱")
    phone.context.add_cookies(cookies)
    phone.reload()
    assert wait_for(lambda: finds(hospital, "忘れられない箱"))


def test_photographs_of_the_printed_sheet_find_their_line(phone, hospital):
    sheet = phone.context.new_page()
    sheet.set_viewport_size({"width": 1200, "height": 900})
    sheet.goto(f"{hospital.address}/ledger/survey/{hospital.survey}/sheet")
    shots = []
    # As a telephone sees paper: askew, from the side, not quite sharp.
    for number, look in enumerate(("rotate(17deg)", "perspective(500px) rotateY(28deg)", "rotate(-40deg) scale(1.3)")):
        code = sheet.locator("svg.qr").nth(number)
        line = code.evaluate("e => e.closest('tr').querySelector('th').textContent")
        code.evaluate("""(e, look) => {
            document.body.replaceChildren(e);
            e.setAttribute('width', 420); e.setAttribute('height', 420);
            Object.assign(e.style, {width: '420px', height: '420px', margin: '200px', transform: look, filter: 'blur(1.2px)'});
            document.body.style.background = '#999';
        }""", look)
        shots.append((int(line), sheet.screenshot(type="jpeg", quality=60)))
        sheet.reload()
    sheet.locator("svg.qr").evaluate_all("codes => codes.forEach(code => code.remove())")
    shots.append((None, sheet.screenshot(type="jpeg", quality=60)))
    sheet.close()
    phone.goto(f"{hospital.address}/ledger/survey/{hospital.survey}/photos")
    open_before = phone.locator("select[name^='place.']").count()
    phone.set_input_files("input[name=picture]", [
        {"name": f"shot{line}.jpg", "mimeType": "image/jpeg", "buffer": shot} for line, shot in shots])
    phone.get_by_role("button", name="写真を入れる").click()
    phone.get_by_text("4枚を受け取りました").wait_for()
    choices = phone.locator("select[name^='place.']")
    assert wait_for(lambda: choices.count() == open_before + 1 and not phone.get_by_text("読み取り中").count())
    for line, _ in shots[:3]:
        card = phone.locator(".photos li", has_text=f"shot{line}.jpg")
        assert card.locator("select").count() == 0
        assert f"調査票の{line}行目" in card.inner_text()
    # The one without a code is placed by hand, and a find is made of a photograph.
    card = phone.locator(".photos li", has_text="shotNone.jpg")
    assert "読み取れるQRコードが写っていません" in card.inner_text()
    card.locator("select").select_option("nothing")
    phone.get_by_role("button", name="選んだ場所に置く").click()
    phone.get_by_text("1枚の写真の場所を記録しました。").wait_for()
    phone.locator(".photos li", has_text=f"shot{shots[0][0]}.jpg").get_by_role("link", name="この写真で記録する").click()
    fill(phone, "写真から記録した箱")
    phone.get_by_role("button", name="保存して次へ").click()
    phone.get_by_text("「写真から記録した箱」を保存しました。").wait_for()
    assert finds(hospital, "写真から記録した箱")[0][1] == 1
