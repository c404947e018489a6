import Nouns
import Tabular
import Text
import Time

extension Assessment {
  /// Takes answers from the bytes of a CSV or Excel file. Throws `SurveyFile.Faults` (as `SurveyFaults` for commands),
  /// `SurveyProblem` and `TabularError`.
  func takeAnswers(
    _ bytes: [UInt8],
    name: String,
    _ survey: Survey,
    round: String,
    replacing: Bool,
    in scope: Scope<AnswerChecks>
  ) async throws -> PollStore.Imported {
    let book = try TableReader.read(bytes, name: name)
    let lines = try SurveyFile(today: today).answers(book, survey, try await surveys.respondents(survey))
    return try await surveys.take(lines, survey, round: round, replacing: replacing, in: scope)
  }

  /// Those who are asked without a list of their own.
  package enum Whom: String, Sendable, CaseIterable {
    /// The departments of the facility that asks.
    case departments
    /// Every facility of the installation.
    case facilities
  }

  func members(_ whom: Whom, _ facility: FacilityID) async throws -> [SurveyDraft.Member] {
    switch whom {
    case .departments:
      try await needs.departments(facility).map {
        SurveyDraft.Member(name: $0.name, stratum: "", department: $0.id)
      }
    case .facilities:
      try await needs.facilities().map {
        SurveyDraft.Member(
          name: $0.name,
          stratum: $0.beds.map { BedClass(beds: $0).rawValue } ?? "",
          partner: $0.id.rawValue
        )
      }
    }
  }

  /// Who is asked, for the command line.
  package enum Asking: Sendable {
    case list([UInt8], name: String)
    case all(Whom)
  }

  /// Opens a survey from files, for the command line. Throws what `SurveyDraft` and the readers of files throw;
  /// `surveyWords` puts it into words.
  package func openSurvey(
    title: String,
    source: String,
    file: String,
    naming: Survey.Naming,
    cycle: Survey.Cycle,
    due: LocalDate?,
    population: Int?,
    asking: Asking,
    in scope: Scope<AnswerChecks>
  ) async throws -> String {
    let asked =
      switch asking {
      case .list(let bytes, let name): try SurveyFile(today: today).members(try TableReader.read(bytes, name: name))
      case .all(let whom): try await members(whom, scope.facility)
      }
    let draft = try SurveyDraft(
      title: title,
      source: source,
      file: file,
      naming: naming,
      cycle: cycle,
      due: due ?? Month(containing: today).last,
      population: population,
      members: asked
    )
    return try await surveys.open(draft, in: scope)
  }

  /// Takes answers from a file, for the command line; `round` nil for that of today.
  package func importAnswers(
    _ bytes: [UInt8],
    name: String,
    survey id: String,
    round: String?,
    replacing: Bool,
    in scope: Scope<AnswerChecks>
  ) async throws -> PollStore.Imported {
    let survey = try await surveys.find(id, scope.facility)
    return try await takeAnswers(
      bytes,
      name: name,
      survey,
      round: round ?? survey.round(on: today),
      replacing: replacing,
      in: scope
    )
  }

  /// An error of surveys in words for the command line, nil for any other.
  package static func surveyWords(_ error: any Error) -> Localized? {
    switch error {
    case let faults as SurveyFile.Faults:
      Localized(
        ja: faults.list.map(\.words.ja).joined(separator: "\n"),
        en: faults.list.map(\.words.en).joined(separator: "\n")
      )
    case SurveyProblem.answeredBefore:
      Localized(
        ja: "\(SurveyProblem.answeredBefore.text.ja)ファイルの答えに置き換えるなら、--replace を付けてください。",
        en: "\(SurveyProblem.answeredBefore.text.en) To replace their answers by the file, add --replace."
      )
    case let problem as SurveyProblem: problem.text
    case let problems as AnswerProblems:
      Localized(
        ja: problems.list.map(\.text.ja).joined(separator: "\n"),
        en: problems.list.map(\.text.en).joined(separator: "\n")
      )
    case let error as TabularError: error.text
    default: nil
    }
  }
}
