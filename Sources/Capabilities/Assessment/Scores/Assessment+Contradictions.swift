import Design
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

  /// A round that speaks today, and the next one where it is begun and not answered whole.
  struct Speaking: Sendable {
    let round: Round
    let begun: Round?

    /// The round in which an item was answered last.
    func last(_ key: String) -> Round {
      if let begun, begun.answers[key] != nil { return begun }
      return round
    }
  }

  /// The round of each that speaks today: until that of today is answered whole, or as far as the last one was, it is the
  /// last one, since its answers are what the hospital still says, and three answers of a new month say nothing of the rest.
  func speaking(_ checklists: [Checklist], _ facility: FacilityID) async throws -> [Speaking] {
    let start = try await schedule.fiscalYearStart(facility)
    let answered = Dictionary(grouping: try await rounds.answered(facility), by: \.pack)
    let places = checklists.map { checklist -> (checklist: Checklist, current: String, earlier: String?) in
      let current = checklist.period(on: today, fiscalYearStart: start)
      let periods = (answered[checklist.id] ?? []).map(\.period)
      return (checklist, current, periods.filter { $0 < current }.max())
    }
    let now = try await rounds.rounds(places.map { ($0.checklist, $0.current) }, facility)
    let late = zip(places, now).map { place, round in round.isWhole ? nil : place.earlier }
    let asked = zip(places, late).compactMap { place, earlier in earlier.map { (place.checklist, $0) } }
    var before = try await rounds.rounds(asked, facility)[...]
    return zip(now, late).map { round, earlier in
      guard earlier != nil, let last = before.popFirst(), last.answers.count > round.answers.count else {
        return Speaking(round: round, begun: nil)
      }
      return Speaking(round: last, begun: round.answers.isEmpty ? nil : round)
    }
  }

  /// What does not hold in the rounds that speak today, and how many answers they hold. `known` is what the records prove
  /// now, by key.
  func contradicted(
    _ known: [String: Fact],
    _ facility: FacilityID
  ) async throws -> (answered: Int, rounds: [Contradicted]) {
    let asked = try await shelf(facility).inUse(on: today).filter { $0.respondent == .hospital }
    let start = try await schedule.fiscalYearStart(facility)
    var answered = 0
    var found: [Contradicted] = []
    let speaking = try await speaking(asked, facility)
    for (round, speaker) in speaking.flatMap({ line in [line.round, line.begun].compactMap(\.self).map { ($0, line) } })
    {
      func counts(_ key: String) -> Bool { speaker.last(key).period == round.period }
      answered += round.checklist.counting { round.answers[$0]?.latest }.count { item in
        round.answers[item.key] != nil && counts(item.key)
      }
      let objections = try await schedule.vendorForms.objections(to: round.checklist, round.period, facility)
      let items = round.asked.filter { item in
        guard counts(item.key) else { return false }
        let line = ItemStanding(
          item: item,
          suggestion: suggestion(item, of: round, known, startMonth: start),
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
          en:
            "Of \(answered) answers of the self-checks, \(count.english("claims", "claim")) more than the records or the vendors say."
        ),
      // Where all lie in one round it is opened at once.
      link: found.count == 1 ? found[0].round.path : AssessmentPath.list,
      records: found.flatMap { line in line.items.map { "\(line.round.place)/\($0.key)" } },
      isWorry: count > 0
    )
  }
}

extension Round {
  /// Whether everything that it asks is answered.
  var isWhole: Bool {
    !answers.isEmpty && checklist.counting { answers[$0]?.latest }.allSatisfy { answers[$0.key] != nil }
  }

  /// `mhlw-hospital-r8/2026`.
  var place: String { "\(checklist.id)/\(period)" }

  /// The address of its page.
  var path: String { AssessmentPath.round(checklist.id, period) }
}
