import ArgumentParser
import Assessment
import Nouns
import Packs
import Tabular
import Text

struct AssessPackCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pack",
    abstract: Help.text("点検表のファイル：確かめる、取り込む、書き出す、確認を記録する", "Files of checklists: check, import, export, confirm"),
    subcommands: [
      AssessPackCheckCommand.self, AssessPackImportCommand.self, AssessPackExportCommand.self,
      AssessPackConfirmCommand.self, AssessPackProvableCommand.self, AssessPackSchemaCommand.self,
      AssessPackDraftCommand.self,
    ]
  )

  /// What went wrong, as a command says it.
  static func problem(_ error: any Error, _ file: String) -> any Error {
    switch error {
    case let error as PackError: CommandProblem.badInput(Localized(ja: error.japanese, en: error.description))
    case let error as DraftConflict: CommandProblem.badInput(error.text)
    case let error as OwnChecklistProblem: CommandProblem.badInput(error.text)
    case let error as TabularError:
      CommandProblem.badInput(Localized(ja: "\(file)：\(error.message(.ja))", en: "\(file): \(error.message(.en))"))
    default: error
    }
  }
}

struct AssessPackCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: Help.text("点検表のファイル（YAML）に誤りがないか確かめる", "Check a checklist (YAML) for mistakes")
  )

  @Argument(help: ArgumentHelp(Help.text("ファイル", "The file"))) var file: String

  func run() async throws {
    let text = String(decoding: try ImportCommand.read(file), as: UTF8.self)
    do throws(PackError) {
      let checklist = try OwnChecklist.check(text, file: file)
      Terminal.say(
        "「\(checklist.title.ja)」：\(checklist.items.count)項目、誤りはありません。",
        "“\(checklist.title.en)”: \(checklist.items.count) items, no mistake."
      )
      guard !checklist.pack.id.hasPrefix(OwnChecklist.prefix) else { return }
      Terminal.say(
        "取り込むときは、名前（pack）を「\(OwnChecklist.prefix)」で始めてください。",
        "To import it, let its name (pack) begin with ‘\(OwnChecklist.prefix)’."
      )
    } catch {
      throw CommandProblem.badInput(Localized(ja: error.japanese, en: error.description))
    }
  }
}
