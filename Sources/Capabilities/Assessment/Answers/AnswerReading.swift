import Text
import Time

/// Reads what somebody typed or a file holds into a value of a question.
struct AnswerReading {
  let today: LocalDate

  /// The value as a survey keeps it; nil where it cannot be read. Choices are taken by key or by label in either
  /// language.
  func read(_ text: String, _ format: AnswerFormat) -> String? {
    let trimmed = Self.trim(text)
    if trimmed.isEmpty { return "" }
    switch format.kind {
    case .yesNo, .choice, .matrix, .level: return Self.choice(trimmed, format)?.key
    case .choices:
      var keys: Set<String> = []
      for part in trimmed.split(whereSeparator: { "\u{1E},、;；\n".contains($0) }) {
        guard let choice = Self.choice(Self.trim(String(part)), format) else { return nil }
        keys.insert(choice.key)
      }
      return SurveyAnswers.several(format.choices.map(\.key).filter(keys.contains))
    case .number:
      guard let number = Self.number(trimmed), format.range.contains(number) else { return nil }
      return String(number)
    case .date: return day(trimmed)?.iso
    case .text: return trimmed.count <= AnswerFormat.longest ? trimmed : nil
    }
  }

  static func choice(_ text: String, _ format: AnswerFormat) -> AnswerChoice? {
    format.choices.first { $0.key == text || $0.label.ja == text || $0.label.en == text }
  }

  /// A whole number as people write it: １，２００.
  static func number(_ text: String) -> Int? { Int(Width.halved(text).filter { $0 != "," && $0 != " " }) }

  func day(_ text: String) -> LocalDate? { JapaneseDate.read(text, today: today).day }

  static func trim(_ text: String) -> String {
    let spaces: Set<Character> = [" ", "　", "\t", "\n", "\r\n", "\r"]
    var rest = Substring(text)
    while let first = rest.first, spaces.contains(first) { rest.removeFirst() }
    while let last = rest.last, spaces.contains(last) { rest.removeLast() }
    return String(rest)
  }

  /// What to do about a value that was not read.
  static func problem(_ format: AnswerFormat) -> Localized {
    switch format.kind {
    case .yesNo, .choice, .matrix, .level:
      Localized(ja: "選択肢から選んでください。", en: "Choose one of the choices.")
    case .choices:
      Localized(ja: "選択肢から選び、「、」で区切ってください。", en: "Choose from the choices, separated by commas.")
    case .number:
      Localized(
        ja: "\(format.range.lowerBound)から\(format.most.map { String($0) } ?? "10億")までの整数を入力してください。",
        en:
          "Enter a whole number from \(format.range.lowerBound) to \(format.most.map { String($0) } ?? "a thousand million")."
      )
    case .date:
      Localized(ja: "2026/11/21 や 令和8年11月21日 のように入力してください。", en: "Write it like 2026-11-21 or 21 Nov 2026.")
    case .text:
      Localized(ja: "\(AnswerFormat.longest)文字以内で入力してください。", en: "At most \(AnswerFormat.longest) characters.")
    }
  }

  /// The required questions that are asked and not answered.
  static func missing(_ answers: SurveyAnswers, _ questionnaire: Questionnaire) -> [Questionnaire.Column] {
    let asked = questionnaire.asked(answers)
    let required = Set(questionnaire.questions.filter { $0.isRequired && asked.contains($0.key) }.map(\.key))
    return questionnaire.columns.filter { required.contains($0.question) && answers[$0].isEmpty }
  }
}
