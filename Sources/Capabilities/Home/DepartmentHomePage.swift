import Design
import HTML
import Nouns
import Text
import Web

/// A department head's home: at most five things to do, and what the ledger says of the department.
struct DepartmentHomePage {
  let board: HomeBoard
  let facts: [Fact]
  /// How far the department's staff are with their trainings; nil where none is asked.
  let training: HomeStaffTraining?
  let head: HTML
  let paper: PrintLine
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  /// Devices, lines and staff first, then what is wrong with them.
  private static let shown = [
    "ledger.assets.total", "ledger.connections.total", "ledger.people.total", "ledger.people.leaving",
    "ledger.assets.incomplete", "ledger.assets.unconfirmed", "ledger.assets.ownerLeft", "ledger.assets.endOfSupport",
  ]

  /// How many devices nobody has confirmed for a year.
  private var check: String {
    let waiting = facts.first { $0.key == "ledger.assets.unconfirmed" }?.value ?? 0
    return waiting == 0
      ? say("機器を確かめる", "Check devices")
      : say("機器を確かめる（\(waiting.grouped)台）", "Check devices (\(waiting.grouped))")
  }

  var response: WebResponse {
    let byKey = Dictionary(facts.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    let figures = Self.shown.compactMap { byKey[$0] }
    let more: HTML =
      board.total > board.top.count
      ? "<p><a href=\"/duties?show=own\">\(say("自分の分をすべて見る（\(board.total)件）", "All my \(board.total)"))</a></p>"
      : .empty
    var ways: [(String, String)] = [
      ("/ledger/asset/check", check),
      ("/ledger/person", say("異動・退職を記録する", "Record moves and leavers")),
      ("/ledger/asset/new", say("購入・デモ機を記録する", "Record a purchase or a loan")),
    ]
    if let training { ways.append((training.link, training.words[language])) }
    return .page(
      Page(
        say("ホーム", "Home"),
        heading: say("部門のやること", "For your department"),
        main: """
          \(head)\(DutyList(duties: board.top, request: request).html)\(more)\
          <ul class="ways3">\(each: ways, { "<li><a href=\"\($0.0)\">\($0.1)</a></li>" })</ul>\
          <h2>\(say("部門の機器・回線・職員", "Devices, lines and staff"))</h2>\
          \(FactNumbers(facts: figures, language: language).html)\(paper.html)
          """
      ),
      current: "home"
    )
  }
}
