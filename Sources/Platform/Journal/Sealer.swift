import Logging
import SQL
import Sealing
import ServiceLifecycle
import Text
import Time

/// Gives committed entries their place in the chain and signs what it has reached.
///
/// Writers only insert; they never wait for a chain. The sealer takes what is committed and unsealed in the order
/// of its moments, numbers it without gaps and signs a checkpoint, all in one transaction per batch, so the last
/// sealed entry is always a signed one. One process at a time holds the lease of a facility; two that meet are kept
/// apart by the serialisable transaction, the lease only saves them the work.
package struct Sealer: Sendable {
  let database: any Database
  let key: SigningKey
  let clock: Clock
  private let holder: String

  /// Entries in one transaction: some 50 ms in which other writers of a SQLite file wait.
  static let batch = 2000
  private static let leaseSeconds = 15

  /// `holder` names the process among those that share the database; any unique text.
  package init(database: any Database, key: SigningKey, clock: Clock, holder: String) {
    self.database = database
    self.key = key
    self.clock = clock
    self.holder = holder
  }

  /// Seals whatever is unsealed, in every facility. Answers how many entries it sealed. Throws `SealingBroken` when
  /// a chain does not end in its last checkpoint; the other facilities are sealed all the same.
  @discardableResult
  package func seal() async throws -> Int {
    let facilities = try await database.read(.everyFacility) { tx in
      try tx.rows("SELECT DISTINCT facility FROM journal WHERE seq IS NULL ORDER BY facility").map { row in
        try row.text("facility")
      }
    }
    var sealed = 0
    var broken: SealingBroken?
    for facility in facilities {
      do {
        sealed += try await seal(facility)
      } catch let error as SealingBroken {
        broken = broken ?? error
      }
    }
    if let broken { throw broken }
    return sealed
  }

  private func seal(_ facility: String) async throws -> Int {
    var sealed = 0
    while true {
      let count = try await database.write(.facility(facility)) { tx in try batch(facility, tx) }
      sealed += count
      if count < Self.batch { return sealed }
    }
  }

  private func batch(_ facility: String, _ tx: any Transaction) throws -> Int {
    guard try isFree(facility, tx) else { return 0 }
    let head = try Self.head(facility, tx)
    let unsealed = try tx.rows(
      """
      SELECT \(Link.columns) FROM journal WHERE facility = \(facility) AND seq IS NULL
      ORDER BY at, place, id LIMIT \(Self.batch)
      """
    ).map { row throws(StorageError) in try Link(row) }
    guard !unsealed.isEmpty else { return 0 }
    var hash = head.hash
    var sealed: [SealedRow] = []
    sealed.reserveCapacity(unsealed.count)
    for (index, link) in unsealed.enumerated() {
      // An entry that lost its content before it was sealed, and not by an erasure, proves nothing; it is sealed
      // with an empty leaf, and verification names it.
      let leaf = link.provenLeaf ?? []
      hash = Chain.hash(after: hash, sequence: head.sequence + index + 1, leaf: leaf, link)
      sealed.append(SealedRow(id: link.id, sequence: head.sequence + index + 1, leaf: leaf, hash: hash))
    }
    try Self.store(sealed, facility, tx)
    try sign(ChainEnd(sequence: head.sequence + sealed.count, hash: hash), of: facility, in: tx)
    // Held only while there is more to do.
    let now = clock.now()
    try hold(facility, until: sealed.count < Self.batch ? now : now.adding(seconds: Self.leaseSeconds), tx)
    return sealed.count
  }

  /// A checkpoint at the end of the chain.
  func sign(_ end: ChainEnd, of facility: String, in tx: any Transaction) throws {
    let now = clock.now()
    let message = Chain.checkpoint(facility, sequence: end.sequence, hash: end.hash, at: now.milliseconds)
    let signature = try key.sign(message)
    try tx.run(
      """
      INSERT INTO journal_checkpoint (facility, seq, hash, at, key, signature)
      VALUES (\(facility), \(end.sequence), \(end.hash), \(now), \(key.publicKey.fingerprint), \(signature))
      """
    )
  }

  /// Where a writer that holds the whole database may go on with the chain, after what was written before it has been
  /// sealed. Nil where it had better leave that to the sealer: the chain is broken, or much is waiting.
  func end(of facility: String, in tx: any Transaction) throws -> ChainEnd? {
    do {
      _ = try batch(facility, tx)  // what it leaves unsealed is asked for below
      let waiting = try tx.row("SELECT id FROM journal WHERE facility = \(facility) AND seq IS NULL LIMIT 1")
      return waiting == nil ? try Self.head(facility, tx) : nil
    } catch is SealingBroken {
      return nil
    }
  }

  private func isFree(_ facility: String, _ tx: any Transaction) throws -> Bool {
    let now = clock.now()
    if let row = try tx.row("SELECT holder, held_until FROM journal_sealer WHERE facility = \(facility)") {
      let until = try row.instant("held_until")
      // A lease further ahead than any of us takes one comes from a clock that was wrong.
      let isHeld = until > now && until <= now.adding(seconds: 2 * Self.leaseSeconds)
      if isHeld, try row.text("holder") != holder { return false }
    }
    return true
  }

  private func hold(_ facility: String, until: Instant, _ tx: any Transaction) throws {
    try tx.run(
      """
      INSERT INTO journal_sealer (facility, holder, held_until) VALUES (\(facility), \(holder), \(until))
      ON CONFLICT (facility) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
      """
    )
  }

  /// The end of the chain, which must be what was signed last: the sealer does not build on a chain that was cut.
  private static func head(_ facility: String, _ tx: any Transaction) throws -> ChainEnd {
    let last = try tx.row(
      """
      SELECT seq, hash FROM journal WHERE facility = \(facility) AND seq IS NOT NULL ORDER BY seq DESC LIMIT 1
      """
    )
    let signed = try tx.row(
      "SELECT seq, hash FROM journal_checkpoint WHERE facility = \(facility) ORDER BY seq DESC LIMIT 1"
    )
    let accepted = try tx.row(
      """
      SELECT \(AcceptedBreak.columns) FROM journal_break WHERE facility = \(facility)
      ORDER BY resumed_after DESC LIMIT 1
      """
    ).map { row throws(StorageError) in try AcceptedBreak(row) }
    if let accepted, try (last?.integer("seq") ?? 0) <= accepted.resumedAfter,
      try (signed?.integer("seq") ?? 0) <= accepted.resumedAfter
    {
      return ChainEnd(sequence: accepted.resumedAfter, hash: accepted.restart)
    }
    guard let last, let signed else {
      guard last == nil, signed == nil else { throw SealingBroken(facility: facility) }
      return ChainEnd(sequence: 0, hash: Chain.start(facility))
    }
    let (sequence, hash) = (try last.integer("seq"), try last.bytes("hash"))
    guard try signed.integer("seq") == sequence, try signed.bytes("hash") == hash else {
      throw SealingBroken(facility: facility)
    }
    return ChainEnd(sequence: sequence, hash: hash)
  }

  private struct SealedRow {
    let id: String
    let sequence: Int
    let leaf: [UInt8]
    let hash: [UInt8]
  }

  /// Row by row where a statement costs nothing, many in one statement where each is a trip to the server.
  private static func store(_ rows: [SealedRow], _ facility: String, _ tx: any Transaction) throws {
    switch tx.engine {
    case .sqlite:
      for row in rows {
        try tx.run(
          """
          UPDATE journal SET leaf = \(row.leaf), seq = \(row.sequence), hash = \(row.hash)
          WHERE facility = \(facility) AND id = \(row.id)
          """
        )
      }
    case .postgres:
      for start in stride(from: 0, to: rows.count, by: 500) {
        let values = rows[start..<min(start + 500, rows.count)].map { row in
          "(\(row.id), \(row.leaf), \(row.sequence), \(row.hash))" as SQL
        }
        try tx.run(
          """
          UPDATE journal SET leaf = sealed.column2, seq = sealed.column3, hash = sealed.column4
          FROM (VALUES \(values.joined(separator: ", "))) AS sealed
          WHERE journal.facility = \(facility) AND journal.id = sealed.column1
          """
        )
      }
    }
  }
}

/// The last sealed entry: its number, 0 where there is none, and its hash.
struct ChainEnd: Sendable, Hashable {
  var sequence: Int
  var hash: [UInt8]
}

/// A chain no longer ends in its last signed checkpoint: somebody cut or changed it. `Sealer.verify` says where.
package struct SealingBroken: Error, Sendable, Hashable {
  package let facility: String

  package var message: Localized {
    Localized(
      ja: "監査証跡の末尾が署名と合わないため、封印を止めています。yagura verify で箇所を確かめ、バックアップと照らし合わせてください。"
        + "原因を調べたら、yagura verify --accept-break で理由を残し、新しい鎖を始められます。",
      en: "The end of the audit trail does not match its signature, so sealing has stopped. "
        + "Find the place with yagura verify and compare with a backup. Once you know why, "
        + "yagura verify --accept-break puts the reason on record and begins a new chain."
    )
  }
}

/// The sealer beside the server: every two seconds, and once more when the program ends.
package struct SealingService: Service {
  private let sealer: Sealer
  private let logger: Logger
  private let interval: Duration

  package init(_ sealer: Sealer, logger: Logger, every interval: Duration = .seconds(2)) {
    self.sealer = sealer
    self.logger = logger
    self.interval = interval
  }

  package func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await sealOnce()
        do { try await Task.sleep(for: interval) } catch { return }
      }
    }
    // Not cancelled any more: what was written until now leaves with its seal.
    await sealOnce()
  }

  private func sealOnce() async {
    do {
      try await sealer.seal()
    } catch let error as SealingBroken {
      logger.error("The audit trail is broken", metadata: ["facility": "\(error.facility)"])
    } catch StorageError.cancelled {
      return
    } catch {
      logger.warning("Sealing the audit trail failed and will be tried again", metadata: ["error": "\(error)"])
    }
  }
}
