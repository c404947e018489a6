import Design
import Text
import Web

/// The form fields of questions, and the reading of what was typed into them.
struct SurveyFields {
  let answers: SurveyAnswers
  let language: Language

  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  static func name(_ column: String) -> String { "a-\(column)" }

  func fields(_ question: Questionnaire.Question) -> [FormField] {
    if question.kind == .matrix {
      return question.rows.map { row in
        field(question, "\(question.key).\(row.key)", "\(question.text[language]) — \(row.label[language])")
      }
    }
    return [field(question, question.key, question.text[language])]
  }

  private func value(_ key: String) -> [String] {
    guard let place = places[key] else { return [] }
    let text = answers.values[place]
    return text == SurveyAnswers.notAsked ? [] : text.split(separator: "\u{1E}").map(String.init)
  }

  let places: [String: Int]

  init(answers: SurveyAnswers, language: Language, _ questionnaire: Questionnaire) {
    self.answers = answers
    self.language = language
    places = Dictionary(questionnaire.columns.map { ($0.key, $0.place) }, uniquingKeysWith: { a, _ in a })
  }

  private func field(_ question: Questionnaire.Question, _ key: String, _ label: String) -> FormField {
    let name = Self.name(key)
    let now = value(key)
    let choices = question.choices.map { Choice($0.key, $0.label[language]) }
    let support = hint(question)
    switch question.kind {
    case .yesNo, .level, .choice, .matrix:
      return .radios(
        name,
        label,
        choices,
        chosen: now.first ?? "",
        across: question.kind != .choice,
        required: question.isRequired,
        support: support
      )
    case .choices:
      return .checkboxes(name, label, choices, chosen: Set(now), required: question.isRequired, support: support)
    case .number:
      return .number(name, label, value: now.first ?? "", required: question.isRequired, support: support)
    case .date:
      return .date(
        name,
        label,
        value: now.first ?? "",
        language: language,
        required: question.isRequired,
        support: support
      )
    case .text:
      return .lines(name, label, value: now.first ?? "", rows: 3, required: question.isRequired, support: support)
    }
  }

  private func hint(_ question: Questionnaire.Question) -> String? {
    let unit = question.format.unit.map { say("単位：\($0.ja)。", "Unit: \($0.en).") } ?? ""
    let branch =
      question.condition == nil
      ? "" : say("前の設問の答えによっては、答えなくてよい設問です。", "Depends on an earlier answer; may be left out.")
    let text = unit + branch
    return text.isEmpty ? nil : text
  }

  /// What was typed into a section, over what stood there; what cannot be read is named by field.
  static func read(
    _ form: WebForm,
    _ section: Questionnaire.Section,
    _ questionnaire: Questionnaire,
    over answers: SurveyAnswers,
    _ reading: AnswerReading,
    _ language: Language
  ) -> (answers: SurveyAnswers, errors: [FieldError]) {
    var answers = answers
    var errors: [FieldError] = []
    let questions = Dictionary(section.questions.map { ($0.key, $0) }, uniquingKeysWith: { a, _ in a })
    for column in questionnaire.columns {
      guard let question = questions[column.question] else { continue }
      let name = name(column.key)
      let typed =
        question.kind == .choices ? SurveyAnswers.several(form.all(name)) : form.text(name)
      if let value = reading.read(typed, question.format) {
        answers[column] = value
      } else {
        errors.append(FieldError(name, AnswerReading.problem(question.format)[language]))
      }
    }
    return (answers, errors)
  }
}
