import Advisories

/// A component made ready for many comparisons; a class, since it is handed on millions of times.
final class PreparedComponent: Sendable {
  enum VersionKind: Sendable { case unknown, any, notApplicable, value }

  let component: Component
  let versionKind: VersionKind
  let version: Version
  /// Whether the version is one word.
  let isToken: Bool
  /// Whether `version` is only the front of one: `9.x`, where `version` is 9.
  let isBranch: Bool
  let scheme: VersionScheme
  let isWindows: Bool
  /// The build of a Windows, where it is written: ranges of other build lines decide nothing about it.
  let build: WindowsBuild?
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
    case .value(let text) where text.hasSuffix(".x") || text.hasSuffix(".*"):
      version = Version(String(text.dropLast(2)))
      versionKind = .value
      isBranch = text.contains { $0.isNumber }
    case .value(let text):
      // Where the build counts it stands in what was written.
      let countsBuild = scheme.rule == .vsphere || scheme.rule == .citrix
      version = Version(countsBuild ? component.writtenVersion ?? text : text)
      versionKind = text.isEmpty ? .unknown : .value
      isBranch = false
    case .notApplicable:
      version = Version("")
      versionKind = .notApplicable
      isBranch = false
    case .any, .unknown:
      let written = Version(component.writtenVersion ?? "")
      version = written
      versionKind = written.isReadable(in: scheme) ? .value : .unknown
      isBranch = false
    }
    isToken = version.isToken
    build = scheme.rule == .windows && versionKind == .value ? WindowsBuild(version) : nil
  }

  /// Whether the version lies between these bounds; unknown where only its front is written and a bound lies within.
  func isBetween(
    _ lower: UnsafeBufferPointer<UInt8>?,
    isLowerIncluded: Bool,
    _ upper: UnsafeBufferPointer<UInt8>?,
    isUpperIncluded: Bool
  ) -> Truth {
    if let truth = acrossLines(lower, isLowerIncluded: isLowerIncluded, upper, isUpperIncluded: isUpperIncluded) {
      return truth
    }
    let low =
      isBranch && lower.map { isWithin($0) && !(isLowerIncluded && isStart($0)) } ?? false
      ? Truth.unknown : RangeCheck.lowerHolds(version, scheme, lower, isIncluded: isLowerIncluded)
    let high =
      isBranch && upper.map(isWithin) ?? false
      ? Truth.unknown : RangeCheck.upperHolds(version, scheme, upper, isIncluded: isUpperIncluded)
    return low && high
  }

  func isIn(_ range: VersionRange) -> Truth {
    guard isBranch || build != nil else { return range.contains(version, in: scheme) }
    var low = range.lower?.version ?? ""
    var high = range.upper?.version ?? ""
    return low.withUTF8 { one in
      high.withUTF8 { other in
        isBetween(
          range.lower == nil ? nil : one,
          isLowerIncluded: range.lower?.isIncluded ?? true,
          range.upper == nil ? nil : other,
          isUpperIncluded: range.upper?.isIncluded ?? true
        )
      }
    }
  }

  /// The answer where a bound is of another build line of Windows than the component; nil where none is.
  private func acrossLines(
    _ lower: UnsafeBufferPointer<UInt8>?,
    isLowerIncluded: Bool,
    _ upper: UnsafeBufferPointer<UInt8>?,
    isUpperIncluded: Bool
  ) -> Truth? {
    guard let own = build?.line else { return nil }
    let low = lower.flatMap { WindowsBuild($0)?.line }
    let high = upper.flatMap { WindowsBuild($0)?.line }
    guard (low ?? own) != own || (high ?? own) != own else { return nil }
    // From one build of a line to another build of it: no other line is meant.
    if low == high { return .no }
    let lowHolds =
      low == nil || low == own
      ? RangeCheck.lowerHolds(version, scheme, lower, isIncluded: isLowerIncluded) : Truth.unknown
    let highHolds =
      high == nil || high == own
      ? RangeCheck.upperHolds(version, scheme, upper, isIncluded: isUpperIncluded) : Truth.unknown
    return lowHolds && highHolds
  }

  /// Whether a bound is where the branch begins: 9.0.0 of 9.x.
  private func isStart(_ bound: UnsafeBufferPointer<UInt8>) -> Bool { scheme.compare(version, bytes: bound) == .equal }

  /// Whether the version is written just so.
  func isWritten(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    if case .value(let own) = component.name.version { own.utf8.elementsEqual(text) } else { false }
  }

  /// Whether a bound is of the branch: 9.6.5 is within 9.x.
  func isWithin(_ bound: UnsafeBufferPointer<UInt8>) -> Bool {
    // The end of the branch itself, `9.*`, is no bound within.
    if bound.count > 2, bound[bound.count - 1] == 42 || bound[bound.count - 1] | 0x20 == 120,
      bound[bound.count - 2] == 46
    {
      let stem = UnsafeBufferPointer(rebasing: bound[..<(bound.count - 2)])
      return Version(String(decoding: stem, as: UTF8.self)).isInBranch(version.raw)
        && scheme.compare(version, bytes: stem) != .equal
    }
    return Version(String(decoding: bound, as: UTF8.self)).isInBranch(version.raw)
  }

  /// What is open where a range could not be told.
  var openVersion: OpenQuestion { isWindows ? .windowsBuild : isBranch ? .versionCoarse : .versionIncomparable }

  /// Whether a range ends at a build of the component's own line of Windows.
  func endsInOwnLine(_ upper: UnsafeBufferPointer<UInt8>?) -> Bool {
    guard let own = build?.line, let upper else { return false }
    return WindowsBuild(upper)?.line == own
  }

  /// Whether a range speaks of another build line of Windows.
  func isOfOtherLine(_ range: VersionRange) -> Bool {
    guard let own = build?.line else { return false }
    return [range.lower, range.upper].contains { (WindowsBuild($0)?.line ?? own) != own }
  }

  /// Whether a range of the component's own build line says that its build is not in it.
  func isRuledOut(by range: VersionRange) -> Bool {
    guard let own = build?.line else { return false }
    return [range.lower, range.upper].contains { WindowsBuild($0)?.line == own } && isIn(range) == .no
  }
}
