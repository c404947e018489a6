import HTML
import Text

/// A short word on a tint. The word alone must say it; the colour only helps the eye.
package struct Chip: Sendable {
  package enum Tint: String, Sendable, CaseIterable {
    case red = "r"
    case orange = "o"
    case yellow = "y"
    case green = "g"
    case blue = "b"
    case grey = "k"
  }

  package let word: String
  package let tint: Tint

  package init(_ word: String, _ tint: Tint) {
    self.word = word
    self.tint = tint
  }

  package var html: HTML { "<span class=\"chip \(tint.rawValue)\">\(word)</span>" }
}

/// 不明: a value of its own, never an empty cell and never “no”.
package enum Unknown {
  package static let word = Localized(ja: "不明", en: "Unknown")

  package static func html(_ language: Language) -> HTML { "<span class=\"unk\">\(word[language])</span>" }

  /// The value, or 不明 where it is nil or empty.
  package static func or(_ value: String?, _ language: Language) -> HTML {
    guard let value, !value.isEmpty else { return html(language) }
    return HTML(text: value)
  }
}

/// A date or time: for people as `shown`, for machines as `machine` (ISO 8601).
package enum DateText {
  package static func html(_ shown: String, machine: String) -> HTML {
    "<time datetime=\"\(machine)\">\(shown)</time>"
  }
}
