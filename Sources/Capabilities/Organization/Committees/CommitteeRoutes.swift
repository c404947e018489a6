import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// `/organization/meetings/:id/material`: what a meeting needs on paper, made from the records: agenda, open actions, what
/// is overdue, what the records show.
struct CommitteeRoutes: Sendable {
  let records: RecordStore
  let needs: OrganizationNeeds

  var routes: [Route] { [.get("/organization/meetings/:id/material", ReadLedger.self, material)] }

  @Sendable func material(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let (meeting, titles) = try await found { try await records.find(.meeting, id: request["id"], in: scope) }
    let open = try await records.all(.actionItem, ListQuery(filters: ["done_on": [.missing, .unknown]]), in: scope)
    let standing = try await needs.standing(scope.facility)
    return MaterialSheet(
      meeting: meeting,
      committee: meeting.known("committee").flatMap { titles[$0] } ?? "",
      actions: open.records.filter { $0.known("type") == "action" },
      titles: open.titles,
      facts: standing.facts,
      duties: standing.duties.filter { $0.due < request.now.day },
      request: request
    ).response
  }
}

struct MaterialSheet {
  let meeting: Record
  let committee: String
  let actions: [Record]
  let titles: [String: String]
  let facts: [Fact]
  let duties: [Duty]
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let held = meeting.date("held_on").map { request.dates.day($0) } ?? ""
    return .sheet(
      PrintSheet(
        "\(committee)　\(meeting.title(language))",
        subtitle: "\(held)　\(meeting.known("place") ?? "")",
        printed: request.printedBy,
        stamps: PaperStamps.usual(language),
        backAddress: RecordPath.record(Kind.meeting.key, meeting.id),
        contents:
          "\(text("agenda", say("議題", "Agenda")))\(open)\(late)\(numbers)\(text("materials", say("資料", "Materials")))"
      )
    )
  }

  private func text(_ field: String, _ heading: String) -> HTML {
    guard let text = meeting.known(field) else { return .empty }
    let lines = Self.unnumbered(text).map { "<li>\($0)</li>" as HTML }
    return "<section class=\"block\"><h2>\(heading)</h2><ol>\(lines)</ol></section>"
  }

  /// Lines for a list that numbers itself: without their own numbers where somebody numbered them one after another,
  /// 「1 前回の宿題」「２．予算」「③その他」.
  static func unnumbered(_ text: String) -> [String] {
    let lines = text.split(whereSeparator: \.isNewline).map { Width.trimmed(String($0)) }.filter { !$0.isEmpty }
    let parts = lines.map(number)
    guard parts.enumerated().allSatisfy({ $1?.number == $0 + 1 }) else { return lines }
    return parts.compactMap { $0?.rest }
  }

  private static func number(_ line: String) -> (number: Int, rest: String)? {
    let circled: ClosedRange<UInt32> = 0x2460...0x2473
    if let first = line.unicodeScalars.first?.value, circled.contains(first) {
      return (Int(first - circled.lowerBound) + 1, Width.trimmed(String(line.dropFirst())))
    }
    let digits = line.prefix { Int(Width.halved(String($0))) != nil }
    guard let number = Int(Width.halved(String(digits))), let mark = line.dropFirst(digits.count).first,
      " 　.．)）、:：".contains(mark)
    else { return nil }
    let rest = Width.trimmed(String(line.dropFirst(digits.count + 1)))
    return rest.isEmpty ? nil : (number, rest)
  }

  private var open: HTML {
    let rows = actions.map { action -> HTML in
      let due = action.date("due_on").map { request.dates.short($0) } ?? ""
      let isLate = action.date("due_on").map { $0 < request.now.day } ?? false
      return """
        <tr><th scope="row">\(action.title(language))</th><td>\(action.known("owner").flatMap { titles[$0] })</td>\
        <td><span class="nb">\(due)</span>\(if: isLate, "（\(say("超過", "late"))）")</td><td></td></tr>
        """
    }
    return table(
      say("前回までの宿題", "Open actions"),
      [say("内容", "What"), say("担当者", "Owner"), say("期限", "Due"), say("結果", "Result")],
      rows
    )
  }

  private var late: HTML {
    let rows = duties.prefix(40).map { duty -> HTML in
      """
      <tr><th scope="row">\(duty.title[language])</th><td>\(duty.owner.label[language])</td>\
      <td class="nb">\(request.dates.short(duty.due))</td><td>\(duty.reason[language])</td></tr>
      """
    }
    return table(
      say("期限を過ぎたこと", "Overdue"),
      [say("こと", "What"), say("受け持ち", "Owner"), say("期限", "Due"), say("理由", "Why")],
      Array(rows)
    )
  }

  private var numbers: HTML {
    let rows = facts.map { fact -> HTML in
      """
      <tr><th scope="row">\(fact.label[language])</th><td><span class="nb">\(fact.figure[language])</span></td>\
      <td>\(fact.explanation[language])</td></tr>
      """
    }
    return table(
      say("記録が示すこと", "What the records show"),
      [say("項目", "Figure"), say("数", "Value"), say("説明", "Meaning")],
      rows
    )
  }

  private func table(_ heading: String, _ heads: [String], _ rows: [HTML]) -> HTML {
    let body: HTML =
      rows.isEmpty
      ? "<p>\(say("ありません。", "None."))</p>"
      : """
      <div class="table"><table class="dense"><thead><tr>\(each: heads, { "<th scope=\"col\">\($0)</th>" })</tr></thead><tbody>\(rows)</tbody></table></div>
      """
    return "<section class=\"block\"><h2>\(heading)</h2>\(body)</section>"
  }
}
