import Design
import HTML
import Text
import Time
import Web

/// On the page of an item: what came by the link of whoever is asked. It becomes the hospital's answer when somebody in
/// charge takes it over.
struct ReplyView {
  let reply: AskedReply
  /// What whoever is asked is called.
  let name: String
  let line: ItemStanding
  let action: String
  let mayTake: Bool
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var html: HTML {
    let day = request.dates.day((reply.sentAt ?? reply.savedAt).day)
    var lines = [
      KeyValues.Line(say("答え", "Answer"), AnswerChips.answer(reply.value, of: line.item, goal: nil, language)),
      KeyValues.Line(
        say("答えた人", "Who answered"),
        text: say("\(name)　\(reply.respondent)", "\(reply.respondent), \(name)")
      ),
      KeyValues.Line(say("届いた日", "Sent"), text: day),
    ]
    if let target = reply.target { lines.append(.init(say("目標日", "Target date"), text: request.dates.day(target))) }
    if !reply.remarks.isEmpty { lines.append(.init(say("備考", "Remarks"), text: reply.remarks)) }
    return """
      <section><h2>\(say("リンクから届いた答え", "What came by the link"))</h2>\(KeyValues(lines).html)\(taking)</section>
      """
  }

  private var taking: HTML {
    if let by = reply.takenBy, let at = reply.takenAt {
      let day = request.dates.day(at.day)
      return "<p>\(say("\(day)に\(by)さんが病院の答えにしました。", "\(by) made it the hospital's answer on \(day)."))</p>"
    }
    guard mayTake else { return .empty }
    var fields = [FormField.hidden("version", String(reply.version))]
    if line.suggestion.isDifferent(reply.value) {
      let label = say("記録と違う答えにする理由", "Why the answer differs from the records")
      var reason = FormField.lines("reason", label, rows: 2, required: true)
      // The form of the answer asks the same.
      reason.idPrefix = "reply"
      fields.append(reason)
    }
    let frame = FormFrame(
      action: action,
      csrf: request.csrf,
      fields: fields,
      buttons: Button.submit(
        line.answer == nil
          ? say("この答えを病院の答えにする", "Make it the hospital's answer")
          : say("いまの答えを、この答えに替える", "Replace the hospital's answer by it"),
        look: .secondary
      )
    )
    return frame.html(language)
  }
}
