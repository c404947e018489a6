import Text
import Time

/// JVN iPedia's lists as RSS 1.0 with `sec:` (jvndb.rdf, jvndb_new.rdf, years/jvndb_YYYY.rdf, and what MyJVN 3.2
/// answers to getVulnOverviewList). They name products without versions.
package enum JVNListReader: FeedReader {
  package static func read(
    _ source: FeedSource,
    limits: FeedLimits = FeedLimits(),
    into: (FeedRecord) throws -> Void
  ) throws -> FeedReading {
    var stream = try XMLStream.open(source, limits)
    var tally = FeedTally(limits)
    var made: Instant?
    var announced: Int?
    try stream.read(
      isRecord: { $0 == "item" || $0 == "channel" || $0 == "Status" },
      root: { guard $0.name == "RDF" else { throw JVNFields.notOne } },
      record: { node in
        switch node.name {
        case "channel": made = (node.text("modified") ?? node.text("date")).flatMap { FeedDate.instant($0) }
        case "Status": announced = node["totalResRet"].flatMap { Int($0) }
        default: try read(node, &tally, into)
        }
      }
    )
    guard tally.read > 0 || announced != nil else { throw JVNFields.notOne }
    let head = FeedHead(
      kind: .jvnRSS,
      part: JVNPart.name(of: source.name),
      made: made,
      announced: announced,
      isDelta: !JVNPart.isYear(source.name)
    )
    return tally.reading(head, checks: announced.map { [.count(announced: $0, found: tally.read + tally.bad)] } ?? [])
  }

  private static func read(_ item: XMLNode, _ tally: inout FeedTally, _ into: (FeedRecord) throws -> Void) throws {
    guard let number = item.text("identifier"), JVNFields.isNumber(number) else {
      tally.skip(item.text("title"), row: item.line, "JVNDBの番号がありません。", "There is no number of JVNDB.")
      return
    }
    tally.count()
    var entry = Advisory(id: number, feed: .jvnRSS)
    entry.language = "ja"
    entry.title = item.text("title")
    entry.summary = item.text("description")
    entry.published = item.text("issued").flatMap { FeedDate.instant($0) }
    entry.modified = item.text("modified").flatMap { FeedDate.instant($0) }
    if let link = item.text("link") { entry.references.append(AdvisoryReference(url: link, label: number)) }
    var cves: [String] = []
    for reference in item.children("references") {
      let id = reference["id"] ?? ""
      if id.hasPrefix("CWE-") {
        entry.weaknesses.append(id)
      } else if CVENumber.isOne(id) {
        if !cves.contains(id) { cves.append(id) }
      } else if id.hasPrefix("JPCERT-AT-") || id.hasPrefix("JVN") {
        entry.aliases.append(id)
      }
      guard let url = reference.trimmed, !entry.references.contains(where: { $0.url == url }) else { continue }
      entry.references.append(AdvisoryReference(url: url, label: id.isEmpty ? reference["title"] : id))
    }
    for score in item.children("cvss") {
      guard let tenths = JVNFields.tenths(score["score"]) else { continue }
      entry.scores.append(
        SeverityScore(
          version: score["version"] ?? "",
          tenths: tenths,
          vector: score["vector"] ?? "",
          source: "jvn"
        )
      )
    }
    for product in item.children("cpe") {
      let name = JVNFields.name(product.trimmed, of: number, &tally)
      entry.affected.append(
        AffectedProduct(
          vendor: product["vendor"] ?? "",
          product: product["product"] ?? "",
          names: name.map { [$0] } ?? [],
          source: "jvn"
        )
      )
    }
    for advisory in JVNFields.advisories(entry, cves: cves) { try into(.advisory(advisory)) }
  }
}
