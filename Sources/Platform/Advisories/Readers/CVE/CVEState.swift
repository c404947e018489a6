import Text
import Time

/// What is kept from one record to the next.
struct CVEState {
  var tally: FeedTally
  private(set) var hasDecisions = false
  private(set) var latest: Instant?
  private let encoder = CompactEncoder()

  init(_ limits: FeedLimits) { tally = FeedTally(limits) }

  mutating func read(_ value: JSONValue, _ offset: Int, _ into: (FeedRecord) throws -> Void) throws {
    guard value["dataType"]?.isEqual("CVE_RECORD") ?? false, let meta = value["cveMetadata"],
      let id = meta["cveId"]?.bytes, CVENumber.isOne(id) || id.starts(with: "PAN-SA-".utf8),
      let containers = value["containers"],
      let cna = containers["cna"]
    else {
      tally.skip(offset: offset, "CVEレコードではない項目です。", "An entry that is no CVE record.")
      return
    }
    tally.count()
    var advisory = Advisory(id: String(decoding: id, as: UTF8.self), feed: .cve)
    advisory.published = FeedDate.instant(meta["datePublished"])
    advisory.modified = FeedDate.instant(meta["dateUpdated"])
    latest = max(latest ?? Instant(milliseconds: 0), advisory.modified ?? Instant(milliseconds: 0))
    if meta["state"]?.isEqual("REJECTED") ?? false { advisory.state = .rejected }
    advisory.title = cna["title"]?.filled
    advisory.summary =
      (cna["descriptions"] ?? cna["rejectedReasons"]).flatMap(NVDFields.english)
    advisory.remedy = ["solutions", "workarounds"].lazy.compactMap { cna[$0].flatMap(NVDFields.english) }.first
    advisory.isDisputed = (cna["tags"]?.elements ?? .nothing).contains { $0.isEqual("disputed") }
    let others = containers["adp"]?.elements ?? .nothing
    add(cna, "cna", to: &advisory)
    for other in others { add(other, "adp", to: &advisory) }
    try into(.advisory(advisory))
    for other in others { try readDecisions(other, advisory.id, into) }
  }

  private mutating func add(_ container: JSONValue, _ source: String, to advisory: inout Advisory) {
    for entry in container["affected"]?.elements ?? .nothing {
      if let product = AffectedFields.read(entry, source: source, of: advisory.id, &tally) {
        advisory.affected.append(product)
      }
    }
    if let criteria = container["cpeApplicability"], advisory.configurations.isEmpty {
      advisory.configurations = NVDConfigurations.read(criteria, encoder, of: advisory.id, &tally)
    }
    let provider = container["providerMetadata"]?["shortName"]?.string ?? source
    for metric in container["metrics"]?.elements ?? .nothing {
      for (name, value) in metric.members where name.bytes?.starts(with: "cvssV".utf8) ?? false {
        if let score = NVDFields.score(value, source: provider) { advisory.scores.append(score) }
      }
    }
    for problem in container["problemTypes"]?.elements ?? .nothing {
      for description in problem["descriptions"]?.elements ?? .nothing {
        guard let number = description["cweId"]?.filled, !advisory.weaknesses.contains(number) else { continue }
        advisory.weaknesses.append(number)
      }
    }
    for reference in container["references"]?.elements ?? .nothing {
      guard let url = reference["url"]?.filled, !advisory.references.contains(where: { $0.url == url }) else {
        continue
      }
      advisory.references.append(AdvisoryReference(url: url))
    }
  }

  private mutating func readDecisions(
    _ container: JSONValue,
    _ cve: String,
    _ into: (FeedRecord) throws -> Void
  ) throws {
    for metric in container["metrics"]?.elements ?? .nothing {
      guard let other = metric["other"], let content = other["content"] else { continue }
      if other["type"]?.isEqual("ssvc") ?? false, let decision = SSVCFields.decision(content, cve) {
        hasDecisions = true
        try into(.decision(decision))
      }
      if other["type"]?.isEqual("kev") ?? false, let added = FeedDate.day(content["dateAdded"]) {
        let entry = ExploitedEntry(
          cve: cve,
          vendor: "",
          product: "",
          name: "",
          added: added,
          due: nil,
          action: "",
          isUsedByRansomware: false
        )
        try into(.exploited(entry))
      }
    }
  }
}
