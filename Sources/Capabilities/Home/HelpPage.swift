import Design
import HTML
import Text
import Web

/// `/help` and `/help/:topic`: how to do the main things, in the order in which a hospital meets them.
struct HelpPage {
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  /// All topics, a sentence each.
  var response: WebResponse {
    let parts = HelpTopic.all.map { topic -> HTML in
      """
      <section><h2><a href="\(Self.path(topic))">\(topic.title[language])</a></h2><p>\(topic.lead[language])</p></section>
      """
    }
    return .page(Page(say("使い方", "Help"), main: parts.joined()), current: "home.help")
  }

  func response(_ topic: HelpTopic) -> WebResponse {
    let steps = topic.steps.map { "<li>\($0[language])</li>" as HTML }
    let troubles = topic.troubles.map { trouble -> HTML in
      "<dt>\(trouble.what[language])</dt><dd>\(trouble.remedy[language])</dd>"
    }
    let others = HelpTopic.all.filter { $0.key != topic.key }.map { other -> HTML in
      "<li><a href=\"\(Self.path(other))\">\(other.title[language])</a></li>"
    }
    return .page(
      Page(
        topic.title[language],
        lead: HTML(text: topic.lead[language]),
        crumbs: [Crumb(say("使い方", "Help"), "/help")],
        main: """
          <section><h2>\(say("手順", "How it goes"))</h2><ol>\(steps)</ol></section>\
          <section><h2>\(say("うまくいかないとき", "When it goes wrong"))</h2><dl class="troubles">\(troubles)</dl></section>\
          <section><h2>\(say("ほかの使い方", "Other topics"))</h2><ul>\(others)</ul></section>
          """
      ),
      current: "home.help"
    )
  }

  static func path(_ topic: HelpTopic) -> String { "/help/\(topic.key)" }
}
