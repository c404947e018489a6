import Nouns
import Records
import Text
import Time
import Web

/// Taking trainings oneself: what page and program do alike.
struct OwnTraining: Sendable {
  let trainings: TrainingStore
  let needs: OrganizationNeeds

  /// What one has to take and has taken.
  struct Mine: Sendable {
    /// Nil where the roster does not tell whose account it is.
    let person: TrainingPerson?
    let userName: String
    let lines: [TrainingStanding.Line]

    var open: [TrainingStanding.Line] { lines.filter { !$0.open.isEmpty } }
    var done: [TrainingStanding.Line] { lines.filter { !$0.done.isEmpty } }
  }

  static let missing = WebError.notFound(Localized(ja: "この研修", en: "This training"))

  /// The trainings that one may not take by oneself.
  static let inClass = Localized(
    ja: "この研修は集合研修です。出席は名簿で記録されます。",
    en: "This training is held in class; attendance is recorded from the list."
  )

  func mine(_ scope: Scope<SignedIn>) async throws -> Mine {
    let name = try await needs.userName(scope.facility, scope.actor.id) ?? ""
    guard case .person(let person) = try await trainings.own(name, in: scope.facility) else {
      return Mine(person: nil, userName: name, lines: [])
    }
    let own = Scope<ReadLedger>.operatorOf(scope.facility, as: scope.actor, request: scope.request)
    let start = try await needs.fiscalYearStart(scope.facility)
    let all = try await trainings.thisYears(startMonth: start, in: own)
    let standing = try await trainings.standing(of: person, all, in: scope.facility)
    return Mine(person: person, userName: name, lines: standing.lines.filter { !$0.asked.isEmpty })
  }

  /// One of them. Throws a page that is not there for a training that asks others.
  func line(
    _ id: String,
    _ scope: Scope<SignedIn>
  ) async throws -> (
    line: TrainingStanding.Line, person: TrainingPerson
  ) {
    let mine = try await mine(scope)
    guard let person = mine.person, let line = mine.lines.first(where: { $0.id == id }) else { throw Self.missing }
    return (line, person)
  }

  enum Outcome: Sendable {
    /// Nothing is on record while a question is open.
    case unanswered([TrainingQuestion])
    case done(correct: Int, asked: Int)
    /// It was on record before.
    case again
  }

  /// Marks what was chosen and puts on record that one took it.
  func complete(
    _ line: TrainingStanding.Line,
    by person: TrainingPerson,
    _ typed: (TrainingQuestion) -> String?,
    in scope: Scope<SignedIn>
  ) async throws -> Outcome {
    let questions = try await trainings.questions(of: line.id, in: scope.facility)
    let chosen = TrainingQuestion.read(typed, questions)
    guard let correct = TrainingQuestion.correct(chosen, questions) else {
      return .unanswered(zip(chosen, questions).compactMap { $0 == nil ? $1 : nil })
    }
    let result = questions.isEmpty ? nil : (correct: correct, asked: questions.count)
    let isNew = try await trainings.complete(
      line.training,
      by: person,
      result: result,
      answers: TrainingAnswers(chosen, questions),
      in: scope
    )
    return isNew ? .done(correct: correct, asked: questions.count) : .again
  }
}

/// What somebody who has not taken a training is told.
package struct TrainingReminder: Sendable, Hashable {
  package let account: String
  package let training: String
  package let title: String
  package let due: LocalDate
  package let link: String
}
