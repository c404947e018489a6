import Intake
import Journal
import Records
import SQL
import Synchronization
import Time

/// The latest roster somebody compared, kept until they carry it out: what was shown is what is taken in, and fifty thousand
/// people are compared once, not twice. Kept only while nothing of the facility's records changed, and not for long.
final class ComparisonShelf: Sendable {
  /// What a comparison was made of.
  struct Mark: Sendable, Equatable {
    let draft: String
    let journal: JournalMark
    let today: LocalDate
    /// What was said of columns and rows, in another page.
    let said: ImportSaid
  }

  private let shelf = Mutex<[String: (mark: Mark, comparison: RosterStore.Comparison)]>([:])

  /// Seconds after which one nobody carried out is dropped; it is made anew where it is wanted then.
  static let kept = 900

  /// What is kept for the mark; what is kept for another is dropped.
  func find(_ facility: String, _ mark: Mark) -> RosterStore.Comparison? {
    shelf.withLock { shelf in
      if let kept = shelf[facility], kept.mark == mark { return kept.comparison }
      shelf[facility] = nil
      return nil
    }
  }

  func drop(_ facility: String) { shelf.withLock { $0[facility] = nil } }

  func keep(_ facility: String, _ mark: Mark, _ comparison: RosterStore.Comparison) {
    shelf.withLock { $0[facility] = (mark, comparison) }
    Task { [weak self] in
      // Cancelled or not, it is dropped.
      try? await Task.sleep(for: .seconds(Self.kept))
      self?.shelf.withLock { shelf in
        if shelf[facility]?.mark == mark { shelf[facility] = nil }
      }
    }
  }
}
