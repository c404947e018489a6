import Design
import HTML
import Text
import Web

/// `/q/:token/none`: asks before a survey is finished as not concerned, since what is only counted cannot be changed later
/// and answers that were given are dropped.
struct SurveyNotConcernedPage {
  let invitation: PollStore.Invitation
  let errors: [FieldError]
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    .page(
      Page(
        say("該当なしで完了しますか", "Finish: nothing applies?"),
        lead: HTML(text: "\(invitation.survey.title)　\(invitation.respondent.name)"),
        errors: errors,
        main: Confirmation(
          action: SurveyPath.notConcerned(invitation.respondent.token),
          csrf: request.csrf,
          question: question,
          names: [],
          fields: fields.map { $0.withError(from: errors) },
          verb: say("該当なしで完了", "Finish: nothing applies"),
          backAddress: SurveyPath.answer(invitation.respondent.token)
        ).html(language)
      ),
      surroundings: request.session == nil ? .bare : .full,
      status: errors.isEmpty ? nil : 422
    )
  }

  private var question: String {
    let later =
      invitation.survey.naming == .aggregate
      ? say(
        "だれの答えか分からない形で残すため、あとから直せません。",
        "It is kept without a name and cannot be changed later."
      )
      : say("締め切りまでは、あとから答え直せます。", "Until the survey is closed you can still answer.")
    return say(
      "どの設問も当てはまらないとして完了します。\(later)",
      "You say that no question applies to you. \(later)"
    )
  }

  private var fields: [FormField] {
    let count = invitation.answeredCount
    let version = FormField.hidden("version", String(invitation.version))
    guard count > 0 else { return [version] }
    return [
      version,
      .checkboxes(
        "drop",
        say("ここまでの答え", "The answers so far"),
        [
          Choice(
            "yes",
            say("ここまでの\(count)件の答えを消してよい", "The \(count) given so far may be dropped")
          )
        ],
        required: true
      ),
    ]
  }
}
