import ArgumentParser
import Assessment
import Identity
import Nouns
import Text

struct AssessPackExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: Help.text(
      "点検表を書き出す。.yaml なら1つ（組み込みのものも）をそのまま、ほかは自分の点検表を署名した搬送ファイル（ZIP）に",
      "Export checklists: one as it is to .yaml, also of the program, otherwise own ones as a signed bundle (ZIP)"
    )
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("点検表。何度でも書けます", "The checklist; may be given several times"))) var pack: [String]
  @Option(help: ArgumentHelp(Help.text("書き出すファイル", "The file to write"))) var out: String

  func run() async throws {
    let house = try await House.open(place.folder)
    let bytes = try await house.closing { house in
      let facility = try await house.facility(choice.facility)
      do {
        guard out.lowercased().hasSuffix(".yaml") || out.lowercased().hasSuffix(".yml") else {
          let maker = try await house.identity.facilities().first { $0.id == facility }?.name ?? ""
          return try await house.assessment.bundle(pack, maker: maker, facility)
        }
        guard pack.count == 1 else {
          throw CommandProblem.badInput(
            Localized(
              ja: "YAML に書き出せる点検表は1つだけです。いくつかをまとめるときは .zip にしてください。",
              en: "A YAML file holds one checklist. Write several to a .zip."
            )
          )
        }
        return Array(try await house.assessment.packFile(pack[0], facility).text.utf8)
      } catch {
        throw AssessPackCommand.problem(error, out)
      }
    }
    try AssessCommand.write(bytes, to: out)
    Terminal.say("\(out) に書き出しました。", "Written to \(out).")
  }
}
