import Text
import Time

/// What is kept from one record to the next.
struct NVDState {
  var tally: FeedTally
  private let encoder = CompactEncoder()

  init(_ limits: FeedLimits) { tally = FeedTally(limits) }

  mutating func read(_ value: JSONValue, _ offset: Int, _ into: (FeedRecord) throws -> Void) throws {
    guard let cve = value["cve"], let id = cve["id"]?.bytes, CVENumber.isOne(id) else {
      tally.skip(offset: offset, "CVE番号のない項目です。", "A record without a CVE number.")
      return
    }
    tally.count()
    var advisory = Advisory(id: String(decoding: id, as: UTF8.self), feed: .nvd)
    NVDFields.fill(&advisory, cve)
    if let configurations = cve["configurations"] {
      advisory.configurations = NVDConfigurations.read(configurations, encoder, of: advisory.id, &tally)
    }
    for source in cve["affected"]?.elements ?? .nothing {
      for entry in source["affectedData"]?.elements ?? .nothing {
        if let product = AffectedFields.read(entry, source: "cna", of: advisory.id, &tally) {
          advisory.affected.append(product)
        }
      }
    }
    try into(.advisory(advisory))
    if let added = FeedDate.day(cve["cisaExploitAdd"]) {
      // Vendor and product stand in CISA's own list only, as does the word on ransomware.
      let entry = ExploitedEntry(
        cve: advisory.id,
        vendor: "",
        product: "",
        name: cve["cisaVulnerabilityName"]?.string ?? "",
        added: added,
        due: FeedDate.day(cve["cisaActionDue"]),
        action: cve["cisaRequiredAction"]?.string ?? "",
        isUsedByRansomware: false
      )
      try into(.exploited(entry))
    }
  }
}
