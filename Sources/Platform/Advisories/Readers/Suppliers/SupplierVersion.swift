/// Versions as suppliers write them into product trees.
enum SupplierVersion {
  /// `7.0.1`, `<1.3.195.45`, `>=12.2.1|<=12.2.2`, `vers:generic/>=1.0|<2.0`, `12.1 all versions`, `All versions`, or
  /// words, which stay as they are.
  static func extent(_ text: String) -> AffectedProduct.Extent? {
    var rest = text[...]
    if rest.hasPrefix("vers:"), let slash = rest.firstIndex(of: "/") { rest = rest[rest.index(after: slash)...] }
    guard let plain = rest.trimmed else { return nil }
    let folded = plain.lowercased()
    if plain == "*" || folded == "all versions" || folded == "all" || folded == "vers:all/*" { return .all }
    if folded.hasSuffix(" all versions"), let branch = plain.dropLast(13).trimmed, AffectedFields.isVersion(branch) {
      // The branch 12.1 goes from its first version to its end, which `12.1.*` stands for.
      return .range(
        VersionRange(
          lower: VersionBound(branch, isIncluded: true),
          upper: VersionBound(branch + ".*", isIncluded: true)
        )
      )
    }
    if let range = range(plain) { return .range(range) }
    return AffectedFields.isVersion(plain) ? .single(plain) : .text(plain)
  }

  /// Comparisons joined by `|`, `,` or `&`: at most one for each end, else it is not one range.
  private static func range(_ text: String) -> VersionRange? {
    guard let first = text.first, "<>=≤≥".contains(first) else { return nil }
    var lower: VersionBound?
    var upper: VersionBound?
    for piece in text.split(whereSeparator: { "|,&".contains($0) }) {
      guard let piece = piece.trimmed else { continue }
      let sign = piece.prefix { "<>=≤≥".contains($0) }
      guard let version = piece[sign.endIndex...].trimmed, AffectedFields.isVersion(version) else { return nil }
      switch sign {
      case "<" where upper == nil: upper = VersionBound(version, isIncluded: false)
      case "<=" where upper == nil, "≤" where upper == nil: upper = VersionBound(version, isIncluded: true)
      case ">" where lower == nil: lower = VersionBound(version, isIncluded: false)
      case ">=" where lower == nil, "≥" where lower == nil: lower = VersionBound(version, isIncluded: true)
      default: return nil
      }
    }
    return lower == nil && upper == nil ? nil : VersionRange(lower: lower, upper: upper)
  }
}
