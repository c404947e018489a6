import ArgumentParser
import Assessment
import Nouns
import Text
import Time

struct AssessDelegateLinkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "link",
    abstract: Help.text(
      "頼んだ部門や事業者がアカウントなしで答えるリンクを作り、場所を出す。前のリンクは使えなくなる",
      "Make the link with which a department or vendor answers what it is asked and print its address; one that was there ends"
    ),
    discussion: Help.text(
      "場所はここでだけ分かります。サーバーのアドレスの後に付けて開いてください。",
      "The address is told here only. It follows the address of the server."
    )
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("点検表", "The checklist"))) var pack: String
  @Option(help: ArgumentHelp(Help.text("部門・事業者の名前（か番号）", "Name or id of a department or a vendor"))) var to: String
  @Flag(help: "JSON") var json = false

  struct Shown: Encodable { let address, lastDay: String }

  func run() async throws {
    let made = try await AssessCommand.with(place, choice, pack) { assessment, checklist, scope in
      let whom = try await assessment.whom(to, scope.facility)
      return try await assessment.makeLink(for: whom, checklist, in: scope)
    }
    if json { return try Terminal.json(Shown(address: made.link.address, lastDay: made.link.lastDay.iso)) }
    print(made.link.address)
    Terminal.say(
      "\(made.party.name)のリンクは\(made.link.lastDay.slashed)まで使えます。",
      "The link of \(made.party.name) works until \(made.link.lastDay.iso)."
    )
  }
}

struct AssessDelegateUnlinkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unlink",
    abstract: Help.text("頼んだ項目に答えるリンクを使えなくする", "End the link of a department or a vendor")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("点検表", "The checklist"))) var pack: String
  @Option(help: ArgumentHelp(Help.text("部門・事業者の名前（か番号）", "Name or id of a department or a vendor"))) var to: String

  func run() async throws {
    let was = try await AssessCommand.with(place, choice, pack) { assessment, checklist, scope in
      let whom = try await assessment.whom(to, scope.facility)
      return try await assessment.endLink(of: whom, checklist, in: scope)
    }
    guard was else { return Terminal.say("\(to)のリンクはありません。", "\(to) has no link.") }
    Terminal.say("\(to)のリンクを使えなくしました。", "The link of \(to) opens nothing any more.")
  }
}

struct AssessDelegateTakeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "take",
    abstract: Help.text("リンクから届いた答えを病院の答えにする", "Make what came by a link the hospital's answer")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("点検表", "The checklist"))) var pack: String
  @Option(help: ArgumentHelp(Help.text("記録と違う答えにする理由", "Why the answer differs from the records"))) var reason = ""
  @Argument(help: ArgumentHelp(Help.text("項目の番号", "The item"))) var item: String

  func run() async throws {
    try await AssessCommand.with(place, choice, pack) { assessment, checklist, scope in
      let lines = try await assessment.assigned(checklist, scope.facility)
      let version = lines.first { $0.item.key == item }?.reply?.version ?? 0
      try await assessment.take(item, version: version, reason: reason, of: checklist, in: scope)
    }
    Terminal.say("「\(item)」に届いた答えを、病院の答えにしました。", "What came for “\(item)” is the hospital's answer now.")
  }
}
