import Packs
import Text

/// Reads a questionnaire from its pack. One with a mistake is refused whole, with the line and the reason.
package struct QuestionnaireReader {
  private var sections: [Questionnaire.Section] = []
  private var open: (number: String, title: Localized, questions: [Questionnaire.Question])?
  private var asked: [String: Questionnaire.Question] = [:]
  private let topics: Set<String>

  /// Columns in one questionnaire.
  static let most = 1_000

  /// `topics` are those a question may be evidence of.
  package static func read(_ pack: Pack, topics: Set<String>) throws(PackError) -> Questionnaire {
    var reader = QuestionnaireReader(topics: topics)
    for entry in pack.entries {
      if entry.has("section") { try reader.begin(entry) } else { try reader.take(entry) }
    }
    reader.close()
    let questionnaire = Questionnaire(
      id: pack.id,
      edition: pack.edition,
      title: Localized(pack.title),
      sections: reader.sections
    )
    guard !questionnaire.columns.isEmpty, questionnaire.columns.count <= most else {
      throw PackError(
        file: pack.id,
        line: nil,
        reason: PackWords(ja: "設問は1から\(most)までです。", en: "there must be 1 to \(most) questions")
      )
    }
    return questionnaire
  }

  private init(topics: Set<String>) { self.topics = topics }

  private mutating func begin(_ entry: PackEntry) throws(PackError) {
    try entry.allow(["section", "title"])
    close()
    open = (try entry.text("section"), Localized(try entry.words("title")), [])
  }

  private mutating func close() {
    guard let open, !open.questions.isEmpty else { return }
    sections.append(.init(number: open.number, title: open.title, questions: open.questions))
    self.open = nil
  }

  private mutating func take(_ entry: PackEntry) throws(PackError) {
    try entry.allow([
      "question", "text", "kind", "required", "choices", "rows", "least", "most", "unit", "when", "topic",
    ])
    let key = try entry.text("question")
    guard AnswerChoice.isKey(key), asked[key] == nil else {
      throw entry.wrong(
        "question",
        ja: "「question」は半角の英小文字・数字・ハイフンで、重ならないようにします（\(key)）。",
        en: "‘question’ is lower-case letters, digits and hyphens, each once, not ‘\(key)’"
      )
    }
    guard let kind = AnswerKind(rawValue: try entry.text("kind")), AnswerKind.ofQuestions.contains(kind) else {
      let kinds = AnswerKind.ofQuestions.map(\.rawValue).joined(separator: ", ")
      throw entry.wrong("kind", ja: "「kind」は次のどれかです：\(kinds)", en: "‘kind’ is one of \(kinds)")
    }
    let required = try entry.optionalText("required")
    guard required == nil || required == "yes" else {
      throw entry.wrong("required", ja: "「required」は yes か、書かないかです。", en: "‘required’ is yes or left out")
    }
    let topic = try entry.optionalText("topic")
    if let topic, !topics.contains(topic) {
      throw entry.wrong("topic", ja: "「\(topic)」という話題はありません。", en: "there is no topic ‘\(topic)’")
    }
    let question = Questionnaire.Question(
      key: key,
      text: Localized(try entry.words("text")),
      format: try format(entry, kind),
      isRequired: required != nil,
      rows: try rows(entry, kind),
      condition: try condition(entry),
      topic: topic
    )
    asked[key] = question
    if open == nil { open = ("", Localized(both: ""), []) }
    open?.questions.append(question)
  }

  /// A yes or no has a third answer here: whoever is asked may not know.
  private func format(_ entry: PackEntry, _ kind: AnswerKind) throws(PackError) -> AnswerFormat {
    let format = try AnswerFormat.read(entry, kind)
    return kind == .yesNo ? AnswerFormat(.yesNo, choices: Questionnaire.yesNo) : format
  }

  private func rows(
    _ entry: PackEntry,
    _ kind: AnswerKind
  ) throws(PackError) -> [AnswerChoice] {
    let given = try AnswerFormat.list(entry, "rows")
    guard (kind == .matrix) == !given.isEmpty else {
      throw entry.wrong("rows", ja: "「rows」は matrix だけに、1つ以上書きます。", en: "‘rows’ belongs to matrix, one or more")
    }
    return given
  }

  /// Only an earlier question with one value of its own decides, so that branches cannot run in a circle.
  private func condition(_ entry: PackEntry) throws(PackError) -> AnswerCondition? {
    guard entry.has("when") else { return nil }
    let line = try entry.entry("when")
    try line.allow(["question", "is"])
    let key = try line.text("question")
    guard let earlier = asked[key], [.yesNo, .choice].contains(earlier.kind) else {
      throw line.wrong(
        "question",
        ja: "「when」には、前にある1つ選ぶ設問を書きます（\(key)）。",
        en: "‘when’ names an earlier question with one answer, not ‘\(key)’"
      )
    }
    let values = Set(try line.texts("is"))
    guard !values.isEmpty, values.isSubset(of: Set(earlier.choices.map(\.key))) else {
      throw line.wrong("is", ja: "「is」は「\(key)」の選択肢から書きます。", en: "‘is’ takes choices of ‘\(key)’")
    }
    return AnswerCondition(question: key, values: values)
  }
}
