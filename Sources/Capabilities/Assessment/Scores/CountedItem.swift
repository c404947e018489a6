extension ChecklistItem {
  /// Whether scores count it: gates open and close a form, and numbers, dates, choices and texts only tell something.
  package var isCounted: Bool { !isGate && format.kind.isGraded }
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

  package init(_ line: ItemStanding) {
    self.init(
      key: line.item.key,
      topic: line.item.topic,
      answer: line.answer,
      shown: line.suggestion.proven,
      applies: line.suggestion.applying != nil
    )
  }
}
