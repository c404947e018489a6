import ArgumentParser
import Assessment
import Nouns
import Text

/// Which audit of which facility a command is about.
struct AuditOptions: ParsableArguments {
  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("監査の番号", "The audit's id"))) var audit: String

  /// Runs `body` with the operator's scope, with errors as a command says them.
  func with<Value: Sendable>(
    _ body: @escaping @Sendable (Assessment, Scope<AnswerChecks>) async throws -> Value
  ) async throws -> Value {
    try await AssessAuditCommand.with(place, choice, body)
  }
}
