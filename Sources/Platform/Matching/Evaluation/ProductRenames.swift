import Advisories
import Packs

/// Products that changed their maker or their name: feeds of different years call the same thing differently. The pack
/// `products/renames.yaml`.
package struct ProductRenames: Sendable {
  private let groups: [ProductName: [ProductName]]

  package static let path = "products/renames.yaml"
  package static let shared: ProductRenames = Packs.require(path, ProductRenames.init(reading:))

  /// The name and all others of the same product.
  package func names(of name: ProductName) -> [ProductName] { groups[name] ?? [name] }

  package init(reading pack: Pack) throws(PackError) {
    var groups: [ProductName: [ProductName]] = [:]
    for entry in pack.entries {
      try entry.allow(["same", "source"])
      var names: [ProductName] = []
      for text in try entry.texts("same") {
        let fields = text.split(separator: ":", omittingEmptySubsequences: false)
        guard fields.count == 3, let part = Part(letter: fields[0]) else {
          throw entry.wrong(
            "same",
            ja: "「\(text)」は part:vendor:product の形で書いてください。",
            en: "not part:vendor:product: \(text)"
          )
        }
        names.append(ProductName(part, vendor: String(fields[1]), product: String(fields[2])))
      }
      for name in names {
        groups[name] = [name] + names.filter { $0 != name }
      }
    }
    self.groups = groups
  }
}
