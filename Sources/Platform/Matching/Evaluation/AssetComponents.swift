import Advisories

/// All components of one asset, ready to be evaluated together (C1). A class, since it is handed on millions of times, and to
/// several cores at once.
package final class AssetComponents: Sendable {
  let prepared: [PreparedComponent]
  /// By vendor and product, other names of the same product among them.
  let places: ProductPlaces
  let families: Set<OSFamily>
  /// Makers whose hardware the asset is, and whether the model is certain.
  private let hardware: [(vendor: String, product: String, isCertain: Bool)]

  package var components: [Component] { prepared.map(\.component) }

  package init(
    _ components: [Component],
    schemes: SchemeTable = .shared,
    renames: ProductRenames = .shared
  ) {
    prepared = components.map { PreparedComponent($0, schemes: schemes) }
    var found: [UInt64: [Int]] = [:]
    for (index, component) in prepared.enumerated() {
      for name in renames.names(of: component.product) {
        let hash = ProductHash.of(name.vendor, name.product)
        found[ProductPlaces.hash(component.product.part, hash), default: []].append(index)
      }
    }
    places = ProductPlaces(found)
    families = Set(
      prepared.filter { $0.component.confidence == .certain && $0.product.part == .operatingSystem }.compactMap(
        \.family
      )
    )
    hardware = prepared.filter { $0.product.part == .hardware }.map {
      ($0.product.vendor, $0.product.product, $0.component.confidence == .certain)
    }
  }

  /// Under which names feeds may speak of a product, each with every part that may stand for the other (A1). What a store
  /// looks up to find the advisories to evaluate.
  package static func lookups(of product: ProductName, renames: ProductRenames = .shared) -> Set<ProductName> {
    guard !product.product.isEmpty else { return [] }
    var names: Set<ProductName> = []
    for name in renames.names(of: product) {
      names.insert(name)
      switch name.part {
      case .application: names.insert(ProductName(.operatingSystem, vendor: name.vendor, product: name.product))
      case .operatingSystem: names.insert(ProductName(.application, vendor: name.vendor, product: name.product))
      case .hardware: break
      }
    }
    return names
  }

  /// The same of all that the asset has.
  package func lookups(renames: ProductRenames = .shared) -> Set<ProductName> {
    prepared.reduce(into: []) { $0.formUnion(Self.lookups(of: $1.product, renames: renames)) }
  }

  /// Where in `places.components` those are that a criterion's product speaks of; `h` never stands for `a` or `o` (A1).
  func places(
    _ part: Part,
    _ vendor: UnsafeBufferPointer<UInt8>,
    _ product: UnsafeBufferPointer<UInt8>
  ) -> Range<Int> {
    places.places(ProductPlaces.hash(part, ProductHash.of(vendor, product)))
  }

  /// Whether something that no component is may be there all the same (C3).
  enum Presence { case absent, unknown, assumed, present }

  func presence(_ part: Part, vendor: String, product: String) -> Presence {
    switch part {
    case .application: return .unknown
    case .hardware:
      let sameMaker = hardware.filter { $0.vendor == vendor }
      if sameMaker.isEmpty { return .unknown }
      // The maker is known and the model is not, or not for certain: the firmware is there, so its hardware will be.
      return sameMaker.contains { $0.product.isEmpty || !$0.isCertain } ? .assumed : .absent
    case .operatingSystem:
      guard let family = OSFamily(vendor: vendor, product: product), !families.isEmpty else { return .unknown }
      if !families.contains(family) { return .absent }
      if OSFamily.isGeneric(vendor: vendor, product: product) { return .present }
      // Another release of the same family: the asset's own is known.
      return family == .linux ? .unknown : .absent
    }
  }
}

extension AssetComponents {
  /// What the configurations of one advisory say of the asset's components, each at most once, in the order of the
  /// components. The quick walk: no sources are compared and no sentences made.
  package func hits(_ configurations: CompactConfigurations) -> [ConfigurationHit] {
    ConfigurationWalk.hits(configurations, self).sorted { $0.component < $1.component }
  }

  /// How sure it is that any component is hit, nil where none is: the best of `hits`, without making them.
  package func certainty(_ configurations: CompactConfigurations) -> Certainty? {
    ConfigurationWalk.certainty(configurations, self)
  }
}
