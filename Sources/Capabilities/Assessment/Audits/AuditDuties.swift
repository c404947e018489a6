import Design
import Nouns
import Records
import Text
import Time

/// What audits ask of people: to look, to plan and do what corrects, to look whether it helped.
struct AuditDuties: Sendable {
  let audits: AuditStore
  let packs: OwnChecklistStore

  /// How long there is to plan an action after the finding, and to look after it is done, in days.
  static let days = 14

  func duties(_ facility: FacilityID) async throws -> [Duty] {
    Self.duties(try await audits.all(facility), in: try await packs.shelf(facility))
  }

  /// Pure. `shelf` holds the checklists that the audits look at.
  static func duties(_ audits: [Audit], in shelf: ChecklistShelf) -> [Duty] {
    audits.filter { $0.state == .open }.flatMap { audit in
      let checklist = shelf.checklist(audit.row.text("pack"))
      return [audit.sample.isEmpty || audit.unchecked > 0 ? look(audit) : nil].compactMap(\.self)
        + audit.findings.compactMap { duty(of: $0, audit, title: audit.title(of: $0, in: checklist)) }
    }
  }

  private static func look(_ audit: Audit) -> Duty? {
    audit.endsOn.map { ends in
      var duty = Duty(
        id: "assessment.audit.\(audit.id)",
        title: Localized(ja: "監査を行う：\(audit.name)", en: "Carry out the audit: \(audit.name)"),
        owner: .safetyManager,
        due: ends,
        state: .open,
        reason: audit.sample.isEmpty
          ? Localized(ja: "見る項目がまだ選ばれていません。", en: "Nothing is chosen to look at yet.")
          : Localized(
            ja: "\(audit.sample.count)項目のうち\(audit.unchecked)項目に結果がありません。",
            en: "Of \(audit.sample.count) items, \(audit.unchecked.english("has", "have")) no result."
          ),
        link: AuditPath.audit(audit.id),
        action: Localized(ja: "監査を開く", en: "Open the audit"),
        rank: 4
      )
      duty.person = audit.auditors.lazy.compactMap(\.account).first
      return duty
    }
  }

  private static func duty(of finding: AuditFinding, _ audit: Audit, title: Localized) -> Duty? {
    let link = AuditPath.finding(audit.id, finding.id)
    switch finding.stage {
    case .verified, .accepted, .withdrawn: return nil
    case .unplanned:
      return Duty(
        id: "assessment.audit.plan.\(finding.id)",
        title: Localized(ja: "是正処置を決める：\(title.ja)", en: "Plan corrective action: \(title.en)"),
        owner: .safetyManager,
        due: finding.row.createdAt.day.adding(days: days),
        state: .open,
        reason: Localized(
          ja: "監査「\(audit.name)」の不適合に、担当者と期限がありません。",
          en: "A nonconformity of “\(audit.name)” has neither owner nor date."
        ),
        link: link,
        action: Localized(ja: "指摘を開く", en: "Open the finding"),
        rank: 3
      )
    case .planned:
      guard let due = finding.dueOn else { return nil }
      var duty = Duty(
        id: "assessment.audit.action.\(finding.id)",
        title: Localized(ja: "是正処置を終える：\(title.ja)", en: "Finish corrective action: \(title.en)"),
        owner: .administrator,
        due: due,
        state: .open,
        reason: Localized(
          ja: "\(finding.row.text("owner_name"))さんの処置：\(finding.row.text("action"))",
          en: "For \(finding.row.text("owner_name")): \(finding.row.text("action"))"
        ),
        link: link,
        action: Localized(ja: "完了を記録", en: "Record that it is done"),
        rank: 3
      )
      duty.person = finding.row["owner"]
      return duty
    case .done:
      var duty = Duty(
        id: "assessment.audit.verify.\(finding.id)",
        title: Localized(ja: "是正処置を確かめる：\(title.ja)", en: "Verify corrective action: \(title.en)"),
        owner: .safetyManager,
        due: (finding.row.day("done_on") ?? finding.row.updatedAt.day).adding(days: days),
        state: .open,
        reason: Localized(
          ja: "完了と記録されました：\(finding.row.text("done_note"))",
          en: "Recorded as done: \(finding.row.text("done_note"))"
        ),
        link: link,
        action: Localized(ja: "指摘を開く", en: "Open the finding"),
        rank: 4
      )
      let own = [finding.row["owner"], finding.row["done_id"]]
      duty.person = audit.auditors.lazy.compactMap(\.account).first { !own.contains($0) }
      return duty
    }
  }
}
