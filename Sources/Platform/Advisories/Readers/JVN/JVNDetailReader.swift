import Text
import Time

/// JVN iPedia's details as VULDEF 3.2 (jvndb_detail_YYYY.rdf, and what MyJVN 3.2 answers to getVulnDetailInfo):
/// Japanese texts, and versions as people write them (「7.3.7 より前のバージョン」), which `Matching` reads.
package enum JVNDetailReader: FeedReader {
  package static func read(
    _ source: FeedSource,
    limits: FeedLimits = FeedLimits(),
    into: (FeedRecord) throws -> Void
  ) throws -> FeedReading {
    var stream = try XMLStream.open(source, limits)
    var tally = FeedTally(limits)
    var latest: Instant?
    var announced: Int?
    try stream.read(
      isRecord: { $0 == "Vulinfo" || $0 == "Status" },
      root: { guard $0.name == "VULDEF-Document" else { throw JVNFields.notOne } },
      record: { node in
        if node.name == "Status" {
          announced = node["totalResRet"].flatMap { Int($0) }
        } else if let modified = try read(node, &tally, into) {
          latest = max(latest ?? modified, modified)
        }
      }
    )
    guard tally.read > 0 || announced != nil else { throw JVNFields.notOne }
    let head = FeedHead(
      kind: .jvnDetail,
      part: JVNPart.name(of: source.name),
      made: latest,
      announced: announced,
      isDelta: !JVNPart.isYear(source.name)
    )
    return tally.reading(head, checks: announced.map { [.count(announced: $0, found: tally.read + tally.bad)] } ?? [])
  }

  /// When the entry was changed.
  private static func read(
    _ node: XMLNode,
    _ tally: inout FeedTally,
    _ into: (FeedRecord) throws -> Void
  ) throws -> Instant? {
    guard let number = node.text("VulinfoID"), JVNFields.isNumber(number), let data = node.child("VulinfoData") else {
      tally.skip(node.text("VulinfoID"), row: node.line, "JVNDBの番号がありません。", "There is no number of JVNDB.")
      return nil
    }
    tally.count()
    var entry = Advisory(id: number, feed: .jvnDetail)
    entry.language = "ja"
    entry.title = data.text("Title")
    entry.summary = data.text("VulinfoDescription", "Overview")
    entry.impact = joined(data.child("Impact")?.children("ImpactItem") ?? [])
    entry.remedy = joined(data.child("Solution")?.children("SolutionItem") ?? [])
    entry.published = (data.text("DateFirstPublished") ?? data.text("DatePublic")).flatMap { FeedDate.instant($0) }
    entry.modified = data.text("DateLastUpdated").flatMap { FeedDate.instant($0) }
    for score in data.child("Impact")?.children("Cvss") ?? [] {
      guard let tenths = JVNFields.tenths(score.text("Base")) else { continue }
      entry.scores.append(
        SeverityScore(
          version: score["version"] ?? "",
          tenths: tenths,
          vector: score.text("Vector") ?? "",
          source: "jvn"
        )
      )
    }
    entry.affected = (data.child("Affected")?.children("AffectedItem") ?? []).map { affected($0, number, &tally) }
    let cves = readRelated(data.child("Related"), &entry)
    for advisory in JVNFields.advisories(entry, cves: cves) { try into(.advisory(advisory)) }
    return entry.modified
  }

  /// JVN lists what is affected and is silent on the rest: where versions are given, others are not affected.
  private static func affected(_ item: XMLNode, _ number: String, _ tally: inout FeedTally) -> AffectedProduct {
    let names = item.children("Cpe").compactMap { JVNFields.name($0.trimmed, of: number, &tally) }
    let versions = item.children("VersionNumber").compactMap(\.trimmed)
    return AffectedProduct(
      vendor: item.text("Name") ?? "",
      product: item.text("ProductName") ?? "",
      names: names,
      statements: versions.map { AffectedProduct.Statement(.text($0)) },
      defaultStatus: versions.isEmpty ? .unknown : .unaffected,
      source: "jvn"
    )
  }

  /// Adds references, weaknesses and other numbers; answers the CVE numbers.
  private static func readRelated(_ related: XMLNode?, _ entry: inout Advisory) -> [String] {
    var cves: [String] = []
    for item in related?.children("RelatedItem") ?? [] {
      let id = item.text("VulinfoID") ?? ""
      if item["type"] == "cwe" {
        if id.hasPrefix("CWE-"), !entry.weaknesses.contains(id) { entry.weaknesses.append(id) }
        continue
      }
      if CVENumber.isOne(id) {
        if !cves.contains(id) { cves.append(id) }
      } else if id.hasPrefix("JVN") || id.hasPrefix("JPCERT-AT-") {
        entry.aliases.append(id)
      }
      guard let url = item.text("URL"), !entry.references.contains(where: { $0.url == url }) else { continue }
      entry.references.append(AdvisoryReference(url: url, label: id.isEmpty ? item.text("Name") : id))
    }
    return cves
  }

  private static func joined(_ items: [XMLNode]) -> String? {
    let texts = items.compactMap { $0.text("Description") }
    return texts.isEmpty ? nil : texts.joined(separator: "\n")
  }
}
