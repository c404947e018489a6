import ArgumentParser
import Assessment
import Nouns
import Text

struct AssessAcceptCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept",
    abstract: Help.text(
      "まだ答えていない項目を、記録が示すとおりに、または前の答えのとおりに確定する",
      "Confirm items that nobody answered yet, as the records say or as they were answered before"
    ),
    discussion: Help.text(
      "ほかの項目を尋ねなくする答え（前提の「いいえ」など）は確定しません。assess answer で答えます。",
      "What would leave other items unasked, such as the no of a gate, is not confirmed: use assess answer."
    )
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("点検表", "The checklist"))) var pack: String
  @Flag(help: ArgumentHelp(Help.text("記録が示す答えをすべて確定する", "Confirm all that the records say"))) var all = false
  @Option(help: ArgumentHelp(Help.text("前の答えのとおりに確定する項目。何回でも", "An item to answer as before; may be repeated")))
  var carry: [String] = []
  @Argument(help: ArgumentHelp(Help.text("記録が示すとおりに確定する項目", "Items to answer as the records say")))
  var items: [String] = []

  func run() async throws {
    let count = try await AssessCommand.with(place, choice, pack) { assessment, checklist, scope in
      let keys = all ? checklist.items.map(\.key) : items
      if let unknown = (keys + carry).first(where: { checklist[$0] == nil }) { throw AssessCommand.noItem(unknown) }
      return try await assessment.accept(Set(keys), carrying: Set(carry), of: checklist, in: scope)
    }
    print(count)
  }
}

struct AssessScoresCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scores",
    abstract: Help.text(
      "いまの回の点数：全体、区分、守りの4つの面、立場、部門",
      "Scores: whole, sections, parts of the defence, roles, departments"
    )
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("点検表", "The checklist"))) var pack: String
  @Flag(help: "JSON") var json = false

  func run() async throws {
    let lines = try await AssessCommand.with(place, choice, pack) { assessment, checklist, scope in
      try await assessment.board(try await assessment.standing(checklist, scope.facility)).lines
    }
    if json { return Terminal.json(lines, as: ScoreBoard.Line.shape) }
    for line in lines {
      let share = line.score.percent.map { "\($0)%" } ?? "-"
      print("\(line.key)\t\(line.title[Help.language])\t\(line.score.met) / \(line.score.applicable)\t\(share)")
    }
  }
}

struct AssessMeasuresCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measures",
    abstract: Help.text("手間と費用のわりに、よく上がる対策の順", "Measures, those that raise the level most for what they take first"),
    subcommands: [AssessMeasuresListCommand.self, AssessMeasuresSetCommand.self],
    defaultSubcommand: AssessMeasuresListCommand.self
  )
}

struct AssessMeasuresListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Help.text("対策を順に出す", "Print them in their order")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("点検表", "The checklist"))) var pack: String
  @Flag(help: "JSON") var json = false

  func run() async throws {
    let lines = try await AssessCommand.with(place, choice, pack) { assessment, checklist, scope in
      try await assessment.reading(checklist, scope.facility).ranking.lines
    }
    if json { return Terminal.json(lines, as: MeasureRanking.Line.shape) }
    for line in lines {
      let takes = "\(line.weight.effort.rawValue)\t\(line.weight.cost.rawValue)"
      print("\(line.measure.number)\t\(line.measure.title[Help.language])\t\(line.lack)\t\(takes)")
    }
  }
}

struct AssessMeasuresSetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set",
    abstract: Help.text("対策の手間と費用を、この施設に合わせて変える", "Say what a measure takes in this facility")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("対策の番号（04）", "The measure's number, as 04"))) var measure: String
  @Option(help: "small | medium | large") var effort: String
  @Option(help: "none | low | medium | high") var cost: String

  func run() async throws {
    guard let effort = MeasureWeight.Effort(rawValue: effort), let cost = MeasureWeight.Cost(rawValue: cost) else {
      throw CommandProblem.badInput(
        Localized(
          ja: "--effort は small、medium、large、--cost は none、low、medium、high のどれかです。",
          en: "--effort is small, medium or large, --cost none, low, medium or high."
        )
      )
    }
    let house = try await House.open(place.folder)
    let found = try await house.closing { house in
      let scope = try await house.operatorScope(AnswerChecks.self, facility: choice.facility)
      return try await house.assessment.weigh(measure, MeasureWeight(effort: effort, cost: cost), in: scope)
    }
    guard let found else {
      throw CommandProblem.badInput(
        Localized(ja: "「\(measure)」という対策はありません。", en: "There is no measure “\(measure)”.")
      )
    }
    Terminal.say("「\(found.title.ja)」の手間と費用を保存しました。", "Effort and cost of “\(found.title.en)” are saved.")
  }
}

struct AssessDifferenceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "difference",
    abstract: Help.text("2つの回で変わったこと。版が違っても話題で結び付ける", "What changed between two rounds, by topic, also of two editions")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("点検表", "The checklist"))) var pack: String
  @Option(help: ArgumentHelp(Help.text("前（prefecture-20/2026-10）。書かなければ前の回", "From; the round before without")))
  var from: String?
  @Option(help: ArgumentHelp(Help.text("後（prefecture-20/2026-11）。書かなければいまの回", "To; that of today without"))) var to:
    String?
  @Flag(help: "JSON") var json = false

  func run() async throws {
    let found = try await AssessCommand.with(place, choice, pack) { assessment, checklist, scope in
      do {
        return try await assessment.compared(checklist, from: from, to: to, scope.facility)
      } catch let unknown as RoundComparison.Unknown {
        throw CommandProblem.badInput(unknown.words)
      }
    }
    if json { return Terminal.json(found, as: RoundComparison.shape) }
    for line in found.difference?.lines ?? [] where line.change != .same {
      let (before, after) = (line.before?.value?.plain ?? "-", line.after?.value?.plain ?? "-")
      print("\(line.topic)\t\(before)\t\(after)\t\(line.change.rawValue)")
    }
  }
}
