import HTML
import Text

/// Telephone numbers: never broken across lines, and one tap calls a whole one. An extension is no link.
package enum PhoneText {
  package static func html(_ number: String) -> HTML {
    let digits = Width.halved(number).filter { $0.isASCII && $0.isNumber || $0 == "+" }
    guard digits.count >= 10, digits.hasPrefix("0") || digits.hasPrefix("+") else {
      return "<span class=\"nb\">\(number)</span>"
    }
    return "<a class=\"nb\" href=\"tel:\(digits)\">\(number)</a>"
  }

  /// The number by day with the one out of hours behind it; either may be empty.
  package static func html(day: String, night: String, _ language: Language) -> HTML {
    guard !night.isEmpty else { return html(day) }
    let label = Localized(ja: "夜間・休日", en: "out of hours")[language]
    guard !day.isEmpty else { return "\(label) \(html(night))" }
    return language == .ja ? "\(html(day))（\(label) \(html(night))）" : "\(html(day)) (\(label) \(html(night)))"
  }
}
