import Text

extension NameRules {
  /// The vendors that a text names, with the words that do it.
  func vendors(in text: NameText) -> (vendors: Set<String>, covered: Set<Int>) {
    var found: Set<String> = []
    var covered: Set<Int> = []
    var best: [Int: (length: Int, vendor: String, count: Int)] = [:]
    for vendor in vendors(maybeIn: text) {
      for alias in vendor.words {
        guard let first = alias.first, text.mayHold(first) else { continue }
        for start in text.words.indices where start + alias.count <= text.words.count {
          guard Self.fits(alias, text, start) else { continue }
          let length = alias.reduce(0) { $0 + $1.utf8.count }
          if length > best[start]?.length ?? 0 { best[start] = (length, vendor.vendor, alias.count) }
        }
      }
    }
    for (start, match) in best {
      found.insert(match.vendor)
      covered.formUnion(start..<(start + match.count))
    }
    return (found, covered)
  }

  /// The vendors of a maker's column.
  func vendors(ofMaker text: String) -> Set<String> { vendors(in: NameText(Self.plainMaker(text))).vendors }

  /// A maker's name without the form of its company.
  static func plainMaker(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 > 127 || $0 == UInt8(ascii: "(") }) else { return Width.trimmed(text) }
    var plain = text
    for form in ["株式会社", "合同会社", "有限会社", "(株)", "（株）", "㈱", "(有)", "日本法人"] { plain = plain.replacing(form, with: " ") }
    return Width.trimmed(plain)
  }

  private static func fits(_ alias: [String], _ text: NameText, _ start: Int) -> Bool {
    for (offset, word) in alias.enumerated() {
      let written = text.words[start + offset].text
      if written == word { continue }
      // A Japanese name runs on into the next: キヤノンマーケティングジャパン.
      guard (word.utf8.first ?? 0) > 127, word.count >= 3, written.hasPrefix(word), offset == alias.count - 1 else {
        return false
      }
    }
    return true
  }
}
