import Text
import Time

/// The news of JPCERT/CC and IPA as RSS 1.0, and IPA's alerts as MyJVN 3.2 answers them (Atom). CVE numbers are often
/// missing: they stand on the page behind the link.
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
      isRecord: { ["item", "channel", "entry", "author"].contains($0) },
      root: { guard $0.name == "RDF" || $0.name == "feed" else { throw notOne } },
      record: { node in
        if node.name == "channel" {
          made = (node.text("date") ?? node.text("modified")).flatMap { FeedDate.instant($0) }
          kind = publisher((node["about"] ?? "") + " " + (node.text("link") ?? ""))
          return
        }
        if node.name == "author" {
          kind = node.text("uri").flatMap(publisher)
          return
        }
        guard let alert = node.name == "entry" ? atomEntry(node) : item(node) else {
          tally.skip(row: node.line, "題名か場所がありません。", "The title or the address is missing.")
          return
        }
        tally.count()
        kind = kind ?? publisher(alert.address)
        if let published = alert.published { made = max(made ?? published, published) }
        try into(.alert(alert))
      }
    )
    guard let kind else { throw notOne }
    return tally.reading(FeedHead(kind: kind, made: made, isDelta: true))
  }

  private static func item(_ node: XMLNode) -> AlertEntry? {
    guard let title = node.text("title"), let address = node.text("link") ?? node["about"] else { return nil }
    return AlertEntry(
      id: NewsFields.alertNumber(address) ?? address,
      title: title,
      address: address,
      published: (node.text("date") ?? node.text("modified")).flatMap { FeedDate.instant($0) },
      cves: CVENumber.all(in: title + "\n" + (node.text("description") ?? "")),
      isUrgent: NewsFields.isUrgent(title)
    )
  }

  /// Where the entry has no link of its own, that of its first item stands for it.
  private static func atomEntry(_ node: XMLNode) -> AlertEntry? {
    guard let id = node.text("id"), let title = node.text("title") else { return nil }
    let address = node.child("link")?["href"] ?? node.descendants("link").lazy.compactMap { $0["href"] }.first
    return AlertEntry(
      id: id,
      title: title,
      address: address ?? "",
      published: (node.text("published") ?? node.text("updated")).flatMap { FeedDate.instant($0) },
      cves: CVENumber.all(in: node.allText),
      isUrgent: NewsFields.isUrgent(title)
    )
  }

  private static func publisher(_ address: String) -> FeedKind? {
    if address.contains("jpcert.or.jp") { return .jpcert }
    return address.contains("ipa.go.jp") ? .ipa : nil
  }

  private static var notOne: FeedError { .notA("JPCERT/CCかIPAの新着情報", "a news feed of JPCERT/CC or IPA") }
}
