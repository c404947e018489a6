import Journal
import Records
import Text
import Time
import Web

/// How the list of all changes tells of those of audits.
package enum AuditChanges {
  private static let rows: [String: Localized] = [
    AuditTable.audit.name: Localized(ja: "監査", en: "Audit"),
    AuditTable.auditor.name: Localized(ja: "監査人", en: "Auditor"),
    AuditTable.sample.name: Localized(ja: "監査の項目", en: "Item of an audit"),
    AuditTable.finding.name: Localized(ja: "監査の指摘", en: "Audit finding"),
  ]

  private static let fields: [String: Localized] = [
    "name": Localized(ja: "名前", en: "Name"), "kind": Localized(ja: "種類", en: "Kind"),
    "purpose": Localized(ja: "目的", en: "Purpose"), "starts_on": Localized(ja: "始める日", en: "Begins"),
    "ends_on": Localized(ja: "終える日", en: "Ends"), "seed": Localized(ja: "乱数の種", en: "Seed"),
    "state": Localized(ja: "状態", en: "State"), "conclusion": Localized(ja: "結論", en: "Conclusion"),
    "result": Localized(ja: "結果", en: "Result"), "seen": Localized(ja: "見たもの", en: "Seen"),
    "note": Localized(ja: "所見", en: "Note"), "auditor_name": Localized(ja: "監査人", en: "Auditor"),
    "attachment": Localized(ja: "根拠", en: "Evidence"), "what": Localized(ja: "不適合の内容", en: "Nonconformity"),
    "cause": Localized(ja: "原因", en: "Cause"), "action": Localized(ja: "是正処置", en: "Corrective action"),
    "owner_name": Localized(ja: "担当者", en: "Responsible"), "due_on": Localized(ja: "期限", en: "Due"),
    "done_on": Localized(ja: "完了した日", en: "Done on"), "done_note": Localized(ja: "したこと", en: "What was done"),
    "verified_on": Localized(ja: "確かめた日", en: "Verified on"), "verified_by": Localized(ja: "確かめた人", en: "Verified by"),
    "verified_note": Localized(ja: "確認の内容", en: "Verification"),
    "accepted_on": Localized(ja: "受け入れた日", en: "Accepted on"),
    "accepted_by": Localized(ja: "受け入れた人", en: "Accepted by"),
    "accepted_reason": Localized(ja: "受け入れの理由", en: "Why accepted"),
    "grade": Localized(ja: "重さ", en: "Grade"), "withdrawn_on": Localized(ja: "取り下げた日", en: "Withdrawn on"),
    "withdrawn_by": Localized(ja: "取り下げた人", en: "Withdrawn by"),
    "withdrawn_reason": Localized(ja: "取り下げの理由", en: "Why withdrawn"),
  ]

  /// What a row of a table is called; nil for tables of others.
  package static func label(_ type: String) -> Localized? { rows[type] }

  /// The page of what an entry is about: that of the audit itself; its parts are found from there.
  package static func link(_ entry: JournalEntry) -> String? {
    guard entry.subjectType != AuditTable.audit.name else { return AuditPath.audit(entry.subjectID) }
    guard rows[entry.subjectType] != nil else { return nil }
    return entry.changes.first { $0.field == "audit" }?.to.map(AuditPath.audit) ?? AuditPath.list
  }

  /// What an entry changed, a line a field.
  package static func lines(_ entry: JournalEntry, _ request: WebRequest) -> [String] {
    entry.lines(request.language, named: { fields[$0] }, shown: { shown($0, $1, request) })
  }

  private static func shown(_ field: String, _ value: String, _ request: WebRequest) -> String {
    let language = request.language
    return switch field {
    case "kind": Audit.Kind(rawValue: value)?.label[language] ?? value
    case "state": Audit.State(rawValue: value)?.label[language] ?? value
    case "result", "grade": SampledItem.Result(rawValue: value)?.label[language] ?? value
    case let day where day.hasSuffix("_on"): LocalDate(iso: value).map { request.dates.day($0) } ?? value
    default: value
    }
  }
}
