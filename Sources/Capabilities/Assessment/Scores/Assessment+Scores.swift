import Journal
import Nouns
import Text
import Time

extension Assessment {
  var weights: WeightStore { WeightStore(database: rounds.database, clock: schedule.clock, ids: rounds.ids) }

  /// Everything that is said of a round in numbers.
  package struct Reading: Sendable {
    package let standing: Standing
    package let board: ScoreBoard
    package let trend: Trend
    package let ranking: MeasureRanking
    package let weights: [String: MeasureWeight]
    package let heat: HeatMap?
  }

  /// The scores of a round, by department as far as departments are asked for items of it.
  package func board(_ standing: Standing) async throws -> ScoreBoard {
    let round = standing.round
    let asked = try await delegation.assignments(round.checklist.id, round.period, standing.facility)
    return ScoreBoard(standing, departments: ScoreBoard.Department.all(asked.map(\.assignment)))
  }

  package func reading(
    _ checklist: Checklist,
    period: String? = nil,
    facts: [String: Fact]? = nil,
    _ facility: FacilityID
  ) async throws -> Reading {
    let standing = try await standing(checklist, period: period, facts: facts, facility)
    let board = try await board(standing)
    let own = try await weights.all(facility)
    return Reading(
      standing: standing,
      board: board,
      trend: Trend(checklist, rounds: try await rounds.past(checklist, limit: 13, facility)),
      ranking: MeasureRanking(
        board,
        measures: Checklists.measures,
        topics: Checklists.measureTopics,
        weights: own
      ),
      weights: own,
      heat: HeatMap(checklist, board.items)
    )
  }

  /// One fact: how many answers of the rounds of today claim more than the records show. `facts` are all that the records
  /// prove now, so that nothing is counted twice.
  package func contradictions(_ facts: [Fact], _ facility: FacilityID) async throws -> [Fact] {
    let mark = try await AssessmentMark(facility, schedule.rounds.database, now: schedule.clock.now(), figures: facts)
    return try await schedule.contradictions.value(facility.rawValue, mark) {
      try await contradicted(facts, facility)
    }
  }

  private func contradicted(_ facts: [Fact], _ facility: FacilityID) async throws -> [Fact] {
    let known = Dictionary(facts.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    let start = try await schedule.fiscalYearStart(facility)
    let now = schedule.clock.now()
    var answered = 0
    var found: [(id: String, link: String)] = []
    for checklist in try await shelf(facility).inUse(on: today) where checklist.respondent == .hospital {
      let period = checklist.period(on: today, fiscalYearStart: start)
      let round = try await rounds.round(checklist, period, facility)
      answered += checklist.counting { round.answers[$0]?.latest }.count { round.answers[$0.key] != nil }
      for item in round.asked {
        guard let answer = round.answers[item.key],
          let shown = Self.suggestion(item, checklist, known, now).answer, answer.latest.claimsMore(than: shown)
        else { continue }
        found.append(("\(checklist.id)/\(period)/\(item.key)", AssessmentPath.round(checklist.id, period)))
      }
    }
    let count = found.count
    return [
      Fact(
        key: Self.contradictedKey,
        facility: facility,
        label: Localized(ja: "記録と違う答え", en: "Answers that the records contradict"),
        value: count,
        population: answered,
        asOf: now,
        freshUntil: now.adding(days: 1),
        explanation: count == 0
          ? Localized(
            ja: "自己点検の答えに、記録と食い違うものはありません。",
            en: "No answer of the self-checks claims more than the records show."
          )
          : Localized(
            ja: "自己点検の答え\(answered)件のうち\(count)件が、記録の示すことより良く答えています。",
            en: "Of \(answered) answers of the self-checks, \(count) claim more than the records show."
          ),
        // Where all lie in one round it is opened at once.
        link: Set(found.map(\.link)).count == 1 ? found[0].link : AssessmentPath.list,
        records: Array(found.map(\.id).prefix(200)),
        isWorry: count > 0
      )
    ]
  }

  package static let contradictedKey = "assessment.contradicted"

  /// What the director's page is made of: the month's twenty questions, the form of the year, the matrix, and the
  /// checklists that the facility wrote itself.
  package struct Overview: Sendable {
    package let month: Reading
    package let form: Reading?
    package let matrix: Reading
    package let own: [Reading]
    package let decisions: [Decision]

    /// All of them, in the order of the sheet.
    package var readings: [Reading] { [month] + (form.map { [$0] } ?? []) + [matrix] + own }
  }

  /// What of `overview` there is to decide, for the first page.
  package func decisions(_ facility: FacilityID) async throws -> [Decision] {
    let facts = try await known(facility)
    let figures = facts.keys.sorted().compactMap { facts[$0] }
    let mark = try await AssessmentMark(facility, rounds.database, now: schedule.clock.now(), figures: figures)
    return try await schedule.decisions.value(facility.rawValue, mark) {
      try await overview(facility, facts).decisions
    }
  }

  package func overview(_ facility: FacilityID) async throws -> Overview {
    try await overview(facility, try await known(facility))
  }

  private func overview(_ facility: FacilityID, _ facts: [String: Fact]) async throws -> Overview {
    guard let twenty = Checklists.measured, let matrix = Checklists.checklist("management-3x3") else {
      preconditionFailure("prefecture-20 and management-3x3 are part of the program")
    }
    // Until somebody has begun the month's round, the last one speaks.
    let period = twenty.period(on: today, fiscalYearStart: try await schedule.fiscalYearStart(facility))
    let answered = try await rounds.periods(twenty, facility)
    let last = answered.contains(period) ? period : answered.first { $0 < period } ?? period
    let month = try await reading(twenty, period: last, facts: facts, facility)
    let form = Checklists.own.first { $0.year != nil && $0.isCurrent(on: today) }
    let year: Reading? =
      if let form { try await reading(form, facts: facts, facility) } else { nil }
    let three = try await reading(matrix, facts: facts, facility)
    var own: [Reading] = []
    for checklist in try await shelf(facility).inUse(on: today)
    where checklist.isOwn && checklist.respondent == .hospital {
      own.append(try await reading(checklist, facts: facts, facility))
    }
    let basis = basis([month, year, three].compactMap { $0 } + own, dated: [year].compactMap { $0 } + own, month)
    return Overview(month: month, form: year, matrix: three, own: own, decisions: Decision.three(basis))
  }

  /// What there is to decide about: answers that do not hold in any round, noes whose day has passed or that have none in
  /// those of `dated`, and the measures of the month.
  private func basis(_ readings: [Reading], dated: [Reading], _ month: Reading) -> Decision.Basis {
    var basis = Decision.Basis()
    for reading in readings {
      let count = reading.standing.count(.contradicted)
      guard count > 0 else { continue }
      let round = reading.standing.round
      basis.contradicted.append((round.checklist.title, count, AssessmentPath.round(round.checklist.id, round.period)))
    }
    for reading in dated {
      let round = reading.standing.round
      let noes = reading.standing.items.compactMap(\.answer).filter { $0.latest == .no }
      let late = noes.count { $0.target.map { $0 < today } ?? false }
      let undated = noes.count { $0.target == nil }
      guard late + undated > 0 else { continue }
      basis.late += late
      basis.undated += undated
      if basis.formLink.isEmpty { basis.formLink = AssessmentPath.round(round.checklist.id, round.period) }
    }
    basis.measures = month.ranking.lines
    basis.measuresLink = AssessmentPath.scores(month.standing.round.checklist.id)
    return basis
  }
}
