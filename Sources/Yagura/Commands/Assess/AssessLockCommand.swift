import ArgumentParser
import Assessment
import Nouns
import Text

struct AssessLockCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lock",
    abstract: Help.text("点検を締める、理由を付けて開き直す", "Lock a round, or reopen it with a reason"),
    discussion: Help.text(
      "2人目の確認を待つ答えがあるときは締めず、項目と直し方を出します（終了コード2）。",
      "Refused with the items and the remedy while answers wait for a second person (exit code 2)."
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
    switch (reopen == nil, isNew) {
    case (true, true): Terminal.say("「\(title.ja)」を締めました。", "“\(title.en)” is locked.")
    case (true, false): Terminal.say("「\(title.ja)」はもう締めてあります。", "“\(title.en)” was locked already.")
    case (false, true): Terminal.say("「\(title.ja)」を開き直しました。", "“\(title.en)” is open again.")
    case (false, false): Terminal.say("「\(title.ja)」は締めてありません。", "“\(title.en)” was not locked.")
    }
  }
}
