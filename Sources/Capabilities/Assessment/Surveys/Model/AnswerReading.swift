import Text
import Time

/// Reads what somebody typed or a file holds into a value of a column.
struct AnswerReading {
  let today: LocalDate

  static let longest = 4_000

  /// The value as it is kept; nil where it cannot be read. Choices are taken by key or by label in either language.
  func read(_ text: String, _ question: Questionnaire.Question) -> String? {
    let trimmed = Self.trim(text)
    if trimmed.isEmpty { return "" }
    switch question.kind {
    case .yesNo, .choice, .matrix: return choice(trimmed, question)
    case .choices:
      var keys: Set<String> = []
      for part in trimmed.split(whereSeparator: { "\u{1E},、;；\n".contains($0) }) {
        guard let key = choice(Self.trim(String(part)), question) else { return nil }
        keys.insert(key)
      }
      return SurveyAnswers.several(question.choices.map(\.key).filter(keys.contains))
    case .number:
      let plain = Width.halved(trimmed).filter { $0 != "," && $0 != " " }
      guard let number = Int(plain), number >= question.least ?? 0, number <= question.most ?? 1_000_000_000 else {
        return nil
      }
      return String(number)
    case .date: return JapaneseDate.read(trimmed, today: today).day?.iso
    case .text: return trimmed.count <= Self.longest ? trimmed : nil
    }
  }

  private func choice(_ text: String, _ question: Questionnaire.Question) -> String? {
    question.choices.first { $0.key == text || $0.label.ja == text || $0.label.en == text }?.key
  }

  private static func trim(_ text: String) -> String {
    let spaces: Set<Character> = [" ", "　", "\t", "\n", "\r\n", "\r"]
    var rest = Substring(text)
    while let first = rest.first, spaces.contains(first) { rest.removeFirst() }
    while let last = rest.last, spaces.contains(last) { rest.removeLast() }
    return String(rest)
  }

  /// What is wrong with a value that was not read.
  static func problem(_ question: Questionnaire.Question) -> Localized {
    switch question.kind {
    case .yesNo, .choice, .matrix:
      Localized(ja: "選択肢から選んでください。", en: "Choose one of the choices.")
    case .choices:
      Localized(ja: "選択肢から選び、「、」で区切ってください。", en: "Choose from the choices, separated by commas.")
    case .number:
      Localized(
        ja: "\(question.least ?? 0)から\(question.most.map { String($0) } ?? "10億")までの整数を入力してください。",
        en:
          "Enter a whole number from \(question.least ?? 0) to \(question.most.map { String($0) } ?? "a thousand million")."
      )
    case .date:
      Localized(ja: "2026/11/21 や 令和8年11月21日 のように入力してください。", en: "Write it like 2026-11-21 or 21 Nov 2026.")
    case .text:
      Localized(ja: "\(longest)文字以内で入力してください。", en: "At most \(longest) characters.")
    }
  }

  /// The required questions that are asked and not answered.
  static func missing(_ answers: SurveyAnswers, _ questionnaire: Questionnaire) -> [Questionnaire.Column] {
    let asked = questionnaire.asked(answers)
    let required = Set(questionnaire.questions.filter { $0.isRequired && asked.contains($0.key) }.map(\.key))
    return questionnaire.columns.filter { required.contains($0.question) && answers[$0].isEmpty }
  }
}
