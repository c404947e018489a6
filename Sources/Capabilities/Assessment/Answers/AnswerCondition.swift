/// That something is asked only where an earlier question was answered so.
package struct AnswerCondition: Sendable, Hashable {
  /// The key of the earlier question or item.
  package let question: String
  /// `yes`, `no`, `na`, `0` to `3`, or keys of its choices.
  package let values: Set<String>

  package init(question: String, values: Set<String>) {
    self.question = question
    self.values = values
  }
}
