import Design
import HTML
import Text
import Time
import Web

/// On a regulation's own page: who confirmed the version in force.
struct ReaderSection {
  let readers: [(name: String, at: Instant)]
  let request: WebRequest

  var html: HTML {
    let language = request.language
    let heading = Localized(ja: "読んだ人", en: "Read by")[language]
    guard !readers.isEmpty else {
      let none = Localized(ja: "この版を読んだと確認した人は、まだいません。", en: "Nobody has confirmed this version yet.")
      return "<h2>\(heading)</h2><p class=\"note\">\(none[language])</p>"
    }
    let events = readers.prefix(50).map { reader in
      HistoryList.Event(
        shown: request.dates.brief(reader.at, today: request.now.day),
        machine: reader.at.iso,
        text: " \(reader.name)"
      )
    }
    return "<h2>\(heading)<span class=\"sub\">\(readers.count)</span></h2>\(HistoryList(events).html)"
  }
}
