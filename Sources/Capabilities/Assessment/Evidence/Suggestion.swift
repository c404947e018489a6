import Nouns
import Text
import Time

/// What the records say to an item: an answer with its reason, or that they cannot tell. Unknown is never a yes.
package struct Suggestion: Sendable {
  /// Nil where the records cannot tell.
  package let answer: AnswerValue?
  package let reason: Localized
  /// The facts it rests on, in the order of the pack.
  package let facts: [Fact]
  /// Whether it is an earlier answer under its attached evidence, not what records show.
  package let isCarried: Bool
  /// What speaks against 該当なし by the rule of the pack, as the beginning of a sentence: contracts, where an item applies to
  /// whoever has one. Nil where nothing does.
  package internal(set) var applying: Localized?

  /// What else the records know of the topic, which decides nothing, in the order of the pack.
  package internal(set) var beside: [Fact] = []

  /// What is kept as the reason beside an answer: of a round that is settled what was kept already.
  let basis: Localized

  /// Why an answer is not what the records say.
  package func contradiction(of answer: AnswerValue) -> Localized {
    if answer == .notApplicable, let applying {
      return Localized(ja: "\(applying.ja)、この項目は該当します。", en: "\(applying.en), so this item applies.")
    }
    let shown = self.answer?.label ?? Localized(both: "")
    return Localized(ja: "記録は「\(shown.ja)」を示しています。", en: "The records say “\(shown.en)”.")
  }

  init(answer: AnswerValue?, reason: Localized, facts: [Fact], isCarried: Bool = false) {
    self.answer = answer
    self.reason = reason
    self.facts = facts
    self.isCarried = isCarried
    basis = reason
  }

  /// Of a round that is settled: what the records said when it was answered. `today` is what they say now of a round that
  /// was locked before its time is over: what shows the same is still there to be seen.
  init(kept answer: GivenAnswer?, today: Suggestion? = nil) {
    let basis = answer.flatMap { Localized(lines: $0.basis) }
    let reason: Localized
    if let answer, answer.suggested != nil, let basis {
      reason = Localized(ja: "答えたときの記録：\(basis.ja)", en: "The records when it was answered: \(basis.en)")
    } else if answer == nil {
      reason = Localized(
        ja: "この回は終わりました。そのときの記録は、いまは分かりません。",
        en: "This round is over. What the records said then is not known now."
      )
    } else {
      reason = Localized(ja: "答えたとき、記録からは分かりませんでした。", en: "When it was answered, the records could not tell.")
    }
    self.answer = answer?.suggested
    self.reason = reason
    self.basis = basis ?? reason
    facts = today.flatMap { $0.answer == answer?.suggested ? $0.facts : nil } ?? []
    isCarried = false
    applying = answer?.applying
    beside = today?.beside ?? []
  }

  /// What records show, which an answer may contradict; nil where they cannot tell.
  package var proven: AnswerValue? { isCarried ? nil : answer }

  /// Whether an answer is another than the records show, or leaves out what by them applies: then it needs a reason.
  func isDifferent(_ answer: AnswerValue) -> Bool {
    if answer == .notApplicable, applying != nil { return true }
    return proven.map { $0 != answer } ?? false
  }

  /// How old the oldest of its facts is.
  package var asOf: Instant? { facts.map(\.asOf).min() }

  /// The records behind it, each counted once, and those that facts count without naming them.
  package var records: Int {
    Set(facts.flatMap(\.records)).count + facts.reduce(0) { $0 + $1.recordCount - $1.records.count }
  }

  package static func make(
    _ topic: EvidenceTopic,
    kind: AnswerKind,
    facts: [String: Fact],
    now: Instant
  ) -> Suggestion {
    var suggestion =
      switch kind {
      case .yesNo: yesNo(topic, facts, now)
      case .level: level(topic, facts, now)
      case .choice, .choices, .number, .date, .text, .matrix: Suggestion(answer: nil, reason: told, facts: [])
      }
    suggestion.beside = topic.beside.compactMap { facts[$0] }
    return suggestion
  }

  // MARK: Yes and no

  private static func yesNo(_ topic: EvidenceTopic, _ facts: [String: Fact], _ now: Instant) -> Suggestion {
    let against =
      topic.refutes.filter { $0.holds(facts, now: now) == true }
      + topic.decides.filter { $0.holds(facts, now: now) == false }
    if !against.isEmpty {
      let shown = found(against, facts)
      return Suggestion(answer: .no, reason: sentence(shown), facts: shown)
    }
    let needed = topic.decides + topic.proves
    let standing = needed.map { $0.holds(facts, now: now) }
    if !needed.isEmpty, standing.allSatisfy({ $0 == true }) {
      let shown = found(needed, facts)
      return Suggestion(answer: .yes, reason: sentence(shown), facts: shown)
    }
    let missing = zip(needed, standing).filter { $0.1 == false }.map(\.0)
    return unclear(topic, found(missing, facts))
  }

  // MARK: Levels

  private static func level(_ topic: EvidenceTopic, _ facts: [String: Fact], _ now: Instant) -> Suggestion {
    var reached = 0
    // What shows the level that is reached, and what stands in the way of the next.
    var shown: [EvidenceCondition] = []
    var lacking: [EvidenceCondition] = []
    for conditions in topic.levels {
      let standing = conditions.map { $0.holds(facts, now: now) }
      if conditions.isEmpty || standing.contains(nil) {
        // Level 1 unknown says nothing at all; a higher one unknown leaves what is shown so far.
        if reached == 0 { return unclear(topic, []) }
        break
      }
      lacking = zip(conditions, standing).filter { $0.1 == false }.map(\.0)
      guard lacking.isEmpty else { break }
      shown = conditions
      reached += 1
    }
    guard !topic.levels.isEmpty else { return unclear(topic, []) }
    // What refutes a yes to the same topic leaves a beginning at most: one piece of evidence answers all checklists alike.
    let against = reached > 1 ? topic.refutes.filter { $0.holds(facts, now: now) == true } : []
    if !against.isEmpty { (reached, shown, lacking) = (1, [], against) }
    let reason = steps(found(shown, facts), toward: reached + 1, found(lacking, facts))
    return Suggestion(answer: .level(reached), reason: reason, facts: found(shown + lacking, facts))
  }

  // MARK: Words

  /// Numbers, days and words are told, not proved.
  private static let told = Localized(
    ja: "数・日付・文章などで答える項目には、記録から案を出しません。",
    en: "Records suggest nothing for numbers, dates, choices and texts."
  )

  private static func unclear(_ topic: EvidenceTopic, _ shown: [Fact]) -> Suggestion {
    let words =
      shown.isEmpty
      ? topic.needs
      : Localized(
        ja: "\(sentence(shown).ja)記録だけでは決められません。",
        en: "\(sentence(shown).en) The records alone cannot decide."
      )
    return Suggestion(answer: nil, reason: words, facts: shown)
  }

  private static func sentence(_ facts: [Fact]) -> Localized {
    Localized(
      ja: facts.map(\.explanation.ja).joined(),
      en: facts.map(\.explanation.en).joined(separator: " ")
    )
  }

  /// What shows the level, and apart from it what the next one lacks.
  private static func steps(_ shown: [Fact], toward next: Int, _ lacking: [Fact]) -> Localized {
    guard !lacking.isEmpty else { return sentence(shown) }
    // One fact may show this level and be too little for the next; it is told once.
    let told = Set(shown.map(\.key))
    let (has, lacks) = (sentence(shown), sentence(lacking.filter { !told.contains($0.key) }))
    guard !lacks.ja.isEmpty else {
      return Localized(ja: "\(has.ja)レベル\(next)には足りません。", en: "\(has.en) Not enough for level \(next).")
    }
    return Localized(
      ja: "\(has.ja)レベル\(next)に足りないもの：\(lacks.ja)",
      en: "\(has.en)\(shown.isEmpty ? "" : " ")In the way of level \(next): \(lacks.en)"
    )
  }

  /// Each fact once.
  private static func found(_ conditions: [EvidenceCondition], _ facts: [String: Fact]) -> [Fact] {
    var seen: Set<String> = []
    return conditions.compactMap { seen.insert($0.fact).inserted ? facts[$0.fact] : nil }
  }
}

extension Localized {
  /// In one column: Japanese, line feed, English.
  var lines: String { "\(ja)\n\(en)" }

  /// Nil where it is not written so.
  init?(lines text: String) {
    let words = text.split(separator: "\n", maxSplits: 1).map(String.init)
    guard words.count == 2 else { return nil }
    self.init(ja: words[0], en: words[1])
  }
}
