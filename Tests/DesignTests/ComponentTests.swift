import Design
import HTML
import PageCheck
import Testing
import Text

@Suite struct `Lists` {
  private func table(_ address: Address, rows: Int = 50, total: Int = 320) -> DataTable<Int> {
    var table = DataTable<Int>(
      id: "t",
      caption: "機器の一覧",
      address: address,
      columns: [.init("name", "機器", sorts: true) { "<a href=\"/\($0)\">\($0)</a>" }],
      rows: Array(0..<rows),
      rowID: String.init,
      rowName: String.init
    )
    table.sort = Sort(reading: address["sort"], keys: ["name"])
    table.pager = Pager(address: address, number: 1, size: 50, total: total)
    table.bulk = Bulk(
      address: "/bulk",
      csrf: "",
      actions: (1...6).map { Bulk.Action("a\($0)", "一括\($0)") },
      noun: "機器"
    )
    table.empty = EmptyState("該当する機器はありません", "最終確認 11/21 09:00。")
    return table
  }

  @Test func `offer the page and the whole list, and at most four actions`() {
    let html = table(Address("/assets")).html(.ja).string
    #expect(html.contains("このページの50件を選択"))
    #expect(html.contains("一覧の320件すべてを選択"))
    #expect(html.contains("1〜50件 / 320件"))
    #expect(html.contains("一括4") && !html.contains("一括5"))
    #expect(!html.contains(" checked"))
  }

  @Test func `choose rows without scripts by their address`() {
    let page = table(Address("/assets", [("q", "CT"), ("select", "page")])).html(.ja).string
    #expect(page.split(separator: " checked").count == 52)
    #expect(page.contains("50件の機器が選択されています。"))
    #expect(page.contains("name=\"all\" value=\"\""))
    let whole = table(Address("/assets", [("q", "CT"), ("select", "all")])).html(.ja).string
    #expect(whole.contains("320件の機器が選択されています。"))
    #expect(whole.contains("name=\"all\" value=\"1\""))
    #expect(whole.contains("name=\"query\" value=\"q=CT\""))
  }

  @Test(arguments: [
    ("", "none", "sort=name"), ("name", "ascending", "sort=-name"), ("-name", "descending", "sort=name"),
  ])
  func `say how they are sorted and turn it round`(sort: String, state: String, next: String) {
    let html = table(Address("/assets").setting("sort", sort)).html(.ja).string
    #expect(html.contains("aria-sort=\"\(state)\""))
    #expect(html.contains("<a href=\"/assets?\(next)\">機器</a>"))
  }

  @Test func `that are empty say when that was checked`() {
    #expect(table(Address("/assets"), rows: 0, total: 0).html(.ja).string.contains("最終確認 11/21 09:00。"))
  }

  @Test(arguments: [
    (1, 5000, "1〜50件 / 5,000件"), (100, 5000, "4,951〜5,000件 / 5,000件"), (999, 120, "101〜120件 / 120件"), (1, 0, "0件"),
    (-3, 1, "1〜1件 / 1件"),
  ])
  func `count what they show`(number: Int, total: Int, text: String) {
    let pager = Pager(address: Address("/a"), number: number, size: 50, total: total)
    #expect(pager.counter(.ja).string.contains(text))
    #expect(HTMLCheck.faults(pager.html(.ja).string) == [])
  }
}

@Suite struct `Form fields` {
  @Test func `that are wrong say so in the same words above and beside`() {
    let field = FormField.radios(
      "external",
      "外部接続",
      [Choice("yes", "有"), Choice("no", "無")],
      required: true,
      error: "外部接続を選んでください。"
    )
    let page = Frame(.ja).html(Page("追加", errors: [field].errors, main: field.html(.ja))).string
    #expect(page.contains("<title>エラー：追加 - Yagura</title>"))
    #expect(page.contains("<a href=\"#field-external-0\">外部接続を選んでください。</a>"))
    #expect(page.split(separator: "外部接続を選んでください。").count == 3)
    #expect(HTMLCheck.faults(page) == [])
  }

  @Test func `never send a password back`() {
    #expect(!FormField.password("p", "パスワード", autocomplete: "current-password").html(.ja).string.contains("value=\"x"))
  }

  @Test func `find their error by name`() {
    let errors = [FieldError("name", "名前がありません。"), FieldError("", "だれかが先に変更しました。")]
    #expect(FormField.text("name", "名前").withError(from: errors).error == "名前がありません。")
    let summary = ErrorSummary(errors).html(.ja).string
    #expect(summary.contains("<a href=\"#field-name\">") && summary.contains("<li>だれかが先に変更しました。</li>"))
  }
}

@Suite struct `Addresses and numbers` {
  @Test func `encode everything that is not plain`() {
    let address = Address("/a", [("q", "CT 装置&=")]).setting("page", "2").setting("q", "a/b?")
    #expect(address.text == "/a?page=2&q=a%2Fb%3F")
    #expect(Address.encoded("櫓") == "%E6%AB%93")
    #expect(address.setting("q", nil).setting("page", "").text == "/a")
  }

  @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567"), (100, "100")])
  func `have commas between thousands`(number: Int, text: String) {
    #expect(number.grouped == text)
  }

  @Test func `count in both languages`() {
    #expect(Unit.items.count(1, .en) == "1 item")
    #expect(Unit.items.count(1512, .ja) == "1,512件")
  }
}

@Suite struct `Telephone numbers` {
  @Test(arguments: [
    ("045-555-0001", "<a class=\"nb\" href=\"tel:0455550001\">045-555-0001</a>"),
    ("＋81 45 555 0001", "<a class=\"nb\" href=\"tel:+81455550001\">＋81 45 555 0001</a>"),
    ("内線4210", "<span class=\"nb\">内線4210</span>"), ("4210", "<span class=\"nb\">4210</span>"),
    ("1234567890123 <b>", "<span class=\"nb\">1234567890123 &lt;b&gt;</span>"),
  ])
  func `are called by a tap where they are whole`(number: String, html: String) {
    #expect(PhoneText.html(number).string == html)
  }

  @Test func `stand with the one out of hours`() {
    #expect(PhoneText.html(day: "4210", night: "4211", .ja).string.contains("（夜間・休日 <span class=\"nb\">4211</span>）"))
    #expect(PhoneText.html(day: "", night: "4211", .en).string == "out of hours <span class=\"nb\">4211</span>")
    #expect(PhoneText.html(day: "4210", night: "", .ja).string == "<span class=\"nb\">4210</span>")
  }
}

@Suite struct `The frame` {
  @Test func `shows the ways out only where they lead somewhere`() {
    var frame = Frame(.ja)
    #expect(!frame.html(Page("a", main: "")).string.contains("異常を知らせる"))
    frame.reportAddress = "/report"
    frame.contactsAddress = "/contacts"
    for page in [frame.html(Page("a", main: "")), frame.bare(Page("a", main: ""))] {
      #expect(page.string.contains("異常を知らせる") && page.string.contains("連絡先"))
    }
  }

  @Test func `never shows whose drafts the browser keeps`() {
    var frame = Frame(.en)
    frame.owner = "user-4711"
    #expect(!frame.html(Page("a", main: "")).string.contains("4711"))
  }
}

/// Headings on telephones.
@Suite struct UnbrokenTests {
  @Test(arguments: [
    ("医療機関チェックリスト　2026年12月の点検", ["2026年12月"]), ("令和8年度の計画", ["令和8年度"]), ("2026年度", ["2026年度"]),
    ("令和元年5月1日から2026年3月まで", ["令和元年5月1日", "2026年3月"]), ("12月の会議", ["12月"]), ("20問のうち14問", []),
    ("年度の計画", []), ("FortiOS 7.2.8", []), ("", []),
  ])
  func noLineEndsInADate(text: String, dates: [String]) {
    let html = Unbroken.html(text).string
    #expect(
      html.split(separator: "<span class=\"nb\">", omittingEmptySubsequences: false).dropFirst().compactMap {
        $0.split(separator: "</span>").first.map(String.init)
      } == dates
    )
    #expect(html.replacing("<span class=\"nb\">", with: "").replacing("</span>", with: "") == text)
  }

  @Test func whatIsBesideADateIsEscaped() {
    #expect(Unbroken.html("<b>2026年").string == "&lt;b&gt;<span class=\"nb\">2026年</span>")
  }
}
