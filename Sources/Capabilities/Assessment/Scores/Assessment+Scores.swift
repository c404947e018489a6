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

  package func reading(
    _ checklist: Checklist,
    period: String? = nil,
    facts: [String: Fact]? = nil,
    _ facility: FacilityID
  ) async throws -> Reading {
    let standing = try await standing(checklist, period: period, facts: facts, facility)
    let board = ScoreBoard(standing)
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
      answered += round.asked.count { round.answers[$0.key] != nil }
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

  /// What the director's page is made of: the month's twenty questions, the form of the year and the matrix.
  package struct Overview: Sendable {
    package let month: Reading
    package let form: Reading?
    package let matrix: Reading
    package let decisions: [Decision]
  }

  package func overview(_ facility: FacilityID) async throws -> Overview {
    guard let twenty = Checklists.measured, let matrix = Checklists.checklist("management-3x3") else {
      preconditionFailure("prefecture-20 and management-3x3 are part of the program")
    }
    let facts = try await known(facility)
    // Until somebody has begun the month's round, the last one speaks.
    let period = twenty.period(on: today, fiscalYearStart: try await schedule.fiscalYearStart(facility))
    let answered = try await rounds.periods(twenty, facility)
    let last = answered.contains(period) ? period : answered.first { $0 < period } ?? period
    let month = try await reading(twenty, period: last, facts: facts, facility)
    let form = Checklists.own.first { $0.year != nil && $0.isCurrent(on: today) }
    let year: Reading? =
      if let form { try await reading(form, facts: facts, facility) } else { nil }
    let three = try await reading(matrix, facts: facts, facility)
    var basis = Decision.Basis()
    for reading in [month, year, three].compactMap({ $0 }) {
      let count = reading.standing.count(.contradicted)
      guard count > 0 else { continue }
      let round = reading.standing.round
      basis.contradicted.append((round.checklist.title, count, AssessmentPath.round(round.checklist.id, round.period)))
    }
    if let year {
      let noes = year.standing.items.compactMap(\.answer).filter { $0.latest == .no }
      basis.late = noes.count { $0.target.map { $0 < today } ?? false }
      basis.undated = noes.count { $0.target == nil }
      basis.formLink = AssessmentPath.round(year.standing.round.checklist.id, year.standing.round.period)
    }
    basis.measures = month.ranking.lines
    basis.measuresLink = AssessmentPath.scores(twenty.id)
    return Overview(month: month, form: year, matrix: three, decisions: Decision.three(basis))
  }
}
