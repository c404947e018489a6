import Advisories
import Text

/// A dictionary in memory.
package struct ProductDictionary: ProductLookup {
  private var byLetters: [String: [ProductName]] = [:]
  private var byWords: [String: [ProductName]] = [:]

  package init(_ names: some Sequence<ProductName>, dictionary: some Sequence<DictionaryProduct> = []) {
    for name in names { add(name, under: ProductLetters.key(name.product)) }
    for entry in dictionary {
      guard let name = entry.name else { continue }
      add(name, under: ProductLetters.key(entry.product))
      let words = Self.words(entry.vendor, entry.product)
      if !(byWords[words]?.contains(name) ?? false) { byWords[words, default: []].append(name) }
    }
  }

  /// What the dictionary's own vendor and product words stand for, for `AdvisoryEvaluation`: JVN writes 「富士通」.
  package func resolve(_ vendor: String, _ product: String) -> [ProductName] {
    byWords[Self.words(vendor, product)] ?? []
  }

  private static func words(_ vendor: String, _ product: String) -> String {
    Fold.key(vendor) + "\u{1f}" + Fold.key(product)
  }

  private mutating func add(_ name: ProductName, under key: String) {
    guard !key.isEmpty, !(byLetters[key]?.contains(name) ?? false) else { return }
    byLetters[key, default: []].append(name)
  }

  package func products(letters: String) -> [ProductName] { byLetters[letters] ?? [] }
}
