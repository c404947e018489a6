import Advisories

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
