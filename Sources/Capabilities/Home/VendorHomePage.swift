import Design
import HTML
import Nouns
import Text
import Time
import Web

/// A vendor's home: what this hospital asked of them by name, and nothing internal.
struct VendorHomePage {
  let board: HomeBoard
  let paper: PrintLine
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let rows = board.top.map { duty -> HTML in
      """
      <li><span class="due"><span class="nb">\(request.dates.brief(duty.due, today: request.now.day))</span></span>\
      <span><span class="t">\(duty.title[language])</span><span class="why">\(duty.reason[language])</span></span></li>
      """
    }
    let list: HTML =
      rows.isEmpty
      ? EmptyState(
        say("お願いしていることはありません。", "We have asked nothing of you."),
        say("作業の申請や報告は、いまは電話か書面で受け付けています。", "Please ask for work and report it by telephone or on paper for now.")
      ).html(language)
      : "<ol class=\"todo\">\(rows)</ol>"
    return .page(
      Page(say("ホーム", "Home"), heading: say("お願いしていること", "What we ask of you"), main: "\(list)\(paper.html)"),
      current: "home"
    )
  }
}
