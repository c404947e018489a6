import SQL
import Sealing
import Time

extension Transaction {
  /// Adds entries to the journal, in the transaction that makes what they tell of; they keep the order they are
  /// given in, also where all have the same moment. Nothing is hashed here: the sealer does it after the commit, so
  /// writers never wait for each other.
  package func record(_ entries: [JournalEntry]) throws {
    var journal = JournalWriter(self)
    let salts = Salts(count: entries.count)
    try journal.write(entries.enumerated().map { NewEntry($1, salt: Array(salts[$0])) })
    try journal.finish()
  }
}

/// An entry that is ready to be written: its changes are text already, which takes a tenth of the room.
package struct NewEntry: Sendable {
  let id: String
  let facility: String
  let at: Instant
  let actorID: String
  let actorName: String
  let request: String
  let set: String?
  let kind: String
  let subjectType: String
  let subjectID: String
  let subjectTitle: String
  let payload: String
  let salt: [UInt8]

  package init(_ entry: JournalEntry, salt: [UInt8]) {
    id = entry.id
    facility = entry.facility
    at = entry.at
    actorID = entry.actorID
    actorName = entry.actorName
    request = entry.request
    set = entry.set
    kind = entry.kind
    subjectType = entry.subjectType
    subjectID = entry.subjectID
    subjectTitle = entry.subjectTitle
    payload = Payload.text(entry.changes, entry.reason)
    self.salt = salt
  }

  func row(place: Int) -> [SQLValue] {
    [
      .text(facility), .text(id), at.sqlValue, .text(actorID), .text(actorName), .text(request),
      set.map { .text($0) } ?? .null, .text(kind), .text(subjectType), .text(subjectID), .text(subjectTitle),
      .integer(Int64(place)), .text(payload), .bytes(salt),
    ]
  }
}

/// Writes the entries of one transaction, in as many portions as they come in.
///
/// With a sealer, and on SQLite, where one writer at a time holds the file anyway, they get their place in the chain at
/// once: a large import is written once instead of twice. On PostgreSQL writers run side by side and must not wait for
/// the end of a chain, so the sealer comes after them.
package struct JournalWriter {
  private let tx: any Transaction
  private let sealing: (sealer: Sealer, facility: String)?
  private var chain: ChainEnd?
  private var hasBegun = false
  /// How many entries were written.
  package private(set) var count = 0

  package init(_ tx: any Transaction, sealer: Sealer? = nil, facility: String = "") {
    self.tx = tx
    sealing = tx.engine == .sqlite ? sealer.map { ($0, facility) } : nil
  }

  /// Finds where the chain ends. `write` does it where it was not done; whoever makes entries on another thread does it
  /// before, so that both do not ask the clock at once and the demo hospital is the same each time.
  package mutating func begin() throws {
    guard !hasBegun else { return }
    hasBegun = true
    if let sealing { chain = try sealing.sealer.end(of: sealing.facility, in: tx) }
  }

  package mutating func write(_ entries: [NewEntry]) throws {
    guard !entries.isEmpty else { return }
    try begin()
    var rows: [[SQLValue]] = []
    rows.reserveCapacity(entries.count)
    for entry in entries {
      var row = entry.row(place: count)
      if chain != nil { row += seal(entry) }
      rows.append(row)
      count += 1
    }
    try tx.insert(into: "journal", columns: Self.columns(sealed: chain != nil), rows: rows)
  }

  /// The first portion of many entries that are made elsewhere; the next ones follow from it. Nothing else may be written
  /// until all of them are.
  package mutating func portion(_ common: PackedEntries.Common, count: Int) throws -> PackedEntries {
    try begin()
    return PackedEntries(common, chain: chain, place: self.count, count: count)
  }

  /// Writes a portion, each behind the one that it follows from.
  package mutating func write(_ entries: PackedEntries) throws {
    precondition(entries.place == count + entries.count, "portions are written in their order")
    let columns = Self.columns(sealed: entries.chain != nil)
    try tx.insert(into: "journal", columns: columns, packed: entries.rows)
    count += entries.count
    chain = entries.chain
  }

  /// Signs what was sealed. To be called when all is written.
  package mutating func finish() throws {
    guard let sealing, let chain, count > 0 else { return }
    try sealing.sealer.sign(chain, of: sealing.facility, in: tx)
    self.chain = nil
  }

  /// The next link of the chain.
  private mutating func seal(_ entry: NewEntry) -> [SQLValue] {
    guard var chain else { return [] }
    let leaf = Chain.leaf(salt: entry.salt, title: entry.subjectTitle, payload: entry.payload)
    chain.sequence += 1
    chain.hash = Chain.hash(after: chain.hash, sequence: chain.sequence, leaf: leaf, Link(entry, place: count))
    self.chain = chain
    return [.bytes(leaf), .integer(Int64(chain.sequence)), .bytes(chain.hash)]
  }

  static func columns(sealed: Bool) -> [String] { sealed ? columns + ["leaf", "seq", "hash"] : columns }

  private static let columns = [
    "facility", "id", "at", "actor_id", "actor_name", "request", "change_set", "kind", "subject_type", "subject_id",
    "subject_title", "place", "payload", "salt",
  ]
}

/// Sixteen bytes of chance for each entry, drawn at once.
package struct Salts: Sendable {
  private let bytes: [UInt8]

  package init(count: Int) {
    bytes = Entropy.system.bytes(count * 16)
  }

  package subscript(index: Int) -> ArraySlice<UInt8> { bytes[(index * 16)..<(index * 16 + 16)] }
}

extension JournalEntry {
  static let columns: SQL = """
    facility, id, at, actor_id, actor_name, request, change_set, kind, subject_type, subject_id, subject_title, place,
    payload, seq
    """

  init(_ row: Row) throws {
    // An erased payload leaves who, when and about what.
    let payload = try row.optionalText("payload").flatMap(Payload.read) ?? ([], nil)
    self.init(
      id: try row.text("id"),
      facility: try row.text("facility"),
      at: try row.instant("at"),
      actorID: try row.text("actor_id"),
      actorName: try row.text("actor_name"),
      request: try row.text("request"),
      set: try row.optionalText("change_set"),
      kind: try row.text("kind"),
      subjectType: try row.text("subject_type"),
      subjectID: try row.text("subject_id"),
      subjectTitle: try row.text("subject_title"),
      changes: payload.changes,
      reason: payload.reason
    )
    place = try row.integer("place")
    sequence = try row.optionalInteger("seq")
  }
}
