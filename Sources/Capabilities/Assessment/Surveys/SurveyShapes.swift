import Text
import Web

extension Survey {
  /// As programs and the command line are told of it.
  package static let shape = JSONShape<Survey>([
    .text("id") { $0.id }, .text("title") { $0.title },
    .choice("naming", Survey.Naming.allCases.map(\.rawValue)) { $0.naming.rawValue },
    .choice("cycle", Survey.Cycle.allCases.map(\.rawValue)) { $0.cycle.rawValue },
    .flag("open") { $0.state == .open }, .day("due") { $0.due }, .instant("createdAt") { $0.createdAt },
  ])
}

/// One who is asked, with how far it is and the address of its link.
package struct RespondentStanding: Sendable {
  package let respondent: Respondent
  package let progress: SurveyProgress
  /// The path of the link; whoever has it answers for this one.
  package var address: String { SurveyPath.answer(respondent.token) }

  package static let shape = JSONShape<RespondentStanding>([
    .text("id") { $0.respondent.id }, .text("name") { $0.respondent.name }, .text("stratum") { $0.respondent.stratum },
    .maybe("answerer") { $0.respondent.answerer }, .maybe("contact") { $0.respondent.contact },
    .choice("state", SurveyProgress.allCases.map(\.rawValue)) { $0.progress.rawValue },
    .text("address") { $0.address },
  ])
}

extension PollStore {
  /// Everybody who is asked, as far as they are in a round.
  package func standings(_ survey: Survey, round: String) async throws -> [RespondentStanding] {
    let progress = try await progress(survey, round: round)
    return try await respondents(survey).map {
      RespondentStanding(respondent: $0, progress: progress[$0.id] ?? .silent)
    }
  }
}

extension PollStore.Asked {
  /// As programs and the command line are told of it.
  package static let shape = JSONShape<PollStore.Asked>([
    .text("id") { $0.survey.id }, .text("title") { $0.survey.title },
    .choice("naming", Survey.Naming.allCases.map(\.rawValue)) { $0.survey.naming.rawValue },
    .flag("open") { $0.survey.state == .open }, .day("due") { $0.survey.due }, .text("name") { $0.respondent.name },
    .text("stratum") { $0.respondent.stratum },
  ])
}
