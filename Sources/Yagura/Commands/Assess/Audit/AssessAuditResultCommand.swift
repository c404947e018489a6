import ArgumentParser
import Assessment
import Nouns
import Records
import Text

struct AssessAuditResultCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "result",
    abstract: Help.text("見た項目の結果を記録する。不適合なら指摘ができる", "Record a result; a nonconformity makes a finding"),
    discussion: Help.text(
      "外部の監査人の結果だけを記録できます。院内の監査人は、画面かAPIで本人が記録します。番号は show で分かります。",
      "For auditors from outside. Those of the hospital record in person, on the page or over the API. Ids: see show."
    )
  )

  @OptionGroup var options: AuditOptions
  @Option(help: ArgumentHelp(Help.text("項目の番号（show の item）", "The item's id, by show"))) var item: String
  @Option(help: ArgumentHelp(Help.text("監査人の番号", "The auditor's id"))) var auditor: String
  @Option(help: "conforms | observation | minor | major") var result: String
  @Option(help: ArgumentHelp(Help.text("何を見て判断したか", "What was seen"))) var seen: String
  @Option(help: ArgumentHelp(Help.text("どこが求めと違うか", "What differs from what is required"))) var note = ""
  @Option(help: ArgumentHelp(Help.text("指摘を取り下げる理由（不適合でなくなるとき）", "Why its finding is withdrawn, where there is one")))
  var withdrawnReason = ""

  func run() async throws {
    guard let result = SampledItem.Result(rawValue: result) else {
      let all = SampledItem.Result.allCases.map(\.rawValue).joined(separator: ", ")
      throw CommandProblem.badInput(
        Localized(ja: "--result は \(all) のどれかです。", en: "--result is one of \(all).")
      )
    }
    let findings = try await options.with { assessment, scope in
      var outcome = AuditStore.Outcome()
      outcome.auditor = auditor
      outcome.result = result
      outcome.seen = seen
      outcome.note = note
      outcome.withdrawal = withdrawnReason
      _ = try await assessment.audits.record(outcome, item, of: options.audit, in: scope)
      return try await assessment.audits.find(options.audit, scope.facility).findings
    }
    Terminal.say("結果を記録しました。", "The result is recorded.")
    for finding in findings where finding.row.text("sample") == item { print(finding.id) }
  }
}
