import Text

/// How something is answered: an item of a checklist or a question of a survey.
package enum AnswerKind: String, Sendable, CaseIterable {
  /// Yes or no; in a survey also 「わからない」.
  case yesNo
  /// A level from 0 to 3.
  case level
  /// One of the choices.
  case choice
  /// Any of the choices.
  case choices
  /// A whole number.
  case number
  case date
  case text
  /// One of the choices for each row.
  case matrix

  /// Those of checklists.
  package static let ofItems: [AnswerKind] = [.yesNo, .level, .choice, .number, .date, .text]

  /// Those of surveys.
  package static let ofQuestions: [AnswerKind] = [.yesNo, .choice, .choices, .number, .date, .text, .matrix]

  /// Whether an answer says how good something is, so that scores count it. The others only tell something.
  package var isGraded: Bool { self == .yesNo || self == .level }

  /// Whether an answer is one of few, so that others can depend on it.
  package var isChosen: Bool { isGraded || self == .choice }

  package var label: Localized {
    switch self {
    case .yesNo: Localized(ja: "はい・いいえ", en: "Yes or no")
    case .level: Localized(ja: "レベル0〜3", en: "Level 0 to 3")
    case .choice: Localized(ja: "1つ選ぶ", en: "One choice")
    case .choices: Localized(ja: "いくつでも選ぶ", en: "Any choices")
    case .number: Localized(ja: "数", en: "Number")
    case .date: Localized(ja: "日付", en: "Date")
    case .text: Localized(ja: "文章", en: "Text")
    case .matrix: Localized(ja: "表", en: "Table")
    }
  }
}
