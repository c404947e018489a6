import Intake
import Journal
import Nouns
import Records
import SQL
import Support
import Testing
import Text
import Time

@testable import Organization

/// Trainings: whom they ask, who has taken them, and what follows.
@Suite struct TrainingTests {
  private static func day(_ iso: String) -> LocalDate { LocalDate(iso: iso) ?? LocalDate(dayNumber: 0) }
  private static let today = day("2026-11-21")

  private static func needs(heads: Set<String> = []) -> OrganizationNeeds {
    var needs = OrganizationNeeds(
      facilities: { [] },
      standing: { _ in ([], []) },
      accounts: { _ in
        [OrganizationAccount(id: "a", name: "長", userName: "head", link: "", isStaff: true, heads: heads)]
      },
      workingDay: { $0 }
    )
    needs.userName = { _, account in account }
    return needs
  }

  private static func training(_ values: [String: String]) -> Training {
    let now = Instant(today, hour: 10)
    let record = Record(
      id: "t",
      of: .training,
      values: values.merging(["name": "研修", "fiscal_year": "2026"]) { first, _ in first },
      createdAt: now,
      updatedAt: now,
      updatedBy: "佐藤"
    )
    return Training(record, startMonth: 4, today: today)
  }

  // MARK: Whom it asks

  struct Case: Sendable, CustomTestStringConvertible {
    let values: [String: String]
    var joined: String?
    var left: String?
    var department: String?
    var groups: [String] = []
    let asked: Bool
    var testDescription: String { "\(values) \(joined ?? "") \(left ?? "") \(department ?? "") \(groups)" }
  }

  static let cases = [
    Case(values: [:], asked: true),
    Case(values: [:], joined: "2026-11-21", asked: true),
    // Whoever came after its last day is not asked any more, nor whoever has left.
    Case(values: ["due_on": "2026-10-31"], joined: "2026-11-01", asked: false),
    Case(values: ["due_on": "2026-10-31"], joined: "2026-10-31", asked: true),
    Case(values: [:], left: "2026-11-20", asked: false), Case(values: [:], left: "2026-11-21", asked: true),
    Case(values: ["audience": "newcomers"], asked: false),
    Case(values: ["audience": "newcomers"], joined: "2026-03-31", asked: false),
    Case(values: ["audience": "newcomers"], joined: "2026-04-01", asked: true),
    Case(values: ["audience": "newcomers", "due_on": "2026-05-01"], joined: "2026-11-01", asked: true),
    Case(values: ["audience": "newcomers"], joined: "2026-12-01", asked: false),
    Case(values: ["audience": "listed"], department: "ward", asked: false),
    Case(values: ["audience": "listed", "targets": "３階東病棟"], department: "ward", asked: true),
    Case(values: ["audience": "listed", "targets": "看護部"], department: "ward", asked: true),
    Case(values: ["audience": "listed", "targets": "3階東病棟"], department: "nursing", asked: false),
    Case(values: ["audience": "listed", "targets": "医師\n師長"], groups: ["看護師", "師長"], asked: true),
    Case(values: ["audience": "listed", "targets": "医師、師長"], groups: ["看護師"], asked: false),
  ]

  @Test(arguments: cases) func whomItAsks(_ one: Case) {
    let departments = TrainingDepartments(["nursing": ("看護部", nil), "ward": ("3階東病棟", "nursing"), "x": ("x", "x")])
    let person = TrainingPerson(
      id: "p",
      name: "試験",
      department: one.department,
      joinedOn: one.joined.map(Self.day),
      leftOn: one.left.map(Self.day),
      groups: one.groups
    )
    #expect(Self.training(one.values).asks(person, of: departments, on: Self.today) == one.asked)
  }

  @Test func daysThatNobodyWroteAreThoseOfTheYear() {
    let training = Self.training([:])
    #expect(training.starts.iso == "2026-04-01" && training.due.iso == "2027-03-31")
    #expect(Self.training(["held_on": "2026-06-02"]).due.iso == "2026-06-02")
    #expect(!Self.training(["starts_on": "2026-11-22"]).hasBegun(on: Self.today))
    #expect(!Self.training(["due_on": "2026-11-21"]).isLate(on: Self.today))
    #expect(Self.training(["due_on": "2026-11-20"]).isLate(on: Self.today))
  }

  // MARK: Questions

  @Test func aQuestionHasARightOneAmongItsChoices() throws {
    let now = Instant(Self.today)
    func question(_ choices: String, _ answer: String) -> TrainingQuestion? {
      TrainingQuestion(
        Record(
          id: "q",
          of: .trainingQuestion,
          values: ["question": "どれ？", "choices": choices, "answer": answer],
          createdAt: now,
          updatedAt: now,
          updatedBy: ""
        )
      )
    }
    let one = try #require(question("抜く\n\n 消す \n待つ", "2"))
    #expect(one.choices == ["抜く", "消す", "待つ"] && one.right == 1)
    for (choices, answer) in [("抜く", "1"), ("抜く\n消す", "3"), ("抜く\n消す", "0"), ("抜く\n消す", "?"), ("", "1")] {
      #expect(question(choices, answer) == nil, "\(choices) \(answer)")
    }
    #expect(TrainingQuestion.read({ _ in "3" }, [one]) == [nil], "there is no fourth")
    #expect(TrainingQuestion.correct([nil], [one]) == nil && TrainingQuestion.correct([], [one]) == nil)
    #expect(TrainingQuestion.correct([1], [one]) == 1 && TrainingQuestion.correct([0], [one]) == 0)
    #expect(TrainingQuestion.correct([], []) == 0)
  }

  // MARK: Records

  private struct Ward {
    let world: World
    let own: String
    let other: String
    let nurse: String
    let clerk: String
    let training: Training

    init(_ engine: Engine, _ values: [String: String] = [:]) async throws {
      world = try await World(engine)
      let records = world.records
      own = try await records.create(.department, ["name": "薬剤部"], in: world.scope()).id
      other = try await records.create(.department, ["name": "検査部"], in: world.scope()).id
      nurse = try await world.person("看護 花子", ["staff_number": "0012", "department": own])
      clerk = try await world.person("事務 太郎", ["user_name": "Taro.J", "staff_number": "13", "department": other])
      let made = try await records.create(
        .training,
        values.merging(["name": "情報セキュリティ研修", "fiscal_year": "2026", "due_on": "2026-11-30"]) { first, _ in first },
        in: world.scope()
      )
      training = Training(made, startMonth: 4, today: TrainingTests.today)
    }

    var store: TrainingStore { world.organization.trainings }

    func head<P: Permit>(of department: String, _: P.Type = P.self) throws -> Scope<P> {
      try Scope(
        of: [Grant(role: .departmentHead, department: department)],
        facility: world.facility,
        actor: Actor(id: "ito", name: "伊藤"),
        request: "r"
      )
    }

    func person(_ userName: String) async throws -> String? {
      guard case .person(let person) = try await store.own(userName, in: world.facility) else { return nil }
      return person.id
    }
  }

  @Test(arguments: Engine.available) func anAccountIsOnePersonOfTheRoster(_ engine: Engine) async throws {
    let ward = try await Ward(engine)
    #expect(try await ward.person("taro.j") == ward.clerk)
    #expect(try await ward.person("0012") == ward.nurse)
    #expect(try await ward.person("12") == nil, "a number is compared as it is written")
    #expect(try await ward.person("13") == nil, "whoever signs in under another name is not found by a number")
    for nobody in ["看護 花子", "", " ", "?", "nobody"] { #expect(try await ward.person(nobody) == nil, "\(nobody)") }
    _ = try await ward.world.person("もう一人", ["user_name": "TARO.J"])
    #expect(try await ward.person("taro.j") == nil, "two people with one name are nobody")
    #expect(try await ward.store.own("0012", in: FacilityID(rawValue: "elsewhere")) == .unknown)
  }

  @Test(arguments: Engine.available) func oneTakesATrainingOnceAndForOneself(_ engine: Engine) async throws {
    let ward = try await Ward(engine)
    let (store, training) = (ward.store, ward.training)
    guard case .person(let nurse) = try await store.own("0012", in: ward.world.facility) else {
      Issue.record("the nurse is not found")
      return
    }
    let scope: Scope<SignedIn> = try Scope(
      of: [Grant(role: .staff)],
      facility: ward.world.facility,
      actor: Actor(id: "acc", name: "看護 花子"),
      request: "r"
    )
    let answers = TrainingAnswers(reading: "1: 2\n2: 1")
    #expect(try await store.complete(training, by: nurse, result: (2, 3), answers: answers, in: scope))
    #expect(
      try await !store.complete(training, by: nurse, result: (3, 3), answers: answers, in: scope),
      "it is on record already"
    )
    let line = try #require(try await store.standing([training], in: ward.world.scope()).lines.first)
    #expect(line.asked.count == 2 && line.done.count == 1)
    let taken = try #require(line.done[nurse.id])
    #expect(taken.answers.chosen == ["1": 1, "2": 0])
    #expect(taken.result?.correct == 2 && taken.result?.asked == 3 && taken.doneOn?.iso == "2026-11-21")
    let entries = try await JournalReader(database: ward.world.database).history(
      of: "training_attendance",
      id: taken.record,
      facility: ward.world.facility.rawValue,
      limit: 10
    )
    #expect(entries.first?.actorName == "看護 花子" && entries.first?.actorID == "acc")
    // A training for others is none of hers.
    let others = try await ward.world.records.create(
      .training,
      ["name": "検査部の研修", "fiscal_year": "2026", "audience": "listed", "targets": "検査部"],
      in: ward.world.scope()
    )
    let foreign = Training(others, startMonth: 4, today: Self.today)
    await #expect(throws: RecordError.notFound) {
      try await store.complete(foreign, by: nurse, result: nil, answers: answers, in: scope)
    }
  }

  @Test(arguments: Engine.available) func aListIsEnteredByWhoeverAnswersForThePeople(_ engine: Engine) async throws {
    let ward = try await Ward(engine)
    let (store, training, world) = (ward.store, ward.training, ward.world)
    // Another department sees nobody of this one, and enters nobody.
    let seen = try await store.standing([training], in: ward.head(of: ward.own))
    #expect(seen.lines.first?.asked.map(\.id) == [ward.nurse])
    await #expect(throws: RecordError.outOfReach) {
      try await store.enter([ward.clerk], for: training, on: "2026-11-20", way: "paper", in: ward.head(of: ward.own))
    }
    let entry = try await store.enter(
      [ward.nurse, ward.nurse],
      for: training,
      on: "令和8年11月20日",
      way: "class",
      in: ward.head(of: ward.own)
    )
    #expect(entry.count == 1)
    #expect(
      try await store.enter([ward.nurse], for: training, on: "2026-11-21", way: "paper", in: world.scope()).count == 0
    )
    await #expect(throws: RecordError.self) {
      try await store.enter([ward.clerk], for: training, on: "いつか", way: "paper", in: world.scope())
    }
    #expect(try await store.standing([training], in: world.scope()).lines.first?.done.count == 1)
    let elsewhere = Scope<ReadLedger>.operatorOf(
      FacilityID(rawValue: "elsewhere"),
      as: Actor(id: "x", name: "x"),
      request: "r"
    )
    #expect(try await store.standing([training], in: elsewhere).lines.first?.asked.isEmpty == true)
    // It is taken back as everything is.
    let set = try #require(entry.set)
    _ = try await world.records.undo(set, in: world.scope())
    #expect(try await store.standing([training], in: world.scope()).lines.first?.done.isEmpty == true)
  }

  @Test(arguments: Engine.available) func answersAreForThoseWhoLookAfterAll(_ engine: Engine) async throws {
    let ward = try await Ward(engine)
    for number in 1...12 {
      _ = try await ward.world.records.create(
        .trainingQuestion,
        [
          "training": ward.training.id, "position": String(number), "question": "問\(number)", "choices": "はい\nいいえ",
          "answer": number == 3 ? "9" : "1",
        ],
        in: ward.world.scope()
      )
    }
    let questions = try await ward.store.questions(of: ward.training.id, in: ward.world.facility)
    #expect(
      questions.map(\.text).prefix(3) == ["問1", "問2", "問4"],
      "in order, and without the one that has no right answer"
    )
    #expect(questions.count <= TrainingQuestion.most)
    await #expect(throws: Denied.self) {
      try await ward.world.records.all(.trainingQuestion, in: ward.world.scope(ReadLedger.self, of: .departmentHead))
    }
    await #expect(throws: Denied.self) {
      try await ward.world.records.all(.trainingQuestion, in: ward.world.scope(ReadLedger.self, of: .director))
    }
    let manager: Scope<ReadLedger> = try ward.world.scope(of: .safetyManager)
    #expect(try await ward.world.records.all(.trainingQuestion, in: manager).records.count == 12)
  }

  // MARK: What they prove

  @Test(arguments: Engine.available) func trainingsAreFactsAndDuties(_ engine: Engine) async throws {
    let ward = try await Ward(engine)
    let (world, store) = (ward.world, ward.store)
    func fact(_ key: String) async throws -> Fact? {
      try await world.organization.measured(world.facility, Self.needs()).map(\.fact)
        .first { $0.key == "organization.training.\(key)" }
    }
    func duties(_ heads: Set<String>) async throws -> [Duty] {
      try await world.organization.duties(world.facility, Self.needs(heads: heads))
        .filter { $0.id.hasPrefix("organization.training.") }
    }
    #expect(try await fact("coverage")?.value == 0)
    #expect(try await fact("coverage")?.population == 2)
    for key in ["age", "late", "newcomers"] { #expect(try await fact(key) == nil, "\(key)") }
    // Nine days before its end a head has it to do, nobody else.
    #expect(try await duties([]).isEmpty)
    let duty = try #require(try await duties([ward.own]).first)
    #expect(duty.owner == .departmentHead && duty.department == ward.own && duty.due.iso == "2026-11-30")
    #expect(duty.title.ja.contains("薬剤部") && duty.title.ja.contains("残り1人"), "\(duty.title.ja)")
    _ = try await store.enter([ward.nurse], for: ward.training, on: "2026-11-20", way: "paper", in: world.scope())
    #expect(try await duties([ward.own]).isEmpty)
    #expect(try await fact("coverage")?.value == 1)
    #expect(try await fact("age")?.value == 1)
    // What ended yesterday is late.
    let past = try await world.records.create(
      .training,
      ["name": "新人研修", "fiscal_year": "令和8年度", "audience": "newcomers", "due_on": "2026-11-20"],
      in: world.scope()
    )
    let newcomer = try await world.person("新人", ["joined_on": "2026-10-01", "department": ward.own])
    #expect(try await fact("late")?.value == 1)
    #expect(try await fact("late")?.records == [newcomer])
    #expect(try await fact("late")?.isWorry == true)
    #expect(try await fact("newcomers")?.value == 0)
    #expect(try await fact("newcomers")?.population == 1)
    let late = try await duties([ward.own])
    #expect(late.map(\.owner) == [.safetyManager, .departmentHead] && late.allSatisfy { $0.state == .overdue })
    #expect(late.last?.reason.ja.contains("ほかにも1件") == true, "the newcomer owes the yearly one, too")
    let made = Training(past, startMonth: 4, today: Self.today)
    _ = try await store.enter([newcomer], for: made, on: "2026-11-21", way: "class", in: world.scope())
    #expect(try await fact("late")?.value == 0)
    #expect(try await fact("newcomers")?.value == 1)
    // Of another year nothing counts.
    _ = try await world.records.change(
      .training,
      id: past.id,
      expectedVersion: past.version,
      ["fiscal_year": "2025"],
      in: world.scope()
    )
    #expect(try await fact("newcomers") == nil)
  }

  @Test(arguments: Engine.available) func pressedTwiceAtOneInstantItIsOnRecordOnce(_ engine: Engine) async throws {
    let ward = try await Ward(engine)
    let (store, records, world) = (ward.store, ward.world.records, ward.world)
    guard case .person(let nurse) = try await store.own("0012", in: world.facility) else {
      Issue.record("the nurse is not found")
      return
    }
    let scope: Scope<SignedIn> = try Scope(
      of: [Grant(role: .staff)],
      facility: world.facility,
      actor: Actor(id: "acc", name: "看護 花子"),
      request: "r"
    )
    let answers = TrainingAnswers(reading: "")
    let new = try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<6 {
        group.addTask {
          try await store.complete(ward.training, by: nurse, result: nil, answers: answers, in: scope)
        }
      }
      return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(new == 1)
    #expect(try await records.all(.trainingAttendance, in: world.scope()).records.count == 1)
    func attendance(_ person: String, _ way: String) -> [String: String] {
      ["training": ward.training.id, "person": person, "done_on": "2026-11-02", "way": way]
    }
    // Even where nobody looked first, the index lets no second one through.
    await #expect(throws: StorageError.self) {
      try await records.create(.trainingAttendance, attendance(nurse.id, "screen"), in: world.scope())
    }
    _ = try await records.create(.trainingAttendance, attendance(nurse.id, "paper"), in: world.scope())
    // Two entries of one person become one, though both took it; taking that back brings the other one again.
    let double = try await world.person("看護 花", [:])
    let hers = try await records.create(.trainingAttendance, attendance(double, "screen"), in: world.scope()).id
    let order = MergeOrder(kept: nurse.id, others: [double], versions: [:], values: [:])
    let merged = try await records.merge(.person, order, in: world.scope())
    func isRetired() async throws -> Bool {
      try await records.find(.trainingAttendance, id: hers, in: world.scope()).record.archivedAt != nil
    }
    #expect(try await isRetired())
    _ = try await records.undo(try #require(merged.set), in: world.scope())
    #expect(try await !isRetired())
  }

  /// Records that two presses left behind before there was an index. On PostgreSQL the index is another's to drop.
  @Test func whatIsDoubledAlreadyIsTidiedFirst() async throws {
    let ward = try await Ward(.sqlite)
    let (records, world) = (ward.world.records, ward.world)
    func run(_ statements: [SQL]) async throws {
      try await world.database.write(.everyFacility) { tx in for statement in statements { try tx.run(statement) } }
    }
    try await run(["DROP INDEX training_attendance_once"])
    var made: [String] = []
    for (person, way) in [
      (ward.nurse, "screen"), (ward.nurse, "screen"), (ward.nurse, "class"), (ward.clerk, "screen"),
    ] {
      let values = ["training": ward.training.id, "person": person, "done_on": "2026-11-02", "way": way]
      made.append(try await records.create(.trainingAttendance, values, in: world.scope()).id)
    }
    try await run(TrainingTable.once)
    let left = try await records.all(.trainingAttendance, in: world.scope()).records.map(\.id)
    #expect(Set(left) == Set([made[0], made[2], made[3]]))
  }

  /// One look at the roster finds the people of many accounts, each as it is found alone.
  @Test(arguments: Engine.available) func manyAccountsAreFoundAtOnce(_ engine: Engine) async throws {
    let ward = try await Ward(engine)
    _ = try await ward.world.person("同じ番号", ["staff_number": "0012x"])
    _ = try await ward.world.person("もう一人", ["user_name": "DOUBLE"])
    _ = try await ward.world.person("さらに一人", ["user_name": "double"])
    let names = ["taro.j", "0012", "12", "13", "double", "", " ", "nobody", "0012X"]
    let found = try await ward.store.owners(of: names, in: ward.world.facility)
    for name in names {
      #expect(try await found[name]?.id == ward.person(name), "\(name)")
    }
    #expect(found.count == 3)
  }

  @Test(arguments: Engine.available) func oneIsToldOfOnesOwn(_ engine: Engine) async throws {
    let ward = try await Ward(engine, ["due_on": "2026-11-20"])
    let organization = ward.world.organization
    let mine = try await organization.ownTrainings("taro.j", ward.world.facility, Self.needs())
    #expect(mine.map(\.state) == [.overdue] && mine.first?.person == "taro.j")
    #expect(mine.first?.link == "/training/\(ward.training.id)")
    #expect(try await organization.ownTrainings("nobody", ward.world.facility, Self.needs()).isEmpty)
    let due = try await organization.trainingsDue(ward.world.facility, Self.needs())
    #expect(due.map(\.asked) == [2] && due.map(\.done) == [0])
    let own = try #require(try await organization.staffTrained(Self.needs(), in: ward.head(of: ward.own)))
    #expect(own.done == 0 && own.asked == 1)
  }

  /// What somebody was taught is nothing to hand over.
  @Test func whoLeavesTakesTheTrainingAlong() async throws {
    let ward = try await Ward(.sqlite)
    let leaver = try await ward.world.person("退職 三郎", ["left_on": "2026-11-30", "department": ward.own])
    _ = try await ward.store.enter([leaver], for: ward.training, on: "2026-11-20", way: "paper", in: ward.world.scope())
    let found = try await ward.world.organization.leavers(ward.world.facility, Self.needs(), Self.today)
    #expect(found.map(\.id) == [leaver] && found.map(\.holdings) == [0])
  }

  // MARK: Files

  @Test(arguments: Engine.available) func aListComesInByTheOneImport(_ engine: Engine) async throws {
    let ward = try await Ward(engine)
    let world = ward.world
    // The same title every year, and two of one name: the newest is meant, and the staff number tells.
    let last = try await world.records.create(
      .training,
      ["name": "情報セキュリティ研修", "fiscal_year": "2027"],
      in: world.scope()
    )
    let namesake = try await world.person("看護 花子", ["staff_number": "0099", "department": ward.other])
    let text = "研修,職員番号,氏名,所属,受講日,受け方,正解した数,問題の数\r\n情報セキュリティ研修,0099,看護 花子,検査部,R8.11.1,集合研修に出席,2,3\r\n"
    let kind = try #require(World.catalogue.importKind("training_attendances"))
    let source = ImportSource(kind: kind, name: "出席.csv", bytes: Array(text.utf8))
    _ = try await world.engine.imports.run(source, in: world.scope())
    let records = try await world.records.all(.trainingAttendance, in: world.scope()).records
    #expect(records.count == 1)
    let one = try #require(records.first)
    #expect(one.values["training"] == last.id && one.values["person"] == namesake, "\(one.values)")
    #expect(one.values["done_on"] == "2026-11-01" && one.values["way"] == "class" && one.values["correct"] == "2")
    // Once more is the same.
    _ = try await world.engine.imports.run(source, in: world.scope())
    #expect(try await world.records.all(.trainingAttendance, in: world.scope()).records.count == 1)
  }

  /// A name that two bear means neither: the row is refused and says what to do.
  @Test(arguments: Engine.available) func aNameOfTwoIsRefusedForItsRow(_ engine: Engine) async throws {
    let ward = try await Ward(engine)
    let world = ward.world
    _ = try await world.person("看護 花子", ["staff_number": "0099"])
    let text = "研修,氏名,受講日\r\n情報セキュリティ研修,看護　花子,R8.11.1\r\n情報セキュリティ研修,事務 太郎,R8.11.1\r\n"
    let kind = try #require(World.catalogue.importKind("training_attendances"))
    let source = ImportSource(kind: kind, name: "出席.csv", bytes: Array(text.utf8))
    let preview = try await world.engine.imports.preview(source, in: world.scope())
    let problem = try #require(preview.problems.first { $0.code == "reference.namesakes" })
    #expect(problem.row == 2 && problem.column == "氏名" && problem.value == "看護　花子")
    #expect(problem.reason.ja.contains("職員番号を書いてください") && problem.reason.en.contains("staff number"))
    let report = try await world.engine.imports.commit(preview, in: world.scope())
    #expect(report.new == 1 && report.refused == 1)
    let records = try await world.records.all(.trainingAttendance, in: world.scope()).records
    #expect(records.map { $0.values["person"] } == [ward.clerk])
  }
}
