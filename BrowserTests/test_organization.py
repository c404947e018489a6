"""Chart, contacts, disconnection order, pack on paper, files of forms and reports of problems, as people use them."""
import pathlib
import sqlite3

import pytest
from conftest import ROOT, open_context
from looks import look_everywhere, sideways_scroll, violations

PICTURES = ROOT / "Tests/Corpus/pictures"

PAGES = [
    "/organization", "/organization/chart", "/organization/contacts/print", "/organization/contacts/pack",
    "/organization/contacts/verify", "/organization/roster", "/organization/first-response",
    "/organization/first-response/print", "/organization/cut-order", "/organization/poster", "/organization/reports", "/regulations", "/report",
    "/contacts", "/ledger/contact", "/ledger/cut_step", "/ledger/committee", "/ledger/meeting", "/ledger/action_item",
    "/ledger/regulation", "/ledger/regulation_topic", "/ledger/form_original", "/ledger/qualification",
    "/ledger/responsibility",
]


@pytest.fixture
def page(desk):
    return desk


def one(server, table, name):
    """The id of a record by its name."""
    with sqlite3.connect(f"file:{server.folder}/yagura.sqlite?mode=ro", uri=True) as base:
        return base.execute(f"SELECT id FROM {table} WHERE name LIKE ?", (name,)).fetchone()[0]


def somebody(server, *others):
    """The number of somebody on the roster, and of none of those with these ids."""
    with sqlite3.connect(f"file:{server.folder}/yagura.sqlite?mode=ro", uri=True) as base:
        rows = base.execute("SELECT id, staff_number, name FROM person WHERE archived_at IS NULL AND staff_number IS NOT NULL ORDER BY id").fetchall()
    return next((number, name) for id, number, name in rows if id not in others)


def save(page):
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_load_state("networkidle")
    assert not page.url.endswith("/edit"), page.locator(".summary, .banner").all_inner_texts()


def test_pages_look_right_wide_and_narrow_in_both_languages(browser, hospital):
    paths = PAGES + [
        f"/ledger/form_original/{one(hospital, 'form_original', '紙カルテ%')}",
        f"/organization/files/form_original/{one(hospital, 'form_original', '紙カルテ%')}",
        f"/organization/meetings/{one(hospital, 'meeting', '第2回%')}/material",
        f"/ledger/regulation/{one(hospital, 'regulation', '医療情報システム安全管理規程')}",
    ]
    look_everywhere(browser, hospital, paths, may_scroll=lambda path: path.endswith("print") or "poster" in path)


def test_the_menu_folds_but_for_the_group_one_is_in(page, hospital):
    page.goto(hospital.address + "/ledger/contact")
    groups = page.locator("nav.side details.fold")
    assert groups.count() >= 4
    assert page.locator("nav.side details.fold[open]").count() == 1
    assert page.locator("nav.side details.fold[open] a[aria-current=page]").inner_text() == "外部連絡先"
    page.locator("nav.side summary", has_text="書類・報告").click()
    page.locator("nav.side a", has_text="紙の初動パック").click()
    page.wait_for_url("**/organization/first-response")


def test_from_the_chart_to_the_paper_on_the_wall(page, hospital):
    # A post that nobody stood in for gets a deputy.
    page.goto(hospital.address + "/ledger/responsibility?q=企画管理者")
    page.locator("main table a", has_text="企画管理者").first.click()
    page.get_by_role("link", name="編集", exact=True).click()
    holder = page.get_by_label("担当者", exact=True).input_value()
    page.get_by_label("代行者", exact=True).fill(somebody(hospital)[0])
    save(page)
    assert holder and somebody(hospital)[1] in page.locator("main").inner_text()
    # Numbers are verified by whoever calls them.
    page.goto(hospital.address + "/organization/contacts/verify")
    before = page.locator("main input[name=id]").count()
    assert before > 0
    page.locator("main input[name=id]").first.check()
    page.get_by_role("button", name="確かめた").click()
    page.get_by_text("1件を確かめたと記録しました。").wait_for()
    assert page.locator("main input[name=id]").count() == before - 1
    # A step waits for a second person; until then the paper says so.
    page.goto(hospital.address + "/organization/first-response/print")
    assert "未決定" in page.locator("body").inner_text()
    with sqlite3.connect(f"file:{hospital.folder}/yagura.sqlite?mode=ro", uri=True) as base:
        open_steps = base.execute(
            "SELECT id, entered_by FROM cut_step WHERE approved_by IS NULL ORDER BY stage, position").fetchall()
    assert len(open_steps) == 2
    for step, entered_by in open_steps:
        page.goto(f"{hospital.address}/ledger/cut_step/{step}/edit")
        page.get_by_label("承認した人").fill(somebody(hospital, entered_by)[0])
        page.get_by_label("承認日").fill("2026/11/20")
        save(page)
    page.goto(hospital.address + "/organization/first-response")
    assert "が未決定です" not in page.locator("main").inner_text()
    # Whatever is changed after the approval wants a new one.
    page.goto(f"{hospital.address}/ledger/cut_step/{open_steps[0][0]}/edit")
    page.get_by_label("切り方").fill("WAN側の線を2本とも抜く")
    save(page)
    page.goto(hospital.address + "/organization/cut-order")
    page.get_by_text("さんが承認したあとで書き直されています。").wait_for()
    page.goto(f"{hospital.address}/ledger/cut_step/{open_steps[0][0]}/edit")
    page.get_by_label("承認日").fill("2026/11/21")
    save(page)
    page.goto(hospital.address + "/organization/first-response")
    assert "が未決定です" not in page.locator("main").inner_text()
    # Printed, every home says when.
    page.get_by_role("button", name="全部を印刷").click()
    page.wait_for_url("**/first-response/print")
    page.goto(hospital.address + "/")
    line = page.locator("p.pack").inner_text()
    today = page.evaluate("new Intl.DateTimeFormat('ja-JP-u-ca-japanese', {month: 'numeric', day: 'numeric'}).format()")
    month, day = today.split("/")[-2:]
    assert f"{month}月{day}日" in line and "佐藤 美咲" in line
    assert page.locator("p.pack a").get_attribute("href") == "/organization/first-response"


def test_a_form_is_kept_with_its_versions(page, hospital):
    form = one(hospital, "form_original", "検査依頼票")
    page.goto(f"{hospital.address}/ledger/form_original/{form}")
    page.get_by_text("まだ預けていません。").first.wait_for()
    page.get_by_role("link", name="ファイルを預ける").click()
    send = page.get_by_role("button", name="預ける", exact=True)
    page.set_input_files("input[name=file]", {"name": "危険.pdf", "mimeType": "application/pdf", "buffer": b"<script>"})
    send.click()
    page.get_by_text("PDFに書き出してから選んでください").first.wait_for()
    for number, words in ((1, ""), (2, "至急の欄を足した")):
        page.goto(f"{hospital.address}/organization/files/form_original/{form}")
        page.set_input_files(
            "input[name=file]",
            {"name": "検査依頼票.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 " + bytes([48 + number])})
        page.get_by_label("変わったところ").fill(words)
        page.get_by_role("button", name="預ける", exact=True).click()
        page.get_by_text(f"（{number}番目）").wait_for()
    page.locator("summary", has_text="前の版（1）").wait_for()
    link = page.locator("main a", has_text="検査依頼票.pdf").first.get_attribute("href")
    answer = page.request.get(hospital.address + link)
    assert answer.body() == b"%PDF-1.7 2"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-type"] == "application/pdf"


def test_a_stranger_with_a_phone_is_heard(browser, page, hospital):
    phone = open_context(browser, width=360, height=740)
    stranger = phone.new_page()
    stranger.goto(hospital.address + "/report")
    assert not violations(stranger) and sideways_scroll(stranger) <= 0
    stranger.get_by_label("脅迫の文章が出た、ファイルが開けない").check()
    stranger.get_by_label("どこで").fill("5階東病棟 ナースステーション")
    stranger.set_input_files("input[type=file]", str(PICTURES / "none.jpg"))
    stranger.get_by_role("button", name="知らせる", exact=True).click()
    stranger.wait_for_load_state()
    assert "内線" in stranger.locator("main").inner_text() or "電話" in stranger.locator("main").inner_text()
    phone.close()
    # The alarm stands on every page until somebody looks.
    page.goto(hospital.address + "/ledger/asset")
    page.get_by_text("異常の知らせが1件届いています。").wait_for()
    page.get_by_role("link", name="内容を見る").click()
    page.get_by_role("link", name="脅迫の文章が出た").first.click()
    assert "5階東病棟" in page.locator("main").inner_text()
    photo = page.request.get(hospital.address + page.get_by_role("link", name="写真を開く").get_attribute("href"))
    assert photo.body() == pathlib.Path(PICTURES / "none.jpg").read_bytes()
    page.goto(hospital.address + "/ledger/asset")
    assert page.get_by_text("異常の知らせが1件届いています。").count() == 0
