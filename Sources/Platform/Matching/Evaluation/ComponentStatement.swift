import Advisories

/// What the maker of an asset says of a vulnerability in one of its components, in the file that lists the component.
package struct ComponentStatement: Sendable, Hashable {
  /// Who says it, as people read it.
  package let source: String
  package let verdict: SupplierStatement.Verdict
  /// A word of the format (`code_not_reachable`), the maker's own words, or both.
  package let justification: String?
  package let remedy: String?

  package init(source: String, verdict: SupplierStatement.Verdict, justification: String?, remedy: String?) {
    self.source = source
    self.verdict = verdict
    self.justification = justification
    self.remedy = remedy
  }

  /// A supplier's word on its own product.
  var view: SourceView {
    let said: SourceView.Verdict =
      switch verdict {
      case .affected: .affected
      case .notAffected: .notAffected
      case .fixed: .fixed
      case .underInvestigation: .underInvestigation
      }
    return SourceView(source, said, justification: justification, remedy: remedy, isSupplier: true)
  }
}
