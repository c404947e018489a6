import ArgumentParser
import Assessment
import Nouns
import Tabular
import Text

struct AssessImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: Help.text("記入した様式（Excel）から答えを取り込む", "Take in answers from a filled-in form (Excel)")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("点検表", "The checklist"))) var pack: String
  @Option(help: AssessCommand.vendorHelp) var vendor: String?
  @Option(help: ArgumentHelp(Help.text("記録と違う答えにする理由", "Why answers differ from the records"))) var reason = ""
  @Flag(help: ArgumentHelp(Help.text("ファイルを作った後に保存された答えも置き換える", "Replace answers stored since the file was made, too")))
  var overwrite = false
  @Flag(help: ArgumentHelp(Help.text("取り込まずに、結果だけ確かめる", "Only tell what would happen"))) var check = false
  @Flag(help: "JSON") var json = false
  @Argument(help: ArgumentHelp(Help.text("ファイル", "The file"))) var file: String

  struct Result: Encodable {
    let new, changed, same, differing, kept: Int
    let newer: [String]
    let problems: [String]
  }

  func run() async throws {
    let bytes = try ImportCommand.read(file)
    let (house, checklist) = try await AssessCommand.open(place, choice, pack)
    let outcome = try await house.closing { house in try await take(bytes, checklist, house) }
    let problems = outcome.problems.map { "\(file): \($0.message(Help.language))" }
    if json {
      try Terminal.json(
        Result(
          new: outcome.new,
          changed: outcome.changed,
          same: outcome.same,
          differing: outcome.differing,
          kept: outcome.kept,
          newer: outcome.newer,
          problems: problems
        )
      )
    }
    guard problems.isEmpty else {
      throw CommandProblem.badInput(Localized(both: problems.joined(separator: "\n")))
    }
    // Answers stored since the file was made change as the others where they were to be replaced.
    let changed = outcome.changed + (overwrite ? outcome.newer.count : 0)
    Terminal.say(
      "新しい答え\(outcome.new)、変わる答え\(changed)、同じ答え\(outcome.same)、取り込み\(outcome.kept)。",
      "\(outcome.new) new, \(changed) changed, \(outcome.same) the same, \(outcome.kept) taken in."
    )
    guard outcome.newer.isEmpty || overwrite else {
      let items = outcome.newer.joined(separator: ", ")
      throw CommandProblem.needsAction(
        Localized(
          ja: "ファイルを作った後に保存された答えは置き換えていません：\(items)。置き換えるには --overwrite を付けてください。",
          en: "Answers stored since the file was made were left alone: \(items). Replace them with --overwrite."
        )
      )
    }
  }

  private func take(_ bytes: [UInt8], _ checklist: Checklist, _ house: House) async throws -> FormOutcome {
    let scope = try await house.operatorScope(AnswerChecks.self, facility: choice.facility)
    do {
      return try await AssessCommand.speaking {
        if checklist.respondent == .vendor {
          let round = try await house.assessment.vendorRound(checklist, scope.facility)
          return try await house.assessment.take(
            bytes,
            name: file,
            of: AssessCommand.vendor(vendor, round.lines),
            checklist,
            overwriting: overwrite,
            isDry: check,
            in: scope
          )
        }
        let standing = try await house.assessment.standing(checklist, scope.facility)
        return try await house.assessment.take(
          bytes,
          name: file,
          into: standing,
          asked: AssessCommand.items(of: vendor, standing, house.assessment),
          reason: reason,
          overwriting: overwrite,
          isDry: check,
          in: scope
        )
      }
    } catch let error as TabularError {
      throw CommandProblem.badInput(
        Localized(ja: "\(file)：\(error.message(.ja))", en: "\(file): \(error.message(.en))")
      )
    }
  }
}
