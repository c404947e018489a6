/// A criterion as it stands in the bytes. Good inside the walk only.
package struct CompactCriterion {
  /// Index into `CompactConfigurations.products`.
  package let product: Int
  package let isVulnerable: Bool
  /// 0 ANY, 1 NA, 2 a value, 3 unknown.
  package let versionKind: UInt8
  package var version: UnsafeBufferPointer<UInt8>?
  package var lower: UnsafeBufferPointer<UInt8>?
  package var isLowerIncluded = false
  package var upper: UnsafeBufferPointer<UInt8>?
  package var isUpperIncluded = false
  /// A bit for each of update, edition, language, sw_edition, target_sw, target_hw and other that is not ANY.
  package var attributeMask: UInt8 = 0
  @usableFromInline var attributes: UnsafeBufferPointer<UInt8>?

  @inlinable
  init(product: Int, isVulnerable: Bool, versionKind: UInt8) {
    self.product = product
    self.isVulnerable = isVulnerable
    self.versionKind = versionKind
  }

  /// Taken apart, with the name of its product.
  package func decoded(_ product: ProductName) -> Criterion {
    var name = CPEName(product)
    switch versionKind {
    case 0: name.version = .any
    case 1: name.version = .notApplicable
    case 2: name.version = .value(Self.text(version))
    default: name.version = .unknown
    }
    var reader = CompactBytes(attributes ?? UnsafeBufferPointer(start: nil, count: 0))
    for (bit, path) in CPEName.attributesBehindVersion.enumerated() where attributeMask & (1 << UInt8(bit)) != 0 {
      guard let length = reader.number() else { break }
      switch length {
      case 0: name[keyPath: path] = .notApplicable
      case 1: name[keyPath: path] = .unknown
      default: name[keyPath: path] = .value(Self.text(reader.text(length - 2)))
      }
    }
    var range: VersionRange?
    if lower != nil || upper != nil {
      range = VersionRange(
        lower: lower.map { VersionBound(Self.text($0), isIncluded: isLowerIncluded) },
        upper: upper.map { VersionBound(Self.text($0), isIncluded: isUpperIncluded) }
      )
    }
    return Criterion(name, range: range, isVulnerable: isVulnerable)
  }

  private static func text(_ bytes: UnsafeBufferPointer<UInt8>?) -> String {
    bytes.map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
