import ArgumentParser
import Assessment
import Identity
import Nouns
import Tabular
import Text

struct AssessOfficialCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "official",
    abstract: Help.text("公式の様式（Excel）を取り込み、記入して書き出す", "Load the official form (Excel) and write it filled in"),
    subcommands: [AssessOfficialLoadCommand.self, AssessOfficialFillCommand.self]
  )
}

struct AssessOfficialLoadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "load",
    abstract: Help.text("公式の様式を取り込む", "Load the official form")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("点検表", "The checklist"))) var pack: String
  @Flag(help: ArgumentHelp(Help.text("公表されたファイルとの違いを確かめたので取り込む", "Load it though it differs from the published file")))
  var certain = false
  @Argument(help: ArgumentHelp(Help.text("ファイル", "The file"))) var file: String

  func run() async throws {
    let bytes = try ImportCommand.read(file)
    let (house, checklist) = try await AssessCommand.open(place, choice, pack)
    try await house.closing { house in
      let scope = try await house.operatorScope(AnswerChecks.self, facility: choice.facility)
      let name = file.split(separator: "/").last.map(String.init) ?? file
      do {
        let form = try await house.assessment.load(bytes, name: name, for: checklist, isCertain: certain, in: scope)
        Terminal.say(
          "公式の様式を取り込みました：\(form.wording.count)項目、SHA-256 \(form.hash)",
          "The official form is loaded: \(form.wording.count) items, SHA-256 \(form.hash)"
        )
        if !form.absent.isEmpty || !form.unknown.isEmpty {
          Terminal.say(
            "様式にない番号：\(form.absent.joined(separator: "、"))　点検表にない番号：\(form.unknown.joined(separator: "、"))",
            "Not in the form: \(form.absent.joined(separator: ", ")); not in the checklist: \(form.unknown.joined(separator: ", "))"
          )
        }
        if !form.absentColumns.isEmpty {
          Terminal.say(
            "様式に見つからない欄：\(form.absentColumns.map(\.ja).joined(separator: "、"))",
            "Columns that are not in the form: \(form.absentColumns.map(\.en).joined(separator: ", "))"
          )
        }
      } catch let error as TabularError {
        throw CommandProblem.badInput(
          Localized(ja: "\(file)：\(error.message(.ja))", en: "\(file): \(error.message(.en))")
        )
      } catch let doubt as OfficialDoubt {
        throw CommandProblem.badInput(
          Localized(
            ja: doubt.reasons.map { "\(file)：\($0.message(.ja))" }.joined(separator: "\n"),
            en: doubt.reasons.map { "\(file): \($0.message(.en))" }.joined(separator: "\n")
          )
        )
      }
    }
  }
}

struct AssessOfficialFillCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fill",
    abstract: Help.text("公式の様式に答えを記入して書き出す", "Write the official form with the answers filled in")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("点検表", "The checklist"))) var pack: String
  @Option(help: ArgumentHelp(Help.text("事業者の番号か名前（事業者確認用）", "Id or name of the vendor (vendors' forms)"))) var vendor:
    String?
  @Option(help: ArgumentHelp(Help.text("書き出すファイル（.xlsx）", "The file to write (.xlsx)"))) var out: String

  func run() async throws {
    let (house, checklist) = try await AssessCommand.open(place, choice, pack)
    let bytes = try await house.closing { house -> [UInt8]? in
      let scope = try await house.operatorScope(AnswerChecks.self, facility: choice.facility)
      do {
        if checklist.respondent == .vendor {
          let round = try await house.assessment.vendorRound(checklist, scope.facility)
          let line = try AssessCommand.vendor(vendor, round.lines)
          return try await house.assessment.filledForm(checklist, line, scope.facility)
        }
        let hospital = try await house.identity.facilities().first { $0.id == scope.facility }?.name ?? ""
        let standing = try await house.assessment.standing(checklist, scope.facility)
        return try await house.assessment.filledForm(standing, hospital: hospital)
      } catch let error as TabularError {
        throw CommandProblem.badInput(Localized(ja: error.message(.ja), en: error.message(.en)))
      }
    }
    guard let bytes else {
      throw CommandProblem.badInput(
        Localized(
          ja: "公式の様式を取り込んでいません。yagura assess official load で取り込んでください。",
          en: "No official form is loaded. Load it with yagura assess official load."
        )
      )
    }
    try AssessCommand.write(bytes, to: out)
    Terminal.say("\(out) に書き出しました。", "Written to \(out).")
  }
}
