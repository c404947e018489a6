import HTML
import Text

/// A notice across the page. What happened, why, what to do; short of room, keep why and what to do.
package struct Banner: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    /// While an incident is open, on every page.
    case emergency
    case success, error, warning, info

    var word: Localized {
      switch self {
      case .emergency: Localized(ja: "緊急", en: "Emergency")
      case .success: Localized(ja: "完了", en: "Done")
      case .error: Localized(ja: "エラー", en: "Error")
      case .warning: Localized(ja: "注意", en: "Warning")
      case .info: Localized(ja: "お知らせ", en: "Notice")
      }
    }
  }

  package let kind: Kind
  package let title: String
  package let detail: HTML?
  /// Buttons such as 「元に戻す」.
  package let actions: HTML?

  package init(_ kind: Kind, _ title: String, detail: HTML? = nil, actions: HTML? = nil) {
    self.kind = kind
    self.title = title
    self.detail = detail
    self.actions = actions
  }

  /// Errors and emergencies are read out at once, the others when the reader pauses.
  package func html(_ language: Language) -> HTML {
    let role = kind == .error || kind == .emergency ? "alert" : "status"
    // A list may stand in it, so it is no paragraph.
    let text: HTML? = detail.map { "<div>\($0)</div>" }
    let buttons: HTML? = actions.map { "<div class=\"btns\">\($0)</div>" }
    return """
      <div class="banner \(kind.rawValue)" role="\(role)"><h2><span class="kind">\(kind.word[language])</span>\
      \(title)</h2>\(text)\(buttons)</div>
      """
  }
}
