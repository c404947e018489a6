import Packs
import Synchronization

/// Packs that were read before, by the SHA-256 of their text: what a text says never changes.
final class OwnChecklistCache: Sendable {
  private let known = Mutex<[String: Checklist]>([:])

  /// More than a hospital uses at a time.
  private static let most = 200

  func checklist(_ source: String, hash: String, file: String) throws(PackError) -> Checklist {
    if let found = known.withLock({ $0[hash] }) { return found }
    let checklist = try OwnChecklist.read(source, file: file)
    known.withLock { known in
      if known.count >= Self.most { known.removeAll() }
      known[hash] = checklist
    }
    return checklist
  }
}
