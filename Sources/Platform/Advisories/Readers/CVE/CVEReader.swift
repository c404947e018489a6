import Text
import Time

/// CVE records of format 5.x: one file, an array of them, or one a line, with what CISA adds (Vulnrichment: SSVC, the
/// mark of the exploited list, corrected products).
package enum CVEReader: FeedReader {
  package static func read(
    _ source: FeedSource,
    limits: FeedLimits = FeedLimits(),
    into: (FeedRecord) throws -> Void
  ) throws -> FeedReading {
    let bytes = try source.open(limits)
    var stream = try JSONStream(bytes, limits)
    var state = CVEState(limits)
    try stream.read(
      .values,
      record: { value, offset in try state.read(value, offset, into) },
      bad: { state.tally.skip($0) }
    )
    guard state.tally.read > 0 else { throw FeedError.notA("CVEレコード（5.x形式）", "a CVE record of format 5.x") }
    // Single records say nothing of those that are not there.
    let head = FeedHead(kind: state.hasDecisions ? .ssvc : .cve, made: state.latest, isDelta: true)
    return state.tally.reading(head, checks: FeedCheck.checks(announced: nil, found: state.tally.read, bytes))
  }
}
