import Journal
import Nouns
import Text
import Time

/// 検査パックの完成度: how many of the pieces that an inspection asks for are in order. Pure. A piece is an item of the form
/// that is answered, holds against the records and, where the answer is no, has a target date that has not passed; or a vendor's
/// form that came back whole with the same. Nothing is weighed, and what is missing is said.
struct InspectionReadiness: Sendable, Hashable {
  let items: Int
  let itemsInOrder: Int
  let vendors: Int
  let vendorsInOrder: Int

  init(items: Int, itemsInOrder: Int, vendors: Int = 0, vendorsInOrder: Int = 0) {
    self.items = items
    self.itemsInOrder = itemsInOrder
    self.vendors = vendors
    self.vendorsInOrder = vendorsInOrder
  }

  init(_ standing: Assessment.Standing, vendors lines: [VendorStanding], on today: LocalDate) {
    let counting = standing.counting
    let asksForTarget = standing.round.checklist.form == .checklist
    self.init(
      items: counting.count,
      itemsInOrder: counting.count { Self.isInOrder($0, asksForTarget: asksForTarget, on: today) },
      vendors: lines.count,
      vendorsInOrder: lines.count { $0.state == .answered && !$0.lacksTarget(on: today) }
    )
  }

  static func isInOrder(_ line: ItemStanding, asksForTarget: Bool, on today: LocalDate) -> Bool {
    guard line.state == .answered, !line.waitsForSecond, let answer = line.answer else { return false }
    return !asksForTarget || line.item.isGate || answer.latest != .no || answer.target.map { $0 >= today } ?? false
  }

  var whole: Int { items + vendors }
  var inOrder: Int { itemsInOrder + vendorsInOrder }

  /// Rounded down: a hundred means that nothing is missing.
  var percent: Int { whole == 0 ? 0 : inOrder * 100 / whole }

  var sentence: Localized {
    let (ja, en) =
      vendors == 0
      ? ("", "")
      : (
        "、事業者の様式\(vendors)社のうち\(vendorsInOrder)社", ", and \(vendorsInOrder) of \(vendors) vendors' forms"
      )
    return Localized(
      ja: "検査の資料の完成度は\(percent)％です。様式の\(items)項目のうち\(itemsInOrder)項目\(ja)がそろっています。",
      en: "The papers for an inspection are \(percent) % complete: \(itemsInOrder) of \(items) items\(en) are in order."
    )
  }
}

extension Assessment {
  /// What the rounds of today say beside all other facts: answers that claim more than the records show, and how far the
  /// papers for an inspection are.
  package func assessed(_ facts: [Fact], _ facility: FacilityID) async throws -> [Fact] {
    try await contradictions(facts, facility) + readiness(facts, facility)
  }

  /// One fact about the form of this fiscal year; none where there is no form. Counted once a change.
  func readiness(_ facts: [Fact], _ facility: FacilityID) async throws -> [Fact] {
    guard let form = Checklists.own.first(where: { $0.year != nil && $0.isCurrent(on: today) }) else { return [] }
    let now = schedule.clock.now()
    let mark = try await AssessmentMark(facility, rounds.database, now: now, figures: facts)
    return try await schedule.readiness.value(facility.rawValue, mark) {
      let known = Dictionary(facts.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
      let standing = try await standing(form, facts: known, facility)
      var lines: [VendorStanding] = []
      if let asked = Checklists.vendors(of: form) { lines = try await vendorRound(asked, facility).lines }
      let readiness = InspectionReadiness(standing, vendors: lines, on: today)
      return [
        Fact(
          key: Self.readyKey,
          facility: facility,
          label: Localized(ja: "検査の資料でそろったもの", en: "Papers for an inspection in order"),
          value: readiness.inOrder,
          population: readiness.whole,
          asOf: now,
          freshUntil: now.adding(days: 1),
          explanation: readiness.sentence,
          link: AssessmentPath.inspection(form.id)
        )
      ]
    }
  }

  package static let readyKey = "assessment.inspection.ready"
}
