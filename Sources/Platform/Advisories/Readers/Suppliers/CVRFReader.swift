import Text
import Time

/// Advisories of suppliers in CVRF 1.1 and 1.2, the form before CSAF (Fortinet, Microsoft). From Microsoft's, what each
/// KB fixes and replaces is told as well, with the build that it brings.
package enum CVRFReader: FeedReader {
  package static func read(
    _ source: FeedSource,
    limits: FeedLimits = FeedLimits(),
    into: (FeedRecord) throws -> Void
  ) throws -> FeedReading {
    var stream = try XMLStream.open(source, limits)
    var tally = FeedTally(limits)
    var document = CVRFDocument()
    let parts: Set<String> = [
      "DocumentTitle", "DocumentPublisher", "DocumentTracking", "DocumentNotes", "ProductTree", "Vulnerability",
    ]
    try stream.read(
      isRecord: { parts.contains($0) },
      root: { guard $0.name == "cvrfdoc" else { throw notOne } },
      record: { node in
        guard node.name == "Vulnerability" else { return document.read(node) }
        tally.count()
        let (advisory, updates, unknown) = document.advisory(node)
        try into(.advisory(advisory))
        for update in updates { try into(.update(update)) }
        for id in unknown {
          tally.skipPart(
            advisory.id,
            row: node.line,
            "製品の一覧にない製品ID「\(id.prefix(80))」です。",
            "The product id “\(id.prefix(80))” is not in the product tree."
          )
        }
      }
    )
    guard !document.number.isEmpty else { throw notOne }
    return tally.reading(FeedHead(kind: .csaf, part: document.publisher, made: document.modified, isDelta: true))
  }

  private static var notOne: FeedError { .notA("CVRFの勧告", "a CVRF advisory") }
}
