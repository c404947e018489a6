import Advisories
import Text

/// What a written name may be.
package struct NameCandidate: Sendable, Hashable {
  /// The product, with its version where one was written.
  package let component: Component
  /// Other names under which feeds speak of the same thing, hardware beside firmware among them.
  package let others: [Component]
  package let confidence: Confidence
  /// Why it is taken for that, and what is missing for certainty.
  package let reason: Localized

  /// All components, the main one first.
  package var components: [Component] { [component] + others }
}
