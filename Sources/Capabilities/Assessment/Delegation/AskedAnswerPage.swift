import Design
import HTML
import Text
import Time
import Web

/// `/asked/:token`: the items that a department or a vendor is asked for, to whoever holds the link.
struct AskedAnswerPage {
  let party: Assessment.AskedParty
  let action: String
  /// What the hospital is called.
  let facility: String
  /// What was done just now.
  let note: Localized?
  let typed: WebForm?
  let errors: [FieldError]
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let note: HTML = note.map { Banner(.info, $0[language]).html(language) } ?? .empty
    let title = party.round.checklist.name
    return .page(
      Page(
        say("\(party.name)への問い合わせ", "Questions to \(party.name)"),
        lead: HTML(
          text: say(
            "\(facility)から。\(title.ja)（\(party.roundName.ja)）。途中で保存し、同じリンクから続けられます。",
            "From \(facility): \(title.en), \(party.roundName.en). Save part of it and go on by the same link."
          )
        ),
        errors: errors,
        main: "\(note)\(KeyValues(about).html)\(form)\(done)"
      ),
      surroundings: .bare
    )
  }

  private var about: [KeyValues.Line] {
    var lines: [KeyValues.Line] = []
    if let due = party.due { lines.append(.init(say("回答の期限", "Due"), text: request.dates.day(due))) }
    if let last = party.lastDay {
      let day = request.dates.day(last)
      lines.append(.init(say("このリンクが使える日", "This link works"), text: say("\(day)まで", "until \(day)")))
    }
    return lines
  }

  private var form: HTML {
    let open = party.open
    guard !open.items.isEmpty else {
      return Banner(.info, say("答えていただく項目はもうありません。", "Nothing is left to answer.")).html(language)
    }
    let known = open.items.compactMap { party.replies[$0.key] }.max { $0.savedAt < $1.savedAt }
    let who = FormField.text(
      "respondent",
      say("答える人", "Who answers"),
      value: typed?.text("respondent") ?? known?.respondent ?? "",
      required: true,
      support: say("部署と氏名", "Department and name")
    )
    let items = EntryFields(
      checklist: open,
      stored: party.stored,
      typed: typed,
      errors: errors,
      words: words,
      language: language
    )
    return FormFrame(
      action: action,
      csrf: request.csrf,
      fields: ([who] + items.all).map { $0.withError(from: errors) },
      buttons: Button.row(
        Button.submit(say("答えを送る", "Send the answers"), name: "do", value: "send"),
        Button.submit(say("途中で保存", "Save for later"), name: "do", value: "save", look: .secondary)
      ),
      draft: "assessment/\(party.round.checklist.id)/\(party.round.period)/\(party.whom)"
    ).html(language)
  }

  /// Beside each item: the official wording, by when, the word that was sent along, and how far it is.
  private var words: [String: String] {
    let lines = party.lines.map { line -> (String, String) in
      let key = line.item.key
      let day = request.dates.short(line.assignment.due)
      let parts = [
        party.wording[key] ?? "", line.assignment.note, say("期限：\(day)", "by \(day)"), state(party.replies[key]) ?? "",
      ]
      return (key, parts.filter { !$0.isEmpty }.joined(separator: "　"))
    }
    return Dictionary(lines, uniquingKeysWith: { first, _ in first })
  }

  private func state(_ reply: AskedReply?) -> String? {
    guard let reply else { return nil }
    guard let sent = reply.sentAt else { return say("保存済み・未送信", "saved, not sent") }
    let day = request.dates.short(sent.day)
    return say("\(day)に送信済み", "sent on \(day)")
  }

  /// What the hospital has settled. What it answered is not told.
  private var done: HTML {
    let lines = party.lines.filter(\.isAnswered).map { line -> HTML in
      "<li>\(line.item.name[language])　\(line.item.text[language])</li>"
    }
    guard !lines.isEmpty else { return .empty }
    return """
      <section><h2>\(say("済んだ項目", "What is done"))</h2><ul>\(lines.joined())</ul></section>
      """
  }
}
