import ArgumentParser
import Assessment
import Foundation
import Identity
import Nouns
import Text
import Time

struct AssessExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: Help.text("様式をExcelファイルに書き出す", "Write a form to an Excel file")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("点検表", "The checklist"))) var pack: String
  @Option(help: AssessCommand.vendorHelp) var vendor: String?
  @Option(help: ArgumentHelp(Help.text("書き出すファイル（.xlsx）", "The file to write (.xlsx)"))) var out: String

  func run() async throws {
    let (house, checklist) = try await AssessCommand.open(place, choice, pack)
    let bytes = try await house.closing { house in
      let scope = try await house.operatorScope(AnswerChecks.self, facility: choice.facility)
      let hospital = try await house.identity.facilities().first { $0.id == scope.facility }?.name ?? ""
      let file: FormFile
      if checklist.respondent == .vendor {
        let round = try await house.assessment.vendorRound(checklist, scope.facility)
        let line = try AssessCommand.vendor(vendor, round.lines)
        file = Assessment.vendorFile(
          checklist,
          line,
          of: round,
          hospital: hospital,
          language: Help.language
        )
      } else {
        let standing = try await house.assessment.standing(checklist, scope.facility)
        let items = try await AssessCommand.items(of: vendor, standing, house.assessment)
        file =
          items.map { Assessment.file($0, hospital: hospital, language: Help.language) }
          ?? Assessment.file(standing, hospital: hospital, language: Help.language)
      }
      return try file.workbook(at: house.clock.now())
    }
    try AssessCommand.write(bytes, to: out)
    Terminal.say("\(out) に書き出しました。", "Written to \(out).")
  }
}
