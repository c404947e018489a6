import Advisories

/// Which KB fixes which CVE on which Windows, and which KB replaces which: 600,000 rows in a few megabytes.
package struct WindowsUpdateIndex: Sendable {
  struct Row: Sendable {
    let cve: Int32
    let kb: Int32
    /// Index into `builds`, -1 where the source gives no build.
    let build: Int32
  }

  let cves: [String]
  let kbs: [String]
  let builds: [String]
  let products: [WindowsProductKey]
  /// Rows of each product, by CVE.
  let rows: [[Row]]
  /// The KBs that a KB replaces, directly.
  let replaces: [[Int32]]
  /// When a KB was last published, as days; 0 where unknown.
  let published: [Int32]

  /// How many rows are kept.
  package var count: Int { rows.reduce(0) { $0 + $1.count } }
}
