import Nouns
import Packs
import Testing
import Text
import Time

@testable import Assessment

/// What the records say to an item, for every answer and for "cannot tell".
@Suite struct SuggestionTests {
  static let now = Instant(LocalDate(iso: "2026-11-28") ?? LocalDate(dayNumber: 0), hour: 9)
  static let facility = FacilityID(rawValue: "facility-1")

  static func fact(_ key: String, _ value: Int, of population: Int? = nil, freshFor days: Int = 1) -> Fact {
    Fact(
      key: key,
      facility: facility,
      label: Localized(both: key),
      value: value,
      population: population,
      asOf: now,
      freshUntil: now.adding(days: days),
      explanation: Localized(ja: "\(key)は\(value)。", en: "\(key) is \(value)."),
      link: "/",
      records: (0..<value).map { "r\($0)" }
    )
  }

  static func by(_ facts: Fact...) -> [String: Fact] {
    Dictionary(facts.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
  }

  private func topic(
    decides: [EvidenceCondition] = [],
    proves: [EvidenceCondition] = [],
    refutes: [EvidenceCondition] = [],
    levels: [[EvidenceCondition]] = []
  ) -> EvidenceTopic {
    EvidenceTopic(
      key: "t",
      title: Localized(both: "t"),
      decides: decides,
      proves: proves,
      refutes: refutes,
      levels: levels,
      needs: Localized(ja: "記録が要ります。", en: "A record is needed.")
    )
  }

  private func said(_ topic: EvidenceTopic, _ facts: [String: Fact], levels: Bool = false) -> AnswerValue? {
    Suggestion.make(topic, kind: levels ? .level : .yesNo, facts: facts, now: Self.now).answer
  }

  @Test func aConditionHoldsFailsOrCannotTell() {
    func holds(_ test: EvidenceCondition.Test, _ value: Int, of population: Int? = nil, freshFor days: Int = 1) -> Bool?
    {
      EvidenceCondition(fact: "a", test: test).holds(
        Self.by(Self.fact("a", value, of: population, freshFor: days)),
        now: Self.now
      )
    }
    #expect(holds(.none, 0, of: 5) == true)
    #expect(holds(.none, 1, of: 5) == false)
    // Nothing is wrong of nothing: that proves nothing.
    #expect(holds(.none, 0, of: 0) == nil)
    #expect(holds(.none, 0) == true)
    #expect(holds(.atLeast(2), 2) == true && holds(.atLeast(2), 1) == false)
    #expect(holds(.atMost(2), 2) == true && holds(.atMost(2), 3) == false)
    #expect(holds(.percentAtLeast(95), 95, of: 100) == true && holds(.percentAtLeast(95), 94, of: 100) == false)
    #expect(holds(.percentAtMost(50), 1, of: 2) == true && holds(.percentAtMost(50), 2, of: 3) == false)
    #expect(holds(.percentAtLeast(0), 0, of: 0) == nil && holds(.percentAtLeast(50), 5) == nil)
    // Stale evidence takes the answer with it.
    #expect(holds(.none, 0, of: 5, freshFor: -1) == nil)
    #expect(EvidenceCondition(fact: "b", test: .none).holds(Self.by(Self.fact("a", 0)), now: Self.now) == nil)
  }

  @Test func yesNeedsEveryProofAndNoNeedsOneRefutation() {
    let proven = topic(
      proves: [EvidenceCondition(fact: "a", test: .none), EvidenceCondition(fact: "b", test: .none)],
      refutes: [EvidenceCondition(fact: "a", test: .atLeast(1))]
    )
    #expect(said(proven, Self.by(Self.fact("a", 0, of: 3), Self.fact("b", 0, of: 3))) == .yes)
    #expect(said(proven, Self.by(Self.fact("a", 0, of: 3))) == nil)
    #expect(said(proven, Self.by(Self.fact("a", 0, of: 3), Self.fact("b", 1, of: 3))) == nil)
    #expect(said(proven, Self.by(Self.fact("a", 1, of: 3), Self.fact("b", 0, of: 3))) == .no)
    #expect(said(proven, [:]) == nil)
    let decided = topic(decides: [EvidenceCondition(fact: "a", test: .atLeast(1))])
    #expect(said(decided, Self.by(Self.fact("a", 1))) == .yes)
    #expect(said(decided, Self.by(Self.fact("a", 0))) == .no)
    #expect(said(decided, [:]) == nil)
    // Nothing to go by is never a yes.
    #expect(said(topic(), Self.by(Self.fact("a", 0))) == nil)
  }

  @Test func aLevelIsTheHighestWhoseStepsAllHold() {
    let steps = topic(
      levels: [
        [EvidenceCondition(fact: "a", test: .percentAtLeast(50))],
        [EvidenceCondition(fact: "a", test: .percentAtLeast(90))],
        [EvidenceCondition(fact: "b", test: .none)],
      ]
    )
    for (value, level) in [(0, 0), (49, 0), (50, 1), (89, 1), (90, 2), (100, 2)] {
      #expect(said(steps, Self.by(Self.fact("a", value, of: 100)), levels: true) == .level(level), "\(value)")
    }
    #expect(said(steps, Self.by(Self.fact("a", 95, of: 100), Self.fact("b", 0, of: 1)), levels: true) == .level(3))
    #expect(said(steps, Self.by(Self.fact("b", 0, of: 1)), levels: true) == nil)
    #expect(said(topic(), [:], levels: true) == nil)
  }

  @Test func theReasonNamesTheFactsOrWhatIsMissing() {
    let refuted = topic(refutes: [EvidenceCondition(fact: "a", test: .atLeast(1))])
    let no = Suggestion.make(refuted, kind: .yesNo, facts: Self.by(Self.fact("a", 3, of: 5)), now: Self.now)
    #expect(no.reason.ja == "aは3。" && no.facts.map(\.key) == ["a"] && no.records == 3)
    let open = Suggestion.make(refuted, kind: .yesNo, facts: [:], now: Self.now)
    #expect(open.reason.ja == "記録が要ります。" && open.facts.isEmpty)
  }

  /// Of a level the reason tells apart what shows it and what the next one lacks.
  @Test func theReasonOfALevelSaysWhatTheNextOneLacks() {
    let steps = topic(
      levels: [
        [EvidenceCondition(fact: "a", test: .none)], [EvidenceCondition(fact: "b", test: .none)],
      ]
    )
    func reason(_ b: Int) -> String {
      Suggestion.make(
        steps,
        kind: .level,
        facts: Self.by(Self.fact("a", 0, of: 5), Self.fact("b", b, of: 5)),
        now: Self.now
      ).reason.ja
    }
    #expect(reason(2) == "aは0。レベル2に足りないもの：bは2。" && reason(0) == "bは0。")
    // A fact that shows this level and is too little for the next is told once.
    let share = topic(levels: [50, 90].map { [EvidenceCondition(fact: "a", test: .percentAtLeast($0))] })
    let facts = Self.by(Self.fact("a", 60, of: 100))
    let told = Suggestion.make(share, kind: .level, facts: facts, now: Self.now)
    #expect(told.answer == .level(1) && told.reason.ja == "aは60。レベル2には足りません。" && told.facts.map(\.key) == ["a"])
  }

  /// Records are counted as there are, each once, whichever of them are listed.
  @Test func recordsAreCountedAndNotWhatIsListed() {
    let both = topic(
      refutes: [EvidenceCondition(fact: "a", test: .atLeast(1)), EvidenceCondition(fact: "b", test: .atLeast(1))]
    )
    // The 20 of b are among the 656 of a.
    let known = Self.by(Self.fact("a", 656, of: 983), Self.fact("b", 20, of: 983))
    #expect(Suggestion.make(both, kind: .yesNo, facts: known, now: Self.now).records == 656)
    #expect(known["a"]?.recordCount == 656 && known["a"]?.listed.count == Fact.mostListed)
    let counted = Fact(
      key: "a",
      facility: Self.facility,
      label: Localized(both: "a"),
      value: 7_000,
      asOf: Self.now,
      freshUntil: Self.now.adding(days: 1),
      explanation: Localized(both: "a"),
      link: "/",
      records: ["r1", "r2"],
      recordCount: 7_000
    )
    #expect(Suggestion(answer: .no, reason: counted.label, facts: [counted]).records == 7_000)
  }

  /// What a fact says has to bear on what is asked: gaps in contracts say nothing of the procedure to call vendors in, shared
  /// IDs nothing of the logs of maintenance or of how passwords are made.
  @Test(arguments: [
    ("bcp-2024", "3-2", "ledger.contracts.gaps"), ("bcp-2024", "4-2", "ledger.contracts.gaps"),
    ("guideline-7-clauses", "運10④", "ledger.connections.weakAuthentication"),
    ("guideline-7-clauses", "運14⑥", "ledger.connections.weakAuthentication"),
    ("guideline-7-clauses", "運14.1.1-1", "ledger.connections.weakAuthentication"),
    ("mhlw-hospital-r8", "2-⑦", "ledger.connections.weakAuthentication"),
  ])
  func whatDoesNotBearOnAnItemAnswersNothing(id: String, key: String, fact: String) throws {
    let checklist = try #require(Checklists.checklist(id))
    let item = try #require(checklist[key])
    for value in [0, 2] {
      let known = Self.by(Self.fact(fact, value, of: 46))
      #expect(Assessment.suggestion(item, checklist, known, Self.now).answer == nil, "\(id) \(key) \(value)")
    }
  }

  /// What is shown beside decides nothing, whatever it says, and is there for whoever answers.
  @Test func whatIsShownBesideDecidesNothing() throws {
    for (key, topic) in Checklists.topics where !topic.beside.isEmpty {
      #expect(
        Set(topic.beside).count == topic.beside.count
          && Set(topic.beside).isDisjoint(with: topic.conditions.map(\.fact)),
        "\(key)"
      )
      for value in [0, 50, 100] {
        let known = Dictionary(uniqueKeysWithValues: topic.beside.map { ($0, Self.fact($0, value, of: 100)) })
        for kind in [AnswerKind.yesNo, .level, .text] {
          let suggestion = Suggestion.make(topic, kind: kind, facts: known, now: Self.now)
          #expect(suggestion.answer == nil && suggestion.facts.isEmpty, "\(key)")
          #expect(suggestion.beside.map(\.key) == topic.beside)
        }
      }
    }
  }

  /// The more is wrong, the less is claimed: no fact that grows worse ever raises an answer.
  @Test func worseRecordsNeverRaiseAnAnswer() {
    for checklist in Checklists.all {
      for item in checklist.items {
        guard let topic = Checklists.topics[item.topic] else { continue }
        let keys = Set(topic.conditions.map(\.fact))
        let worries = keys.filter {
          !$0.hasSuffix("total")
            // The more departments say yes, the better.
            && !$0.hasPrefix("assessment.departments.")
            && ![
              "vulnerability.patched", "vulnerability.antivirus", "vulnerability.versions",
              "organization.works.confirmed", "organization.media.returned", "organization.training.newcomers",
              "organization.training.coverage",
            ].contains($0)
        }
        guard !worries.isEmpty else { continue }
        var before: AnswerValue?
        for value in [0, 1, 20, 60, 100] {
          let facts = keys.map { Self.fact($0, worries.contains($0) ? value : 100, of: 100) }
          let now = Suggestion.make(
            topic,
            kind: item.format.kind,
            facts: Dictionary(facts.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first }),
            now: Self.now
          ).answer
          if let before, let now { #expect(!now.claimsMore(than: before), "\(checklist.id) \(item.key) at \(value)") }
          before = now ?? before
        }
      }
    }
  }
}
