import HTML
import Text

/// Buttons and links that look like them. Labels are plain verbs: 「追加」「取り込む」「一覧に戻る」. Nothing is ever disabled:
/// people may press and are told what is missing.
package enum Button {
  package enum Look: String, Sendable {
    /// The one main action of a page or row.
    case primary = "btn"
    case secondary = "btn s"
    /// What cannot be undone.
    case danger = "btn danger"
    /// Looks like a link, for actions of little weight.
    case text = "btn text"
  }

  package enum Size: String, Sendable {
    /// 48 px.
    case normal = ""
    /// 36 px, for tables and bars.
    case small = " sm"
  }

  /// A link that looks like a button. `context` is read aloud only: “3名を見る：退職者”.
  package static func link(
    _ label: String,
    _ address: String,
    look: Look = .primary,
    size: Size = .normal,
    context: String? = nil
  ) -> HTML {
    "<a class=\"\(look.rawValue)\(size.rawValue)\" href=\"\(address)\">\(label)\(hidden(context))</a>"
  }

  /// Sends the form it stands in, or the form with the id `form`; to `action` instead of the form's own address.
  package static func submit(
    _ label: String,
    name: String? = nil,
    value: String? = nil,
    look: Look = .primary,
    size: Size = .normal,
    form: String? = nil,
    action: String? = nil,
    context: String? = nil
  ) -> HTML {
    """
    <button class="\(look.rawValue)\(size.rawValue)" type="submit"\(attribute: "name", name)\
    \(attribute: "value", value)\(attribute: "form", form)\(attribute: "formaction", action)>\(label)\(hidden(context))</button>
    """
  }

  /// A form of its own with one button: for an action that changes something.
  package static func post(
    _ label: String,
    _ action: String,
    csrf: HTML,
    look: Look = .primary,
    size: Size = .normal,
    context: String? = nil
  ) -> HTML {
    """
    <form method="post" action="\(action)">\(csrf)\
    \(submit(label, look: look, size: size, context: context))</form>
    """
  }

  /// Opens the browser's own print window; shown only where scripts run, since it could do nothing without.
  package static func print(_ language: Language, size: Size = .small) -> HTML {
    let label = Localized(ja: "印刷", en: "Print")[language]
    return "<button class=\"btn s\(size.rawValue) jsonly\" type=\"button\" data-print>\(label)</button>"
  }

  /// Buttons side by side, the main one first.
  package static func row(_ buttons: HTML...) -> HTML { "<div class=\"btns\">\(buttons)</div>" }

  static func hidden(_ context: String?) -> HTML? {
    context.map { "<span class=\"vh\">：\($0)</span>" }
  }
}
