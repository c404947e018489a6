import Blobs
import Journal
import Nouns
import SQL
import Text
import Time

/// Files that are kept for records, whoever cites them: what one is, and how it is withdrawn.
package struct StoredFiles: Sendable {
  let database: any Database
  let clock: Clock
  let ids: IDMaker
  let places: [FilePlace]

  /// A file as it stands.
  package struct Standing: Sendable {
    package let hash: String
    package let type: MediaKind
    /// Bytes.
    package let size: Int
    package let storedAt: Instant
    package let uses: [FileUse]
    package let withdrawn: WithdrawnFile?

    package var name: String { uses.first?.name ?? withdrawn?.name ?? hash }
  }

  package enum Refusal: Error, Sendable {
    case noReason
    /// Nothing that the reader could have seen cites it.
    case notFound
    /// Somebody was first.
    case already(WithdrawnFile)
  }

  package static let longestReason = 500

  /// Nil where there is no such file, or nothing cites it.
  package func find(_ hash: String, in scope: Scope<WithdrawFiles>) async throws -> Standing? {
    let key = scope.facility.rawValue
    return try await database.read(.facility(key)) { tx in try standing(hash, key, in: tx) }
  }

  private func standing(_ hash: String, _ key: String, in tx: any Transaction) throws -> Standing? {
    guard
      let row = try tx.row("SELECT type, size, stored_at FROM blob WHERE facility = \(key) AND hash = \(hash)"),
      let type = MediaKind(rawValue: try row.text("type"))
    else { return nil }
    let uses = try places.flatMap { try $0.uses(hash, key, tx) }
    let withdrawn = try BlobStore.withdrawn(hash, facility: key, in: tx)
    guard !uses.isEmpty || withdrawn != nil else { return nil }
    return Standing(
      hash: hash,
      type: type,
      size: try row.integer("size"),
      storedAt: try row.instant("stored_at"),
      uses: uses,
      withdrawn: withdrawn
    )
  }

  /// All that were withdrawn, the newest first; small views that went along are not listed.
  package func withdrawn(in scope: Scope<ReadJournal>) async throws -> [Standing] {
    let key = scope.facility.rawValue
    return try await database.read(.facility(key)) { tx in
      try BlobStore.withdrawn(facility: key, in: tx).compactMap { file in
        let standing = try standing(file.hash, key, in: tx)
        return standing?.uses.isEmpty == false ? standing : nil
      }
    }
  }

  /// Takes the content out of the store. The journal keeps hash, name, who, when and why, once for the file and once in
  /// the history of everything that cites it. Throws `Refusal`.
  package func withdraw(_ hash: String, reason: String, in scope: Scope<WithdrawFiles>) async throws -> Standing {
    guard scope.departments == nil else { throw Denied(permission: .withdrawFiles) }
    let reason = String(reason.prefix(Self.longestReason))
    guard !reason.allSatisfy(\.isWhitespace) else { throw Refusal.noReason }
    let (key, now) = (scope.facility.rawValue, clock.now())
    let withdrawn = try await database.write(.facility(key)) { tx in
      guard let before = try standing(hash, key, in: tx) else { throw Refusal.notFound }
      if let file = before.withdrawn { throw Refusal.already(file) }
      func takeOut(_ hash: String) throws -> Bool {
        try BlobStore.withdraw(
          hash,
          name: before.name,
          by: scope.actor.name,
          reason: reason,
          facility: key,
          at: now,
          in: tx
        )
      }
      guard try takeOut(hash) else { throw Refusal.notFound }
      for derived in Set(try places.flatMap({ try $0.derived(hash, key, tx) })).sorted() { _ = try takeOut(derived) }
      try tx.record(entries(before, reason, now, scope))
      guard let after = try standing(hash, key, in: tx) else { throw Refusal.notFound }
      return after
    }
    // It is withdrawn by now. Where the log cannot be emptied, as on a full disk, a later commit overwrites it.
    try? await database.forgetRemains()
    return withdrawn
  }

  private func entries(
    _ file: Standing,
    _ reason: String,
    _ now: Instant,
    _ scope: Scope<WithdrawFiles>
  ) -> [JournalEntry] {
    let changes = [("file", file.name), ("sha256", file.hash), ("size", String(file.size))].map {
      FieldChange(field: $0.0, from: $0.1, to: nil)
    }
    var subjects = [(type: "file", id: file.hash)]
    for use in file.uses where !subjects.contains(where: { $0 == (use.subjectType, use.subjectID) }) {
      subjects.append((use.subjectType, use.subjectID))
    }
    return subjects.map { subject in
      JournalEntry(
        by: scope,
        id: ids.next(),
        at: now,
        kind: "file.withdrawn",
        of: (subject.type, subject.id, file.name),
        changes: changes,
        reason: reason
      )
    }
  }
}
