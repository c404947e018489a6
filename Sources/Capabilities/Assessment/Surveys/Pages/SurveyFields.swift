import Design
import Text
import Web

/// The form fields of questions, and the reading of what was typed into them.
struct SurveyFields {
  let answers: SurveyAnswers
  let errors: [FieldError]
  let language: Language

  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  static func name(_ column: String) -> String { "a-\(column)" }

  /// The fields of a section. What another section decides against has none; what an answer of the same page decides has
  /// one that shows and hides with it.
  func fields(_ section: Questionnaire.Section) -> [FormField] {
    let standings = questionnaire.standings(section, answers)
    return section.questions.compactMap { question in
      guard let standing = standings[question.key], standing != .away else { return nil }
      var field = question.kind == .matrix ? table(question) : field(question)
      if let condition = question.condition, standings[condition.question] ?? .away != .away {
        field.condition = FormField.Condition(
          Self.name(condition.question),
          condition.values.sorted(),
          isHidden: standing == .folded
        )
      }
      return field
    }
  }

  private func value(_ key: String) -> [String] {
    guard let place = places[key] else { return [] }
    let text = answers.values[place]
    return text == SurveyAnswers.notAsked ? [] : text.split(separator: "\u{1E}").map(String.init)
  }

  let places: [String: Int]
  let questionnaire: Questionnaire

  init(answers: SurveyAnswers, errors: [FieldError], language: Language, _ questionnaire: Questionnaire) {
    self.answers = answers
    self.errors = errors
    self.language = language
    self.questionnaire = questionnaire
    places = Dictionary(questionnaire.columns.map { ($0.key, $0.place) }, uniquingKeysWith: { a, _ in a })
  }

  /// Who reads the page cannot be told which answers another field will have, so that only what is always asked is marked;
  /// of the others the hint says when.
  private func isMarked(_ question: Questionnaire.Question) -> Bool { question.isRequired && question.condition == nil }

  private func table(_ question: Questionnaire.Question) -> FormField {
    .radioTable(
      Self.name(question.key),
      question.text[language],
      question.rows.map { row in
        let key = "\(question.key).\(row.key)"
        return RadioTable.Line(
          Self.name(key),
          row.label[language],
          chosen: value(key).first ?? "",
          error: errors.first { $0.field == Self.name(key) }?.message
        )
      },
      question.choices.map { Choice($0.key, $0.label[language]) },
      language: language,
      required: isMarked(question),
      support: hint(question)
    )
  }

  private func field(_ question: Questionnaire.Question) -> FormField {
    let (name, label, now) = (Self.name(question.key), question.text[language], value(question.key))
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
        required: isMarked(question),
        support: support
      )
    case .choices:
      return .checkboxes(name, label, choices, chosen: Set(now), required: isMarked(question), support: support)
    case .number:
      return .number(name, label, value: now.first ?? "", required: isMarked(question), support: support)
    case .date:
      return .date(
        name,
        label,
        value: now.first ?? "",
        language: language,
        required: isMarked(question),
        support: support
      )
    case .text:
      return .lines(name, label, value: now.first ?? "", rows: 3, required: isMarked(question), support: support)
    }
  }

  private func hint(_ question: Questionnaire.Question) -> String? {
    let span = question.kind == .number ? question.format.span[language] + say("。", ".") : ""
    let text = [branch(question), span].filter { !$0.isEmpty }.joined(separator: say("", " "))
    return text.isEmpty ? nil : text
  }

  /// To which answer a question belongs.
  func branch(_ question: Questionnaire.Question) -> String {
    guard let condition = question.condition, let deciding = questionnaire[condition.question] else { return "" }
    let answers = deciding.choices.filter { condition.values.contains($0.key) }
    return say(
      "「\(deciding.text.ja)」が\(answers.map { "「\($0.label.ja)」" }.joined(separator: "か"))のときだけ答えます\(question.isRequired ? "（そのときは必須）" : "")。",
      "Only where “\(deciding.text.en)” is \(answers.map { "“\($0.label.en)”" }.joined(separator: " or "))\(question.isRequired ? "; then an answer is required" : "")."
    )
  }

  /// What was typed into a section, over what stood there; what cannot be read is named by field. What had no field there,
  /// or was hidden by another answer, is not asked about.
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
    let before = questionnaire.standings(section, answers)
    let questions = Dictionary(
      section.questions.filter { before[$0.key] != .away }.map { ($0.key, $0) },
      uniquingKeysWith: { a, _ in a }
    )
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
    let folded = questionnaire.standings(section, answers).filter { $0.value == .folded }.keys
    let quiet = Set(questionnaire.columns.filter { folded.contains($0.question) }.map { name($0.key) })
    return (answers, errors.filter { !quiet.contains($0.field) })
  }

  /// Questions that an answer brought up which the page did not show, and that nobody has answered.
  static func unseen(_ form: WebForm, _ answers: SurveyAnswers, _ questionnaire: Questionnaire) -> Bool {
    let hidden = Set(form.text("unseen").split(separator: " ").map(String.init))
    let asked = questionnaire.asked(answers).intersection(hidden)
    return questionnaire.columns.contains { asked.contains($0.question) && answers[$0].isEmpty }
  }
}
