import Advisories

/// What decides about updates on one Windows machine: its release, told by the build, its revision and its installed KBs.
package struct WindowsMachine: Sendable, Hashable {
  /// As Microsoft's list names the product, in small letters: `windows 10 version 22h2`.
  package let base: String
  package let product: ProductName
  package let build: Int
  package let revision: Int?
  package let architecture: WindowsInventory.Architecture?
  package let servicePack: Int?
  /// Numbers without `KB`.
  package let updates: Set<String>
  /// Whether anything is known of its updates: without, an absent KB says nothing.
  package let knowsUpdates: Bool

  /// Nil where the build is missing or unknown: then nothing can be said.
  package init?(_ inventory: WindowsInventory, releases: WindowsReleases = .shared) {
    guard let build = inventory.build else { return nil }
    let isServer = inventory.product?.lowercased().contains("server") ?? false
    guard let release = releases.releases(build: build).first(where: { $0.isServer == isServer }),
      let product = release.product
    else { return nil }
    let plain = product.lowercased()
    base = plain.hasPrefix("microsoft ") ? String(plain.dropFirst(10)) : plain
    self.product = release.template.name(model: nil)
    self.build = build
    revision = inventory.revision
    architecture = inventory.architecture
    servicePack = inventory.servicePack
    updates = Set(inventory.updates)
    knowsUpdates = inventory.listsAllUpdates && !inventory.updates.isEmpty
  }
}
