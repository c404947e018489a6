import Nouns
import Records
import Text
import Time

/// One training as its record says it. Pure.
package struct Training: Sendable, Hashable, Identifiable {
  package enum Audience: String, Sendable, CaseIterable { case everyone, newcomers, listed }

  package let record: Record
  /// The fiscal year it belongs to; nil where the record names none.
  package let year: FiscalYear?
  package let starts: LocalDate
  package let due: LocalDate
  package let audience: Audience
  /// Departments, occupations, posts and employments, folded.
  let targets: Set<String>

  package var id: String { record.id }
  package var title: String { record.title }
  package var isClass: Bool { record.known("way") == "class" }

  /// `startMonth` is when the facility's fiscal year begins. What names no year is of the year of its days, or of today's.
  package init(_ record: Record, startMonth: Int, today: LocalDate) {
    self.record = record
    let named = record.known("fiscal_year").flatMap(FiscalYear.read).map {
      FiscalYear(startYear: $0.startYear, startMonth: startMonth)
    }
    let day = record.date("due_on") ?? record.date("starts_on") ?? today
    let year = named ?? FiscalYear(containing: day, startMonth: startMonth)
    self.year = named
    starts = record.date("starts_on") ?? year.first
    due = record.date("due_on") ?? record.date("held_on") ?? year.last
    audience = record.known("audience").flatMap(Audience.init(rawValue:)) ?? .everyone
    targets = Set(
      (record.known("targets") ?? "").split(whereSeparator: { $0.isNewline || $0 == "、" || $0 == "," })
        .map { Fold.key(Width.trimmed(String($0))) }.filter { !$0.isEmpty }
    )
  }

  package func hasBegun(on day: LocalDate) -> Bool { starts <= day }

  package func isLate(on day: LocalDate) -> Bool { due < day }

  /// Whether somebody is to take it, looked at on a day: of those who work here then, whoever had joined by its last day;
  /// of new staff, whoever joined in its year.
  package func asks(_ person: TrainingPerson, of departments: TrainingDepartments, on today: LocalDate) -> Bool {
    if let left = person.leftOn, left < today { return false }
    let last = year?.last ?? due
    switch audience {
    case .newcomers:
      guard let joined = person.joinedOn else { return false }
      let first = year?.first ?? starts
      return first <= joined && joined <= min(last, today)
    case .everyone: return hadJoined(person)
    case .listed:
      guard hadJoined(person), !targets.isEmpty else { return false }
      if !targets.isDisjoint(with: person.groups) { return true }
      return !targets.isDisjoint(with: departments.names(above: person.department))
    }
  }

  private func hadJoined(_ person: TrainingPerson) -> Bool { person.joinedOn.map { $0 <= due } ?? true }
}

/// Somebody of the roster, as far as trainings ask.
package struct TrainingPerson: Sendable, Hashable, Identifiable {
  package let id: String
  package let name: String
  package let number: String
  /// The id of the department; nil where none is recorded.
  package let department: String?
  package let joinedOn: LocalDate?
  package let leftOn: LocalDate?
  /// Occupation, post and employment, folded.
  let groups: Set<String>

  init(
    id: String,
    name: String,
    number: String = "",
    department: String? = nil,
    joinedOn: LocalDate? = nil,
    leftOn: LocalDate? = nil,
    groups: [String?] = []
  ) {
    self.id = id
    self.name = name
    self.number = number
    self.department = department
    self.joinedOn = joinedOn
    self.leftOn = leftOn
    self.groups = Set(groups.compactMap { $0.map { Fold.key($0) } }.filter { !$0.isEmpty })
  }
}

/// The departments by id, with those above each.
package struct TrainingDepartments: Sendable {
  private let rows: [String: (name: String, parent: String?)]
  /// Folded names of a department and of all above it, worked out once.
  private let chains: [String: Set<String>]

  package init(_ rows: [String: (name: String, parent: String?)]) {
    self.rows = rows
    var chains: [String: Set<String>] = [:]
    for id in rows.keys {
      var (names, next, seen): (Set<String>, String?, Set<String>) = ([], id, [])
      while let current = next, seen.insert(current).inserted, let row = rows[current] {
        names.insert(Fold.key(row.name))
        next = row.parent
      }
      chains[id] = names
    }
    self.chains = chains
  }

  package func name(_ id: String?) -> String? { id.flatMap { rows[$0]?.name } }

  func names(above id: String?) -> Set<String> { id.flatMap { chains[$0] } ?? [] }
}

/// That somebody took a training.
package struct Attendance: Sendable, Hashable {
  package let record: String
  package let training: String
  package let person: String
  package let doneOn: LocalDate?
  package let way: String
  /// Right answers, of how many; nil where nothing was asked.
  package let result: (correct: Int, asked: Int)?
  /// What was chosen on screen.
  package var answers = TrainingAnswers(reading: "")

  package static func == (left: Attendance, right: Attendance) -> Bool { left.record == right.record }
  package func hash(into hasher: inout Hasher) { hasher.combine(record) }
}
