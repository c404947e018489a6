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
