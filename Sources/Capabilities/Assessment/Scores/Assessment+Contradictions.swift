import Journal
import Nouns
import Text
import Time

/// Answers that do not hold: counted here once, for the first page, the director's sheet and whoever reads facts.
extension Assessment {
  package static let contradictedKey = "assessment.contradicted"

  /// The answers of one round that claim more than the records show, or than a vendor says.
  struct Contradicted: Sendable {
    let round: Round
    let items: [ChecklistItem]
  }

  /// One fact: how many answers do not hold. `facts` are all that the records prove now, so that nothing is counted twice.
  package func contradictions(_ facts: [Fact], _ facility: FacilityID) async throws -> [Fact] {
    let mark = try await AssessmentMark(facility, schedule.rounds.database, now: schedule.clock.now(), figures: facts)
    return try await schedule.contradictions.value(facility.rawValue, mark) {
      let known = Dictionary(facts.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
      return [fact(of: try await contradicted(known, facility), facility)]
    }
  }

  /// The round of each that speaks today: until somebody has begun that of today, it is the last one, since its answers are
  /// what the hospital still says.
  func speaking(
    _ checklists: [Checklist],
    _ facility: FacilityID
  ) async throws -> [(checklist: Checklist, period: String)] {
    let start = try await schedule.fiscalYearStart(facility)
    let answered = Dictionary(grouping: try await rounds.answered(facility), by: \.pack)
    return checklists.map { checklist in
      let current = checklist.period(on: today, fiscalYearStart: start)
      let periods = (answered[checklist.id] ?? []).map(\.period)
      return (checklist, periods.contains(current) ? current : periods.filter { $0 < current }.max() ?? current)
    }
  }

  /// What does not hold in the rounds that speak today, and how many answers they hold. `known` is what the records prove
  /// now, by key.
  func contradicted(
    _ known: [String: Fact],
    _ facility: FacilityID
  ) async throws -> (answered: Int, rounds: [Contradicted]) {
    let asked = try await shelf(facility).inUse(on: today).filter { $0.respondent == .hospital }
    let now = schedule.clock.now()
    var answered = 0
    var found: [Contradicted] = []
    for round in try await rounds.rounds(try await speaking(asked, facility), facility) {
      answered += round.checklist.counting { round.answers[$0]?.latest }.count { round.answers[$0.key] != nil }
      let objections = try await schedule.vendorForms.objections(to: round.checklist, round.period, facility)
      let items = round.asked.filter { item in
        let line = ItemStanding(
          item: item,
          suggestion: Self.suggestion(item, round.checklist, known, now),
          answer: round.answers[item.key],
          earlier: nil,
          objections: objections[item.key] ?? [],
          attachments: [],
          isConfirmed: false
        )
        return line.state == .contradicted
      }
      if !items.isEmpty { found.append(Contradicted(round: round, items: items)) }
    }
    return (answered, found)
  }

  private func fact(of contradicted: (answered: Int, rounds: [Contradicted]), _ facility: FacilityID) -> Fact {
    let (answered, found) = contradicted
    let count = found.reduce(0) { $0 + $1.items.count }
    let now = schedule.clock.now()
    return Fact(
      key: Self.contradictedKey,
      facility: facility,
      label: Localized(ja: "記録と違う答え", en: "Answers that the records contradict"),
      value: count,
      population: answered,
      asOf: now,
      freshUntil: now.adding(days: 1),
      explanation: count == 0
        ? Localized(
          ja: "自己点検の答えに、記録や事業者の答えと食い違うものはありません。",
          en: "No answer of the self-checks claims more than the records and the vendors say."
        )
        : Localized(
          ja: "自己点検の答え\(answered)件のうち\(count)件が、記録や事業者の答えより良く答えています。",
          en: "Of \(answered) answers of the self-checks, \(count) claim more than the records or the vendors say."
        ),
      // Where all lie in one round it is opened at once.
      link: found.count == 1 ? found[0].round.path : AssessmentPath.list,
      records: Array(found.flatMap { line in line.items.map { "\(line.round.place)/\($0.key)" } }.prefix(200)),
      isWorry: count > 0
    )
  }
}

extension Round {
  /// `mhlw-hospital-r8/2026`.
  var place: String { "\(checklist.id)/\(period)" }

  /// The address of its page.
  var path: String { AssessmentPath.round(checklist.id, period) }
}
