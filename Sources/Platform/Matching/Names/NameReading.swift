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
  package var components: [Component] {
    var components: [Component] = []
    for part in parts {
      guard let best = part.candidates.first else { continue }
      components.append(best.component)
      components += best.others
    }
    guard parts.count > 1 else { return components }
    // 「FortiGate-60F ／ FortiOS v7.2.8」 speaks twice of FortiOS: where one says the version, the other asks for none.
    let versioned = Set(components.filter { $0.writtenVersion != nil }.map(\.name.product))
    return components.filter { $0.writtenVersion != nil || !versioned.contains($0.name.product) }
  }
}
