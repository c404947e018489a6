"""Single items of the hospital's own checklist are asked of a vendor, and come back as a file."""
import openpyxl

from looks import look_everywhere


def test_a_vendor_is_asked_for_single_items(browser, desk, hospital, tmp_path):
    base = hospital.address + "/assess/mhlw-hospital-r8"
    desk.goto(base)
    links = desk.locator("a[href*='/assess/mhlw-hospital-r8/items/']").evaluate_all("all => all.map(a => a.href)")
    items = list(dict.fromkeys(links))[4:6]
    for item in items:
        desk.goto(item)
        desk.locator("summary", has_text="部門・人・事業者に頼む").click()
        vendor = desk.locator("select[name=whom] option", has_text="（事業者）").first.get_attribute("value")
        desk.select_option("select[name=whom]", vendor)
        desk.fill("[name=word]", "ログの写しも付けてください")
        desk.get_by_role("button", name="頼む", exact=True).click()
        desk.get_by_text("頼むことにしました").first.wait_for()
    desk.goto(base)
    asked = desk.locator("#assigned a[href*='/asked/']").first.get_attribute("href")
    look_everywhere(browser, hospital, [("asked", asked), ("asked-print", asked.replace("?", "/print?"))])
    desk.goto(hospital.address + asked)
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Excelで書き出す").click()
    file = tmp_path / "asked.xlsx"
    download.value.save_as(file)
    book = openpyxl.load_workbook(file)
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    head = next(cell for cell in cells if cell.value == "1回目")
    for cell in cells:
        if str(cell.value).startswith("# 回答した人"):
            cell.value += "保守部 山本"
    book.worksheets[0].cell(head.row + 1, head.column).value = "いいえ"
    assert book.worksheets[0].max_row == head.row + len(items), "these items alone"
    book.save(file)
    desk.set_input_files("input[name=file]", file)
    desk.get_by_role("button", name="内容を確かめる").click()
    desk.wait_for_load_state()
    assert desk.locator("[name=respondent]").input_value() == "保守部 山本"
    for box in desk.locator("[name=take]").all():
        box.check()
    if desk.locator("[name=reason]").count():
        desk.fill("[name=reason]", "事業者に確かめた")
    desk.get_by_role("button", name="印を付けた答えを取り込む").click()
    desk.get_by_text("1項目の答えを取り込みました").first.wait_for()
    assert "保守部 山本（ファイル）" in desk.locator("#assigned").inner_text()
