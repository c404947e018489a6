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
  /// Whether it is shown once more because an answer brought up questions.
  var isGrown = false
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
    let device: HTML =
      survey.naming == .named
      ? .empty
      : """
      <p class="note">\(say(
        "途中で保存した答えは、保存したこの端末（ブラウザー）でだけ見られます。送り主にも見えません。",
        "What is saved on the way is shown in this browser alone, and not to the sender."
      ))</p>
      """
    return "\(Banner(.info, survey.naming.declaration[language]).html(language))\(device)\(note)"
  }

  /// The sections, for a long questionnaire, to be answered in any order.
  private var contents: HTML {
    let asked = questionnaire.asked(answers)
    let isNotConcerned = invitation.progress == .notConcerned
    let tasks = questionnaire.sections.enumerated().compactMap { index, section -> TaskList.Task? in
      let columns = questionnaire.columns.filter { column in
        asked.contains(column.question) && section.questions.contains { $0.key == column.question }
      }
      guard !columns.isEmpty else { return nil }
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
      \(list.html(language))\(unasked(questionnaire.sections.filter { section in
        !section.questions.contains { asked.contains($0.key) }
      }.flatMap(\.questions)))\(sending)
      """
  }

  /// What the saved answers leave out, with when it would be asked.
  private func unasked(_ questions: [Questionnaire.Question]) -> HTML {
    let kept = questionnaire.uncounted(answers)
    let fields = SurveyFields(answers: answers, errors: [], language: language, questionnaire)
    let lines = questions.map { question -> HTML in
      let note =
        kept.contains(question.key) ? say("前の答えは残っていますが、数えません。", " The earlier answer is kept and not counted.") : ""
      return "<li>\(question.text[language])<span class=\"sub\">\(fields.branch(question) + note)</span></li>"
    }
    guard !lines.isEmpty else { return .empty }
    let count = questions.count { kept.contains($0.key) }
    let told: HTML =
      count == 0
      ? .empty
      : """
      <p class="note">\(say(
        "前に答えた\(count)問は、いまの答えでは尋ねません。答えは残りますが、数えません。",
        "\(count.english("earlier answer does", "earlier answers do")) not apply any more: kept, not counted."))</p>
      """
    return """
      \(told)<details><summary>\(say("保存した答えでは尋ねない設問（\(lines.count)）", "Not asked by the saved answers (\(lines.count))"))\
      </summary><ul>\(lines.joined())</ul></details>
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
    let (before, standings) = (fields.count, questionnaire.standings(section, answers))
    fields += SurveyFields(answers: answers, errors: errors, language: language, questionnaire).fields(section)
    let folded = section.questions.map(\.key).filter { standings[$0] == .folded }
    if !folded.isEmpty { fields.append(.hidden("unseen", folded.joined(separator: " "))) }
    let grown: HTML =
      isGrown
      ? Banner(
        .info,
        say("答えにより、尋ねる設問が増えました。続けて答えてください。", "Your answers brought up more questions. Please answer them too.")
      ).html(language) : .empty
    let isEmpty = fields.count == before
    let nothing: HTML =
      isEmpty ? "<p>\(say("いまの答えでは、ここで尋ねることはありません。", "By the answers so far nothing is asked here."))</p>" : .empty
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
      more: unasked(section.questions.filter { [.folded, .away].contains(standings[$0.key]) }),
      buttons: buttons,
      draft: "survey/\(token)/\(invitation.round)/\(place)"
    )
    let title: HTML = isShort ? .empty : "<h2>\(section.number)　\(section.title[language])</h2>"
    return "\(title)\(grown)\(nothing)\(frame.html(language))"
  }
}
