import Assessment
import Nouns
import Text
import Time

/// The self-checks of the months before, answered as she does: what the records show is confirmed, the rest she knows, and
/// last month she knew three things better than the records, and said why.
struct DemoChecks: Sendable {
  let house: House
  let facility: FacilityID
  let administrator: Actor

  private var scope: Scope<AnswerChecks> { .operatorOf(facility, as: administrator, request: house.ids.next()) }

  /// A day in each of the three months before `today`, the earliest first.
  static func days(before today: LocalDate) -> [LocalDate] {
    (1...3).reversed().compactMap { back in
      let months = today.year * 12 + today.month - 1 - back
      return LocalDate(year: months / 12, month: months % 12 + 1, day: 2)
    }
  }

  /// One month's twenty questions, with the first of them the form of the fiscal year and the hospital's own checklist.
  func play(_ month: Int) async throws {
    let day = house.clock.now().day
    if month == 0 { try await loadOwn() }
    let current = try await house.assessment.shelf(facility).inUse(on: day).filter { $0.respondent == .hospital }
    if let monthly = current.first(where: { $0.id == "prefecture-20" }) { try await answer(monthly, month) }
    guard month == 0, let yearly = current.first(where: { $0.id.hasPrefix("mhlw-hospital") }) else { return }
    try await answer(yearly, month)
    for own in current where own.isOwn { try await answer(own, month) }
  }

  private func loadOwn() async throws {
    let bytes = Array(DemoChecklist.source.utf8)
    _ = try await house.assessment.load(bytes, name: "\(DemoChecklist.id).yaml", in: scope)
  }

  private func answer(_ checklist: Checklist, _ month: Int) async throws {
    let scope = scope
    let standing = try await house.assessment.standing(checklist, facility)
    var claims = 0
    for (number, line) in standing.items.enumerated() where line.answer == nil {
      var draft = AnswerDraft(line.suggestion.answer ?? known(line.item, number, month))
      if month == 2, claims < 3, case .level(let level)? = line.suggestion.answer, level < 2 {
        claims += 1
        draft = AnswerDraft(.level(2))
        draft.reason = ["業者に口頭で確かめた", "次の更新で直る予定のため", "担当から済んだと聞いている"][claims - 1]
      }
      if draft.value == .no, line.item.format.kind == .yesNo {
        draft.target = standing.round.year(startMonth: standing.fiscalYearStart).last
      }
      try await house.assessment.answer(draft, line.item.key, of: checklist, facts: standing.facts, in: scope)
    }
  }

  /// What departments, vendors and feeds tell later; until then she claimed little.
  private static let careful: Set<String> = ["11", "13", "15", "16", "17", "18", "19", "20"]

  /// What no record tells; a little better every month.
  private func known(_ item: ChecklistItem, _ number: Int, _ month: Int) -> AnswerValue {
    guard item.format.kind == .level else { return number % 3 == 1 ? .no : .yes }
    if Self.careful.contains(item.key) { return .level(1) }
    return .level(min(3, number * 7 % 3 + (number % 4 == month ? 1 : 0)))
  }
}
