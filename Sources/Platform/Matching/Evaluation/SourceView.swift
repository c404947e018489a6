import Advisories

/// What one source says of one component.
package struct SourceView: Sendable, Hashable {
  package enum Verdict: Sendable, Hashable {
    case affected
    /// It may apply; the question says what is open.
    case possible(OpenQuestion)
    case notAffected
    /// The product is named, but no range speaks of this version's branch: not listed is not safe (V6).
    case notListed
    /// The supplier says that it is fixed in this version.
    case fixed
    case underInvestigation
  }

  /// `nvd`, `cna`, `adp`, `jvn`, `csaf:Fortinet`.
  package let source: String
  package let verdict: Verdict
  /// The range that decided, where one did.
  package let range: VersionRange?
  /// From which version on it is fixed by this source.
  package let fixedVersions: [String]
  /// Ends of ranges that may only be a way to write "all of the branch": no fix unless another source names it.
  let unprovenFixes: [String]
  /// CSAF's flag, or the supplier's own words.
  package let justification: String?
  package let remedy: String?
  /// A supplier speaks of its own product (CSAF, VEX).
  package let isSupplier: Bool

  init(
    _ source: String,
    _ verdict: Verdict,
    range: VersionRange? = nil,
    fixedVersions: [String] = [],
    unprovenFixes: [String] = [],
    justification: String? = nil,
    remedy: String? = nil,
    isSupplier: Bool = false
  ) {
    self.source = source
    self.verdict = verdict
    self.range = range
    self.fixedVersions = fixedVersions
    self.unprovenFixes = unprovenFixes
    self.justification = justification
    self.remedy = remedy
    self.isSupplier = isSupplier
  }

  /// Whether the source says that it concerns the component, or may.
  var isAffirmative: Bool {
    switch verdict {
    case .affected, .possible, .underInvestigation: true
    case .notAffected, .notListed, .fixed: false
    }
  }

  /// Whether it says so of a year alone: 「2019」 is a product's name, not a state of it (V5).
  var isByYear: Bool { range?.isYear ?? false }

  /// Whether the source leaves it open.
  var isOpen: Bool {
    switch verdict {
    case .possible, .underInvestigation: true
    case .affected, .notAffected, .notListed, .fixed: false
    }
  }

  /// What people call the source.
  package var title: String {
    switch source {
    case "nvd": "NVD"
    case "nvdOverlay": "NVD (Anchore)"
    case "cna": "CNA"
    case "adp": "CISA ADP"
    case "jvn": "JVN iPedia"
    default: source.hasPrefix("csaf:") ? String(source.dropFirst(5)) : source
    }
  }
}
