import Intake
import Journal
import Nouns
import SQL
import Text
import Time

/// Two records of one thing become one: what somebody chose stays, the others leave the lists, and what pointed to them,
/// what the network saw of them and their history go with the one that is kept.
package struct MergeOrder: Sendable {
  /// The record that stays.
  package let kept: String
  package let others: [String]
  /// The version of each record that was looked at.
  package let versions: [String: Int]
  /// By field: the record whose value stays. Fields that are not here stay as in the kept record.
  package let values: [String: String]

  package init(kept: String, others: [String], versions: [String: Int], values: [String: String]) {
    self.kept = kept
    self.others = others
    self.versions = versions
    self.values = values
  }

  /// How many records can become one at a time.
  package static let most = 10
}

extension RecordStore {
  /// Merges, as one change set that undoing takes back. Throws `RecordError.conflict` where a record changed meanwhile.
  package func merge(
    _ kind: Kind,
    _ order: MergeOrder,
    reason: String? = nil,
    in scope: Scope<EditLedger>
  ) async throws -> BulkOutcome {
    // What points to the records may belong to any department.
    guard scope.departments == nil else { throw RecordError.outOfReach }
    let others = order.others.filter { $0 != order.kept }
    guard !others.isEmpty else { throw RecordError.notFound }
    guard others.count < MergeOrder.most else { throw RecordError.tooMany(limit: MergeOrder.most) }
    let author = Author(scope)
    let now = clock.now()
    let list = try RecordList(kind, catalogue, scope.reading)
    return try await database.write(scope.reach) { [ids, catalogue] tx in
      let found = Dictionary(
        try list.find([order.kept] + others, in: tx).map { ($0.id, $0) },
        uniquingKeysWith: { first, _ in first }
      )
      guard let kept = found[order.kept], found.count == others.count + 1,
        found.values.allSatisfy({ $0.archivedAt == nil })
      else { throw RecordError.notFound }
      let stale = found.values.filter { order.versions[$0.id].map { [version = $0.version] in $0 != version } ?? false }
      guard stale.isEmpty else { throw RecordError.conflict(stale.map { Self.conflict($0, $0) }) }
      var merging = Merging(
        kind: kind,
        kept: kept,
        others: others.compactMap { found[$0] },
        writer: RecordWriter(tx, catalogue, by: author, at: now, ids: ids, reason: reason)
      )
      return try merging.run(order.values)
    }
  }
}

/// One merging inside its transaction.
private struct Merging {
  let kind: Kind
  let kept: Record
  let others: [Record]
  var writer: RecordWriter

  mutating func run(_ chosen: [String: String]) throws -> BulkOutcome {
    let stored = try writer.update(kind, from: kept, to: united(chosen))
    try turnReferences()
    try keepNames()
    for other in others {
      var gone = other
      gone.archivedAt = writer.now
      _ = try writer.update(kind, from: other, to: gone)  // its version is of no use here
      try MergedRecords.note(other, into: kept, kind, writer)
    }
    for watcher in writer.catalogue.watchers { try watcher.merged(kind, writer.writing) }
    let set = try writer.finish(.bulk, title: Titles.merged(kind, others, into: stored))
    return BulkOutcome(set: set, records: [stored], changed: others.count + 1)
  }

  /// The kept record with the values that were chosen from the others, and the columns only they have.
  private func united(_ chosen: [String: String]) -> Record {
    var after = kept
    let gone = Set(others.map(\.id))
    for (field, id) in chosen where kind[field: field] != nil {
      guard let source = others.first(where: { $0.id == id }) else { continue }
      after.values[field] = source.values[field]
      after.originals[field] = source.originals[field]
    }
    // A department is not above itself.
    for field in kind.references where field.referenced == kind.key {
      if let id = after.values[field.key], gone.contains(id) || id == kept.id { after.values[field.key] = nil }
    }
    for other in others { after.extras.merge(other.extras) { mine, _ in mine } }
    return after
  }

  /// Everything that pointed to one of the others points to the kept record.
  private mutating func turnReferences() throws {
    let gone = others.map(\.id)
    for from in writer.catalogue.kinds {
      let fields = from.references.filter { $0.referenced == kind.key }
      guard !fields.isEmpty else { continue }
      let condition = fields.map { "\(name: $0.key + "_id") IN (\(list: gone))" as SQL }.joined(separator: " OR ")
      let users = try writer.tx.rows(
        "SELECT id FROM \(name: from.table) WHERE facility = \(writer.facility) AND (\(condition))"
      ).map { try $0.text("id") }
      let own = Set(gone + [kept.id])
      let list = RecordList(kind: from, catalogue: writer.catalogue, facility: writer.facility, departments: nil)
      for user in try list.find(users, in: writer.tx) where from.key != kind.key || !own.contains(user.id) {
        var after = user
        for field in fields where gone.contains(user.values[field.key] ?? "") { after.values[field.key] = kept.id }
        if try isThere(from, after) {
          after = user
          after.archivedAt = writer.now
        }
        _ = try writer.update(from, from: user, to: after)  // its version is of no use here
      }
    }
  }

  /// Whether another record of a kind that is kept once says the same already.
  private func isThere(_ kind: Kind, _ record: Record) throws -> Bool {
    guard kind.traits.isOnce, record.archivedAt == nil, let identity = kind.identities.first else { return false }
    let same = identity.map { "\(name: $0) = \(record.values[$0])" as SQL }.joined(separator: " AND ")
    return try writer.tx.count(
      """
      SELECT count(*) FROM \(name: kind.table) WHERE facility = \(writer.facility) AND archived_at IS NULL
        AND id <> \(record.id) AND \(same)
      """
    ) > 0
  }

  /// It goes on being known under the name that leaves the list.
  private mutating func keepNames() throws {
    guard let (other, owner) = writer.catalogue.aliases(of: kind) else { return }
    let known = try KnownNames.of(kind, writer.catalogue, facility: writer.facility, in: writer.tx).first {
      $0.id == kept.id
    }
    var taken = Set(([known?.name].compactMap(\.self) + (known?.aliases ?? [])).map { Fold.key($0) })
    var aliases: [Record] = []
    for gone in others {
      guard let name = gone.known("name"), taken.insert(Fold.key(name)).inserted else { continue }
      aliases.append(writer.make(other, values: ["name": name, owner.key: kept.id]))
    }
    try writer.insert(other, aliases)
  }
}

/// Which record became part of which.
package enum MergedRecords {
  package static let migration = Migration(
    "ledger-6-merges",
    facilityTables: ["record_merge"],
    [
      """
      CREATE TABLE record_merge (
        facility \(.text) NOT NULL, change_set \(.text) NOT NULL, kind \(.text) NOT NULL, record \(.text) NOT NULL,
        kept \(.text) NOT NULL, sightings \(.text) NOT NULL, undone_by \(.text),
        PRIMARY KEY (facility, change_set, record)) \(.strict)
      """,
      "CREATE INDEX record_merge_of_kept ON record_merge (facility, kind, kept)",
      "CREATE INDEX record_merge_of_record ON record_merge (facility, kind, record)",
    ]
  )

  /// Writes down that `other` is `kept` now, and hands over what was seen of it.
  static func note(_ other: Record, into kept: Record, _ kind: Kind, _ writer: RecordWriter) throws {
    var things: [String: String] = [:]
    for watcher in writer.catalogue.watchers {
      things.merge(try watcher.merging(kind, other.id, into: kept.id, writer.writing)) { first, _ in first }
    }
    try writer.tx.run(
      """
      INSERT INTO record_merge (facility, change_set, kind, record, kept, sightings)
      VALUES (\(writer.facility), \(writer.set), \(kind.key), \(other.id), \(kept.id), \(FlatJSON.text(things)))
      """
    )
  }

  /// The undoing that `writer` writes took `set` back: what was merged is apart again, or together where `set` was an undoing.
  static func takeBack(_ set: String, by writer: RecordWriter) throws {
    let (facility, tx) = (writer.facility, writer.tx)
    let rows = try tx.rows(
      """
      SELECT change_set, record, kept, sightings, undone_by FROM record_merge
      WHERE facility = \(facility) AND (change_set = \(set) OR undone_by = \(set))
      """
    )
    for row in rows {
      let things = FlatJSON.object(try row.text("sightings")) ?? [:]
      let isMerging = try row.optionalText("undone_by") != nil
      let record = try row.text(isMerging ? "kept" : "record")
      for watcher in writer.catalogue.watchers {
        try watcher.handOver(things, to: record, isMerging: isMerging, writer.writing)
      }
      let undone = isMerging ? nil : writer.set
      try tx.run(
        """
        UPDATE record_merge SET undone_by = \(undone) WHERE facility = \(facility)
          AND change_set = \(try row.text("change_set")) AND record = \(try row.text("record"))
        """
      )
    }
  }

  /// The records that became part of this one, and of those, and so on; at most 50.
  static func parts(of id: String, _ kind: Kind, facility: String, in tx: any Transaction) throws -> [String] {
    var parts: [String] = []
    var next = [id]
    while !next.isEmpty, parts.count < 50 {
      let found = try tx.rows(
        """
        SELECT record FROM record_merge
        WHERE facility = \(facility) AND kind = \(kind.key) AND kept IN (\(list: next)) AND undone_by IS NULL
        """
      ).map { try $0.text("record") }
      next = found.filter { $0 != id && !parts.contains($0) }
      parts += next
    }
    return parts
  }

  /// The record this one became part of.
  static func whole(of id: String, _ kind: Kind, facility: String, in tx: any Transaction) throws -> String? {
    try tx.row(
      """
      SELECT kept FROM record_merge
      WHERE facility = \(facility) AND kind = \(kind.key) AND record = \(id) AND undone_by IS NULL
      """
    ).map { try $0.text("kept") }
  }
}
