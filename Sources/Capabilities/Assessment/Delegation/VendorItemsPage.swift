import Design
import HTML
import Nouns
import Text
import Time
import Web

/// `/assess/:pack/asked/:vendor`: the items that a vendor is asked for, the way out on paper or as a file, and the way back.
struct VendorItemsPage {
  let items: Assessment.VendorItems
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private var round: Round { items.standing.round }
  private func path(_ verb: String) -> String {
    AssessmentPath.askedVendor(round.checklist.id, items.vendor.id, round.period, verb: verb)
  }

  private var link: String { AssessmentPath.askedLink(round.checklist.id, "v:\(items.vendor.id)", round.period) }

  var response: WebResponse {
    let actions: HTML = """
      \(Button.link(say("Excelで書き出す", "Export as Excel"), path("file"), look: .secondary, size: .small))\
      \(Button.link(say("印刷", "Print"), path("print"), look: .secondary, size: .small))\
      \(Button.link(say("リンクで答えてもらう", "Answer by a link"), link, look: .secondary, size: .small))
      """
    var about = [
      KeyValues.Line(say("対象のシステム", "Systems"), text: items.vendor.systems.joined(separator: say("、", ", ")))
    ]
    if !items.vendor.contact.isEmpty { about.append(.init(say("連絡先", "Contact"), text: items.vendor.contact)) }
    return .page(
      Page(
        say("\(items.vendor.name)に頼んだ項目", "What \(items.vendor.name) is asked for"),
        lead: HTML(
          text: say(
            "事業者はこのサーバーに入れません。紙かファイルで渡し、返ってきた答えをここで取り込むか、項目のページで入力します。院内の端末なら、リンクから答えてもらえます。",
            "Vendors cannot sign in here. Hand the items over on paper or as a file; take the file in here, or type the answers in on the page of each item. At a terminal inside it can answer by a link."
          )
        ),
        actions: actions,
        crumbs: [
          Crumb(say("自己点検", "Self-checks"), AssessmentPath.list),
          Crumb(round.checklist.title[language], AssessmentPath.round(round.checklist.id, round.period)),
        ],
        main: "\(KeyValues(about).html)\(table)\(upload)"
      ),
      current: "assessment.list"
    )
  }

  private var table: HTML {
    AssignedView(
      lines: items.lines,
      checklist: round.checklist,
      period: round.period,
      mayRemind: false,
      isOfOne: true,
      request: request
    ).html
  }

  private var upload: HTML {
    guard request.may(.answerChecks), round.lockedAt == nil else { return .empty }
    var frame = FormFrame(
      action: path("file"),
      csrf: request.csrf,
      fields: [.file("file", say("返ってきたファイル（Excel）", "The file that came back (Excel)"), accept: ".xlsx,.csv")],
      buttons: Button.submit(say("内容を確かめる", "Look at the contents"), look: .secondary)
    )
    frame.isMultipart = true
    return "<section><h2>\(say("返ってきた答えを取り込む", "Take in the answers"))</h2>\(frame.html(language))</section>"
  }
}
