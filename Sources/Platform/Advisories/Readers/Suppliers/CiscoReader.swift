import Text
import Time

/// Cisco's list of advisories (openVuln API): names of products, some with a version at their end.
package enum CiscoReader: FeedReader {
  package static func read(
    _ source: FeedSource,
    limits: FeedLimits = FeedLimits(),
    into: (FeedRecord) throws -> Void
  ) throws -> FeedReading {
    let bytes = try source.open(limits)
    var stream = try JSONStream(bytes, limits)
    var tally = FeedTally(limits)
    var latest: Instant?
    try stream.read(
      .object(arrays: ["advisories"]),
      record: { value, offset in
        guard let number = value["advisoryId"]?.filled else {
          tally.skip(offset: offset, "番号のない項目です。", "An entry without a number.")
          return
        }
        tally.count()
        let base = advisory(value, number)
        latest = [latest, base.modified].compactMap(\.self).max()
        let cves = (value["cves"]?.elements ?? .nothing).compactMap(\.string).filter { CVENumber.isOne($0) }
        for advisory in JVNFields.advisories(base, cves: cves) { try into(.advisory(advisory)) }
      },
      bad: { tally.skip($0) }
    )
    guard tally.read > 0 else { throw FeedError.notA("Ciscoの勧告一覧", "a list of advisories of Cisco") }
    return tally.reading(FeedHead(kind: .csaf, part: "Cisco", made: latest, isDelta: true))
  }

  private static func advisory(_ value: JSONValue, _ number: String) -> Advisory {
    var advisory = Advisory(id: number, feed: .csaf)
    advisory.title = value["advisoryTitle"]?.filled
    advisory.summary = value["summary"]?.string.flatMap { HTMLPage($0).text.trimmed }
    advisory.published = FeedDate.instant(value["firstPublished"])
    advisory.modified = FeedDate.instant(value["lastUpdated"])
    advisory.weaknesses = (value["cwe"]?.elements ?? .nothing).compactMap(\.string).filter { $0.hasPrefix("CWE-") }
    if let url = value["publicationUrl"]?.filled { advisory.references = [AdvisoryReference(url: url, label: number)] }
    if let tenths = JVNFields.tenths(value["cvssBaseScore"]?.string) {
      advisory.scores = [SeverityScore(version: "3.1", tenths: tenths, vector: "", source: "Cisco")]
    }
    var order: [String] = []
    var versions: [String: [String]] = [:]
    for text in value["productNames"]?.elements ?? .nothing {
      guard let name = text.string?.trimmed, name != "NA" else { continue }
      let (product, version) = divided(name)
      if versions[product] == nil { order.append(product) }
      versions[product, default: []] += version.map { [$0] } ?? []
    }
    advisory.affected = order.map { product in
      let statements = (versions[product] ?? []).map { AffectedProduct.Statement(.single($0)) }
      return AffectedProduct(
        vendor: "Cisco",
        product: product,
        statements: statements,
        defaultStatus: .unknown,
        source: "csaf:Cisco"
      )
    }
    return advisory
  }

  /// `Cisco IOS 12.2(4)B` is the product `IOS` of version `12.2(4)B`.
  private static func divided(_ name: String) -> (product: String, version: String?) {
    let bare = name.hasPrefix("Cisco ") ? String(name.dropFirst(6)) : name
    guard let space = bare.lastIndex(of: " ") else { return (bare, nil) }
    let last = String(bare[bare.index(after: space)...])
    guard let first = last.first, first.isNumber, last.contains("."), let product = bare[..<space].trimmed else {
      return (bare, nil)
    }
    return (product, last)
  }
}
