import Design
import Nouns
import Text
import Time

/// Items that were assigned, as duties of whoever was asked.
struct DelegationDuties: Sendable {
  let delegation: DelegationStore
  let packs: OwnChecklistStore
  let links: AskedLinkStore

  func duties(_ facility: FacilityID) async throws -> [Duty] {
    let open = try await delegation.waiting(facility)
    guard !open.isEmpty else { return [] }
    let shelf = try await packs.shelf(facility)
    let asked = try await delegation.asked(of: open, shelf, facility)
    let sent = try await links.arrived(facility)
    func hasArrived(_ line: Assignment) -> Bool {
      sent.contains("\(line.pack)/\(line.period)/\(line.item)/\(line.whom)")
    }
    let arrived = Dictionary(grouping: asked.filter(hasArrived)) { "\($0.pack)/\($0.period)/\($0.whom)" }
    let waiting = asked.filter { !hasArrived($0) }
    let ofVendors = Dictionary(grouping: waiting.filter { $0.vendor != nil }) {
      AssessmentPath.askedVendor($0.pack, $0.vendor ?? "", $0.period)
    }
    return ofVendors.sorted { $0.key < $1.key }.compactMap { Self.vendorDuty($1, link: $0, shelf) }
      + inside(waiting, shelf) + arrived.sorted { $0.key < $1.key }.compactMap { Self.arrivedDuty($1, id: $0, shelf) }
  }

  /// To look at what came by a link, which is no answer of the hospital's yet.
  private static func arrivedDuty(_ all: [Assignment], id: String, _ shelf: ChecklistShelf) -> Duty? {
    guard let first = all.min(by: { $0.due < $1.due }), let checklist = shelf.checklist(first.pack) else { return nil }
    return Duty(
      id: "assessment.arrived.\(id)",
      title: Localized(
        ja: "\(first.name)からリンクで届いた答えを確かめる",
        en: "Look at what \(first.name) answered by its link"
      ),
      owner: .administrator,
      due: first.due,
      state: .open,
      reason: Localized(
        ja: "「\(checklist.title.ja)」の\(all.count)項目に答えが届いています。確かめるまで、病院の答えになりません。",
        en:
          "\(all.count.english("item", "items")) of “\(checklist.title.en)” came in. None is an answer of the hospital's before somebody takes it over."
      ),
      link: all.count == 1
        ? AssessmentPath.item(first.pack, first.item, first.period)
        : AssessmentPath.askedLink(first.pack, first.whom, first.period),
      action: Localized(ja: "届いた答えを開く", en: "Open what came"),
      rank: 4
    )
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
