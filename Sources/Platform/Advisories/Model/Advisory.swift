import Text
import Time

/// A feed or file from which knowledge about vulnerabilities comes.
package enum FeedKind: String, Sendable, Hashable, CaseIterable {
  case nvd, nvdOverlay, cve, kev, ssvc, epss
  case jvnRSS, jvnDetail, jvnProducts, myJVN
  case jpcert, ipa
  case csaf, windowsUpdates, endOfLife
  /// Fingerprints of banners and system descriptions (rapid7/recog).
  case recog
  case vulnerabilityScan
}

/// Where a vulnerability stands with those who keep the list.
package enum AdvisoryState: UInt8, Sendable, Hashable { case published, awaitingAnalysis, rejected }

/// One score with who gave it.
package struct SeverityScore: Sendable, Hashable {
  /// `2.0`, `3.0`, `3.1`, `4.0`.
  package let version: String
  /// Ten times the base score, 0 … 100: whole numbers survive every store.
  package let tenths: Int
  package let vector: String
  package let source: String

  package init(version: String, tenths: Int, vector: String, source: String) {
    self.version = version
    self.tenths = tenths
    self.vector = vector
    self.source = source
  }
}

package struct AdvisoryReference: Sendable, Hashable {
  package let url: String
  package let label: String?

  package init(url: String, label: String? = nil) {
    self.url = url
    self.label = label
  }
}

/// What one source says of one vulnerability. Several sources speak of the same one; a store keeps each and joins them
/// by id.
package struct Advisory: Sendable, Hashable {
  /// `CVE-2024-21762`, or the source's own number where it names no CVE (`JVNDB-2022-000001`, `FG-IR-24-015`).
  package var id: String
  /// Other numbers of the same, the source's own among them.
  package var aliases: [String] = []
  package var feed: FeedKind
  package var state: AdvisoryState = .published
  package var isDisputed = false
  package var published: Instant?
  package var modified: Instant?
  /// English from most sources, Japanese from JVN.
  package var title: String?
  package var summary: String?
  package var impact: String?
  package var remedy: String?
  /// The language of the texts: `en`, `ja`.
  package var language = "en"
  package var scores: [SeverityScore] = []
  /// `CWE-79`.
  package var weaknesses: [String] = []
  package var references: [AdvisoryReference] = []
  package var configurations = CompactConfigurations.none
  package var affected: [AffectedProduct] = []
  package var statements: [SupplierStatement] = []

  package init(id: String, feed: FeedKind) {
    self.id = id
    self.feed = feed
  }
}

/// What a supplier says of its product and one vulnerability (CSAF, VEX).
package struct SupplierStatement: Sendable, Hashable {
  package enum Verdict: String, Sendable, Hashable { case affected, notAffected, fixed, underInvestigation }

  package let product: AffectedProduct
  package let verdict: Verdict
  /// CSAF's flag (`vulnerable_code_not_in_execute_path`) or the supplier's own words.
  package let justification: String?
  /// What the supplier says to do: an update, a setting, nothing for now.
  package let remedy: String?

  package init(_ product: AffectedProduct, verdict: Verdict, justification: String? = nil, remedy: String? = nil) {
    self.product = product
    self.verdict = verdict
    self.justification = justification
    self.remedy = remedy
  }
}
