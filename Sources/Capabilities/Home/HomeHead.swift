import Design
import HTML
import Nouns
import Text
import Time
import Web

/// What stands above each home: the change between the roles one holds, unread messages, and the trainings one has to take.
struct HomeHead {
  let role: Role
  let roles: [Role]
  let messages: [HomeMessage]
  /// As duties of one's own, the nearest day first.
  let trainings: [Duty]
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var html: HTML { "\(change)\(notices)\(toTake)" }

  /// The home of staff lists them among what is to be done; on the others they would be lost among what is to be managed.
  private var toTake: HTML {
    guard role != .staff, let first = trainings.first else { return .empty }
    let day = request.dates.brief(first.due, today: request.now.day)
    let rest = trainings.count - 1
    let more: HTML =
      rest > 0 ? "\(say("、ほか", ", and "))<a href=\"/training\">\(say("\(rest)件", "\(rest) more"))</a>" : .empty
    return """
      <p class="noprint">\(say("あなたの研修", "Your training"))\(language.colon)<a href="\(first.link)">\(first.title[language])</a> \
      <span class="nb">\(say("\(day)まで", "until \(day)"))</span>\(more)</p>
      """
  }

  private var change: HTML {
    guard roles.count > 1 else { return .empty }
    return Tabs(
      say("表示を切り替える", "Change the view"),
      roles.map { MenuEntry($0.label[language], "/?as=\($0.rawValue)", isCurrent: $0 == role) }
    ).html
  }

  private var notices: HTML {
    guard !messages.isEmpty else { return .empty }
    let lines = messages.prefix(3).map { message -> HTML in
      let urgent: HTML = message.isUrgent ? Chip(say("急ぎ", "Urgent"), .red).html : .empty
      return "<li>\(message.title[language]) \(urgent)</li>"
    }
    return Banner(
      messages.contains(where: \.isUrgent) ? .warning : .info,
      say("読んでいないお知らせがあります。", "You have unread messages."),
      detail: "<ul>\(lines)</ul>",
      actions: Button.link(say("お知らせを見る", "Open the inbox"), "/inbox", look: .secondary, size: .small)
    ).html(language)
  }
}
