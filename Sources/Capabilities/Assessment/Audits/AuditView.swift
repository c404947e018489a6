import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// What every page of audits needs.
protocol AuditView {
  /// The checklists of the facility.
  var shelf: ChecklistShelf { get }
  var request: WebRequest { get }
}

extension AuditView {
  var language: Language { request.language }
  var today: LocalDate { request.now.day }
  func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  func mayChange(_ audit: Audit) -> Bool { request.may(.answerChecks) && audit.state == .open }

  var homeCrumb: Crumb { Crumb(say("監査", "Audits"), AuditPath.list) }

  func day(_ day: LocalDate?) -> String { day.map { request.dates.day($0) } ?? "" }

  /// 「2026年12月1日から12月20日まで」.
  func period(_ audit: Audit) -> String {
    let (from, to) = (day(audit.startsOn), day(audit.endsOn))
    return from.isEmpty ? say("\(to)まで", "by \(to)") : say("\(from)から\(to)まで", "\(from) to \(to)")
  }

  func chip(_ state: Audit.State) -> HTML {
    Chip(state.label[language], state == .open ? .blue : state == .closed ? .green : .grey).html
  }

  func chip(_ result: SampledItem.Result?) -> HTML {
    guard let result else { return Chip(say("未確認", "Not looked at"), .grey).html }
    let tint: Chip.Tint =
      switch result {
      case .conforms: .green
      case .observation: .yellow
      case .minor: .orange
      case .major: .red
      }
    return Chip(result.label[language], tint).html
  }

  func chip(_ finding: AuditFinding) -> HTML {
    let stage = finding.stage
    let tint: Chip.Tint =
      switch stage {
      case .unplanned: .red
      case .planned: .orange
      case .done: .yellow
      case .verified: .green
      case .accepted, .withdrawn: .grey
      }
    let late: HTML = finding.isOverdue(on: today) ? " \(Chip(say("期限超過", "Overdue"), .red).html)" : .empty
    return "\(Chip(stage.label[language], tint).html)\(late)"
  }

  /// The checklist that an audit looks at.
  func checklist(_ audit: Audit) -> Checklist? { shelf.checklist(audit.row.text("pack")) }

  /// The checklist and round that an audit looks at.
  func scope(_ audit: Audit) -> String {
    guard let checklist = checklist(audit) else {
      return say("選んだ記録", "Chosen records")
    }
    let edition = audit.row.text("edition")
    // What a fiscal year is called hangs on the year it begins in, not on the month.
    let round = Round.name(of: audit.row.text("round"), startMonth: 4)
    return say(
      "\(checklist.title.ja)（第\(edition)版、\(round.ja)の回）",
      "\(checklist.title.en) (edition \(edition), round \(round.en))"
    )
  }

  /// Items of a checklist in the reader's language; records as they were called.
  func title(_ item: SampledItem, _ audit: Audit) -> String {
    audit.title(of: item, in: checklist(audit))[language]
  }

  /// What a finding is about.
  func title(_ finding: AuditFinding, _ audit: Audit) -> String {
    audit.title(of: finding, in: checklist(audit))[language]
  }

  /// The reader, where they are one of the auditors.
  func ownAuditor(_ audit: Audit) -> Auditor? { audit.auditor(request.session?.userID) }

  /// Auditors who may be chosen: those with an account record for themselves, for somebody from outside whoever may answer
  /// checklists does. None of them has a part in the matter, as far as `involved` knows.
  func auditorChoices(_ audit: Audit, involved: [AuditIndependence.Involved] = []) -> [Design.Choice] {
    let own = ownAuditor(audit)
    return audit.auditors.filter { auditor in
      (auditor.id == own?.id || auditor.account == nil && request.may(.answerChecks))
        && AuditIndependence.conflicts(auditor, with: involved).isEmpty
    }.map { Choice($0.id, $0.label(language)) }
  }
}
