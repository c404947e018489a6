/// What tells one alert of JPCERT/CC or IPA from another.
enum NewsFields {
  /// `JPCERT-AT-2021-0050` of `…/at/2021/at210050.html`, nil for other addresses.
  static func alertNumber(_ address: String) -> String? {
    guard let file = address.split(separator: "/").last, file.hasPrefix("at"), file.hasSuffix(".html"),
      address.contains("jpcert.or.jp")
    else { return nil }
    let digits = file.dropFirst(2).dropLast(5)
    guard digits.utf8.count == 6, digits.allSatisfy(\.isNumber) else { return nil }
    return "JPCERT-AT-20\(digits.prefix(2))-\(digits.suffix(4))"
  }

  /// The address of an alert of JPCERT/CC.
  static func address(_ number: String) -> String? {
    let parts = number.split(separator: "-")
    guard parts.count == 4, parts[2].utf8.count == 4, parts[3].utf8.count == 4 else { return nil }
    return "https://www.jpcert.or.jp/at/\(parts[2])/at\(parts[2].suffix(2))\(parts[3]).html"
  }

  /// Whether the publisher's own words call for haste.
  static func isUrgent(_ title: String) -> Bool { title.contains("緊急") || title.contains("悪用") }
}
