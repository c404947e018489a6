import ArgumentParser
import Assessment
import Nouns
import Text
import Time

struct AssessEvidenceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evidence",
    abstract: Help.text("答えの根拠：一覧、付ける", "Evidence of answers: list, add"),
    subcommands: [AssessEvidenceListCommand.self, AssessEvidenceAddCommand.self]
  )
}

struct AssessEvidenceListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Help.text("いまの回に付けた根拠を、指紋と有効期限と一緒に出す", "Print the evidence of the round of today with hashes")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("点検表", "The checklist"))) var pack: String
  @Flag(help: "JSON") var json = false

  struct Line: Encodable {
    let id, item, kind, title, sha256, datedOn, goodUntil: String
  }

  func run() async throws {
    let lines = try await AssessCommand.with(place, choice, pack) { assessment, checklist, scope in
      try await assessment.evidence(checklist, scope.facility).map { kept in
        Line(
          id: kept.id,
          item: kept.item,
          kind: kept.kind.rawValue,
          title: kept.title,
          sha256: kept.hash,
          datedOn: kept.datedOn.iso,
          goodUntil: kept.goodUntil.iso
        )
      }
    }
    if json { return try Terminal.json(lines) }
    for line in lines { print("\(line.id)\t\(line.item)\t\(line.goodUntil)\t\(line.sha256)\t\(line.title)") }
  }
}

struct AssessEvidenceAddCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: Help.text("答えにファイルか台帳の記録を根拠として付け、番号と指紋を出す", "Attach a file or a record to an answer; prints id and hash")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @OptionGroup var evidence: EvidenceOptions
  @Option(help: ArgumentHelp(Help.text("点検表", "The checklist"))) var pack: String
  @Option(help: ArgumentHelp(Help.text("項目の番号", "The item"))) var item: String

  func run() async throws {
    let wanted = try evidence.read()
    let kept = try await AssessCommand.with(place, choice, pack) { assessment, checklist, scope in
      guard let found = checklist[item] else { throw AssessCommand.noItem(item) }
      return try await assessment.attach(wanted, to: found, of: checklist, in: scope)
    }
    print("\(kept.id)\t\(kept.hash)\t\(kept.title)")
  }
}
