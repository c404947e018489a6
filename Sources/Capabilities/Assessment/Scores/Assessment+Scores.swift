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
    return ScoreBoard(standing, departments: ScoreBoard.Department.all(asked))
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
    // The round of today counts as the records say today wherever it is shown, every other as they said then.
    let current = checklist.period(on: today, fiscalYearStart: standing.fiscalYearStart)
    let running =
      current == standing.round.period
      ? standing : try await self.standing(checklist, period: current, facts: standing.facts, facility)
    let trend = Trend(checklist, rounds: try await rounds.past(checklist, limit: 13, facility))
      .reading(current, ScoreBoard(running).whole)
    return Reading(
      standing: standing,
      board: board,
      trend: trend,
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
    let form = Checklists.own.first { $0.year != nil && $0.isCurrent(on: today) }
    let own = try await shelf(facility).inUse(on: today).filter { $0.isOwn && $0.respondent == .hospital }
    var readings: [Reading] = []
    for line in try await speaking([twenty, matrix] + own + (form.map { [$0] } ?? []), facility) {
      let (checklist, period) = (line.round.checklist, line.round.period)
      readings.append(try await reading(checklist, period: period, facts: facts, facility))
    }
    let year = form == nil ? nil : readings.last
    let written = Array(readings.dropFirst(2).prefix(own.count))
    let dated = (year.map { [$0] } ?? []) + written
    let basis = basis(try await contradicted(facts, facility).rounds, dated: dated, readings[0])
    return Overview(
      month: readings[0],
      form: year,
      matrix: readings[1],
      own: written,
      decisions: Decision.three(basis)
    )
  }

  /// What there is to decide about: answers that do not hold, noes whose day has passed or that have none in the rounds of
  /// `dated`, and the measures of the month.
  private func basis(_ contradicted: [Contradicted], dated: [Reading], _ month: Reading) -> Decision.Basis {
    var basis = Decision.Basis()
    basis.contradicted = contradicted.map { line in
      let name = line.round.name(startMonth: month.standing.fiscalYearStart)
      let title = line.round.checklist.title
      return (Localized(ja: "\(title.ja)の\(name.ja)", en: "\(title.en), \(name.en)"), line.items.count, line.round.path)
    }
    for reading in dated {
      let round = reading.standing.round
      let noes = reading.standing.items.compactMap(\.answer).filter { $0.latest == .no }
      let late = noes.count { $0.target.map { $0 < today } ?? false }
      let undated = noes.count { $0.target == nil }
      guard late + undated > 0 else { continue }
      basis.late += late
      basis.undated += undated
      if basis.formLink.isEmpty { basis.formLink = round.path }
    }
    basis.measures = month.ranking.lines
    basis.measuresLink = AssessmentPath.scores(month.standing.round.checklist.id)
    return basis
  }
}
