import Text
import Time
import Web

/// One who was asked by a list and has not answered, with what to write to it.
package struct SurveyReminder: Sendable {
  package let respondent: Respondent
  package let progress: SurveyProgress
  /// The whole link; whoever has it answers for this one.
  package let link: String
  package let subject: Localized
  package let text: Localized

  /// Where a mail finds it; nil where the list says no address.
  package let mailbox: String?

  /// `base` is what addresses of pages begin with, `sender` the facility that asks.
  init(_ survey: Survey, _ standing: RespondentStanding, base: String, sender: String, today: LocalDate) {
    respondent = standing.respondent
    progress = standing.progress
    link = base + standing.address
    mailbox = SurveyReminding.mailbox(in: standing.respondent.contact)
    subject = Localized(ja: "【ご回答のお願い】\(survey.title)", en: "Please answer: \(survey.title)")
    let due = survey.due(on: today)
    let letter = ReminderLetter(
      survey: survey,
      respondent: standing.respondent,
      due: due,
      isLate: due < today,
      link: link,
      sender: sender
    )
    text = Localized(ja: letter.japanese, en: letter.english)
  }

  /// As programs and the command line are told of it.
  package static let shape = JSONShape<SurveyReminder>([
    .text("id") { $0.respondent.id }, .text("name") { $0.respondent.name },
    .maybe("answerer") { $0.respondent.answerer }, .maybe("contact") { $0.respondent.contact },
    .maybe("mail") { $0.mailbox }, .choice("state", SurveyProgress.allCases.map(\.rawValue)) { $0.progress.rawValue },
    .day("remindedOn") { $0.respondent.remindedOn }, .text("link") { $0.link }, .words("subject") { $0.subject },
    .words("text") { $0.text },
  ])
}

/// What is written to one who has not answered.
private struct ReminderLetter {
  let survey: Survey
  let respondent: Respondent
  let due: LocalDate
  let isLate: Bool
  let link: String
  let sender: String

  var japanese: String {
    let (name, answerer) = (respondent.name, respondent.answerer)
    let head = answerer.isEmpty ? "\(name) 御中" : "\(answerer) 御中\n（\(name)について）"
    let when = isLate ? "期限の\(due.slashed)を過ぎています。" : "期限は\(due.slashed)です。"
    return """
      \(head)

      「\(survey.title)」のご回答を、まだいただいておりません。\(when)
      お手数ですが、次のアドレスからお答えください。アカウントはいりません。途中で保存して、続きから答えることもできます。

      \(link)

      このアドレスを知っている人は、\(name)として答えられます。ほかの人に渡さないでください。
      \(survey.naming.declaration.ja)
      行き違いでご回答いただいていましたら、ご容赦ください。

      \(sender)
      """
  }

  var english: String {
    let (name, answerer) = (respondent.name, respondent.answerer)
    let head = answerer.isEmpty ? "To \(name)" : "To \(answerer), about \(name)"
    let when = isLate ? "It was due on \(due.iso)." : "It is due on \(due.iso)."
    return """
      \(head)

      We have no answer to “\(survey.title)” yet. \(when)
      Please answer at this address. No account is needed, and answers can be saved and gone on with later.

      \(link)

      Whoever knows this address can answer for \(name). Please hand it to nobody else.
      \(survey.naming.declaration.en)
      If your answer has crossed this letter, please forgive us.

      \(sender)
      """
  }
}
