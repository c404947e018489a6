extension ChecklistItem {
  /// Whether scores count it: gates open and close a form, and numbers, dates, choices and texts only tell something.
  package var isCounted: Bool { !isGate && format.kind.isGraded }

  /// Whether an answer speaks better of the hospital than the records: it claims more than they show, or ends the form where
  /// they show that there is something to ask.
  func isBeyond(_ answer: AnswerValue, shown: AnswerValue?) -> Bool {
    guard let shown else { return false }
    if isGate, answer == .no { return shown == .yes }
    return answer.claimsMore(than: shown)
  }

  /// What it counts as in a score, nil where it does not count. A gate that ended the form against the records stands there
  /// as not met: otherwise nothing of nothing would look fine.
  func counted(_ answer: GivenAnswer?, shown: AnswerValue?, applies: Bool = false) -> CountedItem? {
    if isCounted { return CountedItem(key: key, topic: topic, answer: answer, shown: shown, applies: applies) }
    guard isGate, let latest = answer?.latest, latest == .no, isBeyond(latest, shown: shown) else { return nil }
    return CountedItem(key: key, topic: topic, value: latest, isLowered: true)
  }
}

/// What an item counts as in a score. What nobody confirmed does not count, and an answer that claims more than the
/// records show counts as what they show.
package struct CountedItem: Sendable, Hashable {
  package let key: String
  package let topic: String
  /// Nil while nobody has answered.
  package let value: AnswerValue?
  /// Whether the records took something off the answer.
  package let isLowered: Bool

  package init(key: String, topic: String, value: AnswerValue?, isLowered: Bool = false) {
    self.key = key
    self.topic = topic
    self.value = value
    self.isLowered = isLowered
  }

  /// `shown` is what the records say now, nil where they cannot tell; `applies` whether by them it may not be left out.
  package init(key: String, topic: String, answer: GivenAnswer?, shown: AnswerValue?, applies: Bool = false) {
    guard let answer else {
      self.init(key: key, topic: topic, value: nil)
      return
    }
    if applies, answer.latest == .notApplicable {
      self.init(key: key, topic: topic, value: shown, isLowered: true)
    } else if let shown, answer.latest.claimsMore(than: shown) {
      self.init(key: key, topic: topic, value: shown, isLowered: true)
    } else {
      self.init(key: key, topic: topic, value: answer.latest)
    }
  }
}
