import Journal
import Nouns
import Records
import SQL
import Sealing
import Time

extension PollStore {
  /// What an import of answers would do or did.
  package struct Imported: Sendable, Hashable {
    package let added: Int
    package let replaced: Int
  }

  /// Takes answers from a file, all or none. Whoever answered already is left alone and told of, unless `replacing` says
  /// otherwise; of what is only counted nothing can be replaced. Throws `SurveyProblem`.
  func take(
    _ lines: [(respondent: Respondent, answers: SurveyAnswers)],
    _ survey: Survey,
    round: String,
    replacing: Bool,
    in scope: Scope<AnswerChecks>
  ) async throws -> Imported {
    let (key, now, entry) = (survey.facility.rawValue, clock.now(), ids.next())
    let isNamed = survey.naming == .named
    let fresh = lines.map { _ in isNamed ? ids.next() : chanceID() }
    return try await database.write(.facility(key)) { tx in
      guard try Self.find(survey.id, survey.facility, in: tx).state == .open else { throw SurveyProblem.closed }
      let again = try Self.finished(lines, survey, round, in: tx)
      if !again.isEmpty {
        guard isNamed else { throw SurveyProblem.alreadySent }
        guard replacing else { throw SurveyProblem.answeredBefore }
      }
      for line in again {
        try tx.run(
          """
          DELETE FROM poll_response WHERE facility = \(key) AND survey = \(survey.id) AND round = \(round)
            AND respondent = \(line.respondent.id)
          """
        )
      }
      for line in lines {
        try tx.run(
          """
          INSERT INTO poll_participation (facility, survey, round, respondent, state, draft, version)
          VALUES (\(key), \(survey.id), \(round), \(line.respondent.id), 'answered',
            \(isNamed ? line.answers.packed : ""), 1)
          ON CONFLICT (facility, survey, round, respondent) DO UPDATE SET state = excluded.state,
            draft = excluded.draft, holder = NULL, version = poll_participation.version + 1
          """
        )
      }
      try tx.insert(
        into: "poll_response",
        columns: [
          "facility", "survey", "round", "id", "respondent", "stratum", "answers", "answered_by", "answered_at",
        ],
        rows: lines.indices.map { index in
          [
            .text(key), .text(survey.id), .text(round), .text(fresh[index]),
            isNamed ? .text(lines[index].respondent.id) : .null, .text(lines[index].respondent.stratum),
            .text(lines[index].answers.packed), isNamed ? .text(scope.actor.name) : .null,
            isNamed ? .integer(now.milliseconds) : .null,
          ]
        }
      )
      try tx.record([
        JournalEntry(
          by: scope,
          id: entry,
          at: now,
          kind: "survey.imported",
          of: ("survey", survey.id, survey.title),
          changes: [FieldChange(field: "answers", from: nil, to: String(lines.count))]
        )
      ])
      return Imported(added: lines.count - again.count, replaced: again.count)
    }
  }

  /// The lines of those who have finished already.
  private static func finished(
    _ lines: [(respondent: Respondent, answers: SurveyAnswers)],
    _ survey: Survey,
    _ round: String,
    in tx: any Transaction
  ) throws -> [(respondent: Respondent, answers: SurveyAnswers)] {
    let finished = Set(
      try tx.rows(
        """
        SELECT respondent FROM poll_participation WHERE facility = \(survey.facility.rawValue) AND survey = \(survey.id)
          AND round = \(round) AND state IN ('answered', 'notConcerned')
        """
      ).map { try $0.text("respondent") }
    )
    return lines.filter { finished.contains($0.respondent.id) }
  }
}
