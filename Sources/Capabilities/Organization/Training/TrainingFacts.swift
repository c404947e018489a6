import Design
import Journal
import Nouns
import Records
import SQL
import Text
import Time

extension Organization {
  /// Heads of departments are reminded this many days before the last day of a training.
  package static let trainingNotice = 14
  private static let trainingFreshDays = 366

  /// How far everybody is with the trainings of this fiscal year; nil where none is recorded.
  func trainingStanding(_ facility: FacilityID, _ needs: OrganizationNeeds?) async throws -> TrainingStanding? {
    let start = try await needs?.fiscalYearStart(facility) ?? 4
    let all = try await trainings.thisYears(startMonth: start, in: own(facility))
    return all.isEmpty ? nil : try await trainings.standing(all, in: own(facility))
  }

  /// 研修: who has taken what was asked, who is late, new staff, and how long ago anybody took one.
  func trained(_ standing: TrainingStanding?, _ facility: FacilityID, at now: Instant) async throws -> [Measured] {
    let key = facility.rawValue
    let last = try await records.database.read(.facility(key)) { tx in try TrainingStore.last(key, in: tx) }
    var all = last.map { [Self.age($0, facility, at: now)] } ?? []
    guard let standing else { return all }
    let people = standing.people
    if people.asked > 0 { all.append(Self.coverage(people, standing.begun.count, facility, at: now)) }
    let late = standing.late
    if late.asked > 0 { all.append(Self.late(standing, late, facility, at: now)) }
    let newcomers = standing.newcomers
    if newcomers.asked > 0 { all.append(Self.newcomers(newcomers, facility, at: now)) }
    return all
  }

  private static func fact(
    _ key: String,
    _ label: Localized,
    _ value: Int,
    of population: Int?,
    _ explanation: Localized,
    records: [String] = [],
    isWorry: Bool = false,
    _ facility: FacilityID,
    at now: Instant
  ) -> Fact {
    Fact(
      key: "organization.training.\(key)",
      facility: facility,
      label: label,
      value: value,
      population: population,
      unit: key == "age" ? .days : .records,
      asOf: now,
      freshUntil: now.adding(days: 1),
      explanation: explanation,
      link: OrganizationPath.trainings,
      records: records,
      isWorry: isWorry
    )
  }

  private static func age(_ last: LocalDate, _ facility: FacilityID, at now: Instant) -> Measured {
    let days = max(0, now.day.days(since: last))
    let isOld = days > trainingFreshDays
    let made = fact(
      "age",
      Localized(ja: "最後に研修が行われてからの日数", en: "Days since anybody took a training"),
      days,
      of: nil,
      Localized(ja: "最後に職員が研修を受けたのは\(last.era())です。", en: "The last training was taken on \(last.english)."),
      isWorry: isOld,
      facility,
      at: now
    )
    return Measured(fact: made, since: nil, work: nil)
  }

  private static func coverage(
    _ people: (asked: Int, done: Int),
    _ count: Int,
    _ facility: FacilityID,
    at now: Instant
  ) -> Measured {
    let made = fact(
      "coverage",
      Localized(ja: "今年度の研修を終えた職員", en: "Staff who took this year's trainings"),
      people.done,
      of: people.asked,
      Localized(
        ja: "今年度に始まった研修\(count)件の対象の職員\(people.asked.grouped)人のうち\(people.done.grouped)人が、自分に求められた研修をすべて終えました。",
        en:
          "Of \(people.asked.grouped) staff asked by the \(count) trainings begun this year, \(people.done.english("has", "have")) taken all of theirs."
      ),
      facility,
      at: now
    )
    return Measured(fact: made, since: nil, work: nil)
  }

  private static func late(
    _ standing: TrainingStanding,
    _ late: (asked: Int, open: Set<String>),
    _ facility: FacilityID,
    at now: Instant
  ) -> Measured {
    let (open, asked) = (late.open.count, late.asked)
    let made = fact(
      "late",
      Localized(ja: "期限を過ぎても研修を受けていない職員", en: "Staff late with a training"),
      open,
      of: asked,
      open == 0
        ? Localized(
          ja: "受講期限の過ぎた研修の対象の職員\(asked.grouped)人は、全員が受けました。",
          en: "All \(asked.grouped) staff asked by trainings whose time is over have taken them."
        )
        : Localized(
          ja: "受講期限の過ぎた研修の対象の職員\(asked.grouped)人のうち\(open.grouped)人は、まだ受けていません。",
          en:
            "Of \(asked.grouped) staff asked by trainings whose time is over, \(open.english("has", "have")) not taken them."
        ),
      records: late.open.sorted(),
      isWorry: open > 0,
      facility,
      at: now
    )
    let due = standing.begun.filter { $0.training.isLate(on: now.day) && !$0.open.isEmpty }.map(\.training.due).min()
    return Measured(
      fact: made,
      since: due,
      work: OrganizationMeasure.Work(
        owner: .safetyManager,
        days: 0,
        rank: 4,
        title: {
          Localized(
            ja: "期限を過ぎた研修を受けてもらう（残り\($0.grouped)人）",
            en: "Have late trainings taken (\($0.grouped) people left)"
          )
        },
        action: Localized(ja: "研修の状況を見る", en: "See who is left")
      )
    )
  }

  private static func newcomers(
    _ people: (asked: Int, done: Int),
    _ facility: FacilityID,
    at now: Instant
  ) -> Measured {
    let made = fact(
      "newcomers",
      Localized(ja: "採用時の研修を終えた新しい職員", en: "New staff who took their training"),
      people.done,
      of: people.asked,
      Localized(
        ja: "今年度に採用された職員\(people.asked.grouped)人のうち\(people.done.grouped)人が、採用時の研修を終えました。",
        en:
          "Of \(people.asked.grouped) staff who joined this year, \(people.done.grouped) took the training for new staff."
      ),
      facility,
      at: now
    )
    return Measured(fact: made, since: nil, work: nil)
  }

  // MARK: Duties

  /// One duty for each department with a head of its own whose people have not taken a training that ends soon or is over.
  /// Others are seen by the safety manager alone: a duty without somebody to do it is none.
  func trainingDuties(
    _ standing: TrainingStanding?,
    _ facility: FacilityID,
    _ needs: OrganizationNeeds,
    today: LocalDate
  ) async throws -> [Duty] {
    let pressing = standing?.begun.filter {
      $0.training.due <= today.adding(days: Self.trainingNotice) && !$0.open.isEmpty
    }
    guard let standing, let pressing, !pressing.isEmpty else { return [] }
    let headed = try await needs.accounts(facility).reduce(into: Set<String>()) { $0.formUnion($1.heads) }
    return headed.sorted().compactMap { department in
      let lines = pressing.compactMap { line -> (training: Training, open: Int)? in
        let open = line.open.count { $0.department == department }
        return open > 0 ? (line.training, open) : nil
      }
      guard let first = lines.min(by: { $0.training.due < $1.training.due }) else { return nil }
      return Self.duty(department, standing.departments.name(department) ?? "", first, more: lines.count - 1, today)
    }
  }

  private static func duty(
    _ department: String,
    _ name: String,
    _ line: (training: Training, open: Int),
    more: Int,
    _ today: LocalDate
  ) -> Duty {
    let (title, due) = (line.training.title, line.training.due)
    let others = more > 0 ? (ja: "ほかにも\(more)件の研修が残っています。", en: " \(more) more trainings are open.") : (ja: "", en: "")
    var duty = Duty(
      id: "organization.training.department.\(department)",
      title: Localized(
        ja: "\(name)の職員に研修を受けてもらう（残り\(line.open)人）",
        en: "Have the staff of \(name) take a training (\(line.open) left)"
      ),
      owner: .departmentHead,
      due: due,
      state: due < today ? .overdue : .open,
      reason: Localized(
        ja: "「\(title)」の受講期限は\(due.era())です。まだの職員が\(line.open)人います。\(others.ja)",
        en: "“\(title)” is to be taken until \(due.english); \(line.open.english("has", "have")) not.\(others.en)"
      ),
      link: OrganizationPath.training(line.training.id) + "?department=\(department)",
      action: Localized(ja: "まだの人を見る", en: "See who is left"),
      rank: 5
    )
    duty.department = department
    return duty
  }

  // MARK: One's own

  /// What somebody with an account has to take, as duties of their own; empty too where the roster does not know them.
  /// Asked for by that person alone, and looked up once a change: nobody walks over the roster for it.
  package func ownTrainings(
    _ account: String,
    _ facility: FacilityID,
    _ needs: OrganizationNeeds
  ) async throws -> [Duty] {
    let (key, now) = (facility.rawValue, records.clock.now())
    let mark = try await freshMark(facility, now: now)
    return try await ownTrainingShelf.value("\(key)/\(account)", mark) {
      try await trainingsToTake(account, facility, needs, today: now.day)
    }
  }

  private func trainingsToTake(
    _ account: String,
    _ facility: FacilityID,
    _ needs: OrganizationNeeds,
    today: LocalDate
  ) async throws -> [Duty] {
    let start = try await needs.fiscalYearStart(facility)
    let all = try await trainings.thisYears(startMonth: start, in: own(facility))
    guard !all.isEmpty, let name = try await needs.userName(facility, account),
      case .person(let person) = try await trainings.own(name, in: facility)
    else { return [] }
    return try await trainings.standing(of: person, all, in: facility).lines.filter { !$0.open.isEmpty }.map { line in
      let due = line.training.due
      var duty = Duty(
        // Putting it off is one's own, too.
        id: "organization.training.own.\(line.id).\(account)",
        title: Localized(ja: "研修「\(line.training.title)」を受ける", en: "Take the training “\(line.training.title)”"),
        owner: .staff,
        due: due,
        state: due < today ? .overdue : .open,
        reason: due < today
          ? Localized(ja: "受講期限の\(due.era())を過ぎています。", en: "It was to be taken until \(due.english).")
          : Localized(ja: "受講期限は\(due.era())です。", en: "It is to be taken until \(due.english)."),
        link: OrganizationPath.ownTraining(line.id),
        action: Localized(ja: "受ける", en: "Take it"),
        rank: 4
      )
      duty.person = account
      return duty
    }
  }

  /// How many of the people whom somebody answers for have taken every training asked of them; nil where none is asked.
  package func staffTrained(
    _ needs: OrganizationNeeds,
    in scope: Scope<ReadLedger>
  ) async throws -> (
    done: Int, asked: Int
  )? {
    let start = try await needs.fiscalYearStart(scope.facility)
    let all = try await trainings.thisYears(startMonth: start, in: scope)
    guard !all.isEmpty else { return nil }
    let people = try await trainings.standing(all, in: scope).people
    return people.asked > 0 ? (people.done, people.asked) : nil
  }

  /// Trainings that somebody still has to take and whose last day is near or over, that day first.
  package func trainingsDue(
    _ facility: FacilityID,
    _ needs: OrganizationNeeds
  ) async throws -> [(title: String, due: LocalDate, done: Int, asked: Int, link: String)] {
    let (key, now) = (facility.rawValue, records.clock.now())
    let today = now.day
    let mark = try await records.database.read(.facility(key)) { tx in
      try OrganizationMark(facility, now: now, in: tx)
    }
    let counted = try await trainingShelf.value(key, mark) { try await trainingStanding(facility, needs) }
    guard let standing = counted else { return [] }
    return standing.begun.filter { !$0.open.isEmpty && $0.training.due <= today.adding(days: Self.trainingNear) }.map {
      ($0.training.title, $0.training.due, $0.done.count, $0.asked.count, OrganizationPath.training($0.id))
    }
  }

  /// What counts as near on the safety manager's home.
  static let trainingNear = 30
}
