import Advisories
import Matching

/// Counts where this program and the reference agree and where not, and by which rule.
struct DifferenceTable {
  private(set) var referencePairs = 0
  private(set) var missed = 0
  private(set) var unverified: [String] = []
  private(set) var unexplained: [String] = []
  private var agreed = 0
  private var counts: [String: (count: Int, example: String)] = [:]

  mutating func add(_ item: ReferenceTests.Item, _ hits: [String: ConfigurationHit]) {
    let affected = item.reference[0]
    let conditional = item.reference[1]
    referencePairs += affected.count + conditional.count
    for id in affected.union(conditional) {
      let name = "\(item.key) \(id)"
      let isAffected = affected.contains(id)
      guard let hit = hits[id] else {
        missed += 1
        count("missed: " + (isAffected ? "affected" : "conditional"), name)
        continue
      }
      switch (isAffected, hit.certainty) {
      case (true, .confirmed), (false, .conditional): agreed += 1
      case (false, .confirmed):
        unverified.append(name)
        count("confirmed, reference conditional", name)
      case (true, .conditional): count("conditional, reference affected: " + Self.reason(hit), name)
      }
    }
    for (id, hit) in hits where !affected.contains(id) && !conditional.contains(id) {
      let place = item.reference[2].contains(id) ? "reference platform only" : "reference silent"
      count("\(hit.certainty.rawValue), \(place): " + Self.reason(hit), "\(item.key) \(id)")
    }
  }

  /// The rule behind a hit that the reference judges otherwise.
  static func reason(_ hit: ConfigurationHit) -> String {
    switch hit.question {
    case .productOnly: return "N3"
    case .windowsBuild: return "N2"
    case .update: return "A2"
    case .target: return "4.2 target"
    case .edition: return "4.2 edition"
    case .product: return "A1"
    case .companion: return "C3"
    case .versionIncomparable, .versionUnknown: return "V5"
    case .sourcesDisagree, .underInvestigation: return "sources"
    case nil: break
    }
    if hit.criterion.name.product.part == .hardware, hit.criterion.name.version == .notApplicable { return "N1" }
    return "version scheme"
  }

  private mutating func count(_ reason: String, _ example: String) {
    counts[reason, default: (0, example)].count += 1
  }

  var text: String {
    var lines = [
      "reference pairs \(referencePairs), agreed \(agreed), missed \(missed), unverified \(unverified.count)"
    ]
    for (reason, found) in counts.sorted(by: { $0.value.count > $1.value.count }) {
      lines.append("\(found.count)\t\(reason)\t\(found.example)")
    }
    return lines.joined(separator: "\n")
  }
}
