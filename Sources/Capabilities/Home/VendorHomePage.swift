import Design
import HTML
import Nouns
import Text
import Time
import Web

/// A vendor's home: what this hospital asked of them by name, the devices they maintain, and nothing internal.
struct VendorHomePage {
  let board: HomeBoard
  /// Nil where nobody has said whose the account is.
  let supplier: HomeSupplier?
  let paper: PrintLine
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let rows = board.top.map { row($0.due, $0.title[language], $0.reason[language]) } + asked
    let list: HTML =
      rows.isEmpty
      ? EmptyState(
        say("お願いしていることはありません。", "We have asked nothing of you."),
        say("病院からの照会や記入のお願いは、ここに出ます。", "Forms and questions of the hospital appear here.")
      ).html(language)
      : "<ol class=\"todo\">\(rows)</ol>"
    return .page(
      Page(
        say("ホーム", "Home"),
        heading: say("お願いしていること", "What we ask of you"),
        lead: supplier.map { HTML(text: $0.name) },
        main: "\(list)\(supplier.map { OwnWork(work: $0.work, request: request).html })\(devices)\(paper.html)"
      ),
      current: "home"
    )
  }

  private func row(_ due: LocalDate?, _ title: String, _ why: String) -> HTML {
    let day = due.map { request.dates.brief($0, today: request.now.day) } ?? say("期限なし", "No date")
    let late: HTML =
      due.map { $0 < request.now.day } ?? false ? "<b>\(say("期限を過ぎています", "Late"))</b>" : .empty
    return """
      <li><span class="due">\(late)<span class="nb">\(day)</span></span>\
      <span><span class="t">\(title)</span><span class="why">\(why)</span></span></li>
      """
  }

  private var asked: [HTML] {
    (supplier?.requests ?? []).map { asked in
      let why =
        asked.hasLink
        ? say("病院からお渡ししたリンクで記入の画面が開きます。", "The link that the hospital gave you opens the form.")
        : say("書面、メール、電話でお答えください。", "Please answer by letter, mail or telephone.")
      return row(asked.due, asked.title[language], why)
    }
  }

  private var devices: HTML {
    let heading: HTML = "<h2>\(say("自社の機器", "Your devices"))</h2>"
    guard let supplier else {
      let who = say(
        "このアカウントがどの会社のものか、まだ登録されていません。病院の担当者に登録を頼んでください。",
        "The hospital has not said which company this account belongs to. Please ask them to."
      )
      return "\(heading)<p>\(who)</p>"
    }
    guard !supplier.devices.isEmpty else {
      return "\(heading)<p>\(say("保守をお願いしている機器は登録されていません。", "No device is recorded as maintained by you."))</p>"
    }
    var table = DataTable<HomeDevice>(
      id: "own-devices",
      caption: say("自社の機器", "Your devices"),
      address: Address("/"),
      columns: [
        .init("name", say("機器", "Device")) { HTML(text: $0.name) },
        .init("number", say("管理番号", "Number")) { HTML(text: $0.number) },
        .init("model", say("型番", "Model")) { HTML(text: $0.model) },
        .init("version", say("OS・ファームウェア", "OS or firmware")) { HTML(text: $0.version) },
      ],
      rows: supplier.devices,
      rowID: { "\($0.number)-\($0.name)" },
      rowName: \.name
    )
    table.isDense = true
    let rest = supplier.deviceCount - supplier.devices.count
    let more: HTML = rest > 0 ? "<p>\(say("ほか\(rest.grouped)台。", "\(rest.grouped) more."))</p>" : .empty
    return """
      \(heading)<p>\(say("違いがあれば、病院の担当者に知らせてください。", "Please tell the hospital where this is wrong."))</p>\
      \(table.html(language))\(more)
      """
  }
}
