import Nouns
import Text
import Time

/// Items that were assigned, as duties of whoever was asked.
struct DelegationDuties: Sendable {
  let delegation: DelegationStore
  let packs: OwnChecklistStore

  func duties(_ facility: FacilityID) async throws -> [Duty] {
    let waiting = try await delegation.waiting(facility)
    guard !waiting.isEmpty else { return [] }
    let shelf = try await packs.shelf(facility)
    return waiting.compactMap { assignment in
      guard let checklist = shelf.checklist(assignment.pack), let item = checklist[assignment.item] else {
        return nil
      }
      var duty = Duty(
        id: "assessment.assigned.\(assignment.pack).\(assignment.period).\(assignment.item)",
        title: Localized(ja: "点検の項目に答える：\(item.text.ja)", en: "Answer an item: \(item.text.en)"),
        owner: assignment.department == nil ? .administrator : .departmentHead,
        due: assignment.due,
        state: .open,
        reason: Localized(
          ja:
            "\(assignment.assignedBy)さんから\(assignment.name)に頼まれています。\(Self.reminder(assignment).ja)\(assignment.note)",
          en: "\(assignment.assignedBy) asks \(assignment.name). \(Self.reminder(assignment).en)\(assignment.note)"
        ),
        link: AssessmentPath.item(assignment.pack, assignment.item, assignment.period),
        action: Localized(ja: "答える", en: "Answer"),
        rank: 4
      )
      duty.person = assignment.person
      duty.department = assignment.department
      return duty
    }
  }

  private static func reminder(_ assignment: Assignment) -> Localized {
    guard let day = assignment.remindedOn else { return Localized(both: "") }
    return Localized(ja: "\(day.slashed)に督促がありました。", en: "Reminded on \(day.iso). ")
  }
}
