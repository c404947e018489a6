import Records
import Text

/// One check question of a training. Pure.
package struct TrainingQuestion: Sendable, Hashable, Identifiable {
  package let id: String
  /// Its number within the training.
  package let position: String
  package let text: String
  package let choices: [String]
  /// Counted from 0.
  package let right: Int
  package let explanation: String

  /// More are not asked: two minutes at a ward's terminal.
  package static let most = 10
  static let mostChoices = 8

  /// Nil for a record that is no question: fewer than two choices, or no right one among them.
  package init?(_ record: Record) {
    guard let text = record.known("question"), let choices = record.known("choices"),
      let answer = record.known("answer")
    else { return nil }
    let lines = choices.split(whereSeparator: \.isNewline).map { Width.trimmed(String($0)) }.filter { !$0.isEmpty }
    guard (2...Self.mostChoices).contains(lines.count), let number = Int(answer), lines.indices.contains(number - 1)
    else { return nil }
    id = record.id
    position = record.known("position") ?? ""
    self.text = text
    self.choices = lines
    right = number - 1
    explanation = record.known("explanation") ?? ""
  }

  /// The name of its field in a form.
  package var field: String { "q-\(id)" }

  /// Its text for a message that names it.
  var short: String { text.count > 60 ? String(text.prefix(60)) + "…" : text }

  /// What was chosen, counted from 0, of answers as a record keeps them; nil where there is none, or none any more.
  package func chosen(in answers: TrainingAnswers) -> Int? {
    answers.chosen[position].flatMap { choices.indices.contains($0) ? $0 : nil }
  }

  /// What was chosen by question, counted from 0; nil for a question that is not answered, or with a choice there is none of.
  package static func read(_ typed: (TrainingQuestion) -> String?, _ questions: [TrainingQuestion]) -> [Int?] {
    questions.map { question in
      typed(question).flatMap(Int.init).flatMap { question.choices.indices.contains($0) ? $0 : nil }
    }
  }

  /// How many are right; nil while one is not answered.
  package static func correct(_ chosen: [Int?], _ questions: [TrainingQuestion]) -> Int? {
    guard chosen.count == questions.count, !chosen.contains(nil) else { return nil }
    return zip(chosen, questions).count { $0 == $1.right }
  }
}

/// What somebody chose, by the number of the question, counted from 0. A record keeps it as people read it: one line a
/// question, its number and the choice counted from 1.
package struct TrainingAnswers: Sendable, Hashable {
  package let chosen: [String: Int]

  package init(_ chosen: [Int?], _ questions: [TrainingQuestion]) {
    self.chosen = Dictionary(
      zip(questions, chosen).compactMap { question, choice in choice.map { (question.position, $0) } },
      uniquingKeysWith: { first, _ in first }
    )
  }

  package init(reading text: String) {
    chosen = Dictionary(
      text.split(whereSeparator: \.isNewline).compactMap { line in
        guard let colon = line.lastIndex(of: ":"),
          let choice = Int(Width.trimmed(String(line[line.index(after: colon)...])))
        else { return nil }
        return (Width.trimmed(String(line[..<colon])), choice - 1)
      },
      uniquingKeysWith: { first, _ in first }
    )
  }

  package var text: String {
    chosen.sorted { NaturalOrder.isBefore($0.key, $1.key) }.map { "\($0.key): \($0.value + 1)" }.joined(separator: "\n")
  }
}
