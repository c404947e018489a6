import Text

/// Where a finding stands in the queue, and why.
package struct TriageResult: Sendable, Hashable {
  package let tier: TriageTier
  /// 要確認: something must be asked before something can be done.
  package let isQuestion: Bool
  /// Days from the finding to its end.
  package let days: Int
  /// What put it there, the weightiest first; a person can read them one after another.
  package let reasons: [Localized]
  /// What was not looked up or is not recorded, and might change the tier.
  package let gaps: [Localized]
  /// The tier it would have if it could be reached from outside, where nobody recorded whether it can.
  package let tierIfExposed: TriageTier?
}
