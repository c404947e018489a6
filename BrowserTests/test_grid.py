"""Editing in place against the real server: what is typed is stored, also past conflicts, faults and ended networks."""
import pytest

from conftest import open_context, sign_in

GRID = "/ledger/asset/grid"


class Sheet:
    """The grid of one browser; columns by their heads."""

    def __init__(self, page, address):
        self.page, self.address, self.keys = page, address, page.keyboard
        self.open()

    def open(self):
        self.page.goto(self.address + GRID)
        self.page.wait_for_selector("[data-grid] .ed", state="attached")
        self.heads = self.page.locator("[data-grid] thead th").all_text_contents()

    def cell(self, row, head):
        return self.page.locator(f"[data-grid] tbody tr:nth-child({row + 1}) > :nth-child({self.heads.index(head) + 1})")

    def text(self, row, head):
        return self.cell(row, head).evaluate("td => td.firstChild?.nodeType === 3 ? td.firstChild.data : ''")

    def type(self, row, head, text, end="Enter"):
        self.cell(row, head).click()
        self.keys.type(text)
        self.keys.press(end)

    def press(self, *keys):
        for key in keys:
            self.keys.press(key)

    def says(self, text):
        self.page.wait_for_function(
            "text => document.querySelector('.state').textContent.includes(text)", arg=text)

    def saved(self):
        self.page.wait_for_function(
            "() => /^保存済み/.test(document.querySelector('.state').textContent) && !document.querySelector('[data-dirty]')")

    def current(self):
        return self.page.evaluate(
            "() => { const td = document.querySelector('[data-cur]'); "
            "return [td.parentNode.sectionRowIndex, document.querySelectorAll('[data-grid] thead th')[td.cellIndex].textContent]; }")

    def clipboard(self, text=None):
        if text is None:
            return self.page.evaluate("() => navigator.clipboard.readText()").replace("\r", "")
        return self.page.evaluate("text => navigator.clipboard.writeText(text)", text)

    def faults(self):
        return self.page.locator(".faults li")


def open_sheet(browser, hospital):
    context = open_context(browser, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, hospital)
    return Sheet(page, hospital.address)


@pytest.fixture
def sheet(browser, hospital):
    sheet = open_sheet(browser, hospital)
    yield sheet
    sheet.page.context.close()
    assert sheet.page.errors == []


def test_keys_move_edit_and_give_up(sheet):
    head, after = "用途", sheet.heads[sheet.heads.index("用途") + 1]
    sheet.cell(2, head).click()
    for key, place in (("ArrowDown", [3, head]), ("ArrowUp", [2, head]), ("ArrowRight", [2, after]), ("ArrowLeft", [2, head])):
        sheet.press(key)
        assert sheet.current() == place, key
    before = sheet.text(2, head)
    sheet.press("F2")
    sheet.keys.type("やめる")
    sheet.press("Escape")
    assert sheet.text(2, head) == before and sheet.current() == [2, head]
    sheet.keys.type("右へ")
    sheet.press("Tab")
    assert sheet.current() == [2, after]
    sheet.type(2, head, "下へ")
    assert sheet.current() == [3, head]
    sheet.saved()
    sheet.open()
    assert sheet.text(2, head) == "下へ"


def test_a_japanese_conversion_is_stored_whole(sheet):
    sheet.cell(4, "用途").click()
    keys = sheet.page.context.new_cdp_session(sheet.page)
    for text in ("て", "てす", "てすと"):
        keys.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
    keys.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "windowsVirtualKeyCode": 229, "key": "Process", "code": "Enter"})
    assert sheet.current()[0] == 4, "the Enter that ends a conversion does not leave the cell"
    keys.send("Input.insertText", {"text": "手術用"})
    sheet.press("Enter")
    sheet.saved()
    sheet.open()
    assert sheet.text(4, "用途") == "手術用"


def test_a_block_of_fifty_rows_and_five_columns(sheet):
    """Copied and pasted back as a spreadsheet would, undone, done again, and stored."""
    at = sheet.heads.index("製造番号")
    heads = sheet.heads[at - 2:at + 3]
    block = lambda: [[sheet.text(row, head) for head in heads] for row in range(50)]
    before = block()
    sheet.cell(0, heads[0]).click()
    sheet.keys.down("Shift")
    sheet.press(*["ArrowRight"] * 4, *["ArrowDown"] * 49)
    sheet.keys.up("Shift")
    sheet.press("Control+c")
    copied = [line.split("\t") for line in sheet.clipboard().split("\n")]
    assert copied == before
    # Pasted one row lower: all is one change to undo.
    sheet.cell(1, heads[0]).click()
    sheet.press("Control+v")
    assert block()[1:] == before[:49]
    sheet.press("Control+z")
    assert block() == before
    sheet.saved()
    sheet.open()
    assert block() == before


def test_line_breaks_in_quotes_stay_in_their_cell(sheet):
    lines = [f"行{row}" for row in range(50)]
    sheet.clipboard('"一行目\n二行目 ""引用"""\r\n' + "\r\n".join(lines[1:]) + "\r\n")
    was = [sheet.text(row, "備考") for row in range(50)]
    sheet.cell(0, "備考").click()
    sheet.press("Control+v")
    wanted = ['一行目\n二行目 "引用"'] + lines[1:]
    assert [sheet.text(row, "備考") for row in range(50)] == wanted
    sheet.press("Control+z")
    assert [sheet.text(row, "備考") for row in range(50)] == was
    sheet.press("Control+y")
    sheet.saved()
    assert sheet.faults().count() == 0
    sheet.open()
    assert [sheet.text(row, "備考") for row in range(50)] == wanted


def test_a_wrong_value_says_why_and_the_rest_is_saved(sheet):
    sheet.type(5, "導入年月日", "きのう")
    sheet.type(6, "導入年月日", "R6.4.1")
    sheet.says("保存できない欄が1件")
    assert "きのう" in sheet.faults().first.inner_text() and "日付" in sheet.faults().first.inner_text()
    assert sheet.text(6, "導入年月日").startswith("令和6年4月1日")
    sheet.type(5, "導入年月日", "2024/4/2")
    sheet.saved()
    sheet.open()
    assert sheet.text(5, "導入年月日").startswith("令和6年4月2日")


@pytest.mark.parametrize("choice, kept", [("相手の", "二人目"), ("自分の", "一人目")])
def test_two_people_on_one_cell(browser, hospital, sheet, choice, kept):
    row = 7 if kept == "二人目" else 8
    other = open_sheet(browser, hospital)
    other.type(row, "用途", "二人目")
    other.saved()
    other.page.context.close()
    sheet.type(row, "用途", "一人目")
    sheet.says("保存できない欄が1件")
    assert sheet.text(row, "用途") == "一人目"
    sheet.faults().get_by_role("button", name=f"{choice}「{kept}」").click()
    sheet.saved()
    sheet.open()
    assert sheet.text(row, "用途") == kept


def test_a_broken_line_loses_nothing(sheet):
    sheet.page.route("**/cells", lambda route: route.abort())
    sheet.type(10, "用途", "切れても残る")
    sheet.says("通信を確かめ")
    sheet.type(11, "用途", "二つ目も")
    sheet.page.unroute("**/cells")
    sheet.press("Control+s")
    sheet.saved()
    sheet.open()
    assert [sheet.text(10, "用途"), sheet.text(11, "用途")] == ["切れても残る", "二つ目も"]


def test_after_the_session_ended_the_cells_wait_for_the_sign_in(hospital, sheet):
    context = sheet.page.context
    cookies = [cookie for cookie in context.cookies() if cookie["name"] != "yagura-language"]
    context.clear_cookies()
    assert cookies
    sheet.type(12, "用途", "サインイン前")
    sheet.says("サインインし直して")
    sign_in(sheet.page, hospital)
    sheet.open()
    sheet.saved()
    sheet.open()
    assert sheet.text(12, "用途") == "サインイン前"


def test_without_scripts_each_row_leads_to_its_form(browser, hospital):
    context = open_context(browser, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, hospital)
    page.goto(hospital.address + GRID)
    link = page.locator("[data-grid] tbody tr:first-child a", has_text="編集")
    assert link.is_visible()
    name = page.locator("[data-grid] tbody th").first.inner_text()
    link.click()
    assert name in page.inner_text("h1")
    page.get_by_label("用途").fill("スクリプトなしで")
    page.get_by_role("button", name="保存", exact=True).click()
    assert "スクリプトなしで" in page.inner_text("main")
    context.close()
