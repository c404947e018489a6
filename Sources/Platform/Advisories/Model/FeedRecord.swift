import Text
import Time

/// One thing that a reader found. A reader hands them over one by one and holds none back.
package enum FeedRecord: Sendable, Hashable {
  case advisory(Advisory)
  case exploited(ExploitedEntry)
  case probability(ExploitProbability)
  case decision(StakeholderDecision)
  case update(WindowsUpdate)
  case cycle(SupportCycle)
  case product(DictionaryProduct)
  case alert(AlertEntry)
  /// All fingerprints of one file, in their rank.
  case fingerprints(FingerprintFile)
  /// A host that a scanner looked at, before what it saw there: one without observations is clean.
  case host(ScannedHost)
  case observation(ScanObservation)
}

/// CISA's catalogue of known exploited vulnerabilities.
package struct ExploitedEntry: Sendable, Hashable {
  package let cve: String
  package let vendor: String
  package let product: String
  package let name: String
  package let added: LocalDate
  package let due: LocalDate?
  package let action: String
  package let isUsedByRansomware: Bool

  package init(
    cve: String,
    vendor: String,
    product: String,
    name: String,
    added: LocalDate,
    due: LocalDate?,
    action: String,
    isUsedByRansomware: Bool
  ) {
    self.cve = cve
    self.vendor = vendor
    self.product = product
    self.name = name
    self.added = added
    self.due = due
    self.action = action
    self.isUsedByRansomware = isUsedByRansomware
  }
}

/// FIRST's EPSS: how likely exploitation is within thirty days. A probability, not evidence.
package struct ExploitProbability: Sendable, Hashable {
  package let cve: String
  /// Hundred-thousandths: 0 … 100,000.
  package let probability: Int
  /// Hundred-thousandths, nil in files before 2021-09.
  package let percentile: Int?

  package init(cve: String, probability: Int, percentile: Int?) {
    self.cve = cve
    self.probability = probability
    self.percentile = percentile
  }
}

/// CISA's SSVC decision points from Vulnrichment.
package struct StakeholderDecision: Sendable, Hashable {
  package enum Exploitation: String, Sendable, Hashable { case none, poc, active }

  package let cve: String
  package let exploitation: Exploitation
  package let isAutomatable: Bool?
  /// `partial`, `total`.
  package let isImpactTotal: Bool?
  package let at: Instant?

  package init(cve: String, exploitation: Exploitation, isAutomatable: Bool?, isImpactTotal: Bool?, at: Instant?) {
    self.cve = cve
    self.exploitation = exploitation
    self.isAutomatable = isAutomatable
    self.isImpactTotal = isImpactTotal
    self.at = at
  }
}

/// A Windows update (KB): what it fixes, on what, and which it replaces.
package struct WindowsUpdate: Sendable, Hashable {
  package let cve: String
  /// The number without `KB`.
  package let kb: String
  /// As Microsoft names it: `Windows 10 Version 22H2 for x64-based Systems`.
  package let product: String
  package let supersedes: [String]
  /// The build that fixes it where the source gives one: `10.0.19045.4170`.
  package let fixedBuild: String?
  package let published: LocalDate?
  package let severity: String?
  package let impact: String?

  package init(
    cve: String,
    kb: String,
    product: String,
    supersedes: [String],
    fixedBuild: String? = nil,
    published: LocalDate? = nil,
    severity: String? = nil,
    impact: String? = nil
  ) {
    self.cve = cve
    self.kb = kb
    self.product = product
    self.supersedes = supersedes
    self.fixedBuild = fixedBuild
    self.published = published
    self.severity = severity
    self.impact = impact
  }
}

/// One release line of a product and until when its maker cares for it (endoflife.date).
package struct SupportCycle: Sendable, Hashable {
  /// `fortios`.
  package let product: String
  package let label: String
  /// `7.2`.
  package let cycle: String
  package let names: [ProductName]
  package let endOfSupport: LocalDate?
  package let endOfExtendedSupport: LocalDate?
  /// True where the source says only yes or no.
  package let isOver: Bool?
  package let latest: String?

  package init(
    product: String,
    label: String,
    cycle: String,
    names: [ProductName],
    endOfSupport: LocalDate?,
    endOfExtendedSupport: LocalDate?,
    isOver: Bool?,
    latest: String?
  ) {
    self.product = product
    self.label = label
    self.cycle = cycle
    self.names = names
    self.endOfSupport = endOfSupport
    self.endOfExtendedSupport = endOfExtendedSupport
    self.isOver = isOver
    self.latest = latest
  }
}

/// A line of a product dictionary (JVN): what Japanese texts call it and what CPE calls it.
package struct DictionaryProduct: Sendable, Hashable {
  package let vendor: String
  package let product: String
  package let name: ProductName?
  package let source: String

  package init(vendor: String, product: String, name: ProductName?, source: String) {
    self.vendor = vendor
    self.product = product
    self.name = name
    self.source = source
  }
}

/// An alert of JPCERT/CC or IPA.
package struct AlertEntry: Sendable, Hashable {
  /// `JPCERT-AT-2024-0004`, or the address where there is no number.
  package let id: String
  package let title: String
  package let address: String
  package let published: Instant?
  package let cves: [String]
  package let isUrgent: Bool

  package init(id: String, title: String, address: String, published: Instant?, cves: [String], isUrgent: Bool) {
    self.id = id
    self.title = title
    self.address = address
    self.published = published
    self.cves = cves
    self.isUrgent = isUrgent
  }
}

/// A host that a vulnerability scanner looked at.
package struct ScannedHost: Sendable, Hashable {
  /// At least one of these is set.
  package let address: String?
  package let hostName: String?
  /// `00:1b:21:3c:4d:5e`, where the scanner stood in the same network or looked inside: of every card.
  package let macAddresses: [String]
  package let scanner: String
  package let at: Instant?

  package init(address: String?, hostName: String?, macAddresses: [String], scanner: String, at: Instant?) {
    self.address = address
    self.hostName = hostName
    self.macAddresses = macAddresses
    self.scanner = scanner
    self.at = at
  }
}

/// What a vulnerability scanner saw on a host (nmap scripts, Greenbone, Nessus).
package struct ScanObservation: Sendable, Hashable {
  /// Address and host name as the scanner knew them; at least one is set.
  package let address: String?
  package let hostName: String?
  package let port: String?
  package let cves: [String]
  /// The scanner's own number of what it looked for, with whose it is: `openvas:1.3.6.1.4.1.25623.1.0.10264`,
  /// `nessus:41028`. Nil where it has none.
  package let check: String?
  package let title: String
  /// Ten times the score, nil where the scanner gives none.
  package let tenths: Int?
  package let evidence: String
  package let remedy: String?
  package let scanner: String
  package let at: Instant?

  package init(
    address: String?,
    hostName: String?,
    port: String?,
    cves: [String],
    check: String? = nil,
    title: String,
    tenths: Int?,
    evidence: String,
    remedy: String?,
    scanner: String,
    at: Instant?
  ) {
    self.address = address
    self.hostName = hostName
    self.port = port
    self.cves = cves
    self.check = check
    self.title = title
    self.tenths = tenths
    self.evidence = evidence
    self.remedy = remedy
    self.scanner = scanner
    self.at = at
  }

  /// What it is a finding of: the numbers of its weaknesses, or where it has none and is of medium severity or more (CVSS
  /// 4.0), the scanner's own.
  package var names: [String] {
    guard cves.isEmpty else { return cves }
    guard let check, let tenths, tenths >= 40 else { return [] }
    return [check]
  }

  /// Whether a name is a scanner's own, of which no feed can speak.
  package static func isCheck(_ name: String) -> Bool { checkers.contains { name.hasPrefix($0) } }

  private static let checkers = [GreenboneReader.checker, NessusReader.checker]

  /// Ten times the score of each name, as the scanner rates it. Scripts of nmap list many numbers, each with its own;
  /// others rate what they found as a whole.
  package var scores: [String: Int] {
    if scanner == NmapScanReader.scanner { return NmapScanReader.scores(evidence) }
    guard let tenths else { return [:] }
    return Dictionary(names.map { ($0, tenths) }, uniquingKeysWith: { first, _ in first })
  }
}

/// What a file says of itself: its age, its size, its release. Shown with the feed and checked against what was read.
package struct FeedHead: Sendable, Hashable {
  package let kind: FeedKind
  /// Which part of the feed: `2016`, `modified`, `2025.08.25`; empty where the feed is one file.
  package let part: String
  /// When the publisher made it.
  package let made: Instant?
  /// Whether the file does not say so, and `made` is the latest day that it speaks of: it was made then or later.
  package let isMadeLater: Bool
  /// How many records it says it has.
  package let announced: Int?
  /// Model of EPSS, catalogue version of KEV.
  package let release: String?
  /// Whether it holds only what changed, so that absence of a record says nothing.
  package let isDelta: Bool

  package init(
    kind: FeedKind,
    part: String = "",
    made: Instant? = nil,
    isMadeLater: Bool = false,
    announced: Int? = nil,
    release: String? = nil,
    isDelta: Bool = false
  ) {
    self.kind = kind
    self.part = part
    self.made = made
    self.isMadeLater = isMadeLater
    self.announced = announced
    self.release = release
    self.isDelta = isDelta
  }
}
