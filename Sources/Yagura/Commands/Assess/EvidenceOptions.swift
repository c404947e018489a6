import ArgumentParser
import Assessment
import Text
import Time

/// Evidence as commands take it: a file, or the address of a record.
struct EvidenceOptions: ParsableArguments {
  @Option(help: ArgumentHelp(Help.text("ファイル（20MBまで）", "A file of at most 20 MB"))) var file: String?
  @Option(help: ArgumentHelp(Help.text("台帳の記録の場所（/ledger/…）", "The address of a record, /ledger/…"))) var record:
    String?
  @Option(help: "document | minutes | photograph") var kind = Attachment.Kind.document.rawValue
  @Option(help: ArgumentHelp(Help.text("根拠の日付（年-月-日）。書かなければ今日", "The day it speaks of, YYYY-MM-DD; today without")))
  var dated: String?
  @Option(help: ArgumentHelp(Help.text("説明", "A note"))) var note = ""

  /// Throws `CommandProblem.badInput`.
  func read() throws -> Assessment.Evidence {
    let day = try AssessCommand.day(dated, "--dated")
    switch (file, record) {
    case (let file?, nil):
      guard let kind = Attachment.Kind(rawValue: kind), kind != .page else {
        throw CommandProblem.badInput(
          Localized(
            ja: "--kind は document、minutes、photograph のどれかです。",
            en: "--kind is document, minutes or photograph."
          )
        )
      }
      let name = file.split(separator: "/").last.map(String.init) ?? file
      return Assessment.Evidence(kind, file: (try ImportCommand.read(file), name), datedOn: day, note: note)
    case (nil, let record?): return Assessment.Evidence(.page, link: record, datedOn: day, note: note)
    default:
      throw CommandProblem.badInput(
        Localized(ja: "--file か --record のどちらか1つを付けてください。", en: "Give either --file or --record, one of them.")
      )
    }
  }
}
