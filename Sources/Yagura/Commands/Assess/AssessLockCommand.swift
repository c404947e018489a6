import ArgumentParser
import Assessment
import Nouns
import Text

struct AssessLockCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lock",
    abstract: Help.text("点検を締める、理由を付けて開き直す", "Lock a round, or reopen it with a reason"),
    discussion: Help.text(
      "答えていない項目か、2人目の確認を待つ答えがあるときは締めず、項目と直し方を出します（終了コード2）。締めていない点検は開き直せません。",
      "Refused with the items and the remedy while items are open or answers wait for a second person (exit code 2). What is not locked cannot be reopened."
    )
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("点検表", "The checklist"))) var pack: String
  @Option(help: ArgumentHelp(Help.text("開き直す理由。書くと締めずに開き直す", "Why it is reopened; reopens instead of locking")))
  var reopen: String?

  func run() async throws {
    let (isNew, title) = try await AssessCommand.with(place, choice, pack) { assessment, checklist, scope in
      let isNew = try await assessment.setLocked(reopen == nil, checklist, reason: reopen, in: scope)
      return (isNew, checklist.title)
    }
    if reopen != nil {
      Terminal.say("「\(title.ja)」を開き直しました。", "“\(title.en)” is open again.")
    } else if isNew {
      Terminal.say("「\(title.ja)」を締めました。", "“\(title.en)” is locked.")
    } else {
      Terminal.say("「\(title.ja)」はもう締めてあります。", "“\(title.en)” was locked already.")
    }
  }
}
