import Duties
import Foundation
import Identity
import Journal
import Nouns
import SQL
import Sealing
import Text
import Time

/// Changes the key that seals secrets in the database. What stops it between two steps loses nothing: while the new key
/// waits beside the old one, both open, and the next run goes on where this one stopped.
struct KeyRotation: Sendable {
  /// What the journal calls it.
  static let kind = "keys.sealing-replaced"

  let house: House

  private var folder: KeyFolder { KeyFolder(path: house.settings.keysFolder) }

  /// All steps. Nobody may serve meanwhile: a running server would go on sealing with the key it has read.
  func run() async throws -> Resealing {
    let ring: KeyRing
    let next: SealingKey
    do throws(KeyError) {
      // Not the ring the house came with: somebody may have changed it before this command had the lock.
      ring = try folder.load()
      next = try folder.prepareSealing()
    } catch {
      throw CommandProblem.couldNotRun(error.message)
    }
    let work = try await reseal(with: next, before: ring.sealing)
    do throws(KeyError) {
      try folder.replaceSealing()
    } catch {
      throw CommandProblem.couldNotRun(error.message)
    }
    if var note = BackupNote.read(house.folder) {
      note.keysOf = ""
      try note.write(house.folder)
    }
    return work
  }

  /// In one transaction: everything is under the new key, or nothing is.
  func reseal(with next: SealingKey, before old: SealingKey) async throws -> Resealing {
    let seal = Seal(next, older: [old])
    let facilities = try await house.identity.facilities()
    let entries = facilities.map { entry(of: $0.id.rawValue) }
    return try await house.database.write(.everyFacility) { tx in
      var work = Resealing(seal)
      try Identity.reseal(&work, in: tx)
      try Duties.reseal(&work, in: tx)
      try tx.record(entries)
      return work
    }
  }

  private func entry(of facility: String) -> JournalEntry {
    JournalEntry(
      id: house.ids.next(),
      facility: facility,
      at: house.clock.now(),
      actorID: House.operatorActor.id,
      actorName: House.operatorActor.name,
      request: "",
      set: nil,
      kind: Self.kind,
      subjectType: "installation",
      subjectID: "keys",
      subjectTitle: "封じる鍵",
      changes: [],
      reason: nil
    )
  }
}

/// How old the sealing key is. Pure.
struct KeyAge: Sendable {
  /// Since when it is in use; nil where there is no facility yet.
  let since: Instant?
  /// Whether a change of it was begun and not ended.
  let isChanging: Bool

  /// After so many days `doctor` reminds of it.
  static let days = 365

  /// Of what is in the database: when it was changed last, else when the installation began.
  static func read(_ tx: any Transaction, _ ring: KeyRing) throws -> KeyAge {
    let changed = try tx.row("SELECT max(at) AS at FROM journal WHERE kind = \(KeyRotation.kind)")?.optionalInstant(
      "at"
    )
    let began = try tx.row("SELECT min(created_at) AS at FROM facility")?.optionalInstant("at")
    return KeyAge(since: changed ?? began, isChanging: ring.next != nil)
  }

  func finding(at now: Instant) -> Finding? {
    let how = "yagura keys rotate"
    if isChanging {
      return Finding(
        .keyAge,
        .action,
        "封じる鍵の取り替えが途中です。何も失われていません。serve を止めて、もう一度 \(how) を実行してください。",
        "A change of the sealing key was begun and not ended. Nothing is lost. Stop serve and run \(how) again."
      )
    }
    guard let since else { return nil }
    let age = max(0, now.seconds(since: since) / 86_400)
    guard age >= Self.days else {
      return Finding(
        .keyAge,
        .good,
        "封じる鍵は\(since.day.slashed)から使っています（\(age)日）。",
        "The sealing key is in use since \(since.day.iso) (\(age) days)."
      )
    }
    return Finding(
      .keyAge,
      .note,
      "封じる鍵は\(since.day.slashed)から使っています（\(age)日）。1年に一度の取り替えを勧めます：\(how)",
      "The sealing key is in use since \(since.day.iso) (\(age) days). A change once a year is advised: \(how)"
    )
  }
}
