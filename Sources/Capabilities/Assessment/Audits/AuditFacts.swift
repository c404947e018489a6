import Design
import Nouns
import Records
import Text
import Time

/// What audits prove, for checklists and the first page: findings that are open, actions past their day, and how long ago
/// an internal audit ended. Without an audit that has ended nothing is said of the latter: unknown is never a yes.
struct AuditFacts: Sendable {
  let audits: AuditStore

  static let open = "assessment.audits.open"
  static let overdue = "assessment.audits.overdue"
  /// Days since the last internal audit ended.
  static let last = "assessment.audits.lastInternal"

  func facts(_ facility: FacilityID) async throws -> [Fact] {
    Self.facts(try await audits.all(facility), facility, audits.kept.clock.now())
  }

  /// Pure.
  static func facts(_ audits: [Audit], _ facility: FacilityID, _ now: Instant) -> [Fact] {
    let findings = audits.filter { $0.state != .withdrawn }.flatMap(\.findings)
    var facts: [Fact] = []
    func add(_ key: String, _ label: Localized, _ value: Int, _ all: Int?, _ words: Localized, _ ids: [String]) {
      facts.append(
        Fact(
          key: key,
          facility: facility,
          label: label,
          value: value,
          population: all,
          unit: key == last ? .days : .records,
          asOf: now,
          freshUntil: now.adding(days: 1),
          explanation: words,
          link: AuditPath.list,
          records: ids,
          isWorry: key == overdue && value > 0
        )
      )
    }
    if !findings.isEmpty {
      let open = findings.filter(\.isOpen)
      let late = findings.filter { $0.isOverdue(on: now.day) }
      add(
        Self.open,
        Localized(ja: "確かめていない監査の指摘", en: "Open audit findings"),
        open.count,
        findings.count,
        Localized(
          ja: "監査の指摘\(findings.count)件のうち\(open.count)件が確かめられていません。",
          en: "Of \(findings.count) audit findings, \(open.count.english("is", "are")) not settled."
        ),
        open.map(\.id)
      )
      add(
        overdue,
        Localized(ja: "期限を過ぎた是正処置", en: "Overdue corrective actions"),
        late.count,
        findings.count,
        Localized(
          ja: "監査の指摘\(findings.count)件のうち\(late.count)件で是正処置の期限を過ぎています。",
          en: "Of \(findings.count) audit findings, \(late.count.english("is past its", "are past their")) day."
        ),
        late.map(\.id)
      )
    }
    let ended = audits.filter { $0.kind == .internal && $0.state == .closed }
    if let newest = ended.max(by: { ($0.row.text("closed_on"), $0.id) < ($1.row.text("closed_on"), $1.id) }),
      let day = newest.row.day("closed_on")
    {
      add(
        last,
        Localized(ja: "内部監査が終わってからの日数", en: "Days since the last internal audit"),
        max(0, now.day.days(since: day)),
        nil,
        Localized(
          ja: "前回の内部監査「\(newest.name)」は\(day.slashed)に終わりました。",
          en: "The last internal audit, “\(newest.name)”, ended on \(day.iso)."
        ),
        [newest.id]
      )
    }
    return facts
  }
}
