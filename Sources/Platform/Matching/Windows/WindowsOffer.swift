import Advisories

/// An update for one vulnerability with its product taken apart, so that many machines can be held against it.
package struct WindowsOffer: Sendable, Hashable {
  package let kb: String
  let product: WindowsProductKey
  let fixedBuild: String?

  /// Nil for what is no update of Windows itself.
  package init?(_ update: WindowsUpdate) {
    guard !update.kb.isEmpty, let product = WindowsProductKey(update.product) else { return nil }
    kb = update.kb
    self.product = product
    fixedBuild = update.fixedBuild
  }
}
