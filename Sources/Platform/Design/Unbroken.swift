import HTML

/// Text in whose dates and years no line ends: 「2026年12月」 stays whole in a heading on a telephone.
package enum Unbroken {
  package static func html(_ text: String) -> HTML {
    var parts: [HTML] = []
    var plain = ""
    var rest = text[...]
    while let first = rest.first {
      let run = length(rest)
      if run > 0 {
        parts.append(HTML(text: plain))
        parts.append("<span class=\"nb\">\(String(rest.prefix(run)))</span>")
        plain = ""
        rest = rest.dropFirst(run)
      } else {
        plain.append(first)
        rest = rest.dropFirst()
      }
    }
    return "\(parts.joined())\(HTML(text: plain))"
  }

  /// How many characters at the front are a date: numbers, each with the 年度, 年, 月 or 日 behind it, an era before them.
  private static func length(_ text: Substring) -> Int {
    let units: [Character] = ["年", "月", "日"]
    var rest = text
    for era in ["令和", "平成", "昭和"] where rest.hasPrefix(era) { rest = rest.dropFirst(era.count) }
    let hasEra = rest.startIndex != text.startIndex
    var count = 0
    for (place, unit) in units.enumerated() {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      let number = place == 0 && hasEra && rest.hasPrefix("元") ? rest.prefix(1) : digits
      guard !number.isEmpty, number.count <= 4, rest.dropFirst(number.count).first == unit else { continue }
      rest = rest.dropFirst(number.count + 1)
      count += 1
      if place == 0, rest.first == "度" {
        rest = rest.dropFirst()
        break
      }
    }
    return count == 0 ? 0 : text.count - rest.count
  }
}
