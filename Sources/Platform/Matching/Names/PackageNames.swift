import Advisories
import Packs

/// Which products of CPE packages are: the pack `products/packages.yaml`, and behind it a dictionary of equal names.
package struct PackageNames: Sendable {
  /// By `type/namespace/name`, in small: some package systems do not tell letters apart.
  private let packages: [String: ProductName]
  /// By the name of a package of a distribution, or of no package system at all.
  private let systems: [String: ProductName]

  package static let path = "products/packages.yaml"
  package static let shared: PackageNames = Packs.require(path, PackageNames.init(reading:))

  package init(reading pack: Pack) throws(PackError) {
    var (packages, systems): ([String: ProductName], [String: ProductName]) = ([:], [:])
    for entry in pack.entries {
      try entry.allow(["product", "packages", "system", "source"])
      let text = try entry.text("product")
      let fields = text.split(separator: ":", omittingEmptySubsequences: false)
      guard fields.count == 3, let part = Part(letter: fields[0]) else {
        throw entry.wrong(
          "product",
          ja: "「\(text)」は part:vendor:product の形で書いてください。",
          en: "not part:vendor:product: \(text)"
        )
      }
      let name = ProductName(part, vendor: String(fields[1]), product: String(fields[2]))
      for text in try entry.texts("packages") { packages[text.lowercased()] = name }
      for text in try entry.texts("system") { systems[text.lowercased()] = name }
    }
    self.packages = packages
    self.systems = systems
  }

  /// The component that a package certainly is; nil where the pack does not say.
  package func component(_ package: PackageURL) -> Component? {
    product(package).map { Self.component($0, package, confidence: .certain) }
  }

  /// The component that a package may be, since `lookup` knows exactly one product of that name, or exactly one of a vendor
  /// that the package's namespace names; nil else: of parts that could be several things nobody can be asked.
  package func guess(_ package: PackageURL, _ lookup: some ProductLookup) -> Component? {
    let letters = ProductLetters.key(package.name)
    guard !letters.isEmpty else { return nil }
    let named = lookup.products(letters: letters).filter {
      $0.part == .application && ProductLetters.key($0.product) == letters
    }
    let space = ProductLetters.key(package.namespace ?? "")
    let own = named.filter { space.contains(ProductLetters.key($0.vendor)) }
    let likely = own.isEmpty ? named : own
    guard let name = likely.first, likely.count == 1 else { return nil }
    return Self.component(name, package, confidence: .likely)
  }

  private func product(_ package: PackageURL) -> ProductName? {
    let path = [package.type, package.namespace, package.name].compactMap(\.self).joined(separator: "/").lowercased()
    if let name = packages[path] { return name }
    if package.isOfDistribution {
      // `upstream` names the source package, with its version behind it where that differs.
      let source = package.qualifiers["upstream"]?.split(separator: "@").first.map(String.init)
      return systems[package.name.lowercased()] ?? source.flatMap { systems[$0.lowercased()] }
    }
    return package.type == "generic" && package.namespace == nil ? systems[package.name.lowercased()] : nil
  }

  private static func component(_ name: ProductName, _ package: PackageURL, confidence: Confidence) -> Component {
    Component(
      product: name,
      version: package.upstreamVersion,
      writtenVersion: package.version,
      confidence: confidence,
      carriesBackports: package.isOfDistribution
    )
  }
}
