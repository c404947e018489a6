import Advisories

/// A dictionary of products: the vendor/product table that a store builds from its feeds, and the product list of JVN.
package protocol ProductLookup: Sendable {
  /// Products whose vendor and product, taken together or alone, have these letters and digits (`ProductLetters.key`).
  func products(letters: String) -> [ProductName]
}
