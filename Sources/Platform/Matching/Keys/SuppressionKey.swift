import Advisories

/// What a suppression holds to: an asset or a product everywhere, a vulnerability, and by what it was found. Never a version.
package struct SuppressionKey: Sendable, Hashable {
  package enum Subject: Sendable, Hashable {
    /// The ledger's id of one asset.
    case asset(String)
    /// The product on every asset.
    case product(ProductName)
  }

  package let subject: Subject
  package let advisory: String
  /// `MatchEvidence.text`.
  package let evidence: String

  package init(_ subject: Subject, advisory: String, evidence: String) {
    self.subject = subject
    self.advisory = advisory
    self.evidence = evidence
  }

  /// The keys under which a match may be suppressed, the narrow one first.
  package static func keys(asset: String, advisory: String, _ evidence: MatchEvidence) -> [SuppressionKey] {
    let product =
      switch evidence {
      case .range(let name), .productOnly(let name), .companion(let name, _), .windowsUpdate(let name): name
      }
    return [
      SuppressionKey(.asset(asset), advisory: advisory, evidence: evidence.text),
      SuppressionKey(.product(product), advisory: advisory, evidence: evidence.text),
    ]
  }
}
