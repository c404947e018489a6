import Text
import Time

/// The news of JPCERT/CC and IPA as RSS 1.0. CVE numbers are often missing: they stand on the page behind the link.
package enum NewsReader: FeedReader {
  package static func read(
    _ source: FeedSource,
    limits: FeedLimits = FeedLimits(),
    into: (FeedRecord) throws -> Void
  ) throws -> FeedReading {
    var stream = try XMLStream.open(source, limits)
    var tally = FeedTally(limits)
    var made: Instant?
    var kind: FeedKind?
    try stream.read(
      isRecord: { $0 == "item" || $0 == "channel" },
      root: { guard $0.name == "RDF" else { throw notOne } },
      record: { node in
        if node.name == "channel" {
          made = (node.text("date") ?? node.text("modified")).flatMap { FeedDate.instant($0) }
          kind = publisher((node["about"] ?? "") + " " + (node.text("link") ?? ""))
          return
        }
        guard let title = node.text("title"), let address = node.text("link") ?? node["about"] else {
          tally.skip(row: node.line, "題名か場所がありません。", "The title or the address is missing.")
          return
        }
        tally.count()
        kind = kind ?? publisher(address)
        let published = (node.text("date") ?? node.text("modified")).flatMap { FeedDate.instant($0) }
        if let published { made = max(made ?? published, published) }
        let alert = AlertEntry(
          id: NewsFields.alertNumber(address) ?? address,
          title: title,
          address: address,
          published: published,
          cves: CVENumber.all(in: title + "\n" + (node.text("description") ?? "")),
          isUrgent: NewsFields.isUrgent(title)
        )
        try into(.alert(alert))
      }
    )
    guard let kind else { throw notOne }
    return tally.reading(FeedHead(kind: kind, made: made, isDelta: true))
  }

  private static func publisher(_ address: String) -> FeedKind? {
    if address.contains("jpcert.or.jp") { return .jpcert }
    return address.contains("ipa.go.jp") ? .ipa : nil
  }

  private static var notOne: FeedError { .notA("JPCERT/CCかIPAの新着情報", "a news feed of JPCERT/CC or IPA") }
}
