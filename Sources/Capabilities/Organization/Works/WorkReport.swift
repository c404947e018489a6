import Records
import Text

/// What was done, checked: said by the vendor, or written down for it.
package struct WorkReport: Sendable, Hashable {
  package let outcome: WorkRequest.Outcome
  /// What was done, and why not where it was not.
  package let text: String
  package let workers: String
  package let equipment: String
  /// What is left to do.
  package let remains: String
  /// What the device runs on now, with its version; empty where that is as it was.
  package let os: String

  static let fields = ["outcome", "report", "report_workers", "report_equipment", "report_os", "remains"]

  package init(_ typed: [String: String]) throws(KeptError) {
    func text(_ field: String) -> String { Width.trimmed(typed[field] ?? "") }
    var troubles: [KeptError.FieldTrouble] = []
    let outcome = WorkRequest.Outcome(rawValue: text("outcome"))
    if outcome == nil { troubles.append(.init("outcome", ja: "結果を選んでください。", en: "Choose how it went.")) }
    if text("report").isEmpty { troubles.append(.init("report", ja: "実施した内容を入力してください。", en: "Say what was done.")) }
    if outcome != .undone, text("report_workers").isEmpty {
      troubles.append(.init("report_workers", ja: "作業した人を入力してください。", en: "Say who worked."))
    }
    for field in Self.fields.dropFirst() where field != "report_os" && text(field).count > WorkDraft.longestText {
      troubles.append(
        .init(
          field,
          ja: "\(WorkDraft.longestText)文字までで入力してください。",
          en: "At most \(WorkDraft.longestText) characters."
        )
      )
    }
    if text("report_os").count > WorkDraft.longestLine {
      troubles.append(
        .init(
          "report_os",
          ja: "\(WorkDraft.longestLine)文字までで入力してください。",
          en: "At most \(WorkDraft.longestLine) characters."
        )
      )
    }
    guard troubles.isEmpty, let outcome else { throw .wrong(troubles) }
    self.outcome = outcome
    self.text = text("report")
    workers = text("report_workers")
    equipment = text("report_equipment")
    remains = text("remains")
    os = text("report_os")
  }

  var values: [String: String] {
    [
      "outcome": outcome.rawValue, "report": text, "report_workers": workers, "report_equipment": equipment,
      "remains": remains, "report_os": os,
    ]
  }
}
