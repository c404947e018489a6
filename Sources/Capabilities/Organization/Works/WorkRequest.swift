import Records
import SQL
import Text
import Time

/// 作業申請: a vendor asks to work on a device of the hospital; somebody of the hospital decides; the work is begun, ended
/// and reported; somebody has looked at the report.
package struct WorkRequest: Sendable, Hashable, Identifiable {
  package enum State: String, Sendable, CaseIterable {
    case waiting, sentBack, approved, running, ended, reported, confirmed, withdrawn

    package var label: Localized {
      switch self {
      case .waiting: Localized(ja: "承認待ち", en: "Waits for approval")
      case .sentBack: Localized(ja: "差し戻し", en: "Sent back")
      case .approved: Localized(ja: "承認済み", en: "Approved")
      case .running: Localized(ja: "作業中", en: "At work")
      case .ended: Localized(ja: "報告待ち", en: "Report owed")
      case .reported: Localized(ja: "報告の確認待ち", en: "Report to confirm")
      case .confirmed: Localized(ja: "完了", en: "Finished")
      case .withdrawn: Localized(ja: "取り下げ", en: "Withdrawn")
      }
    }

    /// Nothing more happens to it.
    package var isOver: Bool { self == .confirmed || self == .withdrawn }
  }

  /// How the request came in.
  package enum Source: String, Sendable, CaseIterable {
    case account, paper, telephone

    package var label: Localized {
      switch self {
      case .account: Localized(ja: "事業者の画面", en: "The vendor's own page")
      case .paper: Localized(ja: "書面・メール", en: "Paper or mail")
      case .telephone: Localized(ja: "電話・口頭", en: "Telephone")
      }
    }
  }

  package enum Outcome: String, Sendable, CaseIterable {
    case done, partly, undone

    package var label: Localized {
      switch self {
      case .done: Localized(ja: "予定どおり終わった", en: "Done as planned")
      case .partly: Localized(ja: "一部だけ終わった", en: "Done in part")
      case .undone: Localized(ja: "実施しなかった", en: "Not done")
      }
    }
  }

  package let row: KeptRow
  package let draft: WorkDraft
  package let state: State
  package let source: Source

  package var id: String { row.id }
  package var vendor: String { row.text("vendor") }
  package var vendorName: String { row.text("vendor_name") }
  package var device: WorkDevice {
    WorkDevice(
      id: row.text("asset"),
      name: row.text("asset_name"),
      number: row.text("asset_number"),
      department: row["department"]
    )
  }
  package var outcome: Outcome? { row["outcome"].flatMap(Outcome.init(rawValue:)) }

  /// What stood in the store.
  package init(_ row: KeptRow) throws(StorageError) {
    self.row = row
    draft = try WorkDraft(stored: row)
    state = State(rawValue: row.text("state")) ?? .waiting
    source = Source(rawValue: row.text("source")) ?? .account
  }

  /// A moment that a step left behind.
  package func moment(_ column: String) -> Instant? {
    row.number(column).map { Instant(milliseconds: Int64($0)) }
  }

  /// From when to when it is planned.
  package var planned: Range<Instant> { draft.window.moments(on: draft.day) }

  /// The last day that the plan touches.
  package var lastDay: LocalDate { draft.day.adding(days: (draft.window.end - 1) / 1_440) }

  package func touches(_ day: LocalDate) -> Bool { draft.day <= day && day <= lastDay }

  /// Approved or begun, its time is over, and nobody has said what was done.
  package func owesReport(at now: Instant) -> Bool {
    state == .ended || ((state == .approved || state == .running) && planned.upperBound <= now)
  }

  /// What people call it on paper: the end of its id.
  package var number: String { "W-" + row.id.suffix(8).uppercased() }

  /// What was done as the report says, and until there is one, as it was planned.
  package func reported(_ column: String) -> String {
    guard row["reported_at"] == nil else { return row.text(column) }
    switch column {
    case "outcome": return Outcome.done.rawValue
    case "report": return draft.what
    case "report_workers": return draft.workers
    case "report_equipment": return draft.equipment
    default: return ""
    }
  }
}

/// A device as a request for work names it, as it was called then.
package struct WorkDevice: Sendable, Hashable {
  package let id: String
  package let name: String
  package let number: String
  /// The department's id; nil where none is recorded.
  package let department: String?

  package init(id: String, name: String, number: String, department: String?) {
    self.id = id
    self.name = name
    self.number = number
    self.department = department
  }

  package func title(_ language: Language) -> String {
    number.isEmpty || number == name ? name : name + language.aside(number)
  }
}
