import ArgumentParser
import Assessment
import Nouns
import Text

struct AssessAuditEvidenceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evidence",
    abstract: Help.text("監査で見たものに、根拠のファイルか台帳の記録を付ける", "Attach a file or a record to what was looked at")
  )

  @OptionGroup var options: AuditOptions
  @OptionGroup var evidence: EvidenceOptions
  @Option(help: ArgumentHelp(Help.text("項目の番号（show の item）", "The item's id, by show"))) var item: String

  func run() async throws {
    let wanted = try evidence.read()
    let kept = try await options.with { assessment, scope in
      try await assessment.attach(wanted, toSampled: item, of: options.audit, in: scope.reading)
    }
    print("\(kept.id)\t\(kept.hash)\t\(kept.title)")
  }
}
