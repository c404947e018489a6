/// The answers of one respondent, one value for each column in the order of the questionnaire. Kept as one text: values
/// between unit separators (U+001F), so that a national survey is read as fast as the store hands it over.
package struct SurveyAnswers: Sendable, Hashable {
  /// Between values.
  static let separator: UInt8 = 0x1F
  /// Between several choices of one value.
  static let inner: UInt8 = 0x1E
  /// A column that was not asked, because of an earlier answer.
  static let notAsked = "\u{1A}"

  /// Empty where nothing was answered.
  package private(set) var values: [String]

  package init(count: Int) { values = Array(repeating: "", count: count) }

  /// Reads what `packed` wrote; columns that are missing count as not answered.
  package init(packed text: String, count: Int) {
    var parts = text.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)
    if parts.count > count { parts.removeLast(parts.count - count) }
    values = parts + Array(repeating: "", count: count - parts.count)
  }

  package var packed: String { values.joined(separator: "\u{1F}") }

  package subscript(_ column: Questionnaire.Column) -> String {
    get { values[column.place] }
    set { values[column.place] = Self.plain(newValue) }
  }

  /// The chosen of a question with several choices.
  package func chosen(_ column: Questionnaire.Column) -> [String] {
    values[column.place].split(separator: "\u{1E}").map(String.init)
  }

  package static func several(_ keys: [String]) -> String { keys.joined(separator: "\u{1E}") }

  package var isEmpty: Bool { values.allSatisfy { $0.isEmpty || $0 == Self.notAsked } }

  package func isAsked(_ column: Questionnaire.Column) -> Bool { values[column.place] != Self.notAsked }

  mutating func mark(_ column: Questionnaire.Column, isAsked: Bool) {
    if !isAsked {
      values[column.place] = Self.notAsked
    } else if values[column.place] == Self.notAsked {
      values[column.place] = ""
    }
  }

  /// Without the characters that separate values; line breaks and tabs stay.
  private static func plain(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return text }
    return String(
      String.UnicodeScalarView(
        text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F || [9, 10, 0x1E].contains($0.value) }
      )
    )
  }
}

extension Questionnaire {
  /// The questions that are asked, given what was answered. A question whose condition was not asked is not asked.
  package func asked(_ answers: SurveyAnswers) -> Set<String> {
    var asked: Set<String> = []
    for question in questions {
      guard let condition = question.condition else {
        asked.insert(question.key)
        continue
      }
      guard asked.contains(condition.question), let column = column(condition.question),
        condition.values.contains(answers[column])
      else { continue }
      asked.insert(question.key)
    }
    return asked
  }

  /// What is counted: what is not asked is emptied and marked so.
  package func settled(_ answers: SurveyAnswers) -> SurveyAnswers {
    let asked = asked(answers)
    var settled = answers
    for column in columns { settled.mark(column, isAsked: asked.contains(column.question)) }
    return settled
  }
}
