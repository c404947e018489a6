"""The first day of a system administrator, on the files a hospital really has: from an empty folder to a printed list."""
import re
import shutil
import subprocess
import urllib.parse

import openpyxl
import pytest

from conftest import Server, ledger_file, open_context
from looks import violations

PASSWORD = "yagura-hatsumoude-2026"
FACILITY = "みなと浜総合病院"


class Day:
    """One browser and one server from the first request to the last."""

    def __init__(self, server, page, folder):
        self.server, self.page, self.folder = server, page, folder

    def open(self, path):
        return self.page.goto(self.server.address + path)

    def path(self):
        return urllib.parse.urlparse(self.page.url).path

    def press(self, name):
        self.page.locator("main").get_by_role("button", name=name, exact=True).first.click()
        self.page.wait_for_load_state()

    def text(self):
        return self.page.inner_text("main")

    def figure(self, label):
        """A figure of the row of figures: 「新しい 47件」."""
        cell = self.page.locator(".nums li", has=self.page.locator(".l", has_text=re.compile(f"^{label}$")))
        return int(re.sub(r"\D", "", cell.locator(".v").inner_text()))

    def hand_in(self, kind, path):
        self.open("/ledger/import")
        self.page.check(f"input[name=kind][value={kind}]")
        self.page.set_input_files("input[name=file]", str(path))
        self.press("読み取って確かめる")
        if "/jobs/" in self.page.url:
            # A large file is read in the background.
            self.page.get_by_role("link", name="確認の画面へ進む").click(timeout=60_000)
            self.page.wait_for_load_state()

    def count(self, kind):
        """How many records the list of a kind counts."""
        self.open(f"/ledger/{kind}")
        counter = re.search(r"/\s*([\d,]+)[台件]", self.text())
        return int(counter.group(1).replace(",", "")) if counter else 0


@pytest.fixture(scope="module")
def day(browser, tmp_path_factory):
    ledger_file("外部接続一覧.csv")
    folder = tmp_path_factory.mktemp("story")
    server = Server(folder / "data")
    context = open_context(browser, permissions=["clipboard-read", "clipboard-write"], accept_downloads=True)
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield Day(server, page, folder)
    context.close()
    server.stop()
    assert errors == []


def test_an_empty_folder_leads_to_the_assistant(day):
    day.open("/")
    assert day.path() == "/setup"
    day.press("次へ")
    assert day.page.title().startswith("エラー：") and day.page.locator(".summary").count() == 1
    day.page.fill("input[name=name]", FACILITY)
    day.page.select_option("select[name=fiscalYearStart]", "4")
    day.press("次へ")
    day.page.fill("input[name=displayName]", "佐藤 美咲")
    day.page.fill("input[name=userName]", "m.sato")
    day.press("次へ")
    answers = day.text()
    assert all(answer in answers for answer in (FACILITY, "4月", "佐藤 美咲", "m.sato"))
    day.page.fill("input[name=password]", PASSWORD)
    day.page.fill("input[name=again]", PASSWORD + "x")
    day.press("この内容で始める")
    assert "一致しません" in day.page.inner_text(".summary")
    day.page.fill("input[name=password]", PASSWORD)
    day.page.fill("input[name=again]", PASSWORD)
    day.press("この内容で始める")
    assert day.path() == "/"
    assert FACILITY in day.page.inner_text("header") and "令和" in day.page.inner_text("header")
    assert "取り込" in day.text(), "an empty ledger says what to do first"


def test_the_assistant_runs_once(day):
    day.open("/setup")
    assert day.path() != "/setup"
    token = day.page.locator("[data-token]").first.get_attribute("data-token")
    answer = day.page.request.post(
        day.server.address + "/setup",
        form={"csrf": token, "step": "check", "name": "別の病院", "kind": "hospital", "fiscalYearStart": "4",
              "displayName": "別", "userName": "other", "password": PASSWORD, "again": PASSWORD})
    assert answer.status == 409
    day.open("/")
    assert FACILITY in day.page.inner_text("header")


def test_a_file_is_checked_before_anything_is_stored(day):
    day.hand_in("connections", ledger_file("外部接続一覧.csv"))
    assert day.figure("新しい") == 47 and day.figure("変わる") == 0
    first = day.page.locator("#problems tbody tr").first.inner_text()
    assert re.search(r"\d+行目", first)
    columns = day.page.locator("form[action$='/mapping'] tbody th").all_inner_texts()
    named = day.page.locator("#problems tbody tr td:nth-child(2)").all_inner_texts()
    assert named and set(name for name in named if name) <= set(columns), "problems name columns as the file does"
    assert violations(day.page) == []
    assert day.count("connection") == 0


def test_an_import_is_committed_undone_and_committed_again(day):
    for again in (False, True):
        day.hand_in("connections", ledger_file("外部接続一覧.csv"))
        day.press("取り込む")
        assert "取り込みました" in day.text() and "新しい47件" in day.text()
        if again:
            break
        day.press("元に戻す")
        assert "元に戻しました" in day.text()
        assert day.count("connection") == 0
    assert day.count("connection") == 47


def test_unknown_connections_stand_at_the_top(day):
    day.open("/ledger/connection/worries")
    rows = day.page.locator("#worries tbody tr").all_inner_texts()
    assert len(rows) == 47
    unknown = [index for index, row in enumerate(rows) if "どうかが「不明」" in row]
    assert unknown and unknown == list(range(len(unknown))), "all 「不明」 come before anything that is known"
    assert violations(day.page) == []


def test_the_device_ledger_comes_in_the_same_way(day):
    day.hand_in("assets", ledger_file("機器管理台帳.xlsx"))
    new = day.figure("新しい")
    assert new > 1_400
    assert re.search(r"\S+ \d+行目", day.page.locator("#problems tbody tr").first.inner_text()), "sheet and row"
    day.press("取り込む")
    assert "取り込みました" in day.text()
    assert day.count("asset") == new


def test_fifty_rows_are_edited_in_the_grid(day):
    page = day.page
    day.open("/ledger/asset/grid")
    page.wait_for_selector("[data-grid] .ed", state="attached")
    column = page.evaluate(
        "() => [...document.querySelectorAll('[data-grid] thead th')].findIndex(th => th.textContent === '用途') + 1")
    assert column > 0
    cell = lambda row: page.locator(f"[data-grid] tbody tr:nth-child({row + 1}) > :nth-child({column})")
    text = lambda row: cell(row).evaluate("td => td.firstChild?.nodeType === 3 ? td.firstChild.data : ''")
    saved = lambda: page.wait_for_function("() => /^保存済み \\d+:\\d\\d$/.test(document.querySelector('.state').textContent)")
    before = [text(row) for row in range(50)]
    cell(0).click()
    page.keyboard.type("受付端末")
    page.keyboard.press("Enter")
    saved()
    assert text(0) == "受付端末"
    wanted = [f"用途{row + 1}" for row in range(50)]
    page.evaluate("text => navigator.clipboard.writeText(text)", "\r\n".join(wanted))
    cell(0).click()
    page.keyboard.press("Control+v")
    saved()
    assert [text(row) for row in range(50)] == wanted
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    saved()
    assert [text(row) for row in range(50)] == before
    cell(0).click()
    page.keyboard.press("Control+v")
    page.wait_for_selector("[data-dirty]", state="detached")
    saved()
    day.open("/ledger/asset/grid")
    page.wait_for_selector("[data-grid] .ed", state="attached")
    assert [text(row) for row in range(50)] == wanted, "what the server stored"
    assert text(50) != "用途51"


def test_a_firewall_shows_what_is_known_and_who_changed_it(day):
    day.open("/ledger/asset?q=fortios")
    links = day.page.locator("table.cards tbody th a")
    assert links.count() > 40, "written in full width or not, in capitals or not"
    name = links.first.inner_text()
    links.first.click()
    assert day.page.inner_text("h1") == name
    page = day.text()
    assert "変更の履歴" in page and "佐藤 美咲" in page
    assert violations(day.page) == []
    address = day.page.url
    day.open(day.path() + "/edit")
    day.page.get_by_label("用途").fill("院外との境")
    day.page.fill("[name=change_reason]", "現地で確かめた")
    day.press("保存")
    assert day.page.url == address
    history = day.page.locator("h2", has_text="変更の履歴").locator("xpath=following-sibling::ul[1]").inner_text()
    assert "院外との境" in history and "現地で確かめた" in history and "佐藤 美咲" in history


def test_the_list_is_printed_for_a_meeting(day):
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    day.open("/ledger/connection/print?order=worry")
    file = day.folder / "list.pdf"
    day.page.pdf(path=str(file), prefer_css_page_size=True)
    text = subprocess.run(["pdftotext", "-layout", file, "-"], check=True, capture_output=True, text=True).stdout
    pages = text.rstrip("\f").split("\f")
    assert len(pages) > 1
    squeezed = [re.sub(r"\s", "", page) for page in pages]
    assert all(word in squeezed[0] for word in ("外部接続", FACILITY, "年度", "印刷", "病院長"))
    for number, page in enumerate(squeezed, start=1):
        assert "心配の理由" in page, f"the heads are repeated on page {number}"
        assert f"{number}/{len(pages)}" in page, "pages are numbered"
    size = subprocess.run(["pdfinfo", file], check=True, capture_output=True, text=True).stdout
    assert "A4" in size


def test_an_export_comes_back_unchanged(day):
    for kind, plural in (("connection", "connections"), ("asset", "assets")):
        day.open(f"/ledger/{kind}")
        with day.page.expect_download() as download:
            day.page.get_by_role("link", name="Excelで書き出す").click()
        file = day.folder / f"{kind}.xlsx"
        download.value.save_as(file)
        assert openpyxl.load_workbook(file, read_only=True).worksheets
        total = day.count(kind)
        day.hand_in(plural, file)
        counts = {label: day.figure(label) for label in ("新しい", "変わる", "同じ", "決められない", "取り込めない行")}
        assert counts == {"新しい": 0, "変わる": 0, "同じ": total, "決められない": 0, "取り込めない行": 0}
