import Advisories
import Matching

/// Counts where this program and the reference agree and where not, and by which rule.
struct DifferenceTable {
  private(set) var referencePairs = 0
  private(set) var missed = 0
  private(set) var unverified: [String] = []
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
    case .versionIncomparable, .versionUnknown, .versionCoarse: return "V5"
    case .sourcesDisagree, .underInvestigation: return "sources"
    case .backports: return "backports"
    case nil: break
    }
    if hit.criterion.name.product.part == .hardware, hit.criterion.name.version == .notApplicable { return "N1" }
    return "version scheme"
  }

  private mutating func count(_ reason: String, _ example: String) {
    counts[reason, default: (0, example)].count += 1
    if example < counts[reason]?.example ?? example { counts[reason]?.example = example }
  }

  /// What each difference rests on, for people who read the table.
  private static let rules: [(end: String, text: String)] = [
    ("N1", "A unit of hardware without a version matches any unit"),
    ("N2", "Windows is named without a version; build and updates decide"),
    ("N3", "The product is named without a version: 要確認, a bucket of its own"),
    ("A1", "The part (a, o) differs; the certainty falls by one step"),
    ("A2", "The criterion asks for an update (service pack, rc1) that the inventory does not give"),
    ("4.2 target", "The criterion asks for a platform (target_sw, target_hw) that the inventory does not give"),
    ("4.2 edition", "The criterion asks for an edition that the inventory does not give"),
    ("C3", "A companion is not in the inventory"),
    ("V5", "The versions cannot be ordered against each other (trains, names)"),
    ("version scheme", "The product's own order of versions: a letter behind an OpenSSL release is a patch"),
    ("missed: affected", "Not found; see the example"),
    (
      "missed: conditional",
      "All nodes of an AND name the same product at different versions, which one asset cannot have"
    ),
    ("confirmed, reference conditional", "Must not happen"),
  ]

  /// The table as Markdown.
  var markdown: String {
    var lines = [
      "| pairs | we say, the reference says | rule | example |",
      "|---:|---|---|---|",
      "| \(agreed) | the same | | |",
    ]
    for (reason, found) in counts.sorted(by: { ($1.value.count, $0.key) < ($0.value.count, $1.key) }) {
      let rule = Self.rules.first { reason.hasSuffix($0.end) }?.text ?? ""
      lines.append("| \(found.count) | \(reason) | \(rule) | `\(found.example.replacing("|", with: ":"))` |")
    }
    return lines.joined(separator: "\n")
  }

  /// Reasons that no rule explains.
  var unexplained: [String] {
    counts.keys.filter { reason in !Self.rules.contains { reason.hasSuffix($0.end) } }
  }
}
