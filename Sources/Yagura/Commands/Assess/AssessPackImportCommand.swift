import ArgumentParser
import Assessment
import Nouns
import Packs
import Text

struct AssessPackImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: Help.text(
      "自分の点検表（YAML か搬送ファイル）を取り込む",
      "Import own checklists: a YAML file or a signed bundle"
    )
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Flag(help: "JSON") var json = false
  @Argument(help: ArgumentHelp(Help.text("ファイル", "The file"))) var file: String

  struct Line: Encodable {
    let id: String
    let edition: Int
    let new: Bool
    let items: Int
  }

  func run() async throws {
    let bytes = try ImportCommand.read(file)
    let house = try await House.open(place.folder)
    let name = file.split(separator: "/").last.map(String.init) ?? file
    let loaded = try await house.closing { house in
      let scope = try await house.operatorScope(AnswerChecks.self, facility: choice.facility)
      do {
        return try await house.assessment.load(bytes, name: name, in: scope)
      } catch {
        throw AssessPackCommand.problem(error, file)
      }
    }
    if json {
      return try Terminal.json(
        loaded.map { checklist, isNew in
          Line(id: checklist.id, edition: checklist.pack.edition, new: isNew, items: checklist.items.count)
        }
      )
    }
    for (checklist, isNew) in loaded {
      guard isNew else {
        Terminal.say("\(checklist.id) は同じ内容で入っています。", "\(checklist.id) is there already, word for word.")
        continue
      }
      Terminal.say(
        "「\(checklist.title.ja)」（\(checklist.id)、\(checklist.items.count)項目）を取り込みました。未検証です。",
        "“\(checklist.title.en)” (\(checklist.id), \(checklist.items.count) items) is loaded. It is not verified yet."
      )
    }
  }
}
