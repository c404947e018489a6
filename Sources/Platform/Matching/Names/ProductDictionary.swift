import Advisories
import Text

/// A dictionary in memory.
package struct ProductDictionary: ProductLookup {
  private var byLetters: [String: [ProductName]] = [:]
  private var byWords: [String: [ProductName]] = [:]
  private var vendorsByWords: [String: Set<String>] = [:]
  /// The vendors of the products, by their letters and digits: `Palo Alto Networks` is `paloaltonetworks`.
  private var vendorsByLetters: [String: Set<String>] = [:]
  private var wordsByName: [ProductName: [DictionaryWords]] = [:]

  package init(_ names: some Sequence<ProductName>, dictionary: some Sequence<DictionaryProduct> = []) {
    var vendors: Set<String> = []
    for name in names {
      add(name, under: ProductLetters.key(name.product))
      if vendors.insert(name.vendor).inserted {
        vendorsByLetters[ProductLetters.key(name.vendor), default: []].insert(name.vendor)
      }
    }
    for entry in dictionary {
      guard let name = entry.name else { continue }
      add(name, under: ProductLetters.key(entry.product))
      vendorsByWords[Fold.key(NameRules.plainMaker(entry.vendor)), default: []].insert(name.vendor)
      let words = Self.words(entry.vendor, entry.product)
      guard !(byWords[words]?.contains(name) ?? false) else { continue }
      byWords[words, default: []].append(name)
      wordsByName[name, default: []].append(DictionaryWords(vendor: entry.vendor, product: entry.product))
    }
  }

  /// What the dictionary's own vendor and product words stand for, for `AdvisoryEvaluation`: JVN writes 「富士通」.
  package func resolve(_ vendor: String, _ product: String) -> [ProductName] {
    byWords[Self.words(vendor, product)] ?? []
  }

  package func vendors(words: String) -> Set<String> {
    var found = vendorsByWords[Fold.key(words)] ?? []
    for letters in Set([words, Self.withoutForm(words)].map(ProductLetters.key)) where !letters.isEmpty {
      found.formUnion(vendorsByLetters[letters] ?? [])
    }
    return found
  }

  /// A company's name without its English form: `Atlassian Pty Ltd`, `Zyxel Co., Ltd.`.
  private static func withoutForm(_ text: String) -> String {
    var words = Width.halved(text).split { " ,.".contains($0) }
    while words.count > 1, let last = words.last, forms.contains(last.lowercased()) { words.removeLast() }
    return words.joined(separator: " ")
  }

  private static let forms: Set<String> = [
    "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "pty", "llc", "gmbh", "ag", "kk",
  ]

  /// In which words the dictionary speaks of a product: under these advisories without a CPE name are found.
  package func words(for name: ProductName) -> [DictionaryWords] { wordsByName[name] ?? [] }

  private static func words(_ vendor: String, _ product: String) -> String {
    Fold.key(vendor) + "\u{1f}" + Fold.key(product)
  }

  private mutating func add(_ name: ProductName, under key: String) {
    guard !key.isEmpty, !(byLetters[key]?.contains(name) ?? false) else { return }
    byLetters[key, default: []].append(name)
  }

  package func products(letters: String) -> [ProductName] { byLetters[letters] ?? [] }
}
