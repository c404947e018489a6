import Advisories

/// A component made ready for many comparisons.
struct PreparedComponent: Sendable {
  enum VersionKind: Sendable { case unknown, any, notApplicable, value }

  let component: Component
  let versionKind: VersionKind
  let version: Version
  let scheme: VersionScheme
  let isWindows: Bool
  let family: OSFamily?
  /// update, edition, language, sw_edition, target_sw, target_hw, other.
  let attributes: [CPEValue]

  var product: ProductName { component.name.product }

  init(_ component: Component, schemes: SchemeTable) {
    self.component = component
    let name = component.name
    attributes = [
      name.update, name.edition, name.language, name.softwareEdition, name.targetSoftware, name.targetHardware,
      name.other,
    ]
    scheme = schemes.scheme(vendor: name.product.vendor, product: name.product.product)
    isWindows = name.product.vendor == "microsoft" && name.product.product.hasPrefix("windows")
    family = name.product.part == .hardware ? nil : OSFamily(vendor: name.product.vendor, product: name.product.product)
    switch name.version {
    case .value(let text):
      // Where the build counts it stands in what was written.
      let countsBuild = scheme.rule == .vsphere || scheme.rule == .citrix
      version = Version(countsBuild ? component.writtenVersion ?? text : text)
      versionKind = text.isEmpty ? .unknown : .value
    case .notApplicable:
      version = Version("")
      versionKind = .notApplicable
    case .any, .unknown:
      let written = Version(component.writtenVersion ?? "")
      version = written
      versionKind = written.isReadable(in: scheme) ? .value : .unknown
    }
  }
}
