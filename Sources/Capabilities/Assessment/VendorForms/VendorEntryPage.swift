import Design
import HTML
import Text
import Time
import Web

/// `/assess/:pack/vendors/:vendor/answers`: what came on paper or by telephone, typed in by the hospital; and the same form
/// for the vendor itself at a terminal.
struct VendorEntryPage {
  let checklist: Checklist
  let period: String
  let line: VendorStanding
  let typed: WebForm?
  let errors: [FieldError]
  let request: WebRequest
  /// Where the vendor itself answers; nil for people of the hospital.
  var terminal: Terminal?

  struct Terminal {
    let action: String
    /// What the hospital is called.
    let facility: String
    /// The last day on which the link opens the form.
    let lastDay: LocalDate
    /// What was done just now.
    let note: Localized?
  }

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    if let terminal { return atTerminal(terminal) }
    return .page(
      Page(
        say("\(line.vendor.name)の回答を入力", "Type in the answers of \(line.vendor.name)"),
        lead: HTML(
          text: say(
            "答えのない項目は空けておけます。途中まででも保存できます。",
            "Items without an answer may stay empty; part of a form can be saved."
          )
        ),
        crumbs: [
          Crumb(say("自己点検", "Self-checks"), AssessmentPath.list),
          Crumb(checklist.title[language], AssessmentPath.round(checklist.id, period)),
          Crumb(line.vendor.name, AssessmentPath.vendor(checklist.id, line.vendor.id, period)),
        ],
        errors: errors,
        main: form
      ),
      current: "assessment.list"
    )
  }

  private func atTerminal(_ terminal: Terminal) -> WebResponse {
    let systems = line.systems.joined(separator: say("、", ", "))
    // Late answers are taken, too, so both days stand there.
    let last = request.dates.day(terminal.lastDay)
    var about = [KeyValues.Line(say("対象のシステム", "Systems"), text: systems)]
    if let due = line.form?.dueOn { about.append(.init(say("回答の期限", "Due"), text: request.dates.day(due))) }
    about.append(.init(say("このリンクが使える日", "This link works"), text: say("\(last)まで", "until \(last)")))
    let note: HTML = terminal.note.map { Banner(.info, $0[language]).html(language) } ?? .empty
    return .page(
      Page(
        say("\(line.vendor.name)の様式", "The form of \(line.vendor.name)"),
        lead: HTML(
          text: say(
            "\(terminal.facility)あて。\(checklist.title.ja)。途中まででも保存できます。",
            "To \(terminal.facility): \(checklist.title.en). Part of it can be saved."
          )
        ),
        errors: errors,
        main: "\(note)\(KeyValues(about).html)\(form)"
      ),
      surroundings: .bare
    )
  }

  private var form: HTML {
    let reply = VendorReplyFields(typed: typed, kept: line.form?.reply, dates: request.dates)
    let items = EntryFields(
      checklist: checklist,
      stored: line.form?.answers ?? [:],
      typed: typed,
      errors: errors,
      language: language
    )
    let fields = [reply.who] + (terminal == nil ? [reply.day, reply.way] : []) + items.all
    return FormFrame(
      action: terminal?.action ?? "\(AssessmentPath.vendor(checklist.id, line.vendor.id))/answers?period=\(period)",
      csrf: request.csrf,
      fields: fields.map { $0.withError(from: errors) },
      buttons: Button.row(
        Button.submit(say("回答を保存", "Save the answers")),
        terminal == nil
          ? Button.link(
            say("やめる", "Cancel"),
            AssessmentPath.vendor(checklist.id, line.vendor.id, period),
            look: .secondary
          ) : .empty
      ),
      draft: "assessment/\(checklist.id)/\(period)/\(line.vendor.id)"
    ).html(language)
  }
}
