import ArgumentParser
import Assessment
import Nouns
import Text

/// Which vendor's form of the round of today a command is about.
struct VendorFormOptions: ParsableArguments {
  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("点検表", "The checklist"))) var pack: String
  @Option(help: ArgumentHelp(Help.text("事業者の番号か名前", "Id or name of the vendor"))) var vendor: String

  /// Runs `body` with the form, with errors as a command says them. Answers the vendor's name and what `body` does.
  func with<Value: Sendable>(
    _ body: @escaping @Sendable (Assessment, Checklist, VendorStanding, Scope<AnswerChecks>) async throws -> Value
  ) async throws -> (name: String, value: Value) {
    try await AssessCommand.with(place, choice, pack, by: .vendor) { assessment, checklist, scope in
      let round = try await assessment.vendorRound(checklist, scope.facility)
      let line = try AssessCommand.vendor(vendor, round.lines)
      return (line.vendor.name, try await body(assessment, checklist, line, scope))
    }
  }
}
