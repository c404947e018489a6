import Design
import HTML
import Text
import Web

/// `/surveys/new`: what is asked, of whom, and whether answers keep their names.
struct SurveyNewPage {
  let form: WebForm?
  let problems: AnswerProblems
  let departments: Int
  let facilities: Int
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let errors = problems.errors(language)
    var frame = FormFrame(
      action: SurveyPath.new,
      csrf: request.csrf,
      fields: fields.map { $0.withError(from: errors) },
      buttons: Button.submit(say("調査を始める", "Begin the survey"))
        + Button.link(say("キャンセル", "Cancel"), SurveyPath.list, look: .text)
    )
    frame.isMultipart = true
    return .page(
      Page(
        say("調査を始める", "Begin a survey"),
        lead: HTML(
          text: say(
            "始めると、設問と、記名か集計のみかは変えられません。",
            "Once begun, neither the questions nor the naming can be changed."
          )
        ),
        crumbs: [Crumb(say("調査・問いかけ", "Surveys"), SurveyPath.list)],
        errors: errors,
        main: frame.html(language)
      ),
      current: "assessment.surveys"
    )
  }

  private var fields: [FormField] {
    [
      .text(
        "title",
        say("名前（空なら調査票の題）", "Title (the questionnaire's if empty)"),
        value: form?.text("title") ?? "",
        width: .full
      ),
      .radios(
        "questions",
        say("設問", "Questions"),
        [
          Choice(
            Questionnaires.departments,
            say("部門への問いかけ（7問、1分）", "Seven questions for departments, one minute"),
            support: say("答えは毎月の自己点検の問15〜20の根拠になります。", "Answers become evidence for questions 15 to 20.")
          ), Choice("own", say("調査票のファイル（YAML）", "A questionnaire of your own (YAML)")),
        ],
        chosen: form?.text("questions") ?? Questionnaires.departments,
        required: true
      ),
      .file("questionnaire", say("調査票のファイル", "Questionnaire"), accept: ".yaml,.yml"),
      .radios(
        "naming",
        say("答えの扱い", "Naming"),
        Survey.Naming.allCases.map { Choice($0.rawValue, $0.label[language], support: $0.declaration[language]) },
        chosen: form?.text("naming") ?? Survey.Naming.named.rawValue,
        required: true
      ),
      .radios(
        "cycle",
        say("回数", "How often"),
        [
          Choice(Survey.Cycle.month.rawValue, say("毎月", "Every month")),
          Choice(Survey.Cycle.once.rawValue, say("1回", "Once")),
        ],
        chosen: form?.text("cycle") ?? Survey.Cycle.month.rawValue,
        across: true,
        required: true
      ),
      .radios(
        "whom",
        say("相手", "Whom"),
        [
          Choice("departments", say("この施設の部門（\(departments)）", "Departments of this facility (\(departments))")),
          Choice(
            "facilities",
            say("この Yagura にあるすべての施設（\(facilities)）", "All facilities of this installation (\(facilities))")
          ),
          Choice(
            "file",
            say("一覧のファイル（CSV、Excel）", "A list (CSV or Excel)"),
            support: say(
              "「回答者」と、「区分」か「病床数」の列。事業者が病院ごとに答えるときは「答える人」、督促のためには「連絡先」（電話、メールアドレス）の列も。",
              "Columns “Respondent”, and “Stratum” or “Beds”; “Answered by” where somebody else answers for each; “Contact” (telephone, mail address) for reminders."
            )
          ),
        ],
        chosen: form?.text("whom") ?? "departments",
        required: true
      ),
      .file("members", say("一覧のファイル", "The list"), accept: ".csv,.xlsx"),
      .date(
        "due",
        say("期限（1回のとき）", "Due (for once)"),
        value: form?.text("due") ?? "",
        language: language
      ),
      .number(
        "population",
        say("全体の数（一部にだけ尋ねるとき）", "How many there are in all (for a sample)"),
        value: form?.text("population") ?? "",
        support: say("入れると、割合に95％の幅を付けます。", "With it, shares get an interval of 95%.")
      ),
    ]
  }
}
