import ArgumentParser
import Assessment
import Nouns
import Text

struct AssessAuditAcceptCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept",
    abstract: Help.text("理由を付けて指摘を受け入れる", "Accept a finding with a reason")
  )

  @OptionGroup var options: AuditOptions
  @Option(help: ArgumentHelp(Help.text("指摘の番号", "The finding's id"))) var finding: String
  @Option(help: ArgumentHelp(Help.text("理由", "Why"))) var reason: String

  func run() async throws {
    _ = try await options.with { assessment, scope in
      try await assessment.audits.accept(finding, of: options.audit, reason: reason, in: scope)
    }
    Terminal.say("指摘を受け入れました。", "The finding is accepted.")
  }
}
