import Advisories

/// A dictionary of products: the vendor/product table that a store builds from its feeds, and the product list of JVN.
package protocol ProductLookup: Sendable {
  /// Products whose vendor and product, taken together or alone, have these letters and digits (`ProductLetters.key`).
  func products(letters: String) -> [ProductName]
  /// The vendors of CPE that a maker's words stand for: 「サイボウズ」. Forms of companies are left out of `words`.
  func vendors(words: String) -> Set<String>
}

extension ProductLookup {
  package func vendors(words: String) -> Set<String> { [] }
}
