import Advisories
import Text
import Time

/// Why an answer is what it is, in parts; `lines` are the sentences a person follows.
package struct Explanation: Sendable, Hashable {
  package let product: ProductName
  /// The version as written, nil where the ledger has none.
  package let version: String?
  /// The criterion of NVD that matched, where one did.
  package var criterion: Criterion?
  package var question: OpenQuestion?
  /// The platform taken to be there (C3).
  package var assumed: ProductName?
  package var sources: [SourceView]
  /// From which versions on it is fixed, the sources together.
  package var fixedVersions: [String] = []
  package var sourcesDisagree = false
  /// The release line whose support is over, where it is.
  package var endedCycle: SupportCycle?
  package var isDisputed = false

  package init(product: ProductName, version: String?, sources: [SourceView]) {
    self.product = product
    self.version = version
    self.sources = sources
  }
}
