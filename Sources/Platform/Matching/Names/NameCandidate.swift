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

/// One thing that a written name speaks of, with its candidates, the best first.
package struct NamedPart: Sendable, Hashable {
  package let written: String
  package let candidates: [NameCandidate]
}

/// What came of reading a name.
package struct NameReading: Sendable, Hashable {
  package enum Outcome: Sendable, Hashable {
    /// Each thing named is known for certain.
    case identified
    /// A person must choose or complete.
    case ask
    /// Something is written that nobody knows.
    case unknown
    /// Nothing is written, or that it is unknown.
    case nothing
  }

  package let parts: [NamedPart]
  package let outcome: Outcome

  /// What may be matched at once: the best candidate of each part, with its confidence.
  package var components: [Component] { parts.compactMap(\.candidates.first).flatMap(\.components) }
}
