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
    self.product = release.name
    self.build = build
    revision = inventory.revision
    architecture = inventory.architecture
    servicePack = inventory.servicePack
    updates = Set(inventory.updates)
    knowsUpdates = inventory.listsAllUpdates && !inventory.updates.isEmpty
  }
}

extension WindowsMachine {
  /// The machine a component speaks of, where it is Windows for certain, with what an inventory reported of its updates.
  /// The build is that of the written version, else of the report, else of the release the name says.
  package init?(
    _ component: Component,
    _ report: WindowsInventory? = nil,
    releases: WindowsReleases = .shared
  ) {
    guard component.isWindows, component.confidence == .certain else { return nil }
    let name = component.name
    var inventory = report ?? WindowsInventory()
    inventory.product = name.product.product.contains("server") ? "windows server" : "windows"
    let numbers = (component.writtenVersion ?? "").split(separator: ".").compactMap { Int($0) }
    if numbers.count > 2 {
      inventory.version = numbers.prefix(3).map(String.init).joined(separator: ".")
      if numbers.count > 3 { inventory.revision = numbers[3] }
    } else if inventory.version == nil {
      inventory.version = releases.build(of: name).map { "10.0.\($0)" }
    }
    if inventory.servicePack == nil, case .value(let update) = name.update, update.hasPrefix("sp") {
      inventory.servicePack = Int(update.dropFirst(2))
    }
    self.init(inventory, releases: releases)
  }

  /// Whether updates that Microsoft lists for `product` are meant for this machine.
  package func takes(updatesFor product: String) -> Bool { WindowsProductKey(product)?.fits(self) ?? false }
}

extension Component {
  /// Whether it is a release of Windows itself.
  package var isWindows: Bool {
    name.product.part == .operatingSystem && name.product.vendor == "microsoft"
      && name.product.product.hasPrefix("windows")
  }
}
