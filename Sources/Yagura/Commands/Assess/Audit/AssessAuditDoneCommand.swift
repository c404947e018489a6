import ArgumentParser
import Assessment
import Nouns
import Text

struct AssessAuditDoneCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "done",
    abstract: Help.text("是正処置の完了を記録する", "Record that the corrective action is done")
  )

  @OptionGroup var options: AuditOptions
  @Option(help: ArgumentHelp(Help.text("指摘の番号", "The finding's id"))) var finding: String
  @Option(help: ArgumentHelp(Help.text("何をしたか", "What was done"))) var note: String

  func run() async throws {
    _ = try await options.with { assessment, scope in
      try await assessment.audits.finish(finding, of: options.audit, note: note, in: scope)
    }
    Terminal.say("完了を記録しました。監査人が確かめます。", "Recorded as done. An auditor looks.")
  }
}
