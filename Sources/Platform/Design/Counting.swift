import Text

/// What is counted, with its counter word. `Unit.devices`-like constants belong to the capabilities.
package struct Unit: Sendable, Hashable {
  /// 「台」「件」「か所」.
  package let ja: String
  package let one: String
  package let many: String

  package init(ja: String, one: String, many: String) {
    self.ja = ja
    self.one = one
    self.many = many
  }

  package static let items = Unit(ja: "件", one: "item", many: "items")

  /// 「1,512台」, “1,512 devices”.
  package func count(_ number: Int, _ language: Language) -> String {
    switch language {
    case .ja: number.grouped + ja
    case .en: number.english(one, many)
    }
  }
}

extension Int {
  /// With the word that follows it in English: “1 is”, “1,512 are”.
  package func english(_ one: String, _ many: String) -> String { "\(grouped) \(self == 1 ? one : many)" }

  /// With commas between thousands: 5,000.
  package var grouped: String {
    let digits = String(magnitude)
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { result.append(",") }
      result.append(digit)
    }
    return self < 0 ? "-" + result : result
  }
}
