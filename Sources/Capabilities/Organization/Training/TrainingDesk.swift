import Nouns
import Records
import Text
import Time
import Web

/// What those who answer for people do with trainings: page, program and command alike.
package struct TrainingDesk: Sendable {
  let trainings: TrainingStore
  let needs: OrganizationNeeds

  package init(trainings: TrainingStore, needs: OrganizationNeeds) {
    self.trainings = trainings
    self.needs = needs
  }

  package func year(_ facility: FacilityID, asked: Int? = nil) async throws -> FiscalYear {
    let start = try await needs.fiscalYearStart(facility)
    if let asked { return FiscalYear(startYear: asked, startMonth: start) }
    return FiscalYear(containing: trainings.records.clock.now().day, startMonth: start)
  }

  /// The trainings of a year with how far the reader's people are.
  package func standing(of year: FiscalYear, in scope: Scope<ReadLedger>) async throws -> TrainingStanding {
    let all = try await trainings.trainings(of: year, startMonth: year.startMonth, in: scope)
    return try await trainings.standing(all, in: scope)
  }

  /// One of them. Throws `RecordError.notFound`.
  package func standing(
    ofTraining id: String,
    in scope: Scope<ReadLedger>
  ) async throws -> (
    line: TrainingStanding.Line, departments: TrainingDepartments
  ) {
    let start = try await needs.fiscalYearStart(scope.facility)
    let standing = try await trainings.standing(
      [try await trainings.training(id, startMonth: start, in: scope)],
      in: scope
    )
    guard let line = standing.lines.first else { throw RecordError.notFound }
    return (line, standing.departments)
  }

  /// The people asked, with what is on record: of one department (`-` for people without one), or only those left.
  package static func people(
    _ line: TrainingStanding.Line,
    department: String?,
    open: Bool = false
  ) -> [TrainingPerson] {
    (open ? line.open : line.asked).filter { person in
      guard let department else { return true }
      return department == "-" ? person.department == nil : person.department == department
    }
  }

  package func rows(
    of id: String,
    department: String?,
    open: Bool,
    in scope: Scope<ReadLedger>
  ) async throws -> [TrainingRow] {
    let (line, departments) = try await standing(ofTraining: id, in: scope)
    return Self.people(line, department: department, open: open).map {
      TrainingRow(person: $0, departmentName: departments.name($0.department), attendance: line.done[$0.id])
    }
  }

  package func enter(
    _ people: [String],
    for id: String,
    on day: String,
    way: String,
    in scope: Scope<EditLedger>
  ) async throws -> TrainingStore.Entry {
    let start = try await needs.fiscalYearStart(scope.facility)
    let training = try await trainings.training(id, startMonth: start, in: scope.reading)
    return try await trainings.enter(people, for: training, on: day, way: way, in: scope)
  }

  /// Puts a message into the inbox of everybody the writer answers for who has not taken a training and has an account.
  /// Answers how many have one, and how many have none. Of one day a person gets one.
  package func remind(_ id: String, in scope: Scope<EditLedger>) async throws -> (told: Int, without: Int) {
    let line = try await standing(ofTraining: id, in: scope.reading).line
    let open = line.open
    let accounts = try await needs.accounts(scope.facility).filter(\.isStaff)
    let people = try await trainings.owners(of: accounts.map(\.userName), in: scope.facility)
    let byPerson = Dictionary(
      accounts.compactMap { account in people[account.userName].map { ($0.id, account.id) } },
      uniquingKeysWith: { _, last in last }
    )
    let reminders = open.compactMap { person in
      byPerson[person.id].map {
        TrainingReminder(
          account: $0,
          training: line.id,
          title: line.training.title,
          due: line.training.due,
          link: OrganizationPath.ownTraining(line.id)
        )
      }
    }
    try await needs.remind(scope.facility, reminders)
    return (reminders.count, open.count - reminders.count)
  }
}

/// Somebody whom a training asks, and what is on record.
package struct TrainingRow: Sendable {
  package let person: TrainingPerson
  package let departmentName: String?
  package let attendance: Attendance?

  package static let shape = JSONShape<TrainingRow>([
    .text("id") { $0.person.id }, .text("name") { $0.person.name }, .text("number") { $0.person.number },
    .maybe("department") { $0.person.department }, .maybe("departmentName") { $0.departmentName },
    .flag("isTaken") { $0.attendance != nil }, .day("takenOn") { $0.attendance?.doneOn },
    .maybe("way") { $0.attendance?.way }, .count("correct") { $0.attendance?.result?.correct },
    .count("asked") { $0.attendance?.result?.asked },
  ])
}

extension TrainingStanding.Line {
  /// How programs are told of a training and how many have taken it.
  package static let shape = JSONShape<TrainingStanding.Line>([
    .text("id") { $0.id }, .text("title") { $0.training.title },
    .maybe("category") { $0.training.record.known("category") }, .day("startsOn") { $0.training.starts },
    .day("dueOn") { $0.training.due }, .flag("isClass") { $0.training.isClass },
    .choice("audience", Training.Audience.allCases.map(\.rawValue)) { $0.training.audience.rawValue },
    .number("asked") { $0.asked.count }, .number("done") { $0.done.count },
  ])
}
