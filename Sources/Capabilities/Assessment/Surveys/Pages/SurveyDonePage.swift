import Design
import HTML
import Text
import Web

/// After the answers were sent.
struct SurveyDonePage {
  let invitation: PollStore.Invitation
  let request: WebRequest

  var response: WebResponse {
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[request.language] }
    let again: HTML =
      invitation.survey.naming == .named
      ? """
      <p><a href="\(SurveyPath.answer(invitation.respondent.token))">\(say("答えを直す", "Change the answers"))</a></p>
      """ : .empty
    return .page(
      Page(
        say("回答を受け取りました", "Thank you, the answers have arrived"),
        lead: HTML(text: invitation.survey.title),
        main: "<p>\(say("この画面は閉じてかまいません。", "You may close this page."))</p>\(again)"
      ),
      surroundings: request.session == nil ? .bare : .full
    )
  }
}
