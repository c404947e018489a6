import Time

/// What a feed says of something. Not having looked differs from having looked and found nothing.
package enum Lookup<Value: Sendable & Hashable>: Sendable, Hashable {
  /// The feed is not there.
  case notLookedUp
  /// The feed of that day says nothing of it.
  case clean(asOf: LocalDate?)
  case found(Value, asOf: LocalDate?)

  package var value: Value? { if case .found(let value, _) = self { value } else { nil } }

  package var asOf: LocalDate? {
    switch self {
    case .notLookedUp: nil
    case .clean(let day), .found(_, let day): day
    }
  }

  package var isLookedUp: Bool { self != .notLookedUp }
}
