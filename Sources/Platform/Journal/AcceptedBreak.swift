import SQL
import Sealing
import Text
import Time

/// A break of the chain that an administrator has looked into and put on record, signed: the chain begins anew after it.
/// It stays visible for ever; whoever verifies is told where the chain broke, how, and who accepted it and why.
///
///     fold     = SHA-256 over what stands between the break and the new beginning, entry by entry
///     restart  = SHA-256("yagura restart 1" ‖ facility ‖ broken at ‖ finding ‖ resumed after ‖ at ‖ who ‖ reason ‖ fold)
///     signed   = restart
///
/// The fold notices when the broken stretch is changed again after it was accepted.
package struct AcceptedBreak: Sendable, Hashable {
  package let facility: String
  /// The first entry that is not as it was sealed.
  package let brokenAt: Int
  package let finding: VerifyReport.Reason
  /// The last number of the broken stretch; the new chain begins with the next.
  package let resumedAfter: Int
  package let at: Instant
  package let actorName: String
  package let reason: String
  let fold: [UInt8]
  let key: String
  let signature: [UInt8]

  /// The hash that the first entry of the new chain follows.
  var restart: [UInt8] { Chain.restart(self) }

  static let columns: SQL = """
    facility, broken_at, finding, resumed_after, at, actor_name, reason, fold, key, signature
    """

  init(
    facility: String,
    brokenAt: Int,
    finding: VerifyReport.Reason,
    resumedAfter: Int,
    at: Instant,
    actorName: String,
    reason: String,
    fold: [UInt8],
    key: String = "",
    signature: [UInt8] = []
  ) {
    self.facility = facility
    self.brokenAt = brokenAt
    self.finding = finding
    self.resumedAfter = resumedAfter
    self.at = at
    self.actorName = actorName
    self.reason = reason
    self.fold = fold
    self.key = key
    self.signature = signature
  }

  init(_ row: Row) throws(StorageError) {
    guard let finding = VerifyReport.Reason(rawValue: try row.text("finding")) else {
      throw .unexpectedValue(column: "finding", wanted: "a finding of verify")
    }
    self.init(
      facility: try row.text("facility"),
      brokenAt: try row.integer("broken_at"),
      finding: finding,
      resumedAfter: try row.integer("resumed_after"),
      at: try row.instant("at"),
      actorName: try row.text("actor_name"),
      reason: try row.text("reason"),
      fold: try row.bytes("fold"),
      key: try row.text("key"),
      signature: try row.bytes("signature")
    )
  }
}

/// Why no new chain was begun.
package enum AcceptanceRefusal: Error, Sendable, Hashable {
  /// Every chain is as it was sealed; there is nothing to accept.
  case nothingBroken
  /// A reason of 5 to 500 characters must be given: it stands in the record for ever.
  case noReason

  package var message: Localized {
    switch self {
    case .nothingBroken:
      Localized(ja: "変更の記録に食い違いはありません。何も変えていません。", en: "The journal holds together. Nothing was changed.")
    case .noReason:
      Localized(
        ja: "理由を5〜500文字で書いてください。いつまでも記録に残ります。",
        en: "Give a reason of 5 to 500 characters. It stays on record for ever."
      )
    }
  }
}

extension Sealer {
  /// Puts the first break that `verify` names on record and lets the sealer begin a new chain after it. Looks at one
  /// facility where it is named, else at all and accepts the first. Also writes an entry of kind
  /// `journal.break-accepted` that `record` makes of the break.
  package func acceptBreak(
    facility: String? = nil,
    actorName: String,
    reason: String,
    record: @escaping @Sendable (AcceptedBreak) -> JournalEntry
  ) async throws -> AcceptedBreak {
    let reason = Width.trimmed(reason)
    guard (5...500).contains(reason.count) else { throw AcceptanceRefusal.noReason }
    let report = try await Self.verify(database, publicKeys: [key.publicKey], facility: facility)
    guard let broken = report.firstBroken else { throw AcceptanceRefusal.nothingBroken }
    let (key, now) = (key, clock.now())
    return try await database.write(.facility(broken.facility)) { tx in
      let last = try max(
        tx.count("SELECT max(seq) FROM journal WHERE facility = \(broken.facility)"),
        tx.count("SELECT max(seq) FROM journal_checkpoint WHERE facility = \(broken.facility)"),
        tx.count("SELECT max(resumed_after) FROM journal_break WHERE facility = \(broken.facility)"),
        broken.sequence
      )
      let draft = AcceptedBreak(
        facility: broken.facility,
        brokenAt: broken.sequence,
        finding: broken.reason,
        resumedAfter: last,
        at: now,
        actorName: actorName,
        reason: reason,
        fold: try Chain.fold(broken.facility, from: broken.sequence, through: last, in: tx)
      )
      let signature = try key.sign(draft.restart)
      try tx.run(
        """
        INSERT INTO journal_break (\(AcceptedBreak.columns))
        VALUES (\(draft.facility), \(draft.brokenAt), \(draft.finding.rawValue), \(draft.resumedAfter), \(draft.at),
          \(draft.actorName), \(draft.reason), \(draft.fold), \(key.publicKey.fingerprint), \(signature))
        """
      )
      try tx.record([record(draft)])
      return draft
    }
  }
}

extension Chain {
  static func restart(_ accepted: AcceptedBreak) -> [UInt8] {
    var bytes = Message("yagura restart 1")
    bytes.append(accepted.facility)
    bytes.append(Int64(accepted.brokenAt))
    bytes.append(accepted.finding.rawValue)
    bytes.append(Int64(accepted.resumedAfter))
    bytes.append(accepted.at.milliseconds)
    bytes.append(accepted.actorName)
    bytes.append(accepted.reason)
    bytes.append(accepted.fold)
    return Hash.sha256(bytes.bytes)
  }

  /// What stands from one number through another, as it is, sound or not. Personal data that is erased later leaves its
  /// leaf, and so the fold, as they were.
  static func fold(
    _ facility: String,
    from first: Int,
    through last: Int,
    in tx: any Transaction,
    _ visit: (Link) -> Void = { _ in }
  ) throws -> [UInt8] {
    var hash = Hash.sha256(Message("yagura fold 1").bytes)
    try tx.each(
      """
      SELECT \(Link.columns) FROM journal
      WHERE facility = \(facility) AND seq >= \(first) AND seq <= \(last) ORDER BY seq
      """
    ) { row in
      var bytes = Message("yagura fold 1")
      do {
        let link = try Link(row)
        visit(link)
        let sequence = link.sequence ?? 0
        bytes.append(Chain.hash(after: hash, sequence: sequence, leaf: link.provenLeaf ?? [], link))
        bytes.append(link.hash ?? [])
      } catch {
        // A row that cannot be read counts as one that is there.
        bytes.append(hash)
      }
      hash = Hash.sha256(bytes.bytes)
    }
    return hash
  }
}
