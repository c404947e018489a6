import ArgumentParser
import Assessment
import Nouns
import Text

struct AssessPackConfirmCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm",
    abstract: Help.text(
      "点検表を、名前のある人が出典と照らして確認したと記録する",
      "Record that a named person compared a checklist with its source"
    )
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("点検表（自分のものは own-….版）", "The checklist; an own one as own-….edition"))) var pack:
    String
  @Option(help: ArgumentHelp(Help.text("確認した利用者の氏名かユーザー名", "Name or user name of who confirms"))) var by: String
  @Option(help: ArgumentHelp(Help.text("何と照らしたか", "What it was compared with"))) var reason: String

  func run() async throws {
    let house = try await House.open(place.folder)
    let name = try await house.closing { house in
      let scope = try await house.operatorScope(AnswerChecks.self, facility: choice.facility)
      do {
        let assessment = house.assessment
        guard let checklist = try await assessment.checklist(pack, scope.facility) else {
          throw OwnChecklistProblem.notFound(pack)
        }
        let person = try await assessment.person(by, scope.facility)
        try await assessment.confirm(checklist, by: person, reason: reason, in: scope)
        return person.name
      } catch {
        throw AssessPackCommand.problem(error, pack)
      }
    }
    Terminal.say("\(name)さんの確認を記録しました。", "The confirmation by \(name) is on record.")
  }
}
