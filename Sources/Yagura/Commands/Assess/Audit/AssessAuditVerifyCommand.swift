import ArgumentParser
import Assessment
import Nouns
import Text

struct AssessAuditVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: Help.text("是正処置を確かめた結果を記録する", "Record that an auditor looked whether the action helped"),
    discussion: Help.text(
      "外部の監査人の確認だけを記録できます。--not-effective を付けると処置中に戻ります。",
      "For auditors from outside. With --not-effective the action is to be done anew."
    )
  )

  @OptionGroup var options: AuditOptions
  @Option(help: ArgumentHelp(Help.text("指摘の番号", "The finding's id"))) var finding: String
  @Option(help: ArgumentHelp(Help.text("監査人の番号", "The auditor's id"))) var auditor: String
  @Option(help: ArgumentHelp(Help.text("何を見て確かめたか", "What was looked at"))) var note: String
  @Flag(help: ArgumentHelp(Help.text("効果がなかった", "It did not help"))) var notEffective = false

  func run() async throws {
    _ = try await options.with { assessment, scope in
      try await assessment.audits.verify(
        finding,
        of: options.audit,
        auditor: auditor,
        isEffective: !notEffective,
        note: note,
        in: scope
      )
    }
    Terminal.say("確認を記録しました。", "The verification is on record.")
  }
}
