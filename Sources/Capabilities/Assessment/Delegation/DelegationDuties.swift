import Design
import Nouns
import Text
import Time

/// Items that were assigned, as duties of whoever was asked.
struct DelegationDuties: Sendable {
  let delegation: DelegationStore
  let packs: OwnChecklistStore

  func duties(_ facility: FacilityID) async throws -> [Duty] {
    let open = try await delegation.waiting(facility)
    guard !open.isEmpty else { return [] }
    let shelf = try await packs.shelf(facility)
    let waiting = try await delegation.asked(of: open, shelf, facility)
    let ofVendors = Dictionary(grouping: waiting.filter { $0.vendor != nil }) {
      AssessmentPath.askedVendor($0.pack, $0.vendor ?? "", $0.period)
    }
    return ofVendors.sorted { $0.key < $1.key }.compactMap { Self.vendorDuty($1, link: $0, shelf) }
      + inside(waiting, shelf)
  }

  /// To get the answers of a vendor, which sees no duties of its own here.
  private static func vendorDuty(_ all: [Assignment], link: String, _ shelf: ChecklistShelf) -> Duty? {
    guard let first = all.min(by: { $0.due < $1.due }), let checklist = shelf.checklist(first.pack) else { return nil }
    let names = all.compactMap { checklist[$0.item]?.name }
    // Whoever was reminded has a while to answer.
    let reminded = all.compactMap(\.remindedOn).max()
    let due = reminded.map { max($0.adding(days: VendorForms.reminderDays), first.due) } ?? first.due
    return Duty(
      id: "assessment.askedVendor.\(first.pack).\(first.period).\(first.vendor ?? "")",
      title: Localized(
        ja: "\(first.name)に頼んだ項目の答えを受け取る",
        en: "Get the answers that \(first.name) is asked for"
      ),
      owner: .administrator,
      due: due,
      state: .open,
      reason: Localized(
        ja:
          "「\(checklist.title.ja)」の\(names.count)項目（\(names.prefix(5).map(\.ja).joined(separator: "、"))\(names.count > 5 ? " ほか" : "")）を、\(first.due.slashed)までに頼んでいます。\(reminder(reminded).ja)",
        en:
          "\(names.count.english("item", "items")) of “\(checklist.title.en)” (\(names.prefix(5).map(\.en).joined(separator: ", "))\(names.count > 5 ? " and others" : "")), asked for by \(first.due.iso). \(reminder(reminded).en)"
      ),
      link: link,
      action: Localized(ja: "頼んだ項目を開く", en: "Open the items"),
      rank: 4
    )
  }

  private func inside(_ waiting: [Assignment], _ shelf: ChecklistShelf) -> [Duty] {
    waiting.filter { $0.vendor == nil }.compactMap { assignment in
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
            "\(assignment.assignedBy)さんから\(assignment.name)に頼まれています。\(Self.reminder(assignment.remindedOn).ja)\(assignment.note)",
          en:
            "\(assignment.assignedBy) asks \(assignment.name). \(Self.reminder(assignment.remindedOn).en)\(assignment.note)"
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

  private static func reminder(_ day: LocalDate?) -> Localized {
    guard let day else { return Localized(both: "") }
    return Localized(ja: "\(day.slashed)に督促がありました。", en: "Reminded on \(day.iso). ")
  }
}
