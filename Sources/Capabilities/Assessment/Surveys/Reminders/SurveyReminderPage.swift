import Design
import HTML
import Records
import Tabular
import Text
import Time
import Web

/// `/surveys/:id/reminders`: who was asked by a list and has not answered, with what to send to each.
struct SurveyReminderPage {
  let survey: Survey
  let reminders: [SurveyReminder]
  /// How many who have not finished get a duty in this installation.
  let inside: Int
  let mayMail: Bool
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private var address: String { SurveyPath.reminders(survey.id) }
  private var title: String { say("督促", "Reminders") }

  /// Shown at once; the file and the paper have all.
  private static let most = 500

  var response: WebResponse {
    .page(
      Page(
        "\(title)\(language.colon)\(survey.title)",
        heading: title,
        lead: HTML(text: lead),
        actions: actions,
        crumbs: [
          Crumb(say("調査・問いかけ", "Surveys"), SurveyPath.list), Crumb(survey.title, SurveyPath.survey(survey.id)),
        ],
        main: "\(table)\(sample)\(steps)"
      ),
      current: "assessment.surveys"
    )
  }

  private var lead: String {
    let due = request.dates.day(survey.due(on: request.now.day))
    if reminders.isEmpty, inside > 0 {
      return say(
        "「\(survey.title)」（期限：\(due)）に、部門や施設\(inside)件がまだ答えていません。「やること」で知らせています。",
        "\(inside) have not answered “\(survey.title)”, due \(due); they have it among their duties."
      )
    }
    let others =
      inside == 0
      ? ""
      : say(
        "ほかに、アカウントのある部門や施設\(inside)件がまだです。こちらには「やること」で知らせています。",
        " \(inside) more have an account here and it among their duties."
      )
    return say(
      "「\(survey.title)」（期限：\(due)）に、まだ答えていない相手です。アカウントがないため、ここからのお知らせは届きません。リンクを渡すか、電話で頼んでください。\(others)",
      "Who has not answered “\(survey.title)”, due \(due). They have no account, so no message reaches them.\(others)"
    )
  }

  private var actions: HTML? {
    guard !reminders.isEmpty else { return nil }
    return Button.link(say("印刷", "Print"), "\(address)?form=print", look: .secondary, size: .small)
      + Button.link(say("CSVで書き出す", "Export as CSV"), "\(address)?form=csv", look: .secondary, size: .small)
  }

  private var table: HTML {
    var table = DataTable<SurveyReminder>(
      id: "reminders",
      caption: say("まだ答えていない相手", "Who has not answered"),
      address: Address(address),
      columns: [
        .init("name", say("回答者", "Respondent"), isLong: true) { line in
          let by: HTML =
            line.respondent.answerer.isEmpty
            ? .empty : "<span class=\"sub\">\(say("答える人：", "Answered by: "))\(line.respondent.answerer)</span>"
          return "\(line.respondent.name)\(by)"
        },
        .init("contact", say("連絡先", "Contact"), isLong: true) { line in
          HTML(text: line.respondent.contact.isEmpty ? "–" : line.respondent.contact)
        },
        .init("state", say("進み具合", "State")) { line in
          Chip(line.progress.label[language], line.progress == .started ? .blue : .yellow).html
        },
        .init("reminded", say("督促した日", "Reminded on")) { line in
          HTML(text: line.respondent.remindedOn.map { request.dates.short($0) } ?? "–")
        },
        .init("link", say("リンク", "Link")) { line in
          "<a href=\"\(SurveyPath.answer(line.respondent.token))\">\(say("開く", "Open"))</a>"
        },
      ],
      rows: Array(reminders.prefix(Self.most)),
      rowID: { $0.respondent.id },
      rowName: { $0.respondent.name }
    )
    table.empty = EmptyState(
      say("督促する相手はいません。", "There is nobody to remind."),
      survey.state == .open
        ? inside > 0
          ? say("アカウントのある相手には「やること」で知らせています。", "Whoever has an account has it among the duties.")
          : say("尋ねた相手は、みな答え終えています。", "All who were asked have finished.")
        : say("この調査は締め切りました。", "This survey is closed.")
    )
    let more = reminders.count - Self.most
    let rest: HTML =
      more > 0
      ? "<p>\(say("ほか\(more)件は、CSVか印刷で見られます。", "\(more) more are in the CSV and on paper."))</p>" : .empty
    return "\(table.html(language))\(rest)"
  }

  /// By mail, or noted after it was done otherwise.
  private var steps: HTML {
    guard !reminders.isEmpty else { return .empty }
    let mailed = reminders.count { $0.mailbox != nil }
    func step(_ label: String, _ way: Assessment.ReminderWay, _ look: Button.Look) -> HTML {
      FormFrame(
        action: address,
        csrf: request.csrf,
        fields: [],
        buttons: Button.submit(label, name: "way", value: way.rawValue, look: look)
      ).html(language)
    }
    let mail: HTML
    if !mayMail {
      mail =
        "<p class=\"note\">\(say("メールサーバーを設定すると、連絡先にメールアドレスがある相手には、ここから送れます。", "Once a mail server is set, those whose contact has a mail address can be written to from here."))</p>"
    } else if mailed == 0 {
      mail =
        "<p class=\"note\">\(say("連絡先にメールアドレスのある相手はいません。", "None of the contacts has a mail address."))</p>"
    } else {
      mail = step(say("\(mailed)件にメールで督促する", "Remind \(mailed) by mail"), .mail, .primary)
    }
    let noted = step(
      say("\(reminders.count)件を督促したと記録する", "Note that \(reminders.count) were reminded"),
      .noted,
      .secondary
    )
    let why = say(
      "電話や手紙で知らせたら、記録してください。記録すると、「やること」に次に出るのは\(SurveyReminding.days)日後です。",
      "Note it once they were told by telephone or letter. The duty then comes back after \(SurveyReminding.days) days."
    )
    return "<section><h2>\(say("督促する", "Remind"))</h2>\(mail)<p>\(why)</p>\(noted)</section>"
  }

  private var sample: HTML {
    guard let first = reminders.first else { return .empty }
    let words = say("送る文の例（1件目）", "What is written, for the first of them")
    return """
      <details><summary>\(words)</summary><p><b>\(first.subject[language])</b></p>\
      \(Self.paragraphs(first.text[language]))</details>
      """
  }

  static func paragraphs(_ text: String) -> HTML {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
    return "\(each: lines, { "<p class=\"long\">\($0)</p>" })"
  }

  // MARK: For other hands

  /// The list, then a letter each.
  var paper: WebResponse {
    let rows = reminders.map { line -> HTML in
      let by = line.respondent.answerer.isEmpty ? "" : language.aside(line.respondent.answerer)
      let day = line.respondent.remindedOn.map { request.dates.short($0) } ?? ""
      return """
        <tr><td>\(line.respondent.name)\(by)</td><td>\(line.respondent.contact)</td>\
        <td>\(line.progress.label[language])</td><td>\(day)</td><td></td></tr>
        """
    }
    let heads = [
      say("回答者", "Respondent"), say("連絡先", "Contact"), say("進み具合", "State"), say("督促した日", "Reminded on"),
      say("控え", "Notes"),
    ]
    let letters = reminders.map { line -> HTML in
      """
      <section class="block letter"><h2>\(line.subject[language])</h2>\(Self.paragraphs(line.text[language]))</section>
      """
    }
    return .sheet(
      PrintSheet(
        say("まだ答えていない相手", "Who has not answered"),
        subtitle: survey.title,
        printed: request.printedBy,
        backAddress: address,
        contents: """
          <section class="letter"><table class="dense"><thead><tr>\(each: heads, { "<th scope=\"col\">\($0)</th>" })</tr></thead>\
          <tbody>\(rows)</tbody></table></section>\(letters)
          """
      )
    )
  }

  static func sheet(
    _ reminders: [SurveyReminder],
    _ survey: Survey,
    today: LocalDate,
    _ language: Language
  ) -> SheetDraft {
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
    let due = survey.due(on: today)
    return SheetDraft(
      title: say("督促", "Reminders"),
      columns: [
        SurveyFile.nameHead[language], SurveyFile.answererHead[language], SurveyFile.contactHead[language],
        say("メール", "Mail"), say("進み具合", "State"), say("期限", "Due"), say("督促した日", "Reminded on"), say("リンク", "Link"),
        say("件名", "Subject"), say("文", "Text"),
      ].map { ColumnDraft($0) },
      rows: reminders.map { line in
        [
          .text(line.respondent.name), .text(line.respondent.answerer), .text(line.respondent.contact),
          .text(line.mailbox ?? ""), .text(line.progress.label[language]), .text(due.slashed),
          .text(line.respondent.remindedOn?.slashed ?? ""), .text(line.link), .text(line.subject[language]),
          .text(line.text[language]),
        ]
      }
    )
  }
}
