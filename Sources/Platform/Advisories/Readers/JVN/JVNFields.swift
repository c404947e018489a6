import Time

/// What the formats of JVN iPedia have in common.
enum JVNFields {
  /// One entry of JVN as advisories: one for each CVE it cites, or one under its own number where it cites none. All
  /// carry the same texts, in Japanese.
  static func advisories(_ entry: Advisory, cves: [String]) -> [Advisory] {
    guard !cves.isEmpty else { return [entry] }
    return cves.map { cve in
      var advisory = entry
      advisory.id = cve
      advisory.aliases = [entry.id] + entry.aliases
      return advisory
    }
  }

  /// The CPE name of an entry, nil and counted where it is missing or malformed: JVN's may hold spaces. Version 4.0
  /// writes characters as `%28` even in formatted strings.
  static func name(_ text: String?, of record: String?, _ tally: inout FeedTally) -> CPEName? {
    guard let text, !text.isEmpty else { return nil }
    do throws(CPEFault) {
      var name = try CPEName(parsing: text)
      if name.product.vendor.contains("%") || name.product.product.contains("%") {
        name.product = ProductName(
          name.product.part,
          vendor: unescaped(name.product.vendor),
          product: unescaped(name.product.product)
        )
      }
      return name
    } catch {
      tally.skipName(text, of: record)
      return nil
    }
  }

  private static func unescaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
        bytes.append(code)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `JVNDB-2022-000001`, and what jvn.jp's own list has: `JVNVU#96768815`, `JVN#12345678`.
  static func isNumber(_ text: String) -> Bool {
    if text.hasPrefix("JVNDB-") {
      return text.utf8.count >= 15 && text.utf8.dropFirst(6).allSatisfy { $0 == 45 || (48...57).contains($0) }
    }
    guard text.hasPrefix("JVN"), let sign = text.firstIndex(of: "#") else { return false }
    let digits = text[text.index(after: sign)...].utf8
    return digits.count >= 6 && digits.allSatisfy { (48...57).contains($0) }
  }

  /// JVN writes ten points as `10`, `10.0`.
  static func tenths(_ text: String?) -> Int? {
    guard let score = text.flatMap(Double.init), score >= 0, score <= 10 else { return nil }
    return Int((score * 10).rounded())
  }

  static let notOne = FeedError.notA("JVN iPediaのデータ", "data of JVN iPedia")
}
