import Nouns
import Text
import Web

/// Answering as the facility that is asked, for programs: what the page behind the link does.
extension SurveyAPI {
  private static let given = Schema.object([
    .maybe("answers", .map(.text(upTo: AnswerFormat.longest)), answersHelp),
    .maybe("do", .choice(SurveyStep.allCases.map(\.rawValue)), stepHelp),
    .maybe("dropAnswers", .boolean, dropHelp),
    .maybe("version", .integer(0...Int(Int32.max))),
  ])

  private static let answersHelp = Localized(
    ja: "設問の列ごとの答え。選択肢は番号か文、複数は「、」区切り、空は取り消し。書かない設問はそのまま残ります",
    en:
      "By column: a choice by value or label, several with commas between, empty to take back; others stay as they are"
  )

  private static let stepHelp = Localized(
    ja: "save は途中の保存（なければこれ）、send は回答を送る、notConcerned は該当なしで完了",
    en: "save keeps them for later and is what happens without; send sends; notConcerned finishes as not concerned"
  )

  private static let dropHelp = Localized(
    ja: "notConcerned のとき、ここまでの答えを消してよいか",
    en: "With notConcerned: whether answers given so far may be dropped"
  )

  private func told(_ about: Localized) -> EndpointAnswer {
    .one(PollStore.Invitation.shape, about, headers: ["ETag"])
  }

  var answering: [Route] { [asked, answer] }

  private var asked: Route {
    .api(
      .get,
      "/polls-asked/:survey",
      AnswerChecks.self,
      Endpoint(
        "getPollAsked",
        Self.group,
        Localized(
          ja: "この施設が尋ねられた調査の設問と、ここまでの答え",
          en: "The questions of a survey that this facility is asked in, with the answers so far"
        ),
        parameters: [Self.survey],
        answers: [told(Localized(ja: "設問と答え", en: "Questions and answers"))]
      )
    ) { call, scope in
      try await Self.told(call) {
        let invitation = try await assessment.surveys.invitation(call["survey"], of: scope.facility)
        return call.answer(invitation, as: PollStore.Invitation.shape, version: invitation.version)
      }
    }
  }

  private var answer: Route {
    .api(
      .put,
      "/polls-asked/:survey/answers",
      AnswerChecks.self,
      Endpoint(
        "answerPoll",
        Self.group,
        Localized(
          ja: "この施設として答える。保存した回数（version）が合わないときは、だれかが先に保存しています",
          en: "Answer as this facility. Where the version is another, somebody else has saved in between"
        ),
        parameters: [Self.survey, .ifMatch],
        body: .json(Self.given),
        answers: [told(Localized(ja: "いまの答え", en: "The answers now"))],
        problems: [409, 412, 422, 428]
      )
    ) { call, scope in
      try await Self.told(call) {
        let surveys = assessment.surveys
        let invitation = try await surveys.invitation(call["survey"], of: scope.facility)
        let version = try call.version()
        do {
          // Before anything is said about answers that are not the newest.
          guard invitation.version == version.number else { throw SurveyProblem.moved }
          try await surveys.take(
            (call.json["answers"]?.object ?? [:]).compactMapValues(\.text),
            call.json["do"]?.text.flatMap(SurveyStep.init(rawValue:)) ?? .save,
            invitation.seen(at: version.number),
            dropping: call.json["dropAnswers"]?.bool ?? false,
            by: scope.actor.name
          )
        } catch SurveyProblem.moved where version.isHeader {
          throw WebError.outdated
        }
        let now = try await surveys.invitation(call["survey"], of: scope.facility)
        return call.answer(now, as: PollStore.Invitation.shape, version: now.version)
      }
    }
  }
}
