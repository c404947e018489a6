"""Editing in place with a real keyboard, clipboard and Japanese input; the answers of the server are ours."""
import json

import pytest

from conftest import open_context, sign_in
from looks import violations

GRID = "/ledger/asset/grid"


class Answers:
    """Takes what the grid sends, and answers as the server would: saved, in conflict, invalid, or not at all."""

    def __init__(self):
        self.mode, self.saved, self.requests = "ok", {}, 0

    def __call__(self, route):
        self.requests += 1
        if self.mode == "down":
            return route.abort()
        if self.mode == "empty":
            return route.fulfill(json={"results": [], "savedAt": "14:32"})
        if self.mode in ("503", "403"):
            return route.fulfill(status=int(self.mode), body="{}")
        results = []
        for change in json.loads(route.request.post_data)["changes"]:
            result = {"row": change["row"], "field": change["field"], "state": "saved", "version": change["version"]}
            if change["value"].startswith("衝突") and int(change["version"]) < 99:
                result |= {"state": "conflict", "version": "99", "theirs": "相手の値"}
            elif change["value"] == "だめ":
                result |= {"state": "invalid", "message": "日付として読めません。"}
            else:
                result |= {"version": str(int(change["version"]) + 1), "value": change["value"].strip()}
                self.saved[change["row"], change["field"]] = change["value"]
            results.append(result)
        return route.fulfill(json={"results": results, "savedAt": "14:32"})


class Grid:
    """The table by row and column, counted from 0 over the columns that are free text."""

    def __init__(self, page, answers):
        self.page, self.answers = page, answers
        self.columns = page.evaluate(
            "() => [...document.querySelectorAll('[data-grid] thead th')]"
            ".map((th, i) => th.dataset.f && !th.dataset.list && !th.dataset.suggest ? i : -1).filter(i => i > 0)")

    def cell(self, row, column=0):
        return self.page.locator(f"[data-grid] tbody tr:nth-child({row + 1}) > :nth-child({self.columns[column] + 1})")

    def text(self, row, column=0):
        return self.cell(row, column).evaluate("td => td.firstChild?.nodeType === 3 ? td.firstChild.data : ''")

    def type(self, row, text, column=0):
        self.cell(row, column).click()
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def says(self, text):
        self.page.wait_for_function(
            "text => document.querySelector('.state').textContent.includes(text)", arg=text, timeout=10_000)

    def current(self):
        return self.page.evaluate(
            "() => { const td = document.querySelector('[data-cur]'); return [td.parentNode.sectionRowIndex, td.cellIndex]; }")

    def faults(self):
        return self.page.locator(".faults li")


@pytest.fixture
def grid(browser, demo):
    context = open_context(browser, permissions=["clipboard-read", "clipboard-write"])
    page, answers = context.new_page(), Answers()
    sign_in(page, demo)
    page.route("**/cells", answers)
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("dialog", lambda dialog: (page.errors.append(dialog.type), dialog.accept()))
    page.goto(demo.address + GRID)
    page.wait_for_selector("[data-grid] .ed", state="attached")
    yield Grid(page, answers)
    errors = page.errors
    context.close()
    assert [error for error in errors if error != "beforeunload"] == []


def test_typing_moves_on_and_saves_by_itself(grid):
    grid.type(0, "ABC")
    assert grid.text(0) == "ABC" and grid.current()[0] == 1
    grid.says("保存済み 14:32")
    assert "ABC" in grid.answers.saved.values()
    grid.press("F2")
    grid.page.keyboard.type("zzz")
    grid.press("Escape")
    assert "zzz" not in grid.text(1)


def test_the_input_names_column_row_and_value(grid):
    grid.type(0, "X1")
    grid.press("ArrowUp")
    label = grid.page.evaluate("() => document.activeElement.getAttribute('aria-label')")
    name = grid.page.locator("[data-grid] tbody th").first.inner_text()
    assert name in label and label.endswith("X1")


def test_there_is_one_tab_stop_and_a_way_out(grid):
    stops = grid.page.evaluate(
        "() => [...document.querySelectorAll('.gridbox *')].filter(e => e.tabIndex >= 0 && e.offsetParent).length")
    assert stops == 1
    grid.cell(0).click()
    grid.press("Tab")
    assert not grid.page.evaluate("() => !!document.activeElement.closest('.gridbox')")


def test_japanese_conversion_keeps_its_first_character(grid):
    grid.cell(1).click()
    keys = grid.page.context.new_cdp_session(grid.page)
    for text in ("じ", "じゅ", "じゅうしょ"):
        keys.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
    # The Enter that ends a conversion belongs to the conversion.
    keys.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "windowsVirtualKeyCode": 229, "key": "Process", "code": "Enter"})
    assert grid.current()[0] == 1
    keys.send("Input.insertText", {"text": "住所"})
    grid.press("Enter")
    assert grid.text(1) == "住所" and grid.current()[0] == 2


def test_fifty_rows_are_pasted_and_undone(grid):
    rows = min(50, grid.page.locator("[data-grid] tbody tr").count())
    before = [grid.text(row) for row in range(rows)]
    lines = [f"行{number}" for number in range(rows)]
    lines[0] = '"二\n行"'
    grid.page.evaluate("text => navigator.clipboard.writeText(text)", "\r\n".join(lines))
    grid.cell(0).click()
    grid.press("Control+v")
    assert grid.text(0) == "二\n行" and grid.text(rows - 1) == f"行{rows - 1}"
    grid.press("Control+c")
    copied = grid.page.evaluate("() => navigator.clipboard.readText()")
    assert copied.replace("\r", "").startswith('"二\n行"\n行1\n')
    grid.says("保存済み")
    grid.press("Control+z")
    assert [grid.text(row) for row in range(rows)] == before
    grid.press("Control+y")
    assert grid.text(rows - 1) == f"行{rows - 1}"


def test_ranges_are_filled_and_cleared(grid):
    grid.type(0, "上")
    grid.cell(0).click()
    grid.press("Shift+ArrowDown", "Shift+ArrowDown", "Control+d")
    assert [grid.text(row) for row in range(3)] == ["上"] * 3
    grid.press("Delete")
    assert [grid.text(row) for row in range(3)] == [""] * 3
    grid.press("Control+z")
    assert [grid.text(row) for row in range(3)] == ["上"] * 3


@pytest.mark.parametrize("choice, value", [("相手の", "相手の値"), ("自分の", "衝突")])
def test_a_conflict_lets_the_person_choose(grid, choice, value):
    grid.type(0, "衝突")
    grid.says("保存できない欄が1件")
    assert grid.cell(0).get_attribute("data-clash") is not None
    assert violations(grid.page) == []
    grid.faults().get_by_role("button", name=choice).click()
    assert grid.text(0) == value
    grid.page.wait_for_selector("[data-clash]", state="detached")
    assert grid.faults().count() == 0
    if choice == "自分の":
        grid.says("保存済み")
        assert "衝突" in grid.answers.saved.values()


def test_two_conflicts_of_one_row_are_settled_one_after_the_other(grid):
    grid.type(0, "衝突一")
    grid.type(0, "衝突二", column=1)
    grid.says("保存できない欄が2件")
    grid.faults().get_by_role("button", name="自分の「衝突一」").click()
    grid.says("保存できない欄が1件")
    grid.faults().get_by_role("button", name="自分の「衝突二」").click()
    grid.says("保存済み")
    assert sorted(grid.answers.saved.values()) == ["衝突一", "衝突二"]


def test_what_is_invalid_says_why_and_can_be_corrected(grid):
    grid.type(0, "だめ")
    grid.says("保存できない欄が1件")
    assert "日付として読めません。" in grid.faults().first.inner_text()
    grid.cell(0).click()
    assert grid.page.evaluate("() => document.activeElement.getAttribute('aria-invalid')") == "true"
    grid.page.keyboard.type("よい")
    grid.press("Enter")
    grid.says("保存済み")
    assert grid.faults().count() == 0


def test_an_answer_about_nothing_is_not_asked_for_without_end(grid):
    grid.answers.mode = "empty"
    grid.type(0, "残る")
    grid.says("通信を確かめ")
    assert grid.answers.requests == 1
    grid.answers.mode = "ok"
    grid.press("Control+s")
    grid.says("保存済み")


@pytest.mark.parametrize("mode, words", [("down", "通信を確かめ"), ("503", "通信を確かめ"), ("403", "サインインし直して")])
def test_a_failed_save_loses_nothing(grid, mode, words):
    grid.answers.mode = mode
    grid.type(0, "残る")
    grid.says(words)
    assert grid.text(0) == "残る"
    grid.answers.mode = "ok"
    grid.press("Control+s")
    grid.says("保存済み")
    assert "残る" in grid.answers.saved.values()


def test_what_was_not_saved_comes_back_with_the_page(grid):
    grid.answers.mode = "down"
    grid.type(0, "閉じても残る")
    grid.says("通信を確かめ")
    grid.answers.mode = "ok"
    grid.page.reload()
    assert grid.page.errors == ["beforeunload"]
    grid.says("保存済み")
    assert grid.text(0) == "閉じても残る" and "閉じても残る" in grid.answers.saved.values()
    grid.page.reload()
    assert grid.page.errors == ["beforeunload"]
