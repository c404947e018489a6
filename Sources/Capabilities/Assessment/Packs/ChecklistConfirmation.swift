import Packs
import Time

/// That a named person of the facility compared an edition of a checklist with its source.
package struct ChecklistConfirmation: Sendable, Hashable {
  package let by: String
  package let at: Instant
  /// What it was compared with.
  package let reason: String
}

extension Checklist {
  /// The same checklist as the facility knows it: verified where somebody there confirmed it, and as it came elsewhere.
  func confirmed(_ confirmation: ChecklistConfirmation?) -> Checklist {
    guard let confirmation else { return self }
    var known = self
    known.confirmation = confirmation
    known.pack.verification = .verified(by: confirmation.by, on: confirmation.at.day.iso)
    return known
  }
}
