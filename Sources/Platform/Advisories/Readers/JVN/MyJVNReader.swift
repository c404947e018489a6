import Text
import Time

/// The lists of MyJVN 4.0 as JSON (myjvn_feed 1.0): vulnerabilities, and the alerts of IPA. (Details of 4.0 are CSAF
/// and read by `CSAFReader`.) CVE numbers stand among the references.
package enum MyJVNReader: FeedReader {
  package static func read(
    _ source: FeedSource,
    limits: FeedLimits = FeedLimits(),
    into: (FeedRecord) throws -> Void
  ) throws -> FeedReading {
    var whole = limits
    whole.recordBytes = limits.documentBytes
    let parser = try JSONParser(whole)
    var tally = FeedTally(limits)
    var made: Instant?
    var announced: Int?
    var isAlerts = false
    try parser.withValue(of: source.wholeContent(limits)) { value in
      guard let feed = value["feed"] else { throw JVNFields.notOne }
      made = FeedDate.instant(feed["updated"]) ?? FeedDate.instant(feed["generator"]?["date"])
      let status = value["status"] ?? value["status:Status"]
      announced = status?["totalResRet"].flatMap { $0.int ?? $0.string.flatMap { Int($0) } }
      isAlerts = status?["method"]?.isEqual("getAlertList") ?? false
      for entry in feed["entry"]?.elements ?? .nothing {
        if isAlerts { try readAlert(entry, &tally, into) } else { try read(entry, &tally, into) }
      }
    }
    let head = FeedHead(kind: isAlerts ? .ipa : .myJVN, made: made, announced: announced, isDelta: true)
    return tally.reading(head)
  }

  private static func read(_ value: JSONValue, _ tally: inout FeedTally, _ into: (FeedRecord) throws -> Void) throws {
    guard let number = value["id"]?.string, JVNFields.isNumber(number) else {
      tally.skip(value["title"]?.string, "JVNDBの番号がありません。", "There is no number of JVNDB.")
      return
    }
    tally.count()
    var entry = Advisory(id: number, feed: .myJVN)
    entry.language = "ja"
    entry.title = value["title"]?.filled
    entry.summary = value["summary"]?.filled
    entry.published = FeedDate.instant(value["created"]) ?? FeedDate.instant(value["public"])
    entry.modified = FeedDate.instant(value["modified"])
    if let link = value["link"]?.filled { entry.references.append(AdvisoryReference(url: link, label: number)) }
    var cves: [String] = []
    for reference in value["references"]?.elements ?? .nothing {
      let label = reference["summary"]?.filled
      if let label, CVENumber.isOne(label) {
        if !cves.contains(label) { cves.append(label) }
      } else if let label, label.hasPrefix("JVN") || label.hasPrefix("JPCERT-AT-") {
        entry.aliases.append(label)
      }
      guard let url = reference["url"]?.filled, !entry.references.contains(where: { $0.url == url }) else { continue }
      entry.references.append(AdvisoryReference(url: url, label: label))
    }
    for metric in value["metrics"]?.elements ?? .nothing {
      for (name, content) in metric["content"]?.members ?? .nothing
      where name.bytes?.starts(with: "cvss_v".utf8) ?? false {
        if let score = NVDFields.score(content, source: "jvn") { entry.scores.append(score) }
      }
    }
    entry.weaknesses = (value["cwes"]?.elements ?? .nothing).compactMap { $0["id"]?.filled }
    for product in value["products"]?.elements ?? .nothing {
      entry.affected.append(affected(product, number, &tally))
    }
    for advisory in JVNFields.advisories(entry, cves: cves) { try into(.advisory(advisory)) }
  }

  private static func affected(_ product: JSONValue, _ number: String, _ tally: inout FeedTally) -> AffectedProduct {
    let name = JVNFields.name(JVNProductReader.cpe(product), of: number, &tally)
    let version = product["version"]?.filled
    return AffectedProduct(
      vendor: product["vname"]?.string ?? "",
      product: product["pname"]?.string ?? "",
      names: name.map { [$0] } ?? [],
      statements: version.map { [AffectedProduct.Statement(.text($0))] } ?? [],
      defaultStatus: version == nil ? .unknown : .unaffected,
      source: "jvn"
    )
  }

  private static func readAlert(
    _ value: JSONValue,
    _ tally: inout FeedTally,
    _ into: (FeedRecord) throws -> Void
  ) throws {
    guard let id = value["id"]?.filled, let title = value["title"]?.filled else {
      tally.skip(nil, "番号か題名がありません。", "The number or the title is missing.")
      return
    }
    tally.count()
    let items = (value["items"]?.elements ?? .nothing).map { $0 }
    let texts =
      [title, value["summary"]?.string ?? ""]
      + items.flatMap { [$0["title"], $0["summary"]] }.compactMap { $0?.string }
    let address = value["link"]?.filled ?? items.lazy.compactMap { $0["link"]?.filled }.first ?? ""
    let alert = AlertEntry(
      id: id,
      title: title,
      address: address,
      published: FeedDate.instant(value["created"]) ?? FeedDate.instant(value["modified"]),
      cves: CVENumber.all(in: texts.joined(separator: "\n")),
      isUrgent: NewsFields.isUrgent(title)
    )
    try into(.alert(alert))
  }
}
