"""Monday morning: the page of vulnerabilities, a request to a vendor and its answer, a decision and its undoing."""
import io
import re

import openpyxl
import pytest

from conftest import open_context, sign_in
from looks import sideways_scroll, vertical_text, violations


@pytest.fixture
def morning(browser, hospital):
    context = open_context(browser, accept_downloads=True)
    page = context.new_page()
    sign_in(page, hospital)
    page.goto(hospital.address + "/vulnerabilities")
    yield page
    context.close()


def press(page, name):
    page.locator("main").get_by_role("button", name=name).first.click()
    page.wait_for_load_state()


def test_the_forgotten_line_stands_at_the_top(morning):
    text = morning.inner_text("main")
    assert "悪用が確認され、外から届くもの" in text
    first = morning.locator(".todo li").first.inner_text()
    for word in ("透析管理", "FortiOS 6.4.5", "6.4.15 以降", "契約", "事業者に依頼"):
        assert word in first, first
    # Nothing else cries wolf: one screen of lines, the rest as counts.
    assert morning.locator("main .todo li").count() <= 20
    assert "照合に使った情報" in text


def test_monday_morning_is_four_lines(morning):
    """The story of the requirement: what is exploited and reachable, what is compensated, one update, what to ask."""
    lines = [line.inner_text() for line in morning.locator("main .todo li").all()]
    assert len(lines) == 4, lines
    for line, words in zip(lines, (
            ("P0", "透析管理", "6.4.15 以降"), ("CT装置", "代替策", "3.31まで"), ("37台に KB5068861 が入っていません",),
            ("11台は版の記録がなく",))):
        for word in words:
            assert word in line, (word, line)


def test_it_reads_on_a_phone_and_prints(browser, hospital, morning):
    for path in ("/vulnerabilities", "/vulnerabilities/findings", "/vulnerabilities/groups/fix"):
        context = open_context(browser, width=360, height=740)
        page = context.new_page()
        sign_in(page, hospital)
        page.goto(hospital.address + path)
        assert not sideways_scroll(page), path
        assert not vertical_text(page), path
        assert not violations(page), path
        context.close()
    morning.goto(hospital.address + "/vulnerabilities/print")
    assert len(morning.pdf(format="A4", prefer_css_page_size=True)) > 5_000


def test_a_request_goes_out_and_its_answer_becomes_a_plan(hospital, morning):
    press(morning, re.compile("^事業者に依頼"))
    assert re.search(r"/vulnerabilities/requests/", morning.url)
    address = morning.url
    assert "有限会社いずみ医療電子" in morning.inner_text("main")
    press(morning, "送ったことを記録")
    with morning.expect_download() as download:
        morning.get_by_role("link", name="回答様式（Excel）").click()
    book = openpyxl.load_workbook(io.BytesIO(open(download.value.path(), "rb").read()))
    sheet = book.worksheets[0]
    head = next(row for row in sheet.iter_rows() if row[0].value == "番号")
    columns = {cell.value: cell.column for cell in head}
    line = head[0].row + 1
    sheet.cell(line, columns["影響"]).value = "たぶん"
    wrong = io.BytesIO()
    book.save(wrong)
    upload(morning, "回答.xlsx", wrong.getvalue())
    assert f"{line}行目「影響」" in morning.inner_text("main")
    morning.goto(address)
    sheet.cell(line, columns["影響"]).value = "影響あり"
    sheet.cell(line, columns["対応予定日"]).value = "2027/1/15"
    sheet.cell(line, columns["対応の方法"]).value = "訪問して更新します"
    right = io.BytesIO()
    book.save(right)
    upload(morning, "回答.xlsx", right.getvalue())
    text = morning.inner_text("main")
    assert "影響あり" in text and "訪問して更新します" in text
    morning.goto(hospital.address + "/vulnerabilities/agenda")
    assert "定例会の議題" in morning.inner_text("main")


def upload(page, name, content):
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.set_input_files("input[name=file]", {"name": name, "mimeType": kind, "buffer": content})
    press(page, "取り込む")


def test_an_acceptance_needs_a_measure_and_can_be_undone(hospital, morning):
    morning.goto(hospital.address + "/vulnerabilities/findings?tier=p1")
    morning.locator("#findings tbody th a").first.click()
    morning.wait_for_load_state()
    morning.select_option("select[name=state]", "accepted")
    press(morning, "保存")
    text = morning.inner_text("main")
    assert "代わりの対策を書いてください" in text and "だれが承認したか" in text
    morning.fill("textarea[name=measure]", "接続元を制限した")
    morning.fill("input[name=accepted_until]", "令和9年2月1日")
    morning.fill("input[name=approver]", "井上 和夫")
    press(morning, "保存")
    assert "例外として受け入れ" in morning.inner_text("main .kv")
    morning.get_by_role("button", name="元に戻す").first.click()
    morning.wait_for_load_state()
    assert "元に戻しました" in morning.inner_text("body")


def test_it_works_without_scripts(browser, hospital):
    context = open_context(browser, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, hospital)
    page.goto(hospital.address + "/vulnerabilities/findings?size=50&select=page")
    page.locator("button[value=decide]").click()
    page.wait_for_load_state()
    assert page.locator("input[name=owner]").count() == 1, page.inner_text("main")
    page.fill("input[name=owner]", "中村 直樹")
    page.select_option("select[name=state]", "new")
    page.locator("main button[type=submit]").last.click()
    page.wait_for_load_state()
    assert "指摘を変更しました" in page.inner_text("body")
    context.close()
