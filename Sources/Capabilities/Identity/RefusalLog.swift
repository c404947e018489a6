import Journal
import Nouns
import SQL
import Synchronization
import Time
import Web

/// Who was refused what, remembered for an hour, so that a page that is loaded again and again fills no journal.
final class RefusalLog: Sendable {
  static let seconds = 3_600
  /// Beyond so many the oldest are forgotten: they are told of once more at worst.
  static let most = 10_000

  private let told = Mutex<[String: Instant]>([:])

  /// Whether nobody was told of it within the hour.
  func isNew(_ key: String, at now: Instant) -> Bool {
    told.withLock { told in
      if let last = told[key], now.seconds(since: last) < Self.seconds { return false }
      if told.count >= Self.most { told = told.filter { now.seconds(since: $0.value) < Self.seconds } }
      if told.count >= Self.most { told.removeAll() }
      told[key] = now
      return true
    }
  }
}

extension Identity {
  /// Puts into the journal that somebody was refused: once an hour for each account, permission and token.
  func note(_ refused: SessionSource.Refused) async throws {
    let session = refused.session
    let key = "\(session.facility.rawValue)/\(session.userID)/\(session.token?.id ?? "")/\(refused.permission.rawValue)"
    guard refusals.isNew(key, at: refused.at) else { return }
    let visit = Visit(address: refused.address, now: refused.at, request: refused.request)
    let entry = note(
      "account.refused",
      (type: "account", id: session.userID, title: session.userName),
      in: session.facility,
      by: session.actor,
      visit,
      changes: [
        ("permission", nil, refused.permission.rawValue), ("route", nil, refused.route),
        ("address", nil, refused.address),
      ]
    )
    try await database.write(.facility(session.facility.rawValue)) { tx in try tx.record([entry]) }
  }
}
