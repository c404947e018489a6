import Journal
import Nouns
import Records
import SQL
import Text
import Time

extension Assessment {
  /// How those who have not answered are reminded.
  package enum ReminderWay: String, Sendable, CaseIterable {
    /// By the facility's post, those whose mail address is known.
    case mail
    /// They were told otherwise; it is only noted.
    case noted
  }

  /// What came of reminding.
  package struct Reminded: Sendable, Hashable {
    package let mailed: Int
    package let noted: Int
    /// Those who were to get a mail and have no address.
    package let withoutMail: Int
  }

  /// Those whom no message of this installation reaches and who have not finished this round, with what to write to each:
  /// who was asked by a list, and departments in which nobody has an account. `origin` is what the addresses of pages begin
  /// with where the settings of mail do not say it.
  package func reminders(_ survey: Survey, origin: String) async throws -> [SurveyReminder] {
    guard survey.state == .open else { return [] }
    let set = try await needs.mailing(survey.facility) ?? ""
    let (base, sender, day) = (set.isEmpty ? origin : set, try await facilityName(survey.facility), today)
    let answering = Set(try await needs.answering(survey.facility))
    return try await surveys.standings(survey, round: survey.round(on: day)).filter { standing in
      guard !standing.progress.isFinished else { return false }
      return standing.respondent.isOutside || standing.respondent.department.map { !answering.contains($0) } ?? false
    }.map { SurveyReminder(survey, $0, base: base, sender: sender, today: day) }
  }

  /// Reminds those with the ids, all of them where `chosen` is nil. Throws `SurveyProblem`.
  package func remind(
    _ survey: Survey,
    _ chosen: Set<String>?,
    _ way: ReminderWay,
    origin: String,
    _ language: Language,
    in scope: Scope<AnswerChecks>
  ) async throws -> Reminded {
    guard survey.state == .open else { throw SurveyProblem.closed }
    let all = try await reminders(survey, origin: origin).filter { chosen?.contains($0.respondent.id) ?? true }
    guard way == .mail else {
      try await surveys.noteReminded(all.map(\.respondent.id), survey, way, in: scope)
      return Reminded(mailed: 0, noted: all.count, withoutMail: 0)
    }
    guard let set = try await needs.mailing(survey.facility) else { throw SurveyProblem.noRelay }
    guard !set.isEmpty || !origin.isEmpty else { throw SurveyProblem.noAddress }
    let reached = all.filter { $0.mailbox != nil }
    let mails = reached.compactMap { reminder in
      reminder.mailbox.map {
        AssessmentNeeds.Mail(recipient: $0, subject: reminder.subject[language], text: reminder.text[language] + "\n")
      }
    }
    // Noted once they are in line: what is noted and never went would be silence.
    guard try await needs.post(mails, survey.facility) else { throw SurveyProblem.noRelay }
    try await surveys.noteReminded(reached.map(\.respondent.id), survey, way, in: scope)
    return Reminded(mailed: mails.count, noted: 0, withoutMail: all.count - mails.count)
  }
}

extension PollStore {
  /// Keeps that those with the ids were reminded today.
  func noteReminded(
    _ ids: [String],
    _ survey: Survey,
    _ way: Assessment.ReminderWay,
    in scope: Scope<AnswerChecks>
  ) async throws {
    guard !ids.isEmpty else { return }
    let (key, now, entry) = (scope.facility.rawValue, clock.now(), self.ids.next())
    try await database.write(.facility(key)) { tx in
      for id in ids {
        try tx.run(
          """
          UPDATE poll_respondent SET reminded_on = \(now.day)
          WHERE facility = \(key) AND survey = \(survey.id) AND id = \(id)
          """
        )
      }
      try tx.record([
        JournalEntry(
          by: scope,
          id: entry,
          at: now,
          kind: "survey.reminded",
          of: ("survey", survey.id, survey.title),
          changes: [FieldChange(field: way.rawValue, from: nil, to: String(ids.count))]
        )
      ])
    }
  }
}
