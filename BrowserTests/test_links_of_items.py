"""Items are asked of a department by a link: answered without an account, taken over by whoever keeps the checklist."""
from looks import look_everywhere, sideways_scroll, violations
from conftest import open_context


def test_a_department_answers_by_its_link(browser, desk, hospital):
    base = hospital.address + "/assess/prefecture-20"
    items = [f"{base}/items/{number}" for number in (4, 7)]
    for item in items:
        desk.goto(item)
        desk.locator("summary", has_text="部門・人・事業者に頼む").click()
        department = desk.locator("select[name=whom] option[value^='d:']").first.get_attribute("value")
        desk.select_option("select[name=whom]", department)
        desk.get_by_role("button", name="頼む", exact=True).click()
        desk.get_by_text("に頼みました").first.wait_for()
    desk.goto(base)
    links = desk.locator("#assigned a[href*='/links/']").first.get_attribute("href")
    desk.goto(hospital.address + links)
    desk.get_by_role("button", name="リンクを作る").click()
    desk.get_by_text("リンクを作りました").first.wait_for()
    link = desk.locator("main a[href^='/asked/']").first.get_attribute("href")
    # It is told once.
    desk.goto(hospital.address + links)
    assert desk.locator("main a[href^='/asked/']").count() == 0
    look_everywhere(browser, hospital, [("links-of-items", links)])

    context = open_context(browser, width=360)
    ward = context.new_page()
    ward.goto(hospital.address + link)
    assert sideways_scroll(ward) == 0 and violations(ward) == []
    ward.fill("[name=respondent]", "薬剤部 山田")
    ward.get_by_role("radio", name="レベル1").first.check()
    ward.get_by_role("button", name="途中で保存").click()
    ward.get_by_text("保存しました。まだ送っていません").first.wait_for()
    context.close()
    desk.goto(items[0])
    assert desk.get_by_text("リンクから届いた答え").count() == 0, "what is only saved is nobody's answer"

    # Another day, without scripts.
    context = open_context(browser, java_script_enabled=False)
    ward = context.new_page()
    ward.goto(hospital.address + link)
    assert ward.get_by_role("radio", name="レベル1").first.is_checked()
    ward.fill("[name=respondent]", "薬剤部 山田")
    ward.get_by_role("button", name="答えを送る").click()
    ward.get_by_text("答えを送りました").first.wait_for()
    context.close()
    desk.goto(items[0])
    desk.get_by_text("リンクから届いた答え").first.wait_for()
    assert "薬剤部 山田" in desk.locator("main").inner_text()
    desk.get_by_role("button", name="この答えを病院の答えにする").click()
    desk.get_by_text("届いた答えを、病院の答えにしました").first.wait_for()

    desk.goto(hospital.address + links)
    desk.get_by_role("button", name="使えなくする").click()
    desk.get_by_text("リンクを使えなくしました").first.wait_for()
    context = open_context(browser)
    ward = context.new_page()
    assert ward.goto(hospital.address + link).status == 404
    context.close()
