import ArgumentParser
import Foundation
import Nouns
import Records
import Text

struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: Help.text("台帳をファイルに書き出す", "Export a ledger to a file")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice

  @Option(help: ArgumentHelp(Help.text("種類（assets、connections、people など）", "assets, connections, people …")))
  var kind: String

  @Option(help: "xlsx|csv|json")
  var format: String = "xlsx"

  @Argument(help: ArgumentHelp(Help.text("書き出すファイル", "The file to write")))
  var file: String

  func run() async throws {
    guard let kind = Capabilities.catalogue.importKind(kind)?.kind else {
      throw CommandProblem.badInput(
        Localized(ja: "「\(kind)」という台帳はありません。", en: "There is no ledger “\(kind)”.")
      )
    }
    guard let format = RecordExport.Format(rawValue: format) else {
      throw CommandProblem.badInput(
        Localized(ja: "形式は xlsx、csv、json のどれかです。", en: "The format is xlsx, csv or json.")
      )
    }
    let house = try await House.open(place.folder)
    do {
      let scope = try await house.operatorScope(ReadLedger.self, facility: choice.facility)
      let made = try await house.records.exports.file(kind, as: format, in: scope)
      try Data(made.bytes).write(to: URL(filePath: file), options: .atomic)
      await house.close()
    } catch let error as CocoaError {
      await house.close()
      throw CommandProblem.couldNotRun(
        Localized(
          ja: "\(file) に書き込めません（\(error.localizedDescription)）。",
          en: "\(file) cannot be written (\(error.localizedDescription))."
        )
      )
    } catch {
      await house.close()
      throw House.storageProblem(error, place.folder)
    }
  }
}
