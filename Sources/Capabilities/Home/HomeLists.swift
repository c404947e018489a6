import Design
import HTML
import Nouns
import Text
import Time
import Web

/// `/facts`: every figure with the sentence that says what it means, how old it is and where its records are.
struct FactListPage {
  let facts: [Fact]
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    var table = DataTable<Fact>(
      id: "facts",
      caption: say("記録が示すことの一覧", "What the records show"),
      address: Address("/facts"),
      columns: [
        .init("label", say("項目", "Figure")) { fact in
          request.may(fact.needs) ? "<a href=\"\(fact.link)\">\(fact.label[language])</a>" : "\(fact.label[language])"
        },
        .init("value", say("値", "Value"), isNumeric: true) { fact in
          HTML(text: fact.figure[language])
        },
        .init("explanation", say("意味", "Meaning")) { fact in HTML(text: fact.explanation[language]) },
        .init("asOf", say("時点", "As of")) { fact in
          DateText.html(
            request.dates.short(fact.asOf.day),
            machine: fact.asOf.iso
          )
        },
        .init("fresh", say("有効", "Good until")) { fact in
          fact.freshUntil < request.now
            ? Chip(say("古い", "Stale"), .yellow).html
            : DateText.html(
              request.dates.short(fact.freshUntil.day),
              machine: fact.freshUntil.iso
            )
        },
      ],
      rows: facts,
      rowID: \.key,
      rowName: { $0.label[language] }
    )
    table.isDense = true
    let lead = say(
      "それぞれの数字は、台帳の記録を数えたものです。項目を押すと、もとの記録が開きます。",
      "Each figure is counted from the ledger's records; follow it to see them."
    )
    return .page(
      Page(
        say("記録が示すこと", "What the records show"),
        lead: HTML(text: lead),
        actions: Button.print(language),
        main: table.html(language)
      ),
      current: "home.facts"
    )
  }
}

/// `/search`: everything that a text finds, nearest first.
struct SearchPage {
  let text: String
  let hits: [SearchHit]
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let rows = hits.map { hit -> HTML in
      """
      <li><span class="chip k">\(hit.kind[language])</span> <a href="\(hit.link)">\(hit.title)</a>\
      <span class="sub">\(hit.detail)</span></li>
      """
    }
    let form: HTML = """
      <form class="bar" method="get" action="/search" role="search"><div><label for="search-text">\
      \(say("ことば", "Words"))</label><input type="search" id="search-text" name="q" value="\(text)"></div>\
      \(Button.submit(say("探す", "Search"), size: .small))</form>
      """
    let result: HTML =
      text.isEmpty
      ? "<p>\(say("機器の名前、番号、IPアドレス、事業者、人の名前やフリガナで探せます。全角・半角や新旧の字体の違いは気にしなくてかまいません。", "Search by name, number, address, vendor or person. Width and old or new forms of characters make no difference."))</p>"
      : hits.isEmpty
        ? EmptyState(
          say("「\(text)」に当てはまるものはありません。", "Nothing fits “\(text)”."),
          say("短いことばで探すか、番号の一部で探してください。", "Try a shorter word or a part of a number.")
        ).html(language)
        : "<p>\(hits.count)\(say("件", " found"))</p><ul class=\"log\">\(rows)</ul>"
    return .page(Page(say("探す", "Search"), main: "\(form)\(result)"), current: nil)
  }
}
