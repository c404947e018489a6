import HTML
import Text

/// Every component with sample data, for eyes and for tests. The hospital and all its data are made up.
package enum Catalogue {
  /// All components on one page.
  package static func html(_ language: Language) -> HTML {
    let ja = language == .ja
    return frame(language).html(
      Page(
        ja ? "部品の見本" : "Catalogue",
        lead: "\(ja ? "画面の部品を並べた見本です。" : "The parts that pages are made of.")",
        actions: Button.link(ja ? "機器を追加" : "Add a device", "/assets/new", size: .small),
        crumbs: [Crumb(ja ? "台帳" : "Registers", "/ledger")],
        main: "\(messages(language))\(work(language))\(record(language))\(progress(language))\(asking(language))"
      )
    )
  }

  /// The sample pages by file name, for looking at them.
  package static func pages(_ language: Language) -> [(name: String, html: HTML)] {
    [
      ("catalogue", html(language)), ("home", home(language)), ("list", list(language)),
      ("empty", emptyList(language)), ("wide", wideList(language)), ("grid", grid(language)), ("form", form(language)),
      ("signin", signIn(language)),
      ("sheet", sheet(language)), ("upload", upload(language)),
    ]
  }

  static func messages(_ language: Language) -> HTML {
    let ja = language == .ja
    let kinds: [(Banner.Kind, String, String)] =
      ja
      ? [
        (.success, "12件の機器を変更しました", "7日間は元に戻せます。"),
        (.error, "取り込めませんでした", "12行目の「外部接続」に「あり？」が入力されています。「有」「無」「不明」のどれかにしてください。"),
        (.warning, "紙の初動パックが古くなっています", "最後の印刷から62日たちました。連絡先が2件変わっています。"),
        (.info, "台帳の取り込みを受け付けました", "終わるとホームでお知らせします。"),
      ]
      : [
        (.success, "12 devices were changed", "You can undo this for seven days."),
        (.error, "Nothing was imported", "Row 12, “External connection” holds “yes?”. Use yes, no or unknown."),
        (.warning, "The paper pack is out of date", "Printed 62 days ago; two contacts have changed since."),
        (.info, "The import was accepted", "You will be told on the home page when it is done."),
      ]
    let undo = Button.post(
      ja ? "元に戻す" : "Undo",
      "/undo",
      csrf: token,
      look: .secondary,
      size: .small
    )
    let chips = Chip.Tint.allCases.enumerated().map { index, tint in
      Chip(
        (ja ? ["高", "やや高", "中", "接続中", "情報", "低"] : ["High", "Raised", "Medium", "In use", "Note", "Low"])[index],
        tint
      )
      .html + " "
    }
    return """
      <h2>\(ja ? "お知らせ" : "Banners")</h2>\
      \(each: kinds, { Banner($0.0, $0.1, detail: "\($0.2)", actions: $0.0 == .success ? undo : nil).html(language) })\
      <h2>\(ja ? "ことばの札" : "Chips")</h2><p>\(chips)\(Unknown.html(language))</p>\
      <h2>\(ja ? "ボタン" : "Buttons")</h2>\(buttons(ja))
      """
  }

  private static func buttons(_ ja: Bool) -> HTML {
    Button.row(
      Button.link(ja ? "取り込む" : "Import", "/import"),
      Button.link(ja ? "Excelで書き出す" : "Export to Excel", "/export", look: .secondary),
      Button.post(ja ? "削除" : "Delete", "/delete", csrf: token, look: .danger),
      Button.link(ja ? "3名を見る" : "See the three", "/people", size: .small),
      Button.print(ja ? .ja : .en),
      Button.post(ja ? "消す" : "Clear", "/clear", csrf: token, look: .text)
    )
  }

  private static func work(_ language: Language) -> HTML {
    let ja = language == .ja
    let tasks: [TaskList.Task] = [
      .init(ja ? "病院の基本情報" : "The hospital", "/setup/1", .done),
      .init(ja ? "役割と連絡先" : "Roles and contacts", "/setup/2", .done),
      .init(
        ja ? "台帳を取り込む" : "Fill the ledger",
        "/setup/3",
        .open,
        support: ja ? "いまお使いのExcelをそのまま使えます。" : "Use the spreadsheets you have."
      ),
      .init(
        ja ? "外部接続を洗い出す" : "Find the external connections",
        "/setup/4",
        .other(Chip(ja ? "確認待ち" : "To be checked", .yellow))
      ),
      .init(ja ? "はじめての点検" : "The first check", "/setup/6", .cannotStart),
    ]
    let steps = ja ? ["ファイルを選ぶ", "列を対応づける", "確かめる", "取り込む"] : ["File", "Columns", "Check", "Import"]
    return """
      <h2>\(ja ? "手順" : "Steps")</h2>\(Steps(steps, current: 2).html(language))\
      <h2>\(ja ? "はじめの設定" : "Setting up")</h2>\(TaskList(tasks).html(language))\
      <h2>\(ja ? "表示の切り替え" : "Tabs")</h2>\(tabs(ja).html)
      """
  }

  private static func tabs(_ ja: Bool) -> Tabs {
    Tabs(
      ja ? "機器の表示" : "Views of the device",
      [
        MenuEntry(ja ? "概要" : "Overview", "/assets/1", isCurrent: true),
        MenuEntry(ja ? "ソフトウェア" : "Software", "/assets/1/software", badge: "24"),
        MenuEntry(ja ? "つながり" : "Connections", "/assets/1/connections", badge: "2"),
        MenuEntry(ja ? "変更の記録" : "History", "/assets/1/history"),
      ]
    )
  }

  private static func record(_ language: Language) -> HTML {
    let ja = language == .ja
    let values = KeyValues([
      .init(ja ? "設置場所" : "Place", text: ja ? "本館3階 透析室" : "Main building, 3F, dialysis"),
      .init(ja ? "型番" : "Model", text: "FortiGate 60F"),
      .init(ja ? "版" : "Version", Unknown.html(language)),
      .init("MAC", "<code>00:09:0F:AA:BB:CC</code>"),
    ])
    let history = HistoryList([
      .init(
        shown: ja ? "今日 8:12" : "Today 8:12",
        machine: "2026-11-21T08:12+09:00",
        text: "\(ja ? "版を変更：" : "Version: ")\(HistoryList.change(from: "7.6.3", to: "7.6.4", language))",
        note: ja ? "佐藤 美咲・定期更新のため" : "Misaki Sato, regular update"
      ),
      .init(
        shown: ja ? "昨日 17:40" : "Yesterday 17:40",
        machine: "2026-11-20T17:40+09:00",
        text: "\(ja ? "資産管理ツールから取り込み" : "Imported from the asset tool")"
      ),
    ])
    let answers = CheckAnswers([
      .init(ja ? "事業者" : "Vendor", "\(ja ? "いずみ医療電子" : "Izumi Medical")", changeAddress: "/new?step=1"),
      .init(
        ja ? "作業の日時" : "When",
        "\(ja ? "11月30日（月）22:00〜翌2:00" : "30 Nov, 22:00–02:00")",
        changeAddress: "/new?step=3"
      ),
    ])
    return """
      <h2>\(ja ? "項目と値" : "Names and values")</h2>\(values.html)\
      <h2>\(ja ? "変更の記録" : "History")</h2>\(history.html)\
      <h2>\(ja ? "送る前の確認" : "Check before sending")</h2>\(answers.html(language))
      """
  }

  private static func progress(_ language: Language) -> HTML {
    let ja = language == .ja
    let stop = Button.post(ja ? "中断" : "Stop", "/jobs/1/stop", csrf: token, look: .secondary, size: .small)
    let running = JobProgress(
      id: "job-1",
      state: .running,
      done: 1240,
      total: 10000,
      startedBy: ja ? "佐藤 美咲" : "Misaki Sato",
      startedAt: "14:31",
      actions: stop
    )
    let over = JobProgress(
      id: "job-2",
      state: .partlyDone,
      done: 9963,
      total: 10000,
      startedBy: ja ? "佐藤 美咲" : "Misaki Sato",
      startedAt: "14:02",
      note: ja ? "37件を取り込めませんでした。" : "37 rows were not imported.",
      actions: Button.link(ja ? "直す行を見る" : "See the rows", "/jobs/2", size: .small)
    )
    return """
      <h2>\(ja ? "時間のかかる処理" : "Long jobs")</h2>\(running.html(language))\(over.html(language))
      """
  }

  private static func asking(_ language: Language) -> HTML {
    let ja = language == .ja
    let reason = FormField.text("reason", ja ? "理由" : "Reason", required: true)
    let ask = Confirmation(
      action: "/assets/delete",
      csrf: token,
      question: ja ? "以下の機器を削除しますか？　この操作は元に戻せません。" : "Delete these devices? This cannot be undone.",
      names: ["MFP-012", "MFP-013"],
      fields: [reason],
      verb: ja ? "削除" : "Delete",
      backAddress: "/assets"
    )
    return "<h2>\(ja ? "取り返しのつかない操作" : "What cannot be undone")</h2>\(ask.html(language))"
  }
}
