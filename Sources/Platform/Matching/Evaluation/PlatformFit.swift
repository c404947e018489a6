import Advisories

/// Whether what a CVE record names as the platforms of a product (`platforms`: EX4300, Windows, x64-based Systems) is what the
/// asset is. Who is not named there may be concerned; for certain it is not.
struct PlatformFit: Sendable {
  /// Models of the asset in letters, with and without their maker.
  private let models: [String]
  /// Operating systems and firmwares of the asset, with the marks by which releases of one name are told apart.
  private let systems: [String]
  private let families: Set<OSFamily>

  init(_ asset: AssetComponents) {
    let certain = asset.prepared.filter { $0.component.confidence == .certain && !$0.product.product.isEmpty }
    models = certain.filter { $0.product.part == .hardware }.flatMap { component in
      let model = StatementEvaluation.letters(component.product.product)
      return [model, StatementEvaluation.letters(component.product.vendor) + model]
    }
    systems = certain.filter { $0.product.part == .operatingSystem }.map(Self.system)
    families = asset.families
  }

  private static func system(_ component: PreparedComponent) -> String {
    let name = StatementEvaluation.letters(component.product.product)
    // Server 2008 R2 and 2012 R2 are versions of the product without R2, told by the version or by the build.
    let isSecond =
      component.version.raw.lowercased().hasPrefix("r2") || [7_600, 7_601, 9_600].contains(component.build?.line)
    return isSecond && name.hasPrefix("windowsserver") ? name + "r2" : name
  }

  /// What must be found out: the platforms named, where the asset is none of them; nil where it is one, or none is named.
  func missing(_ platforms: [String]) -> String? {
    guard !platforms.isEmpty, !platforms.contains(where: isFitting) else { return nil }
    let names = platforms.prefix(3).map { $0.lowercased().replacing(" ", with: "_").replacing(":", with: "") }
    return names.joined(separator: "/")
  }

  private func isFitting(_ written: String) -> Bool {
    let platform = StatementEvaluation.letters(written)
    if platform.isEmpty || Self.indifferent.contains(platform) { return true }
    if let family = Self.families[platform], families.contains(family) { return true }
    return systems.contains { isSystem($0, platform) } || models.contains { isModel($0, platform) }
  }

  /// `Windows 10 Version 1809 for x64-based Systems` is windows_10_1809, `Windows 10` too; `Windows Server 2012 R2` is not
  /// windows_server_2012.
  private func isSystem(_ system: String, _ platform: String) -> Bool {
    let plain = platform.replacing("version", with: "")
    guard system.hasPrefix("windows") else { return system.utf8.count >= 4 ? plain.contains(system) : plain == system }
    guard plain.hasPrefix(system) else { return plain.utf8.count > 8 && system.hasPrefix(plain) }
    let rest = plain.dropFirst(system.count)
    return rest.isEmpty
      || ["for", "servercore", "servicepack", "standard", "datacenter"].contains { rest.hasPrefix($0) }
  }

  /// `EX4300` is ex4300-48t and not ex43001, `QFX5000 Series` is qfx5120, `SRX` is srx340.
  private func isModel(_ model: String, _ platform: String) -> Bool {
    var stem = platform[...]
    var isSeries = false
    if stem.hasSuffix("series") {
      isSeries = true
      stem = stem.dropLast(6)
      while stem.hasSuffix("0") { stem = stem.dropLast() }
    }
    guard stem.utf8.count >= 2, model.hasPrefix(stem), let last = stem.last else { return false }
    guard let next = model.dropFirst(stem.count).first else { return true }
    return isSeries || !(last.isNumber && next.isNumber)
  }

  /// Words that tell no device from another, processors among them: nobody records those of each.
  private static let indifferent: Set<String> = [
    "unknown", "unspecified", "na", "none", "all", "any", "allplatforms", "multiple", "x64", "x86", "x8664", "amd64",
    "arm",
    "arm64", "64bit", "32bit", "x64basedsystems", "32bitsystems", "arm64basedsystems", "ia64basedsystems",
    "itaniumbasedsystems",
  ]

  private static let families: [String: OSFamily] = [
    "windows": .windows, "microsoftwindows": .windows, "linux": .linux, "linuxkernel": .linux, "gnulinux": .linux,
    "macos": .macOS, "osx": .macOS, "macosx": .macOS, "ios": .iOS, "iphoneos": .iOS, "android": .android, "aix": .aix,
    "solaris": .solaris, "freebsd": .bsd, "hpux": .hpUX,
  ]
}
