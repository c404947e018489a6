"""A hospital writes its own checklist, publishes it and answers it, with and without JavaScript."""
import re

from conftest import open_context, sign_in
from looks import look_everywhere


def make_draft(page, server, beginning="白紙から"):
    page.goto(server.address + "/checklists")
    page.get_by_label("もとにするもの").select_option(label=beginning)
    page.get_by_role("button", name="下書きを作る").click()
    page.wait_for_load_state()
    return re.search(r"/checklists/drafts/([^/?#]+)", page.url).group(1)


def fill_head(page, pack, title):
    page.get_by_label("点検表の記号").fill(pack)
    page.get_by_label("点検表の名前※必須").fill(title)
    page.get_by_label("発行する部署・委員会").fill("検査部")
    page.get_by_label("もとにした規程・文書").fill("検査室運用規程 第4条")
    page.get_by_role("button", name="下書きに保存").click()
    page.get_by_text("下書きに保存しました。").first.wait_for()


def add_item(page, server, draft, text, **fields):
    """Adds an item and answers what the page says then."""
    page.goto(f"{server.address}/checklists/drafts/{draft}")
    page.get_by_role("link", name="項目を加える").first.click()
    page.fill("textarea[name='text.ja']", text)
    page.select_option("select[name=topic]", "backup")
    for name, value in fields.items():
        field = page.locator(f"[name='{name}']")
        if field.first.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    page.get_by_role("button", name="下書きに保存").click()
    page.wait_for_load_state()


def write_and_publish(page, server, pack):
    draft = make_draft(page, server)
    # A draft without its head names what is missing, at the field.
    page.get_by_role("button", name="下書きに保存").click()
    page.wait_for_load_state()
    assert page.locator("#field-pack-error, .field .error, .err").count() > 0
    fill_head(page, pack, "検査室の点検")
    add_item(page, server, draft, "検体の引き渡しを記録している")
    add_item(page, server, draft, "記録の方法", kind="choice", choices="紙 | Paper\nシステム | System")
    # The parent is chosen and kept; then its answers are there to choose from.
    add_item(page, server, draft, "紙の記録の保存年数", kind="number", least="1", most="30",
             **{"unit.ja": "年", "unit.en": "years"})
    page.goto(f"{server.address}/checklists/drafts/{draft}")
    page.get_by_role("link", name="紙の記録の保存年数").click()
    parent = page.locator("select[name=parent] option", has_text="記録の方法").get_attribute("value")
    page.select_option("select[name=parent]", parent)
    page.get_by_role("button", name="下書きに保存").click()
    page.get_by_text("親の答えがどれのときに尋ねるかを選んでください。").first.wait_for()
    page.get_by_label("紙", exact=True).check()
    page.get_by_role("button", name="下書きに保存").click()
    page.get_by_text("下書きに保存しました。").first.wait_for()
    # The child may not stand above its parent: the draft says so, and leads to the field.
    child = page.locator("tr", has_text="紙の記録の保存年数")
    child.get_by_role("button", name="上へ").click()
    page.wait_for_load_state()
    page.get_by_text("この項目より上に置いてください").first.wait_for()
    page.locator("tr", has_text="紙の記録の保存年数").get_by_role("button", name="下へ").click()
    page.wait_for_load_state()
    assert page.get_by_text("公開する前に直すところ").count() == 0
    page.get_by_role("link", name="答える画面で見る").click()
    page.get_by_text("1-2 が「紙」のときに尋ねます。").wait_for()
    page.go_back()
    page.get_by_role("button", name="公開する").click()
    page.get_by_text("第1版として公開しました").first.wait_for()
    return draft


def test_a_checklist_is_written_published_and_answered(desk, hospital):
    write_and_publish(desk, hospital, "own-lab")
    desk.get_by_role("link", name="点検を開く").click()
    assert desk.get_by_text("紙の記録の保存年数").is_hidden()
    desk.get_by_role("link", name="記録の方法").click()
    desk.get_by_label("紙", exact=True).check()
    desk.get_by_role("button", name="答えを保存").click()
    desk.get_by_role("link", name="紙の記録の保存年数").click()
    desk.fill("[name=value]", "３１")
    desk.get_by_role("button", name="答えを保存").click()
    desk.get_by_text("31は、この項目の範囲（1〜30）の外です。").first.wait_for()
    desk.fill("[name=value]", "５")
    desk.get_by_role("button", name="答えを保存").click()
    desk.get_by_text("5年", exact=True).wait_for()


def test_the_editor_works_without_javascript(browser, hospital):
    context = open_context(browser, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, hospital)
    write_and_publish(page, hospital, "own-nojs")
    context.close()


def test_an_item_shows_the_fields_of_the_chosen_kind_alone(browser, hospital):
    context = open_context(browser, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, hospital)
    draft = make_draft(page, hospital)
    page.goto(f"{hospital.address}/checklists/drafts/{draft}/items/0")
    names = {"choice": ["choices"], "number": ["least", "most", "unit.ja"], "date": ["within"], "level": ["level.0"]}
    for kind in ("", "yesNo", *names):
        page.select_option("select[name=kind]", kind)
        for other, fields in names.items():
            for name in fields:
                assert page.locator(f"[name='{name}']").first.is_visible() == (other == kind), f"{name} at {kind!r}"
    # What is wrong is seen, whatever is chosen.
    page.fill("textarea[name='text.ja']", "本数")
    page.select_option("select[name=topic]", "backup")
    page.select_option("select[name=kind]", "number")
    page.fill("[name=least]", "多い")
    page.get_by_role("button", name="下書きに保存").click()
    page.get_by_text("整数で入力するか、空にしてください。").first.wait_for()
    page.select_option("select[name=kind]", "yesNo")
    assert page.locator("[name=least]").is_visible() and not page.locator("[name=most]").is_visible()
    context.close()


def test_two_people_do_not_lose_each_others_words(browser, hospital):
    first, second = open_context(browser), open_context(browser)
    one, two = first.new_page(), second.new_page()
    for page in (one, two):
        sign_in(page, hospital)
    draft = make_draft(one, hospital)
    fill_head(one, "own-two", "2人で書く点検")
    address = f"{hospital.address}/checklists/drafts/{draft}/head/0"
    for page in (one, two):
        page.goto(address)
    one.get_by_label("発行する部署・委員会").fill("看護部")
    one.get_by_role("button", name="下書きに保存").click()
    one.get_by_text("下書きに保存しました。").first.wait_for()
    two.get_by_label("発行する部署・委員会").fill("薬剤部")
    two.get_by_role("button", name="下書きに保存").click()
    two.get_by_text("先に変更しました").first.wait_for()
    assert two.get_by_label("発行する部署・委員会").input_value() == "薬剤部"
    two.get_by_text("看護部").first.wait_for()
    two.get_by_role("button", name="下書きに保存").click()
    two.get_by_text("薬剤部").first.wait_for()
    # Discarding says that it cannot be undone, and then it is gone.
    two.locator("summary", has_text="下書きを破棄する").click()
    two.get_by_role("button", name="破棄する").click()
    two.get_by_text("下書きを破棄しました。").first.wait_for()
    assert two.goto(address).status == 404
    first.close()
    second.close()


def test_the_pages_look_right_wide_and_narrow_in_both_languages(browser, hospital):
    context = open_context(browser)
    page = context.new_page()
    sign_in(page, hospital)
    draft = make_draft(page, hospital)
    fill_head(page, "own-look", "見た目を確かめる点検")
    add_item(page, hospital, draft, "媒体の棚に鍵がかかっている")
    context.close()
    base = f"/checklists/drafts/{draft}"
    look_everywhere(browser, hospital, [
        ("list", "/checklists"), ("draft", base), ("preview", base + "/preview"), ("head", base + "/head/0"),
        ("item", base + "/items/0"), ("topic", base + "/topics/0"), ("section", base + "/sections/0"),
    ])


def test_a_checklist_of_the_program_is_confirmed_by_name(browser, hospital):
    pages = [("pack-shipped", "/checklists/management-3x3"), ("packs-shipped", "/checklists")]
    look_everywhere(browser, hospital, pages)
    context = open_context(browser, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, hospital)
    page.goto(hospital.address + "/checklists/management-3x3")
    page.get_by_label("何と照らして確認したか").fill("元の資料と全項目を照合")
    page.locator("main form button[type=submit]").last.click()
    page.get_by_text("元の資料と全項目を照合").first.wait_for()
    assert page.get_by_label("何と照らして確認したか").count() == 0
    context.close()
    look_everywhere(browser, hospital, [("pack-confirmed", pages[0][1])])
