import Text

/// What is asked in a survey. Fixed once the survey is open: answers are kept by the place of their column.
package struct Questionnaire: Sendable {
  package let id: String
  package let edition: Int
  package let title: Localized
  package let sections: [Section]
  /// One for each thing that has a value of its own: a question, or a row of a matrix.
  package let columns: [Column]

  package struct Section: Sendable {
    package let number: String
    package let title: Localized
    package let questions: [Question]
  }

  package struct Column: Sendable, Hashable {
    /// `a3`, or `a4.server` for a row of a matrix.
    package let key: String
    package let question: String
    package let row: AnswerChoice?
    package let place: Int
  }

  package struct Question: Sendable {
    package let key: String
    package let text: Localized
    package let format: AnswerFormat
    package let isRequired: Bool
    package let rows: [AnswerChoice]
    /// It is asked only where an earlier question was answered so.
    package let condition: AnswerCondition?
    /// What it is about, where answers are evidence of a checklist's item.
    package let topic: String?

    package var kind: AnswerKind { format.kind }
    package var choices: [AnswerChoice] { format.choices }

    /// What is asked in a column: the question, of a matrix with the row.
    package func words(_ column: Column) -> Localized {
      column.row.map { Localized(ja: "\(text.ja) — \($0.label.ja)", en: "\(text.en) — \($0.label.en)") } ?? text
    }

    /// Whether its answers are counted by value.
    package var isCounted: Bool { !choices.isEmpty }
  }

  package var questions: [Question] { sections.flatMap(\.questions) }

  package subscript(key: String) -> Question? { questions.first { $0.key == key } }

  package func column(_ key: String) -> Column? { columns.first { $0.key == key } }

  init(id: String, edition: Int, title: Localized, sections: [Section]) {
    self.id = id
    self.edition = edition
    self.title = title
    self.sections = sections
    var columns: [Column] = []
    for question in sections.flatMap(\.questions) {
      if question.kind == .matrix {
        for row in question.rows {
          columns.append(
            Column(key: "\(question.key).\(row.key)", question: question.key, row: row, place: columns.count)
          )
        }
      } else {
        columns.append(Column(key: question.key, question: question.key, row: nil, place: columns.count))
      }
    }
    self.columns = columns
  }

  static let yesNo = [
    AnswerChoice(key: "yes", label: Localized(ja: "はい", en: "Yes")),
    AnswerChoice(key: "no", label: Localized(ja: "いいえ", en: "No")),
    AnswerChoice(key: "unknown", label: Localized(ja: "わからない", en: "Don't know")),
  ]
}
