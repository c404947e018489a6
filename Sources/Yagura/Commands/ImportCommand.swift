import ArgumentParser
import Foundation
import Intake
import Nouns
import Records
import Tabular
import Text

struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: Help.text("ファイルを台帳に取り込む", "Import a file into the ledger")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice

  @Option(
    help: ArgumentHelp(
      Help.text("種類：", "One of: ") + Capabilities.catalogue.importKinds.map(\.name).joined(separator: "|")
    )
  )
  var kind: String

  @Argument(help: ArgumentHelp(Help.text("取り込むファイル", "The file")))
  var file: String

  @Flag(help: "JSON") var json = false

  @Flag(help: ArgumentHelp(Help.text("確かめるだけで保存しない", "Only say what would happen")))
  var dryRun = false

  @Option(help: ArgumentHelp(Help.text("列の対応（JSON）", "Columns as JSON: {\"header\": \"field\"}")))
  var mapping: String?

  struct Answer: Encodable {
    let new, changed, same, skipped: Int
    let conflicting, refused: Int
    let problems: [Problem]
    let mapping: [String: String]
    let unmapped: [String]

    struct Problem: Encodable {
      let sheet: String
      let row: Int
      let column, value, reason, severity, code: String
    }
  }

  func run() async throws {
    guard let kind = Capabilities.catalogue.importKind(kind) else {
      throw CommandProblem.badInput(
        Localized(
          ja:
            "「\(kind)」という種類はありません。\(Capabilities.catalogue.importKinds.map(\.name).joined(separator: "、")) から選んでください。",
          en:
            "There is no kind “\(kind)”. Choose from \(Capabilities.catalogue.importKinds.map(\.name).joined(separator: ", "))."
        )
      )
    }
    var source = ImportSource(
      kind: kind,
      name: URL(filePath: file).lastPathComponent,
      bytes: try Self.read(file)
    )
    if let mapping { source.mapping = try Self.readMapping(mapping, kind) }
    let house = try await House.open(place.folder)
    do {
      let scope = try await house.operatorScope(ImportLedger.self, facility: choice.facility)
      let preview: ImportPreview
      do {
        preview = try await house.records.imports.preview(source, in: scope)
      } catch let error as TabularError {
        throw CommandProblem.badInput(Localized(ja: error.message(.ja), en: error.message(.en)))
      }
      guard !preview.isEmpty else { try await refuse(preview) }
      var report = Self.planned(preview)
      if !dryRun { report = try await house.records.imports.commit(preview, in: scope) }
      // The preview is large, and goes while the house closes.
      let answer = Answer(preview, report)
      await house.close()
      try tell(answer)
    } catch {
      await house.close()
      throw House.storageProblem(error, place.folder)
    }
  }

  static func read(_ path: String) throws(CommandProblem) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .badInput(Localized(ja: "ファイル \(path) を読めません。", en: "The file \(path) cannot be read."))
    }
    return Array(data)
  }

  private static func readMapping(_ path: String, _ kind: ImportKind) throws(CommandProblem) -> [String: String?] {
    guard let schema = kind.schema(in: Capabilities.catalogue) else {
      throw .badInput(
        Localized(
          ja: "この種類のファイルには列がありません。--mapping は使えません。",
          en: "Files of this kind have no columns; --mapping has no use."
        )
      )
    }
    let bytes = try read(path)
    do throws(MappingFile.Refusal) {
      return try MappingFile.read(bytes, schema: schema)
    } catch {
      throw .badInput(error.reason)
    }
  }

  /// Nothing could be imported: the JSON still says why, and the exit code is 2.
  private func refuse(_ preview: ImportPreview) async throws -> Never {
    if json { try tell(Answer(preview, Self.planned(preview))) }
    let reasons = preview.leftOut.map(\.reason)
    throw CommandProblem.badInput(
      Localized(
        ja: "取り込めるものがありませんでした。\(reasons.map(\.ja).joined(separator: " "))",
        en: "Nothing could be imported. \(reasons.map(\.en).joined(separator: " "))"
      )
    )
  }

  private static func planned(_ preview: ImportPreview) -> ImportReport {
    var report = ImportReport()
    report.skipped = preview.skipped.count
    switch preview.content {
    case .records(_, let plan, _):
      let counts = plan.counts
      report.new = counts.new
      report.changed = counts.changed
      report.same = counts.same
      report.conflicting = counts.conflicting
      report.refused = counts.refused
    case .other(_, let count, _, _): report.new = count
    }
    return report
  }

  private func tell(_ answer: Answer) throws {
    guard !json else { return try Terminal.json(answer) }
    Terminal.say(
      "新しい \(answer.new)、変更 \(answer.changed)、同じ \(answer.same)、決められない \(answer.conflicting)、取り込めない行 \(answer.refused)、読み飛ばし \(answer.skipped)",
      "new \(answer.new), changed \(answer.changed), same \(answer.same), undecided \(answer.conflicting), refused \(answer.refused), skipped \(answer.skipped)"
    )
    for problem in answer.problems where problem.severity != IntakeProblem.Severity.note.rawValue {
      print("\(problem.sheet)\t\(problem.row)\t\(problem.column)\t\(problem.value)\t\(problem.reason)")
    }
  }
}

extension ImportCommand.Answer {
  init(_ preview: ImportPreview, _ report: ImportReport) {
    let language = Help.language
    var mapping: [String: String] = [:]
    var unmapped: [String] = []
    for column in preview.mappings.flatMap(\.columns) {
      if let field = column.field { mapping[column.header] = field } else { unmapped.append(column.header) }
    }
    self.init(
      new: report.new,
      changed: report.changed,
      same: report.same,
      skipped: report.skipped,
      conflicting: report.conflicting,
      refused: report.refused,
      problems: preview.problems.map { problem in
        Problem(
          sheet: problem.sheet,
          row: problem.row,
          column: problem.column ?? "",
          value: problem.value ?? "",
          reason: problem.reason[language],
          severity: problem.severity.rawValue,
          code: problem.code
        )
      },
      mapping: mapping,
      unmapped: unmapped
    )
  }
}
