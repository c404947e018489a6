import Text
import Time

/// NVD's CVE records, API 2.0 and the yearly files made of it (schema 2.0 to 2.2.3, with `affected[]` since 2026).
/// Unknown keys are passed over, for the schema changes in place.
package enum NVDReader: FeedReader {
  package static func read(
    _ source: FeedSource,
    limits: FeedLimits = FeedLimits(),
    into: (FeedRecord) throws -> Void
  ) throws -> FeedReading {
    let bytes = try source.open(limits)
    var stream = try JSONStream(bytes, limits)
    var state = NVDState(limits)
    var made: Instant?
    var total: Int?
    var format: String?
    try stream.read(
      .object(arrays: ["vulnerabilities"]),
      field: { name, value in
        switch name {
        case "timestamp": made = FeedDate.instant(value)
        case "totalResults": total = value.int
        case "format": format = value.string
        default: break
        }
      },
      record: { value, offset in try state.read(value, offset, into) },
      bad: { state.tally.skip($0) }
    )
    guard format == "NVD_CVE" || state.tally.read > 0 else {
      throw FeedError.notA("NVDのCVEデータ（2.0形式）", "NVD CVE data of format 2.0")
    }
    let part = partName(source.name)
    let head = FeedHead(
      kind: .nvd,
      part: part,
      made: made,
      announced: total,
      isDelta: part == "modified" || part == "recent" || part.isEmpty
    )
    return state.tally.reading(
      head,
      checks: FeedCheck.checks(announced: total, found: state.tally.read + state.tally.bad, bytes)
    )
  }

  /// `2016` of `nvdcve-2.0-2016.json.gz`.
  private static func partName(_ name: String) -> String {
    let pieces = name.split { $0 == "-" || $0 == "." || $0 == "_" }.map { $0.lowercased() }
    return pieces.last { $0 == "modified" || $0 == "recent" || ($0.count == 4 && Int($0).map { $0 >= 1999 } == true) }
      ?? ""
  }
}

/// What is kept from one record to the next.
struct NVDState {
  var tally: FeedTally
  private let encoder = CompactEncoder()

  init(_ limits: FeedLimits) { tally = FeedTally(limits) }

  mutating func read(_ value: JSONValue, _ offset: Int, _ into: (FeedRecord) throws -> Void) throws {
    guard let cve = value["cve"], let id = cve["id"]?.bytes, CVENumber.isOne(id) else {
      tally.skip(offset: offset, "CVE番号のない項目です。", "A record without a CVE number.")
      return
    }
    tally.count()
    var advisory = Advisory(id: String(decoding: id, as: UTF8.self), feed: .nvd)
    NVDFields.fill(&advisory, cve)
    if let configurations = cve["configurations"] {
      advisory.configurations = NVDConfigurations.read(configurations, encoder, of: advisory.id, &tally)
    }
    for source in cve["affected"]?.elements ?? .nothing {
      for entry in source["affectedData"]?.elements ?? .nothing {
        if let product = AffectedFields.read(entry, source: "cna", of: advisory.id, &tally) {
          advisory.affected.append(product)
        }
      }
    }
    try into(.advisory(advisory))
    if let added = FeedDate.day(cve["cisaExploitAdd"]) {
      // Vendor and product stand in CISA's own list only, as does the word on ransomware.
      let entry = ExploitedEntry(
        cve: advisory.id,
        vendor: "",
        product: "",
        name: cve["cisaVulnerabilityName"]?.string ?? "",
        added: added,
        due: FeedDate.day(cve["cisaActionDue"]),
        action: cve["cisaRequiredAction"]?.string ?? "",
        isUsedByRansomware: false
      )
      try into(.exploited(entry))
    }
  }
}
