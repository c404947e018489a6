import Time

/// What a device or program is made of, as its maker lists it.
package struct BillOfMaterials: Sendable, Hashable {
  package enum Format: String, Sendable, Hashable {
    case cycloneDX = "CycloneDX"
    case spdx = "SPDX"
    case swid = "SWID"
    case table
  }

  /// A part, or the whole thing itself.
  package struct Item: Sendable, Hashable {
    package var name: String
    package var version: String?
    package var supplier: String?
    /// `library`, `operating-system`, `firmware`, `application` …, as given.
    package var kind: String?
    /// The CPE name that the maker gives.
    package var identity: CPEName?
    /// Names that a tool guessed: hints, not to be matched by.
    package var hints: [CPEName] = []
    /// Package URL: `pkg:pypi/certifi@2026.10.18`.
    package var packageURL: String?
    /// The tag id of SWID.
    package var tag: String?
    /// Index of the item that this is a part of; nil for parts of the subject.
    package var parent: Int?
    /// Its id inside the file.
    package var reference: String?

    package init(name: String) { self.name = name }
  }

  /// What the maker says of one vulnerability (VEX inside CycloneDX).
  package struct Statement: Sendable, Hashable {
    /// `CVE-…`.
    package let vulnerability: String
    package let verdict: SupplierStatement.Verdict
    package let justification: String?
    package let remedy: String?
    /// Indices of the items it speaks of; empty where it speaks of the whole.
    package let items: [Int]

    package init(
      vulnerability: String,
      verdict: SupplierStatement.Verdict,
      justification: String?,
      remedy: String?,
      items: [Int]
    ) {
      self.vulnerability = vulnerability
      self.verdict = verdict
      self.justification = justification
      self.remedy = remedy
      self.items = items
    }
  }

  package let format: Format
  /// `1.6`, `SPDX-2.3`; empty where the format has none.
  package let edition: String
  /// The device or program; nil where the file does not say.
  package var subject: Item?
  package var made: Instant?
  package var items: [Item] = []
  package var statements: [Statement] = []
  /// Parts that were left out: an item without a name, a malformed CPE name.
  package var problems: [FeedProblem] = []

  package init(format: Format, edition: String) {
    self.format = format
    self.edition = edition
  }
}
