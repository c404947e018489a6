import Nouns
import Text
import Web

extension Assessment {
  var packs: OwnChecklistStore { schedule.packs }

  /// Every checklist of a facility.
  package func shelf(_ facility: FacilityID) async throws -> ChecklistShelf { try await packs.shelf(facility) }

  /// The checklist of this id: one of the program, or the facility's own (`own-radiology.2`, or `own-radiology` for its
  /// newest edition).
  package func checklist(_ id: String, _ facility: FacilityID) async throws -> Checklist? {
    if let found = Checklists.checklist(id) { return try await packs.known(found, facility) }
    return try await packs.find(id, facility)?.checklist
  }

  /// What a page or a program asked for. Throws `WebError.notFound`, also where somebody else answers it.
  func asked(
    _ id: String,
    by respondent: Checklist.Respondent? = nil,
    _ facility: FacilityID
  ) async throws -> Checklist {
    guard let found = try await checklist(id, facility), respondent == nil || found.respondent == respondent else {
      throw WebError.notFound(Localized(ja: "この点検表", en: "This checklist"))
    }
    return found
  }

  /// Why a checklist has no such round, nil where it has.
  func problem(ofRound period: String, _ checklist: Checklist, _ facility: FacilityID) async throws -> Localized? {
    let start = try await schedule.fiscalYearStart(facility)
    return checklist.problem(ofRound: period, on: today, fiscalYearStart: start)
  }

  /// A facility's own pack, by `own-radiology.2`, or by `own-radiology` for its newest edition.
  package func own(_ id: String, _ facility: FacilityID) async throws -> OwnChecklist? {
    try await packs.find(id, facility)
  }

  /// Says that somebody with an account compared the checklist with its source. Throws `OwnChecklistProblem`.
  package func confirm(
    _ checklist: Checklist,
    by person: Actor,
    reason: String,
    in scope: Scope<AnswerChecks>
  ) async throws {
    try await packs.confirm(checklist, by: person, reason: reason, in: scope)
  }

  /// Whom a command names: an account that reads checklists, by its id, name or user name. Throws
  /// `OwnChecklistProblem.nobody` where none or several are called so.
  package func person(_ name: String, _ facility: FacilityID) async throws -> Actor {
    let people = try await needs.people(facility)
    var found = people.filter { $0.id == name || $0.name == name }
    // Of people of one name each has a user name of their own.
    if found.count != 1, let account = try await needs.account(name, facility) {
      found = people.filter { $0.id == account }
    }
    guard found.count == 1 else { throw OwnChecklistProblem.nobody(name) }
    return Actor(id: found[0].id, name: found[0].name)
  }

  /// The facts that a pack names and that no record shows now: misspelt, or of work that nobody has begun.
  package func unknownFacts(_ checklist: Checklist, _ facility: FacilityID) async throws -> [String] {
    let known = try await known(facility)
    return Set(checklist.topics.values.flatMap(\.namedFacts)).filter { known[$0] == nil }.sorted()
  }
}
