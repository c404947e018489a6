"""What comes in beside feeds: a file of a device, a scanner's report, the keys of bundles."""
import pathlib
import time

import pytest

from conftest import open_context, set_language, sign_in
from looks import sideways_scroll, violations

CORPUS = pathlib.Path(__file__).resolve().parent.parent / "Tests/Corpus/advisories"


def open_server(page, hospital):
    """A server of the ledger; answers its id, host name and hardware address."""
    page.goto(hospital.address + "/ledger/asset?q=SV0014")
    page.locator("main a[href^='/ledger/asset/01']").first.click()
    page.wait_for_load_state()
    return page.url.rsplit("/", 1)[-1]


def test_files_are_attached_to_a_device_and_taken_off(hospital, desk):
    asset = open_server(desk, hospital)
    desk.get_by_role("link", name="部品表を読み込む").click()
    desk.set_input_files("input[type=file]", [
        str(CORPUS / "billOfMaterials/one.cdx.json"), str(CORPUS / "disclosure/one.csv")])
    desk.get_by_role("button", name="付ける").click()
    desk.wait_for_load_state()
    text = desk.inner_text("main")
    assert "one.cdx.json" in text and "OS の更新は事業者だけが当てるか" in text
    desk.goto(f"{hospital.address}/ledger/asset/{asset}")
    text = desk.inner_text("main")
    assert "セキュリティ開示書（MDS2）" in text and "ファイルを付けた" in text
    desk.goto(f"{hospital.address}/vulnerabilities/devices/{asset}")
    desk.set_input_files("input[type=file]", str(CORPUS / "kev/one.json"))
    desk.get_by_role("button", name="付ける").click()
    desk.wait_for_load_state()
    assert "1台の機器のものではありません" in desk.inner_text("main")
    before = desk.get_by_role("button", name="外す").count()
    desk.get_by_role("button", name="外す").first.click()
    desk.wait_for_load_state()
    assert desk.get_by_role("button", name="外す").count() == before - 1


def test_what_a_scanner_saw_becomes_a_question_about_its_device(hospital, desk, tmp_path):
    seen = int(time.time()) - 3 * 86400
    report = tmp_path / "scan.xml"
    report.write_text(f"""<nmaprun scanner="nmap" start="{seen}"><host endtime="{seen}">
        <address addr="192.0.2.99" addrtype="ipv4"/><hostnames><hostname name="sv0014"/></hostnames><ports>
        <port protocol="tcp" portid="22"><script id="vulners" output="CVE-2023-38408 9.8 https://example.org"/></port>
        </ports></host></nmaprun>""", encoding="utf-8")
    desk.goto(hospital.address + "/vulnerabilities/feeds")
    desk.set_input_files("input[type=file]", str(report))
    desk.fill("input[name=medium]", "USB 03")
    desk.get_by_role("button", name="取り込む", exact=True).click()
    desk.wait_for_load_state()
    job = desk.url
    for _ in range(60):
        desk.goto(job)
        if "成功" in desk.inner_text("main"):
            break
        time.sleep(1)
    assert "検査結果" in desk.inner_text("main")
    asset = open_server(desk, hospital)
    assert "nmap" in desk.inner_text("main")
    desk.goto(f"{hospital.address}/vulnerabilities/devices/{asset}")
    assert "CVE-2023-38408" in desk.inner_text("main")
    desk.goto(hospital.address + "/vulnerabilities/scans")
    assert "USB 03" in desk.inner_text("main")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_pages_read_on_a_phone(browser, hospital, language):
    context = open_context(browser, width=360, height=740)
    page = context.new_page()
    sign_in(page, hospital)
    set_language(page, hospital, language)
    asset = open_server(page, hospital)
    for path in (f"/vulnerabilities/devices/{asset}", "/vulnerabilities/scans", "/vulnerabilities/feeds",
                 "/vulnerabilities/feeds/keys", "/vulnerabilities/feeds/fetch?all=1"):
        page.goto(hospital.address + path)
        assert not sideways_scroll(page), path
        assert not violations(page), path
    set_language(page, hospital, "ja")
    context.close()
