import ArgumentParser
import Assessment
import Nouns
import Text
import Time

struct AssessSurveyListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Help.text("調査の一覧を出す", "Print the surveys")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Flag(help: "JSON") var json = false

  func run() async throws {
    let house = try await House.open(place.folder)
    let surveys = try await house.closing { house in
      try await house.assessment.surveys.all(house.facility(choice.facility))
    }
    if json { return Terminal.json(surveys, as: Survey.shape) }
    for survey in surveys {
      print("\(survey.id)\t\(survey.title)\t\(survey.naming.rawValue)\t\(survey.state.rawValue)\t\(survey.due.iso)")
    }
  }
}

struct AssessSurveyCloseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "close",
    abstract: Help.text("調査を締め切る。だれも答えられなくなる", "Close a survey: nobody can answer any more")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("調査の番号", "The survey's id"))) var survey: String

  func run() async throws {
    let house = try await House.open(place.folder)
    let title = try await house.closing { house in
      let scope = try await house.operatorScope(AnswerChecks.self, facility: choice.facility)
      return try await AssessSurveyCommand.speaking {
        let surveys = house.assessment.surveys
        let found = try await surveys.find(survey, scope.facility)
        try await surveys.close(found, in: scope)
        return found.title
      }
    }
    Terminal.say("「\(title)」を締め切りました。", "“\(title)” is closed.")
  }
}

struct AssessSurveyAskedCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "asked",
    abstract: Help.text("この施設が尋ねられた調査を出す", "Print the surveys that this facility was asked in")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Flag(help: "JSON") var json = false

  func run() async throws {
    let house = try await House.open(place.folder)
    let asked = try await house.closing { house in
      try await house.assessment.surveys.asked(house.facility(choice.facility))
    }
    if json { return Terminal.json(asked, as: PollStore.Asked.shape) }
    for line in asked {
      let survey = line.survey
      print("\(survey.id)\t\(survey.title)\t\(survey.state.rawValue)\t\(survey.due.iso)\t\(line.respondent.name)")
    }
  }
}

struct AssessSurveyMirrorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mirror",
    abstract: Help.text(
      "この施設の答えと、同じ区分の答えの分布を出す（1〜4件の数は隠す）",
      "Print this facility's answers beside those of its stratum, counts from 1 to 4 hidden"
    )
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("調査の番号", "The survey's id"))) var survey: String
  @Option(help: ArgumentHelp(Help.text("回（2026-11）。指定しないと終わった最新の回", "The round; the newest that is over without")))
  var round: String?
  @Flag(help: "JSON") var json = false

  func run() async throws {
    let house = try await House.open(place.folder)
    let comparison = try await house.closing { house in
      let facility = try await house.facility(choice.facility)
      return try await AssessSurveyCommand.speaking {
        try await house.assessment.surveys.comparison(survey, of: facility, round: round)
      }
    }
    if json { return Terminal.json(bytes: SurveyMirrorJSON(comparison, Help.language).bytes) }
    if let silence = comparison.silence { return Terminal.say(silence.ja, silence.en) }
    for line in comparison.mirror?.lines ?? [] {
      let (key, group) = (line.column.key, line.group.rawValue)
      if let number = line.number { print("\(key)\t\(number)\t\(group)\t*") }
      for share in line.shares {
        let count = share.count.map { String($0) } ?? "×"
        print("\(key)\t\(share.choice.label[Help.language])\t\(count)\t\(group)\(share.isOwn ? "\t*" : "")")
      }
    }
  }
}
