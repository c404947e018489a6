import Text

/// What an advisory means for one component of an asset.
package struct Answer: Sendable, Hashable {
  package enum Verdict: Sendable, Hashable {
    /// 確定 or 要確認.
    case affected(Certainty)
    /// Every source that speaks of the product says no.
    case notAffected
    /// The product is named, this version's branch is not. Not safe for that: see the end of support (V6).
    case notListed
    /// The supplier says that its product is not affected, or that it is fixed, and why.
    case suppressed
  }

  /// Index into the asset's components.
  package let component: Int
  package let verdict: Verdict
  package let explanation: Explanation

  package var certainty: Certainty? { if case .affected(let certainty) = verdict { certainty } else { nil } }

  /// Whether the supplier denies what another source says of its product.
  package var isDenied: Bool {
    verdict == .suppressed && explanation.sources.contains { $0.isAffirmative && !$0.isSupplier }
  }

  /// The whole in one sentence.
  package var sentence: Localized { ExplanationSentences.sentence(self) }

  /// The reasons one by one, the weightiest first.
  package var lines: [Localized] { ExplanationSentences.lines(self) }
}
