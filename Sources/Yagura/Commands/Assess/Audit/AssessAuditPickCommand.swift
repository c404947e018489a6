import ArgumentParser
import Assessment
import Nouns
import Text

struct AssessAuditPickCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pick",
    abstract: Help.text("見る項目（番号）や記録（/ledger/ で始まる場所）を加える", "Add items by number, or records by address")
  )

  @OptionGroup var options: AuditOptions
  @Argument(help: ArgumentHelp(Help.text("項目の番号か、記録の場所", "Numbers of items, or addresses of records"))) var items:
    [String]

  func run() async throws {
    _ = try await options.with { assessment, scope in
      let found = try await assessment.audits.find(options.audit, scope.facility)
      return try await assessment.audits.pick(
        options.audit,
        try await assessment.auditChoice(items, of: found, in: scope),
        from: try await assessment.auditItems(found, scope.facility),
        in: scope
      )
    }
    Terminal.say("見る項目に加えました。", "Added to what is looked at.")
  }
}
