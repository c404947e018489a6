import ArgumentParser
import Assessment
import Identity
import Nouns
import Text

struct AssessPackExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: Help.text(
      "自分の点検表を書き出す。.yaml なら1つをそのまま、ほかは署名した搬送ファイル（ZIP）",
      "Export own checklists: one as it is to .yaml, otherwise a signed bundle (ZIP)"
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
        guard let own = try await house.assessment.own(pack[0], facility) else {
          throw OwnChecklistProblem.notFound(pack[0])
        }
        return Array(own.source.utf8)
      } catch {
        throw AssessPackCommand.problem(error, out)
      }
    }
    try AssessCommand.write(bytes, to: out)
    Terminal.say("\(out) に書き出しました。", "Written to \(out).")
  }
}
