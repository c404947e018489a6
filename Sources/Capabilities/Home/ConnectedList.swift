import Design
import HTML
import Nouns
import Text
import Time
import Web

/// Somebody who is recorded as connected from outside.
package struct HomeConnection: Sendable, Hashable {
  package let who: String
  /// What the line is called.
  package let line: String
  package let startedOn: LocalDate?
  /// As it was recorded, 「8:05」; empty where it was not.
  package let startedAt: String
  package let link: String

  package init(who: String, line: String, startedOn: LocalDate?, startedAt: String, link: String) {
    self.who = who
    self.line = line
    self.startedOn = startedOn
    self.startedAt = startedAt
    self.link = link
  }
}

/// 接続中の保守 on the administrator's home: who is connected now.
struct ConnectedList {
  let connections: [HomeConnection]
  let request: WebRequest

  /// Where sessions are begun and ended.
  static let path = "/ledger/connection/sessions"
  private static let most = 5

  private var language: Language { request.language }
  private var today: LocalDate { request.now.day }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var html: HTML {
    let heading: HTML = "<h2>\(say("接続中の保守", "Connected for maintenance"))</h2>"
    let way = say("接続を始める・終える", "Let in or cut")
    guard !connections.isEmpty else {
      return """
        \(heading)<p>\(say("接続中と記録された保守はありません。", "Nobody is recorded as connected.")) \
        <a href="\(Self.path)">\(way)</a></p>
        """
    }
    let rows = connections.prefix(Self.most).map { connection -> HTML in
      let since = connection.startedOn.map { request.dates.brief($0, today: today) } ?? say("不明な日", "an unknown day")
      let time = connection.startedAt.isEmpty ? since : "\(since) \(connection.startedAt)"
      let isOld = connection.startedOn.map { $0 < today } ?? true
      let old: HTML = isOld ? " " + Chip(say("前の日から", "Since an earlier day"), .orange).html : .empty
      return """
        <li><a href="\(connection.link)">\(connection.who)</a>\(old)<span class="sub">\(connection.line)\
        \(say("、", ", "))<span class="nb">\(say("\(time)から", "since \(time)"))</span></span></li>
        """
    }
    let rest = connections.count - Self.most
    let more: HTML = rest > 0 ? "\(say("ほか\(rest)件。", "\(rest) more. "))" : .empty
    return "\(heading)<ul class=\"log\">\(rows)</ul><p>\(more)<a href=\"\(Self.path)\">\(way)</a></p>"
  }
}
