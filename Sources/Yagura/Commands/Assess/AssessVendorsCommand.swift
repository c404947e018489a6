import ArgumentParser
import Assessment
import Nouns
import Text
import Time

struct AssessVendorsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vendors",
    abstract: Help.text(
      "事業者確認用：どの事業者が答え、どの事業者がまだか。渡す、督促、取り消し、回答、端末で答えるリンク",
      "Vendors' forms: who has answered and who has not; send, remind, withdraw, answer, links for a terminal"
    ),
    subcommands: [
      AssessVendorsListCommand.self, AssessVendorsSendCommand.self, AssessVendorsRemindCommand.self,
      AssessVendorsWithdrawCommand.self, AssessVendorsAnswerCommand.self, AssessVendorsLinkCommand.self,
      AssessVendorsUnlinkCommand.self,
    ],
    defaultSubcommand: AssessVendorsListCommand.self
  )
}

struct AssessVendorsListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Help.text("事業者ごとの進み具合を出す", "Print how far each vendor is")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("点検表", "The checklist"))) var pack: String
  @Flag(help: "JSON") var json = false

  func run() async throws {
    let (house, checklist) = try await AssessCommand.open(place, choice, pack, by: .vendor)
    let summaries = try await house.closing { house in
      try await house.assessment.vendorSummaries(checklist, house.facility(choice.facility))
    }
    if json { return Terminal.json(summaries, as: VendorSummary.shape) }
    for summary in summaries {
      let line = summary.line
      let done = "\(line.answered) / \(line.items)"
      print("\(line.vendor.id)\t\(line.vendor.name)\t\(line.state.rawValue)\t\(done)\t\(summary.contradicted)")
    }
  }
}

struct AssessVendorsSendCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "send",
    abstract: Help.text("様式を渡したことを記録する", "Note that the form was handed over")
  )

  @OptionGroup var form: VendorFormOptions
  @Option(help: ArgumentHelp(Help.text("回答の期限（年-月-日）。書かなければ30日後", "Due, YYYY-MM-DD; in 30 days without"))) var due:
    String?

  func run() async throws {
    let day = try AssessCommand.day(due, "--due")
    let name = try await form.with { assessment, checklist, line, scope in
      try await assessment.handOver(checklist, to: line.vendor, due: day, in: scope)
    }.name
    Terminal.say("\(name)に渡したことを記録しました。", "It is noted that \(name) has the form.")
  }
}

struct AssessVendorsRemindCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remind",
    abstract: Help.text("事業者に督促したことを記録する", "Note that the vendor was reminded")
  )

  @OptionGroup var form: VendorFormOptions

  func run() async throws {
    let name = try await form.with { assessment, checklist, line, scope in
      try await assessment.remind(line, checklist, in: scope)
    }.name
    Terminal.say("\(name)に督促したことを記録しました。", "It is noted that \(name) was reminded.")
  }
}

struct AssessVendorsWithdrawCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw",
    abstract: Help.text("渡した記録を、回答が届く前に取り消す", "Take back that it was handed over, before answers came")
  )

  @OptionGroup var form: VendorFormOptions

  func run() async throws {
    let name = try await form.with { assessment, checklist, line, scope in
      try await assessment.withdraw(line, checklist, in: scope)
    }.name
    Terminal.say("\(name)に渡した記録を取り消しました。", "It is noted that \(name) has not got the form.")
  }
}

struct AssessVendorsAnswerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "answer",
    abstract: Help.text(
      "事業者の答えを1項目入れる。「いいえ」の後の「はい」は2回目の確認になる",
      "Enter a vendor's answer to one item; a yes after a no is the second check"
    )
  )

  @OptionGroup var form: VendorFormOptions
  @Option(help: ArgumentHelp(Help.text("項目の番号", "The item"))) var item: String
  @Option(help: ArgumentHelp(Help.text("答え：yes、no、na など項目の答え方のもの", "The answer: yes, no, na, by the kind of the item")))
  var value: String
  @Option(help: ArgumentHelp(Help.text("事業者の誰が答えたか", "Who at the vendor answered"))) var respondent: String
  @Option(help: ArgumentHelp(Help.text("答えた日（年-月-日）。書かなければ今日", "Day of the answer, YYYY-MM-DD; today without")))
  var on: String?
  @Option(help: "file | paper | telephone") var way = VendorForm.Way.paper.rawValue
  @Option(help: ArgumentHelp(Help.text("目標日（年-月-日）", "The target date, YYYY-MM-DD"))) var target: String?
  @Option(help: ArgumentHelp(Help.text("備考", "Remarks"))) var remarks: String?

  func run() async throws {
    guard let way = VendorForm.Way(rawValue: way), VendorForm.Way.byHand.contains(way) else {
      let all = VendorForm.Way.byHand.map(\.rawValue).joined(separator: ", ")
      throw CommandProblem.badInput(Localized(ja: "--way は \(all) のどれかです。", en: "--way is one of \(all)."))
    }
    let day = try AssessCommand.day(target, "--target")
    let on = try AssessCommand.day(on, "--on")
    let name = try await form.with { assessment, checklist, line, scope in
      let answer = Assessment.VendorLine(
        item: item,
        value: value,
        target: day.map { .some($0) },
        remarks: remarks,
        version: line.form?.answers[item]?.version
      )
      let reply = VendorReply(way, respondent, on: on ?? assessment.today)
      try await assessment.enter([answer], of: line, checklist, reply: reply, in: scope)
    }.name
    Terminal.say("\(name)の「\(item)」の答えを保存しました。", "The answer of \(name) to “\(item)” is stored.")
  }
}
