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
    guard Self.isKey(key), asked[key] == nil else {
      throw entry.wrong(
        "question",
        ja: "「question」は半角の英小文字・数字・ハイフンで、重ならないようにします（\(key)）。",
        en: "‘question’ is lower-case letters, digits and hyphens, each once, not ‘\(key)’"
      )
    }
    guard let kind = Questionnaire.Question.Kind(rawValue: try entry.text("kind")) else {
      let kinds = Questionnaire.Question.Kind.allCases.map(\.rawValue).joined(separator: ", ")
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
      kind: kind,
      isRequired: required != nil,
      choices: try choices(entry, kind),
      rows: try rows(entry, kind),
      least: entry.has("least") ? try entry.number("least") : nil,
      most: entry.has("most") ? try entry.number("most") : nil,
      unit: try entry.optionalWords("unit").map { Localized($0) },
      condition: try condition(entry),
      topic: topic
    )
    asked[key] = question
    if open == nil { open = ("", Localized(both: ""), []) }
    open?.questions.append(question)
  }

  private func choices(
    _ entry: PackEntry,
    _ kind: Questionnaire.Question.Kind
  ) throws(PackError) -> [Questionnaire
    .Choice]
  {
    let given = try list(entry, "choices")
    switch kind {
    case .yesNo where given.isEmpty: return Questionnaire.yesNo
    case .choice, .choices, .matrix:
      guard given.count >= 2 else {
        throw entry.wrong("choices", ja: "「choices」は2つ以上必要です。", en: "‘choices’ needs two or more")
      }
      return given
    default:
      guard given.isEmpty else {
        throw entry.wrong("choices", ja: "この種類に「choices」は書けません。", en: "this kind takes no ‘choices’")
      }
      return []
    }
  }

  private func rows(
    _ entry: PackEntry,
    _ kind: Questionnaire.Question.Kind
  ) throws(PackError) -> [Questionnaire
    .Choice]
  {
    let given = try list(entry, "rows")
    guard (kind == .matrix) == !given.isEmpty else {
      throw entry.wrong("rows", ja: "「rows」は matrix だけに、1つ以上書きます。", en: "‘rows’ belongs to matrix, one or more")
    }
    return given
  }

  private func list(_ entry: PackEntry, _ name: String) throws(PackError) -> [Questionnaire.Choice] {
    var found: [Questionnaire.Choice] = []
    for line in try entry.entries(name) {
      try line.allow(["key", "ja", "en"])
      let key = try line.text("key")
      guard Self.isKey(key), !found.contains(where: { $0.key == key }) else {
        throw line.wrong(
          "key",
          ja: "「key」は半角の英小文字・数字・ハイフンで、重ならないようにします（\(key)）。",
          en: "‘key’ is lower-case letters, digits and hyphens, each once, not ‘\(key)’"
        )
      }
      found.append(.init(key: key, label: Localized(ja: try line.text("ja"), en: try line.text("en"))))
    }
    return found
  }

  /// Only an earlier question with one value of its own decides, so that branches cannot run in a circle.
  private func condition(_ entry: PackEntry) throws(PackError) -> Questionnaire.Condition? {
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
    return Questionnaire.Condition(question: key, values: values)
  }

  private static func isKey(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 40
      && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
  }
}
