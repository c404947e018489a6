/// A KB that a machine lacks, and what it closes there.
package struct MissingUpdate: Sendable, Hashable {
  /// Without `KB`.
  package let kb: String
  package let cves: [String]

  package init(kb: String, cves: [String]) {
    self.kb = kb
    self.cves = cves
  }
}
