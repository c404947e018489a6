import Design
import HTML
import Nouns
import Records
import Text
import Web

/// `/ledger`: every register with its count, and the ways in.
struct LedgerIndexPage {
  let counts: [(kind: Kind, count: Int)]
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let items = counts.map { kind, count -> HTML in
      """
      <li><a href="\(RecordPath.list(kind.key))"><span class="l">\(kind.plural[language])</span>\
      <span class="v">\(count.grouped)<small>\(kind.key == "asset" ? say("台", "") : say("件", ""))</small></span></a></li>
      """
    }
    var ways: [(String, String, String)] = [
      (LedgerPath.quality, say("台帳の品質", "Quality"), say("足りない・古い・重なっている記録", "What is missing, stale or twice")),
      (LedgerPath.unlisted, say("台帳にない機器", "Found but not listed"), say("ネットワークで見つかった機器", "Seen on the network")),
      (LedgerPath.unseen, say("見えない機器", "Listed but not seen"), say("最近どこにも現れない機器", "Not seen anywhere lately")),
    ]
    if request.may(.importLedger) {
      ways.insert(
        (RecordPath.imports, say("取り込み", "Import"), say("Excel・CSV・ネットワークの記録", "Excel, CSV, network records")),
        at: 0
      )
    }
    if request.may(.readJournal) {
      ways.append((RecordPath.changes, say("変更と取り消し", "Changes and undo"), say("だれが何を変えたか", "Who changed what")))
    }
    let list = ways.map { path, title, text -> HTML in
      "<li><a class=\"t\" href=\"\(path)\">\(title)</a><span class=\"sub\">\(text)</span></li>"
    }
    return .page(
      Page(
        say("台帳", "Registers"),
        main:
          "<ul class=\"nums\">\(items)</ul><h2>\(say("台帳の仕事", "Work on the registers"))</h2><ul class=\"log\">\(list)</ul>"
      ),
      current: "ledger"
    )
  }
}
