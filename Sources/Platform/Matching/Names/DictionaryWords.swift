/// A vendor and a product as a dictionary writes them: 「富士通」, 「FENICS II」.
package struct DictionaryWords: Sendable, Hashable {
  package let vendor: String
  package let product: String

  package init(vendor: String, product: String) {
    self.vendor = vendor
    self.product = product
  }
}
