/// An entry of `affected[]` of a CVE record 5.x, which NVD's `affectedData[]` is too (vuln.md V7).
enum AffectedFields {
  /// Nil where the entry names no product.
  static func read(
    _ value: JSONValue,
    source: String,
    of record: String,
    _ tally: inout FeedTally
  ) -> AffectedProduct? {
    let vendor = named(value["vendor"]) ?? named(value["collectionURL"])
    let product = named(value["product"]) ?? named(value["packageName"])
    var names: [CPEName] = []
    for cpe in value["cpes"]?.elements ?? .nothing {
      guard let bytes = cpe.bytes else { continue }
      do throws(CPEFault) {
        let name = try CPEName.parse(bytes)
        names.addOnce(name, upTo: 5000)
      } catch { tally.skipName(String(decoding: bytes, as: UTF8.self), of: record) }
    }
    guard vendor != nil || product != nil || !names.isEmpty else { return nil }
    return AffectedProduct(
      vendor: vendor ?? "",
      product: product ?? "",
      names: names,
      statements: (value["versions"]?.elements ?? .nothing).compactMap(statement),
      defaultStatus: status(value["defaultStatus"]) ?? .unknown,
      platforms: (value["platforms"]?.elements ?? .nothing).compactMap(\.filled),
      source: source
    )
  }

  /// `n/a` is what converted records of format 4 say for nothing.
  private static func named(_ value: JSONValue?) -> String? {
    guard let text = value?.filled, !isNothing(text) else { return nil }
    return text
  }

  static func statement(_ value: JSONValue) -> AffectedProduct.Statement? {
    let version = value["version"]?.string ?? ""
    let less = value["lessThan"]?.filled
    let lessOrEqual = value["lessThanOrEqual"]?.filled
    let changes = (value["changes"]?.elements ?? .nothing).compactMap { change -> AffectedProduct.Change? in
      guard let at = change["at"]?.filled, let status = status(change["status"]) else { return nil }
      return AffectedProduct.Change(at: at, status: status)
    }
    guard let extent = extent(version, less: less, lessOrEqual: lessOrEqual) else { return nil }
    return AffectedProduct.Statement(
      extent,
      status: status(value["status"]) ?? .unknown,
      changes: changes,
      scheme: value["versionType"]?.filled
    )
  }

  /// Which versions are meant. `version: "0"` is the beginning, `lessThan: "*"` the open end; a bound `7.0.*` stays as
  /// it is, the end of its branch.
  static func extent(_ version: String, less: String?, lessOrEqual: String?) -> AffectedProduct.Extent? {
    let isBeginning = version == "0" || version == "*" || isNothing(version)
    if less != nil || lessOrEqual != nil {
      if !isBeginning, !isVersion(version) { return .text(phrase(version, less, lessOrEqual)) }
      let bound = less ?? lessOrEqual ?? "*"
      return .range(
        VersionRange(
          lower: isBeginning ? nil : VersionBound(version, isIncluded: true),
          upper: bound == "*" ? nil : VersionBound(bound, isIncluded: less == nil)
        )
      )
    }
    if version.isEmpty { return nil }
    if version == "0" || version == "*" { return .all }
    return isVersion(version) ? .single(version) : .text(version)
  }

  private static func phrase(_ version: String, _ less: String?, _ lessOrEqual: String?) -> String {
    if let less { return "\(version) to before \(less)" }
    return lessOrEqual.map { "\(version) to \($0)" } ?? version
  }

  /// Whether this is a version and not a sentence: a digit, and only what versions are made of.
  static func isVersion(_ text: String) -> Bool {
    var hasDigit = false
    for byte in text.utf8 {
      switch byte {
      case 48...57: hasDigit = true
      case 65...90, 97...122: continue
      case _ where ".-_+()~:/".utf8.contains(byte): continue
      default: return false
      }
    }
    return hasDigit
  }

  static func isNothing(_ text: String) -> Bool {
    text.isEmpty || ["n/a", "-", "unspecified", "unknown", "none", "na", "not specified"].contains(text.lowercased())
  }

  private static func status(_ value: JSONValue?) -> AffectedProduct.Status? {
    guard let value else { return nil }
    if value.isEqual("affected") { return .affected }
    if value.isEqual("unaffected") { return .unaffected }
    return .unknown
  }
}
