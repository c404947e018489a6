import SQL
import Sealing
import Time

/// Walks the chain of one facility from its start and stops at the first thing that is not as it was sealed, unless that
/// break has been accepted: then it goes on where the new chain begins.
final class ChainWalk {
  private typealias Broken = VerifyReport.Broken
  private typealias Reason = VerifyReport.Reason

  private let facility: String
  private let keys: [String: VerifyingKey]
  private let tx: any Transaction

  /// The last entry that was found as it should be, and its hash.
  private var sequence = 0
  private var hash: [UInt8]
  /// The last entry that a genuine signature covers.
  private var signed = 0
  private var checkpoints: [Checkpoint] = []
  private var nextCheckpoint = 0
  private var lastFetched = Int.min
  /// Nothing has been fetched since the chain began.
  private var startsAnew = true
  /// What was written down of this chain, by sequence.
  private let anchors: [Int: [UInt8]]
  private let lastAnchor: Int
  /// Erased entries, and those whose erasure is on record.
  private var erased: [(sequence: Int, id: String, at: Instant)] = []
  private var recorded: Set<String> = []
  /// Breaks on record in their order, and those that were met and are as they were signed.
  private let breaks: [AcceptedBreak]
  private(set) var accepted: [AcceptedBreak] = []

  private struct Checkpoint {
    let sequence: Int
    let hash: [UInt8]
    let at: Instant
    let key: String
    let signature: [UInt8]
  }

  /// Carries the finding out of a stream of rows.
  private struct Found: Error {
    let broken: VerifyReport.Broken
  }

  init(
    facility: String,
    keys: [String: VerifyingKey],
    anchors: [JournalAnchor],
    breaks: [AcceptedBreak] = [],
    tx: any Transaction
  ) {
    self.breaks = breaks
    self.facility = facility
    self.keys = keys
    self.tx = tx
    hash = Chain.start(facility)
    self.anchors = Dictionary(anchors.map { ($0.sequence, $0.hash) }, uniquingKeysWith: { first, _ in first })
    lastAnchor = anchors.map(\.sequence).max() ?? 0
  }

  func firstBroken() throws -> VerifyReport.Broken? {
    do {
      for end in breaks {
        do {
          try walk(through: end.resumedAfter)
          try checkEnd(through: end.resumedAfter)
        } catch let found as Found {
          guard found.broken.sequence == end.brokenAt, found.broken.reason == end.finding else { throw found }
        }
        try goOn(after: end)
      }
      try walk(through: Int.max)
      try checkEnd(through: Int.max)
      try checkErasures()
      return nil
    } catch let found as Found {
      return found.broken
    }
  }

  private func walk(through last: Int) throws {
    // What stands below the beginning of a later chain has been folded.
    let first: SQL = accepted.isEmpty ? "" : " AND seq > \(sequence)"
    let end: SQL = last == Int.max ? "" : " AND seq <= \(last)"
    try tx.each(
      """
      SELECT \(Link.columns) FROM journal WHERE facility = \(facility) AND seq IS NOT NULL\(first)\(end) ORDER BY seq
      """
    ) { row in try check(row) }
  }

  /// Takes a break as accepted where the record of it is genuine and the broken stretch is as it was then.
  private func goOn(after end: AcceptedBreak) throws {
    guard let key = keys[end.key] else { throw found(.unknownKey, at: end.brokenAt) }
    guard key.isSignature(end.signature, of: end.restart) else { throw found(.forgedCheckpoint, at: end.brokenAt) }
    let fold = try Chain.fold(facility, from: end.brokenAt, through: end.resumedAfter, in: tx) { link in
      if link.kind == Erasure.kind { note(link) }
    }
    guard fold == end.fold else { throw found(.changedAfterAcceptance, at: end.brokenAt) }
    if end.finding == .erasedUnrecorded { erased.removeAll { $0.sequence == end.brokenAt } }
    accepted.append(end)
    (sequence, hash, signed) = (end.resumedAfter, end.restart, end.resumedAfter)
    (checkpoints, nextCheckpoint, lastFetched) = ([], 0, end.resumedAfter)
    startsAnew = true
  }

  private func check(_ row: Row) throws {
    let link: Link
    do {
      link = try Link(row)
    } catch {
      throw found(.unreadable, at: sequence + 1)
    }
    let expected = sequence + 1
    guard link.sequence == expected else {
      throw found((link.sequence ?? 0) > expected ? try reasonForGap(expected) : .reordered, at: expected)
    }
    guard let leaf = link.provenLeaf, leaf == link.leaf else {
      throw found(try isMisplaced(expected, link) ? .reordered : .contentChanged, at: expected, link)
    }
    let computed = Chain.hash(after: hash, sequence: expected, leaf: leaf, link)
    guard computed == link.hash else {
      throw found(try isMisplaced(expected, link) ? .reordered : .headerChanged, at: expected, link)
    }
    sequence = expected
    hash = computed
    if let anchor = anchors[sequence], anchor != hash { throw found(.notAsAnchored, at: sequence, link) }
    if link.isErased { erased.append((expected, link.id, Instant(milliseconds: link.at))) }
    if link.kind == Erasure.kind { note(link) }
    try checkSignatures(link)
  }

  /// Signatures of this entry; and of an earlier one, which only a forged row can bring.
  private func checkSignatures(_ link: Link) throws {
    while let checkpoint = try peek(), checkpoint.sequence <= sequence {
      nextCheckpoint += 1
      try checkGenuine(checkpoint, link)
      guard checkpoint.sequence == sequence, checkpoint.hash == hash else { throw found(.rewritten, at: signed + 1) }
      signed = sequence
    }
  }

  private func checkGenuine(_ checkpoint: Checkpoint, _ link: Link?) throws {
    guard let key = keys[checkpoint.key] else { throw found(.unknownKey, at: checkpoint.sequence, link) }
    let message = Chain.checkpoint(
      facility,
      sequence: checkpoint.sequence,
      hash: checkpoint.hash,
      at: checkpoint.at.milliseconds
    )
    guard key.isSignature(checkpoint.signature, of: message) else {
      throw found(.forgedCheckpoint, at: checkpoint.sequence, link)
    }
  }

  private func checkEnd(through last: Int) throws {
    if let checkpoint = try peek(), checkpoint.sequence <= last {
      try checkGenuine(checkpoint, nil)
      throw found(.tailMissing, at: sequence + 1)
    }
    if last == Int.max, lastAnchor > sequence { throw found(.notAsAnchored, at: sequence + 1) }
    if signed < sequence { throw found(.unsigned, at: signed + 1) }
  }

  private func checkErasures() throws {
    // An erasure of which only an unsealed entry tells is on record as well.
    try tx.each(
      """
      SELECT \(Link.columns) FROM journal WHERE facility = \(facility) AND seq IS NULL AND kind = \(Erasure.kind)
      """
    ) { row in note(try Link(row)) }
    if let entry = erased.first(where: { !recorded.contains($0.id) }) {
      throw Found(
        broken: Broken(
          facility: facility,
          sequence: entry.sequence,
          id: entry.id,
          at: entry.at,
          reason: .erasedUnrecorded
        )
      )
    }
  }

  private func note(_ link: Link) {
    for change in link.payload.flatMap(Payload.read)?.changes ?? [] {
      if let id = change.from { recorded.insert(id) }
    }
  }

  /// A row is missing where `expected` should be. It may stand further on.
  private func reasonForGap(_ expected: Int) throws -> Reason {
    try neighbours(expected).contains { fits($0, at: expected, [$0.hash]) } ? .reordered : .missing
  }

  /// Whether an entry that now stands further on belongs here.
  private func isMisplaced(_ expected: Int, _ link: Link) throws -> Bool {
    try neighbours(expected).contains { fits($0, at: expected, [$0.hash, link.hash]) }
  }

  private func fits(_ link: Link, at place: Int, _ hashes: [[UInt8]?]) -> Bool {
    guard let leaf = link.provenLeaf else { return false }
    return hashes.contains(Chain.hash(after: hash, sequence: place, leaf: leaf, link))
  }

  private func neighbours(_ sequence: Int) throws -> [Link] {
    try tx.rows(
      """
      SELECT \(Link.columns) FROM journal WHERE facility = \(facility) AND seq > \(sequence) ORDER BY seq LIMIT 500
      """
    ).compactMap { row in
      // A row that cannot be read does not fit anywhere.
      try? Link(row)
    }
  }

  /// The next checkpoint that was not looked at, fetched a thousand at a time.
  private func peek() throws -> Checkpoint? {
    if nextCheckpoint == checkpoints.count {
      guard startsAnew || checkpoints.count == 1000 else { return nil }
      startsAnew = false
      let rows = try tx.rows(
        """
        SELECT seq, hash, at, key, signature FROM journal_checkpoint
        WHERE facility = \(facility) AND seq > \(lastFetched) ORDER BY seq LIMIT 1000
        """
      )
      checkpoints = try rows.map { row in
        Checkpoint(
          sequence: try row.integer("seq"),
          hash: try row.bytes("hash"),
          at: try row.instant("at"),
          key: try row.text("key"),
          signature: try row.bytes("signature")
        )
      }
      nextCheckpoint = 0
      lastFetched = checkpoints.last?.sequence ?? Int.max
    }
    return nextCheckpoint < checkpoints.count ? checkpoints[nextCheckpoint] : nil
  }

  private func found(_ reason: Reason, at sequence: Int, _ link: Link? = nil) -> Found {
    var place: (id: String, at: Instant)?
    if let link {
      place = (link.id, Instant(milliseconds: link.at))
    } else {
      // Where nothing stands at that number, or it cannot be read, the number alone has to do.
      place = try? tx.row("SELECT id, at FROM journal WHERE facility = \(facility) AND seq = \(sequence)")
        .map { (try $0.text("id"), try $0.instant("at")) }
    }
    return Found(
      broken: Broken(facility: facility, sequence: sequence, id: place?.id, at: place?.at, reason: reason)
    )
  }
}
