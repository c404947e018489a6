import ArgumentParser
import Assessment
import Design
import Nouns
import Text
import Time

struct AssessDelegateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delegate",
    abstract: Help.text(
      "項目の答えを部門・人・事業者に頼む：一覧、頼む、督促、やめる、リンク、届いた答え",
      "Ask others for items: list, assign, remind, withdraw, links and what came by them"
    ),
    subcommands: [
      AssessDelegateListCommand.self, AssessDelegateAssignCommand.self, AssessDelegateRemindCommand.self,
      AssessDelegateWithdrawCommand.self, AssessDelegateLinkCommand.self, AssessDelegateUnlinkCommand.self,
      AssessDelegateTakeCommand.self,
    ]
  )
}

struct AssessDelegateListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Help.text("だれにどの項目を頼んでいるかを出す", "Print who is asked for which item")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("点検表", "The checklist"))) var pack: String
  @Flag(help: "JSON") var json = false

  struct Line: Encodable {
    let item, name, due: String
    let isAnswered: Bool
    let reminders: Int
    /// What was answered before the item was asked for, and when.
    let before, beforeOn: String?
  }

  func run() async throws {
    let lines = try await AssessCommand.with(place, choice, pack) { assessment, checklist, scope in
      try await assessment.assigned(checklist, scope.facility).map { line in
        Line(
          item: line.item.key,
          name: line.assignment.name,
          due: line.assignment.due.iso,
          isAnswered: line.isAnswered,
          reminders: line.assignment.reminders,
          before: line.before?.latest.plain,
          beforeOn: line.before?.answeredAt.day.iso
        )
      }
    }
    if json { return try Terminal.json(lines) }
    for line in lines {
      let before = line.before.map { "\t\($0) (\(line.beforeOn ?? ""))" } ?? ""
      print(
        "\(line.item)\t\(line.name)\t\(line.due)\t\(line.isAnswered ? "answered" : "open")\t\(line.reminders)\(before)"
      )
    }
  }
}

struct AssessDelegateAssignCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assign",
    abstract: Help.text("部門・人・事業者に、項目の答えを頼む", "Ask a department, a person or a vendor for items")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("点検表", "The checklist"))) var pack: String
  @Option(help: ArgumentHelp(Help.text("部門・人・事業者の名前（か番号）", "Name or id of a department, an account or a vendor")))
  var to: String
  @Option(help: ArgumentHelp(Help.text("期限（年-月-日）。書かなければ1週間後", "By when, YYYY-MM-DD; in a week without"))) var due:
    String?
  @Option(help: ArgumentHelp(Help.text("ひとこと", "A word"))) var note = ""
  @Argument(help: ArgumentHelp(Help.text("項目の番号", "The items"))) var items: [String]

  func run() async throws {
    let day = try AssessCommand.day(due, "--due")
    let name = try await AssessCommand.with(place, choice, pack) { assessment, checklist, scope in
      let whom = try await assessment.whom(to, scope.facility)
      let errand = Assessment.Errand(whom: whom, due: day, note: note)
      return try await assessment.assign(items, errand, of: checklist, in: scope)[0].name
    }
    Terminal.say("\(items.count)項目を\(name)に頼みました。", "\(name) is asked for \(items.count.english("item", "items")).")
  }
}

struct AssessDelegateRemindCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remind",
    abstract: Help.text("まだ答えていない相手に督促する", "Remind those who have not answered")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("点検表", "The checklist"))) var pack: String
  @Argument(help: ArgumentHelp(Help.text("項目の番号。書かなければすべて", "The items; all without"))) var items: [String] = []

  func run() async throws {
    let reminded = try await AssessCommand.with(place, choice, pack) { assessment, checklist, scope in
      try await assessment.remind(items.isEmpty ? nil : Set(items), of: checklist, in: scope)
    }
    for line in reminded.reminded { print("\(line.item)\t\(line.name)") }
    let count = reminded.reminded.count
    Terminal.say("\(count)項目を督促しました。", "Reminded of \(count) items.")
    if let warning = reminded.warning { Terminal.say(warning.ja, warning.en) }
  }
}

struct AssessDelegateWithdrawCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw",
    abstract: Help.text("項目を頼むのをやめる", "Ask nobody for an item any more")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("点検表", "The checklist"))) var pack: String
  @Argument(help: ArgumentHelp(Help.text("項目の番号", "The item"))) var item: String

  func run() async throws {
    let was = try await AssessCommand.with(place, choice, pack) { assessment, checklist, scope in
      guard let found = checklist[item] else { throw AssessCommand.noItem(item) }
      return try await assessment.withdraw(found, of: checklist, in: scope)
    }
    guard was else {
      return Terminal.say("「\(item)」はだれにも頼んでいません。", "Nobody was asked for “\(item)”.")
    }
    Terminal.say("「\(item)」をだれにも頼まないことにしました。", "Nobody is asked for “\(item)” any more.")
  }
}
