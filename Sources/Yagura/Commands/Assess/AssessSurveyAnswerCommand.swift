import ArgumentParser
import Assessment
import Nouns
import Text

struct AssessSurveyAnswerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "answer",
    abstract: Help.text("尋ねられた調査に、この施設として答える", "Answer a survey as this facility, which is asked in it"),
    discussion: Help.text(
      "--set だけなら途中の保存です。--send で送ります。どちらもなければ、設問とここまでの答えを出します。",
      "--set alone saves for later; --send sends. Without either it prints the questions and the answers so far."
    )
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("調査の番号", "The survey's id"))) var survey: String
  @Option(
    help: ArgumentHelp(
      Help.text("設問の列=答え（空なら取り消し）。何度でも書ける", "COLUMN=ANSWER, an empty one to take it back; as often as needed")
    )
  )
  var set: [String] = []
  @Flag(help: ArgumentHelp(Help.text("回答を送る", "Send the answers"))) var send = false
  @Flag(help: ArgumentHelp(Help.text("該当なしで完了する", "Finish as not concerned"))) var notConcerned = false
  @Flag(
    help: ArgumentHelp(Help.text("--not-concerned のとき、ここまでの答えを消す", "With --not-concerned: drop the answers so far"))
  )
  var dropAnswers = false
  @Flag(help: "JSON") var json = false

  private func step() throws -> SurveyStep? {
    guard !(send && notConcerned) else {
      throw CommandProblem.badInput(
        Localized(
          ja: "--send と --not-concerned は、どちらか1つにしてください。",
          en: "Give either --send or --not-concerned, one of them."
        )
      )
    }
    if notConcerned { return .notConcerned }
    return send ? .send : set.isEmpty ? nil : .save
  }

  private func given() throws -> [String: String] {
    var given: [String: String] = [:]
    for text in set {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, given.updateValue(parts[1], forKey: parts[0]) == nil else {
        throw CommandProblem.badInput(
          Localized(
            ja: "--set は「列=答え」の形で、列ごとに1回だけ書いてください（\(text)）。",
            en: "Write --set as COLUMN=ANSWER, each column once, not “\(text)”."
          )
        )
      }
    }
    return given
  }

  func run() async throws {
    let step = try step()
    let given = try given()
    let house = try await House.open(place.folder)
    let invitation = try await house.closing { house in
      let scope = try await house.operatorScope(AnswerChecks.self, facility: choice.facility)
      return try await AssessSurveyCommand.speaking {
        let surveys = house.assessment.surveys
        let found = try await surveys.invitation(survey, of: scope.facility)
        guard let step else { return found }
        try await surveys.take(given, step, found, dropping: dropAnswers, by: scope.actor.name)
        return try await surveys.invitation(survey, of: scope.facility)
      }
    }
    if json { return Terminal.json(invitation, as: PollStore.Invitation.shape) }
    print("\(invitation.survey.title)\t\(invitation.respondent.name)\t\(invitation.progress.rawValue)")
    for entry in invitation.questions where entry.isAsked {
      let mark = entry.question.isRequired ? "*" : ""
      print("\(entry.column.key)\(mark)\t\(entry.words[Help.language])\t\(entry.values.joined(separator: ","))")
    }
  }
}
