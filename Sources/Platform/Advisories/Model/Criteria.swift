/// One end of a range of versions.
package struct VersionBound: Sendable, Hashable {
  package let version: String
  package let isIncluded: Bool

  package init(_ version: String, isIncluded: Bool) {
    self.version = version
    self.isIncluded = isIncluded
  }
}

/// From one version to another; an end that is nil is open.
package struct VersionRange: Sendable, Hashable {
  package let lower: VersionBound?
  package let upper: VersionBound?

  package init(lower: VersionBound? = nil, upper: VersionBound? = nil) {
    self.lower = lower
    self.upper = upper
  }
}

/// One line of a configuration: a product with a version or a range. Only where `isVulnerable` is it what is broken;
/// else it is the platform that must be there too.
package struct Criterion: Sendable, Hashable {
  package let name: CPEName
  package let range: VersionRange?
  package let isVulnerable: Bool

  package init(_ name: CPEName, range: VersionRange? = nil, isVulnerable: Bool = true) {
    self.name = name
    self.range = range
    self.isVulnerable = isVulnerable
  }
}

package enum Junction: UInt8, Sendable, Hashable {
  case or = 0
  case and = 1
}

/// Criteria joined by one word.
package struct CriteriaNode: Sendable, Hashable {
  package let junction: Junction
  package let isNegated: Bool
  package let criteria: [Criterion]

  package init(_ junction: Junction = .or, isNegated: Bool = false, _ criteria: [Criterion]) {
    self.junction = junction
    self.isNegated = isNegated
    self.criteria = criteria
  }
}

/// Nodes joined by one word. An advisory has several, of which one is enough.
package struct Configuration: Sendable, Hashable {
  package let junction: Junction
  package let isNegated: Bool
  package let nodes: [CriteriaNode]

  package init(_ junction: Junction = .or, isNegated: Bool = false, _ nodes: [CriteriaNode]) {
    self.junction = junction
    self.isNegated = isNegated
    self.nodes = nodes
  }
}

/// What a supplier, CNA or JVN says of one product: which versions are affected, and what holds for those nobody lists.
package struct AffectedProduct: Sendable, Hashable {
  /// What is true of a version.
  package enum Status: UInt8, Sendable, Hashable { case affected, unaffected, unknown }

  /// A version, a range, or a text somebody wrote.
  package enum Extent: Sendable, Hashable {
    case single(String)
    case range(VersionRange)
    /// 「7.3.7 より前のバージョン」, `7.2.26 and earlier`: as written; `Matching` reads it.
    case text(String)
    /// Every version.
    case all
  }

  /// From `at` on, inside the range, this holds instead.
  package struct Change: Sendable, Hashable {
    package let at: String
    package let status: Status

    package init(at: String, status: Status) {
      self.at = at
      self.status = status
    }
  }

  package struct Statement: Sendable, Hashable {
    package let extent: Extent
    package let status: Status
    package let changes: [Change]
    /// `semver`, `custom`, `rpm`, `git` …, as given.
    package let scheme: String?

    package init(_ extent: Extent, status: Status = .affected, changes: [Change] = [], scheme: String? = nil) {
      self.extent = extent
      self.status = status
      self.changes = changes
      self.scheme = scheme
    }
  }

  /// As written: `Fortinet`, 「富士通」.
  package let vendor: String
  package let product: String
  /// CPE names that the source gives for it; may be empty.
  package let names: [CPEName]
  package let statements: [Statement]
  package let defaultStatus: Status
  package let platforms: [String]
  /// Who says so: `nvd`, `cna`, `adp`, `jvn`, `csaf:Fortinet`.
  package let source: String

  package init(
    vendor: String,
    product: String,
    names: [CPEName] = [],
    statements: [Statement] = [],
    defaultStatus: Status = .unknown,
    platforms: [String] = [],
    source: String
  ) {
    self.vendor = vendor
    self.product = product
    self.names = names
    self.statements = statements
    self.defaultStatus = defaultStatus
    self.platforms = platforms
    self.source = source
  }
}
