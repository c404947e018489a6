import Design
import HTML
import Text
import Time
import Web

/// `/q/:token`: the declaration first, then the questions, a section a page. Works on a phone and without an account.
struct SurveyAnswerPage {
  let invitation: PollStore.Invitation
  /// Nil for the first page.
  let section: Int?
  let answers: SurveyAnswers
  let errors: [FieldError]
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private var survey: Survey { invitation.survey }
  private var questionnaire: Questionnaire { survey.questionnaire }
  private var token: String { invitation.respondent.token }
  /// A short questionnaire stands on the first page, under its declaration.
  private var isShort: Bool { questionnaire.sections.count == 1 }

  var response: WebResponse {
    let shown = section ?? (isShort ? 0 : nil)
    return .page(
      Page(
        survey.title,
        lead: HTML(text: lead),
        errors: errors,
        main: "\(section == nil ? opening : .empty)\(shown.map(form) ?? contents)"
      ),
      surroundings: request.session == nil ? .bare : .full,
      status: errors.isEmpty ? nil : 422
    )
  }

  private var lead: String {
    let due = request.dates.day(survey.due(on: request.now.day))
    let (name, answerer) = (invitation.respondent.name, invitation.respondent.answerer)
    guard answerer.isEmpty else {
      return say(
        "\(name)について、\(answerer)が答えます。期限：\(due)。",
        "\(answerer) answers about \(name), by \(due)."
      )
    }
    return say("\(name)として答えます。期限：\(due)。", "You answer for \(name), by \(due).")
  }

  private var opening: HTML {
    let state = invitation.progress
    let note: HTML =
      state == .silent ? .empty : "<p>\(Chip(state.label[language], state.isFinished ? .green : .blue).html)</p>"
    return "\(Banner(.info, survey.naming.declaration[language]).html(language))\(note)"
  }

  /// The sections, for a long questionnaire, to be answered in any order.
  private var contents: HTML {
    let asked = questionnaire.asked(answers)
    let isNotConcerned = invitation.progress == .notConcerned
    let tasks = questionnaire.sections.enumerated().map { index, section in
      let columns = questionnaire.columns.filter { column in
        asked.contains(column.question) && section.questions.contains { $0.key == column.question }
      }
      let done = columns.count { !answers[$0].isEmpty && answers.isAsked($0) }
      let missing = columns.contains { column in
        answers[column].isEmpty && section.questions.contains { $0.key == column.question && $0.isRequired }
      }
      return TaskList.Task(
        "\(section.number)　\(section.title[language])",
        SurveyPath.answer(token, section: index),
        isNotConcerned ? .other(Chip(say("該当なし", "Not concerned"), .grey)) : !missing && done > 0 ? .done : .open,
        support: "\(done) / \(columns.count)"
      )
    }
    var list = TaskList(tasks)
    list.isCounted = !isNotConcerned
    return """
      <p>\(say("上から順でなくてもかまいません。保存すれば、あとで続きから答えられます。", "Answer in any order. What is saved can be gone on with later."))</p>\
      \(list.html(language))\(sending)
      """
  }

  private var sending: HTML {
    FormFrame(
      action: SurveyPath.answer(token),
      csrf: request.csrf,
      fields: [.hidden("version", String(invitation.version))],
      buttons: Button.submit(say("回答を送る", "Send the answers"), name: "do", value: "send") + notConcerned
    ).html(language)
  }

  /// Leads to a page that asks once more.
  private var notConcerned: HTML {
    Button.link(say("該当なしで完了…", "Finish: nothing applies…"), SurveyPath.notConcerned(token), look: .secondary)
  }

  private func form(_ place: Int) -> HTML {
    let section = questionnaire.sections[place]
    var fields: [FormField] = [
      .hidden("version", String(invitation.version)), .hidden("section", String(place)),
    ]
    for question in section.questions {
      fields += SurveyFields(answers: answers, errors: errors, language: language, questionnaire).fields(question)
    }
    let isLast = place + 1 >= questionnaire.sections.count
    let toList = say("保存して目次へ", "Save and go to the list")
    let buttons =
      isShort
      ? Button.submit(say("回答を送る", "Send the answers"), name: "do", value: "send")
        + Button.submit(say("途中で保存", "Save for later"), name: "do", value: "save", look: .secondary)
        + notConcerned
      : isLast
        ? Button.submit(toList, name: "do", value: "list")
        : Button.submit(say("保存して次へ", "Save and go on"), name: "do", value: "next")
          + Button.submit(toList, name: "do", value: "list", look: .secondary)
    let frame = FormFrame(
      action: SurveyPath.answer(token),
      csrf: request.csrf,
      fields: fields.map { $0.withError(from: errors) },
      buttons: buttons,
      draft: "survey/\(token)/\(invitation.round)/\(place)"
    )
    let title: HTML = isShort ? .empty : "<h2>\(section.number)　\(section.title[language])</h2>"
    return "\(title)\(frame.html(language))"
  }
}
