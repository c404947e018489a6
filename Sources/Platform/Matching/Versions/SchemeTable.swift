import Packs
import Text

/// Which product is ordered by which scheme: the pack `versions/schemes.yaml`.
package struct SchemeTable: Sendable {
  /// One scheme of the pack.
  package struct Entry: Sendable, Hashable {
    package let scheme: VersionScheme
    package let title: Localized
    /// Versions in their order, as an example and for the tests of the pack.
    package let example: [String]
    package let source: String
  }

  package let entries: [Entry]
  private let byProduct: [String: VersionScheme]
  private let byPrefix: [(prefix: String, scheme: VersionScheme)]

  /// The embedded table.
  package static let shared: SchemeTable = Packs.require(path, SchemeTable.init(reading:))
  package static let path = "versions/schemes.yaml"

  /// The scheme of a product, by vendor and product as CPE writes them; by shape where the table does not know it.
  package func scheme(vendor: String, product: String) -> VersionScheme {
    let key = vendor + ":" + product
    if let scheme = byProduct[key] { return scheme }
    return byPrefix.first { key.hasPrefix($0.prefix) }?.scheme ?? .shape
  }

  /// The scheme of that name: of the table, or of a rule.
  package func scheme(named name: String) -> VersionScheme? {
    if let entry = entries.first(where: { $0.scheme.name == name }) { return entry.scheme }
    if name == VersionScheme.shape.name { return .shape }
    return VersionRule(rawValue: name).map { VersionScheme(name: name, rule: $0) }
  }

  /// The letter rule told from a product's own data, where the table does not know it: if a bound of a range ends in a digit
  /// and a letter, letters are patches (OpenSSL); if letters stand only in single versions, they name trains. Nil where there
  /// are neither.
  package static func inferred(bounds: some Sequence<String>, singles: some Sequence<String>) -> VersionScheme? {
    if bounds.contains(where: endsInLetter) { return VersionScheme(name: VersionRule.letters.rawValue, rule: .letters) }
    return singles.contains(where: endsInLetter)
      ? VersionScheme(name: VersionRule.trains.rawValue, rule: .trains) : nil
  }

  private static func endsInLetter(_ text: String) -> Bool {
    let bytes = Array(text.utf8.suffix(3))
    guard let last = bytes.last, VersionCursor.isLetter(last), bytes.count >= 2 else { return false }
    let before = bytes[bytes.count - 2]
    return VersionCursor.isDigit(before) || (VersionCursor.isLetter(before) && VersionCursor.isDigit(bytes[0]))
  }

  package init(reading pack: Pack) throws(PackError) {
    var entries: [Entry] = []
    var byProduct: [String: VersionScheme] = [:]
    var byPrefix: [(prefix: String, scheme: VersionScheme)] = []
    for entry in pack.entries {
      try entry.allow(["scheme", "rule", "title", "products", "example", "source"])
      let name = try entry.text("scheme")
      let written = try entry.text("rule")
      guard let rule = VersionRule(rawValue: written) else {
        throw entry.wrong("rule", ja: "「\(written)」という並べ方はありません。", en: "no such rule: \(written)")
      }
      if entries.contains(where: { $0.scheme.name == name }) {
        throw entry.wrong("scheme", ja: "「\(name)」が二度あります。", en: "‘\(name)’ stands twice")
      }
      let scheme = VersionScheme(name: name, rule: rule)
      for product in try entry.texts("products") {
        guard product.split(separator: ":").count == 2 else {
          throw entry.wrong(
            "products",
            ja: "「\(product)」は vendor:product の形で書いてください。",
            en: "not vendor:product: \(product)"
          )
        }
        if product.hasSuffix("*") {
          byPrefix.append((String(product.dropLast()), scheme))
        } else if byProduct.updateValue(scheme, forKey: product) != nil {
          throw entry.wrong("products", ja: "「\(product)」が二度あります。", en: "‘\(product)’ stands twice")
        }
      }
      entries.append(
        Entry(
          scheme: scheme,
          title: Localized(try entry.words("title")),
          example: try entry.texts("example"),
          source: try entry.text("source")
        )
      )
    }
    self.entries = entries
    self.byProduct = byProduct
    self.byPrefix = byPrefix
  }
}
