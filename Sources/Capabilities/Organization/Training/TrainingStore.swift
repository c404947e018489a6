import Nouns
import Records
import SQL
import Text
import Time

/// Trainings and who took them. Records are written through the one engine; whoever takes a training writes it in their own
/// name and for themselves alone.
package struct TrainingStore: Sendable {
  let records: RecordStore

  /// How a person of the roster is found from an account.
  package enum Own: Sendable, Hashable {
    case person(TrainingPerson)
    /// Nobody in the roster has the account's name, or more than one.
    case unknown
  }

  private static let mostTrainings = 500

  // MARK: Reading

  /// All trainings, those due first; of one fiscal year where it is given.
  package func trainings(
    of year: FiscalYear? = nil,
    startMonth: Int,
    in scope: Scope<ReadLedger>
  ) async throws -> [Training] {
    let today = records.clock.now().day
    return try await records.all(.training, limit: Self.mostTrainings, in: scope).records
      .map { Training($0, startMonth: startMonth, today: today) }
      .filter { year == nil || $0.year?.startYear == year?.startYear }
      .sorted { ($0.due, $0.title, $0.id) < ($1.due, $1.title, $1.id) }
  }

  /// Those of the fiscal year in which today is.
  func thisYears(startMonth: Int, in scope: Scope<ReadLedger>) async throws -> [Training] {
    let year = FiscalYear(containing: records.clock.now().day, startMonth: startMonth)
    return try await trainings(of: year, startMonth: startMonth, in: scope)
  }

  /// Throws `RecordError.notFound`.
  package func training(_ id: String, startMonth: Int, in scope: Scope<ReadLedger>) async throws -> Training {
    let found = try await records.find(.training, id: id, in: scope).record
    return Training(found, startMonth: startMonth, today: records.clock.now().day)
  }

  /// How far the people whom the reader may see are with trainings.
  package func standing(_ trainings: [Training], in scope: Scope<ReadLedger>) async throws -> TrainingStanding {
    let (key, today) = (scope.facility.rawValue, records.clock.now().day)
    let reach = scope.departments.map { " AND department_id IN (\(list: $0.sorted()))" as SQL } ?? ""
    let ids = trainings.map(\.id)
    return try await records.database.read(.facility(key)) { tx in
      let people = trainings.isEmpty ? [] : try Self.people(key, reach, in: tx)
      let seen = Set(people.map(\.id))
      return TrainingStanding(
        trainings,
        people: people,
        attendances: try Self.attendances(of: ids, key, in: tx).filter { seen.contains($0.person) },
        departments: try Self.departments(key, in: tx),
        today: today
      )
    }
  }

  private static func people(_ key: String, _ condition: SQL, in tx: any Transaction) throws -> [TrainingPerson] {
    try tx.rows(
      """
      SELECT id, name, staff_number, department_id, joined_on, left_on, occupation, post, employment FROM person
      WHERE facility = \(key) AND archived_at IS NULL\(condition) ORDER BY reading_key, id LIMIT 200000
      """
    ).map { row in
      TrainingPerson(
        id: try row.text("id"),
        name: try row.text("name"),
        number: try row.optionalText("staff_number") ?? "",
        department: try row.optionalText("department_id"),
        joinedOn: try row.optionalText("joined_on").flatMap { LocalDate(iso: $0) },
        leftOn: try row.optionalText("left_on").flatMap { LocalDate(iso: $0) },
        groups: [
          try row.optionalText("occupation"), try row.optionalText("post"), try row.optionalText("employment"),
        ]
      )
    }
  }

  private static func attendances(
    of trainings: [String],
    person: String? = nil,
    _ key: String,
    in tx: any Transaction
  ) throws -> [Attendance] {
    guard !trainings.isEmpty else { return [] }
    let one = person.map { " AND person_id = \($0)" as SQL } ?? ""
    return try tx.rows(
      """
      SELECT id, training_id, person_id, done_on, way, correct, asked, answers FROM training_attendance
      WHERE facility = \(key) AND archived_at IS NULL AND training_id IN (\(list: trainings))\(one)
        AND person_id IS NOT NULL ORDER BY id LIMIT 1000000
      """
    ).map { row in
      let correct = try row.optionalText("correct").flatMap { Int($0) }
      let asked = try row.optionalText("asked").flatMap { Int($0) }
      return Attendance(
        record: try row.text("id"),
        training: try row.text("training_id"),
        person: try row.text("person_id"),
        doneOn: try row.optionalText("done_on").flatMap { LocalDate(iso: $0) },
        way: try row.optionalText("way") ?? "",
        result: correct.flatMap { correct in asked.map { (correct, $0) } },
        answers: TrainingAnswers(reading: try row.optionalText("answers") ?? "")
      )
    }
  }

  private static func departments(_ key: String, in tx: any Transaction) throws -> TrainingDepartments {
    var rows: [String: (name: String, parent: String?)] = [:]
    for row in try tx.rows("SELECT id, name, parent_id FROM department WHERE facility = \(key) LIMIT 20000") {
      rows[try row.text("id")] = (try row.text("name"), try row.optionalText("parent_id"))
    }
    return TrainingDepartments(rows)
  }

  /// When anybody last took a training; nil where no record tells.
  static func last(_ key: String, in tx: any Transaction) throws -> LocalDate? {
    try tx.row(
      """
      SELECT max(done_on) AS d FROM training_attendance
      WHERE facility = \(key) AND archived_at IS NULL AND done_on <> '?'
      """
    )?.optionalText("d").flatMap { LocalDate(iso: $0) }
  }

  /// The questions of a training, in order. Read in the program's name: whoever takes it sees no answer before they gave
  /// theirs.
  package func questions(of training: String, in facility: FacilityID) async throws -> [TrainingQuestion] {
    let own = Scope<ReadLedger>.operatorOf(facility, as: .system, request: "training")
    return try await records.all(
      .trainingQuestion,
      ListQuery(filters: ["training": [.value(training)]]),
      limit: TrainingQuestion.most,
      in: own
    ).records.compactMap(TrainingQuestion.init)
  }

  // MARK: One's own

  /// Whose account it is: the person of the roster with its user name, or else the one with that staff number. An account's
  /// shown name says nothing, for everybody may change their own.
  package func own(_ userName: String, in facility: FacilityID) async throws -> Own {
    let key = facility.rawValue
    let name = Width.trimmed(userName).lowercased()
    guard !name.isEmpty else { return .unknown }
    return try await records.database.read(.facility(key)) { tx in
      let named = try Self.people(key, " AND lower(user_name) = \(name)", in: tx)
      if named.count == 1 { return .person(named[0]) }
      guard named.isEmpty else { return .unknown }
      // A person who signs in under another name is not found by a number that looks like this one.
      let numbered = try Self.people(
        key,
        " AND staff_number_key = \(NaturalOrder.key(name)) AND user_name IS NULL",
        in: tx
      ).filter { $0.number.lowercased() == name }
      return numbered.count == 1 ? .person(numbered[0]) : .unknown
    }
  }

  /// The people of many accounts by user name, as `own` finds each, with one look at the roster.
  func owners(of userNames: [String], in facility: FacilityID) async throws -> [String: TrainingPerson] {
    let key = facility.rawValue
    let roster = try await records.database.read(.facility(key)) { tx in
      let names = try tx.rows(
        "SELECT id, lower(user_name) AS name FROM person WHERE facility = \(key) AND user_name IS NOT NULL"
      ).map { (try $0.text("id"), try $0.text("name")) }
      return (people: try Self.people(key, "", in: tx), names: Dictionary(names) { first, _ in first })
    }
    let named = Dictionary(grouping: roster.people.filter { roster.names[$0.id] != nil }) { roster.names[$0.id] ?? "" }
    let numbered = Dictionary(grouping: roster.people.filter { roster.names[$0.id] == nil }) { $0.number.lowercased() }
    var owners: [String: TrainingPerson] = [:]
    for userName in userNames {
      let name = Width.trimmed(userName).lowercased()
      guard !name.isEmpty else { continue }
      let found = named[name] ?? numbered[name] ?? []
      if found.count == 1 { owners[userName] = found[0] }
    }
    return owners
  }

  /// What somebody of the roster is to take, and has taken, of the trainings that have begun.
  package func standing(
    of person: TrainingPerson,
    _ trainings: [Training],
    in facility: FacilityID
  ) async throws
    -> TrainingStanding
  {
    let (key, today) = (facility.rawValue, records.clock.now().day)
    let begun = trainings.filter { $0.hasBegun(on: today) }
    return try await records.database.read(.facility(key)) { tx in
      TrainingStanding(
        begun,
        people: [person],
        attendances: try Self.attendances(of: begun.map(\.id), person: person.id, key, in: tx),
        departments: try Self.departments(key, in: tx),
        today: today
      )
    }
  }

  // MARK: Writing

  /// Puts on record that whoever is signed in took a training on screen. Answers whether it was new: of two presses at one
  /// instant the index lets one through.
  package func complete(
    _ training: Training,
    by person: TrainingPerson,
    result: (correct: Int, asked: Int)?,
    answers: TrainingAnswers,
    in scope: Scope<SignedIn>
  ) async throws -> Bool {
    let standing = try await standing(of: person, [training], in: scope.facility)
    guard let line = standing.lines.first, !line.asked.isEmpty else { throw RecordError.notFound }
    guard line.done.isEmpty else { return false }
    let writing = Scope<EditLedger>.operatorOf(scope.facility, as: scope.actor, request: scope.request)
    var values = [
      "training": training.id, "person": person.id, "done_on": records.clock.now().day.iso, "way": "screen",
    ]
    if let result {
      values["correct"] = String(result.correct)
      values["asked"] = String(result.asked)
      values["answers"] = answers.text
    }
    do {
      _ = try await records.keep(
        .trainingAttendance,
        new: [values],
        changed: [],
        title: Localized(ja: "研修「\(training.title)」を受講", en: "Took the training “\(training.title)”"),
        in: writing
      )
    } catch StorageError.uniqueViolation {
      return false
    }
    return true
  }

  package struct Entry: Sendable {
    /// How many are new; those who have a record already keep it.
    package let count: Int
    package let set: String?
  }

  /// Enters people from an attendance list, as one change. Throws `RecordError.outOfReach` for people of other departments,
  /// and `.invalid` for a day that is none.
  package func enter(
    _ people: [String],
    for training: Training,
    on day: String,
    way: String,
    in scope: Scope<EditLedger>
  ) async throws -> Entry {
    let key = scope.facility.rawValue
    let wanted = people.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let taken = try await records.database.read(.facility(key)) { tx in
      Set(try Self.attendances(of: [training.id], key, in: tx).map(\.person))
    }
    let new = wanted.filter { !taken.contains($0) }
    guard !new.isEmpty else { return Entry(count: 0, set: nil) }
    let set = try await records.keep(
      .trainingAttendance,
      new: new.map { ["training": training.id, "person": $0, "done_on": day, "way": way] },
      changed: [],
      title: Localized(
        ja: "研修「\(training.title)」の受講を記録（\(new.count)人）",
        en: "Recorded who took “\(training.title)” (\(new.count))"
      ),
      in: scope
    )
    return Entry(count: new.count, set: set)
  }
}
