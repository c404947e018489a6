package import Packs
package import Time

/// Until when the maker of an operating system or firmware gives updates, found from what a ledger writes in the field
/// for it: `Ｗｉｎｄｏｗｓ １１ Ｐｒｏ ２３Ｈ２`, `FortiOS v6.4.5 build1828`, `CentOS Linux release 7.9.2009`. The dates are in the
/// pack `software/end-of-support.yaml`.
package enum EndOfSupport {
  package struct Product: Sendable, Hashable {
    /// Windows Server 2016
    package let name: Localized
    package let maker: String
    /// The last day of ordinary support, or nil when the text is not exact enough; the note then says what is missing.
    package let date: LocalDate?
    /// The last day of updates for those who pay, or of a volunteer team.
    package let paidDate: LocalDate?
    package let note: Localized?
    /// Title of the source of the dates, and its address.
    package let source: String
    package let address: String?
  }

  /// The product a text names, or nil when the pack knows none.
  package static func match(_ text: String) -> Product? {
    let words = words(text)
    var best: Int?
    for start in words.indices {
      for pattern in patterns[words[start]] ?? [] where pattern.product < best ?? Int.max {
        if pattern.matches(words, from: start) { best = pattern.product }
      }
    }
    return best.map { products[$0] }
  }

  /// Edition, source and state of verification of the dates.
  package static let pack: Pack = Packs.require(path) { $0 }

  /// All products, in the order of the pack.
  package static let products: [Product] = table.products

  private static let path = "software/end-of-support.yaml"
  private static let patterns: [String: [Pattern]] = table.patterns

  /// A row of words, of which `*` stands for up to six others.
  private struct Pattern: Sendable {
    let words: [String]
    let product: Int

    func matches(_ text: [String], from start: Int) -> Bool { matches(text, start, 0) }

    private func matches(_ text: [String], _ at: Int, _ index: Int) -> Bool {
      if index == words.count { return true }
      if words[index] == "*" {
        return (at...at + 6).contains { matches(text, $0, index + 1) }
      }
      return at < text.count && text[at] == words[index] && matches(text, at + 1, index + 1)
    }
  }

  private static let table: (products: [Product], patterns: [String: [Pattern]]) = Packs.require(path, read)

  private static func read(_ pack: Pack) throws(PackError) -> (products: [Product], patterns: [String: [Pattern]]) {
    var products: [Product] = []
    var patterns: [String: [Pattern]] = [:]
    for group in pack.entries {
      try group.allow(["maker", "source", "address", "products"])
      for entry in try group.entries("products") {
        try entry.allow(["product", "english", "match", "ends", "paid", "note"])
        for text in try entry.texts("match") {
          let words = patternWords(text)
          guard let first = words.first, first != "*", words.last != "*" else {
            throw entry.wrong("match", ja: "照合する語がないか、* で始まるか終わっています（\(text)）。", en: "not a row of words: \(text)")
          }
          patterns[first, default: []].append(Pattern(words: words, product: products.count))
        }
        products.append(try product(entry, group: group))
      }
    }
    return (products, patterns)
  }

  private static func product(_ entry: PackEntry, group: PackEntry) throws(PackError) -> Product {
    let name = try entry.text("product")
    let note = try entry.optionalWords("note").map { Localized($0) }
    let product = Product(
      name: Localized(ja: name, en: try entry.optionalText("english") ?? name),
      maker: try group.text("maker"),
      date: try date("ends", of: entry),
      paidDate: try date("paid", of: entry),
      note: note,
      source: try group.text("source"),
      address: try group.optionalText("address")
    )
    if product.date == nil, note == nil {
      throw entry.wrong("product", ja: "「ends」がないときは「note」に理由を書いてください。", en: "without ‘ends’ a ‘note’ must say why")
    }
    if let paid = product.paidDate, paid <= product.date ?? paid {
      throw entry.wrong("paid", ja: "「paid」は「ends」より後の日です。", en: "‘paid’ must be later than ‘ends’")
    }
    return product
  }

  private static func date(_ name: String, of entry: PackEntry) throws(PackError) -> LocalDate? {
    guard entry.has(name) else { return nil }
    guard let date = LocalDate(iso: try entry.day(name)) else {
      throw entry.wrong(name, ja: "存在しない日です。", en: "no such day")
    }
    return date
  }

  private static func patternWords(_ text: String) -> [String] {
    text.split(separator: " ").flatMap { $0 == "*" ? ["*"] : words(String($0)) }
  }

  /// Runs of letters and runs of digits, folded: `Win10` is win, 10, and `R2` is r, 2. Only the front of a long text is
  /// looked at.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    var isDigits = false
    func flush() {
      // 17.03 is 17.3 to people.
      let plain = isDigits ? word.drop { $0 == 48 }[...] : word[...]
      if !word.isEmpty { words.append(plain.isEmpty ? "0" : String(decoding: plain, as: UTF8.self)) }
      word = []
    }
    for byte in Width.halved(text).utf8.prefix(400) {
      let digit = (48...57).contains(byte)
      let letter = (97...122).contains(byte) || (65...90).contains(byte)
      if !(digit || letter) || (digit != isDigits && !word.isEmpty) { flush() }
      if digit || letter {
        isDigits = digit
        word.append(letter ? byte | 0x20 : byte)
      }
    }
    flush()
    return words
  }
}

extension Localized {
  /// The words of a pack.
  package init(_ words: PackWords) { self.init(ja: words.ja, en: words.en) }
}
