"""Rows that only a person can decide on, files too large to wait for, and two records that are one."""
import re

import openpyxl
import pytest

from conftest import demo_server, open_context, sign_in
from looks import violations


@pytest.fixture(scope="module")
def page(browser, tmp_path_factory):
    server = demo_server(tmp_path_factory, "import")
    context = open_context(browser, accept_downloads=True)
    page = context.new_page()
    sign_in(page, server)
    page.server = server
    yield page
    context.close()
    server.stop()


def hand_in(page, path):
    page.goto(page.server.address + "/ledger/import")
    page.check("input[name=kind][value=assets]")
    page.set_input_files("input[name=file]", str(path))
    press(page, "読み取って確かめる")


def press(page, name):
    page.locator("main").get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def found(page, text):
    page.goto(page.server.address + f"/ledger/asset?q={text}")
    return page.locator("table tbody tr").all_inner_texts()


def test_open_rows_are_decided_where_they_are_shown(page, tmp_path):
    first = tmp_path / "一回目.csv"
    first.write_text("管理番号,機器名称,製造番号,MACアドレス\r\nQQ-1,受付端末,SN-1,00:10:00:00:00:01\r\n"
                     "QQ-2,会計端末,SN-2,00:10:00:00:00:02\r\n")
    hand_in(page, first)
    press(page, "取り込む")
    assert len(found(page, "QQ-")) == 2
    second = tmp_path / "二回目.csv"
    second.write_text("管理番号,機器名称,製造番号,MACアドレス\r\nQQ-1,新しい受付端末,SN-9,00:10:00:00:00:09\r\n"
                      "QQ-2,別の端末,SN-8,00:10:00:00:00:08\r\n")
    hand_in(page, second)
    assert page.locator(".question").count() == 2 and violations(page) == []
    page.locator(".question").nth(0).get_by_label("台帳の「受付端末」に反映する").check()
    press(page, "選んだ扱いを保存")
    assert page.locator(".question").nth(0).get_by_label("台帳の「受付端末」に反映する").is_checked()
    page.locator(".question").nth(1).get_by_label("新しい記録として登録する").check()
    press(page, "取り込む")
    assert "新しい1件、変更1件" in page.inner_text("main")
    assert len(found(page, "QQ-")) == 3
    page.goto(page.server.address + "/ledger/changes")
    page.locator("form[action$='/undo'] button").first.click()
    page.wait_for_load_state()
    assert len(found(page, "QQ-")) == 2


def test_rows_to_mend_are_mended_and_handed_in_again(page, tmp_path):
    file = tmp_path / "病棟.csv"
    file.write_text("管理番号,機器名称,IPアドレス\r\nRR-1,端末一,10.9.0.1\r\nRR-2,端末二,10.9.0.999\r\n")
    hand_in(page, file)
    with page.expect_download() as download:
        page.get_by_role("link", name="直す行だけを書き出す（Excel）").click()
    mended = tmp_path / "直した行.xlsx"
    download.value.save_as(mended)
    book = openpyxl.load_workbook(mended)
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert rows[0] == ["管理番号", "機器名称", "IPアドレス", "エラー内容"] and rows[1][:2] == ["RR-2", "端末二"]
    book.active.cell(2, 3).value = "10.9.0.2"
    book.save(mended)
    press(page, "取り込む")
    hand_in(page, mended)
    assert page.get_by_role("link", name="直す行だけを書き出す（Excel）").count() == 0
    press(page, "取り込む")
    assert any("10.9.0.2" in row for row in found(page, "RR-2"))


def test_a_large_file_is_read_by_a_job_that_leads_to_its_preview(page, tmp_path):
    file = tmp_path / "大きな台帳.csv"
    remark = "あ" * 200
    file.write_text("管理番号,機器名称,備考\r\n" + "".join(f"BIG-{n},端末{n},{remark}\r\n" for n in range(2500)))
    hand_in(page, file)
    assert "/jobs/" in page.url
    link = page.get_by_role("link", name="確認の画面へ進む")
    link.wait_for(timeout=60_000)
    assert violations(page) == []
    link.click()
    page.wait_for_load_state()
    assert "2,500" in page.inner_text(".nums")
    press(page, "やめる")


def test_two_records_of_one_device_become_one(page, tmp_path):
    file = tmp_path / "二重.csv"
    file.write_text("管理番号,機器名称,製造番号,OS\r\nTT-1,透析端末,TWIN-1,Windows 10\r\n,透析端末,,Windows 11\r\n")
    hand_in(page, file)
    press(page, "取り込む")
    page.goto(page.server.address + "/ledger/asset?q=透析端末&f.os=Windows 11")
    page.locator("tbody th a, tbody td a", has_text="透析端末").first.click()
    page.get_by_role("link", name="編集").first.click()
    page.fill("input[name=serial_number]", "TWIN-1")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    page.goto(page.server.address + "/ledger/quality/asset/duplicate?field=serial_number")
    page.get_by_role("link", name=re.compile("見比べて統合する.*TWIN-1")).click()
    page.wait_for_load_state()
    assert violations(page) == []
    page.locator("input[name='field os']").last.check()
    page.fill("input[name=reason]", "二重に登録されていたため")
    press(page, "統合する")
    text = page.inner_text("main")
    assert "1件に統合しました" in text and "統合前の" in text and "二重に登録されていたため" in text
    press(page, "元に戻す")
    assert "元に戻しました" in page.inner_text("main")
