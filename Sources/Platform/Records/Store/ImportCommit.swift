import Intake
import Journal
import Nouns
import SQL
import Text
import Time

/// What an import did.
package struct ImportOutcome: Sendable {
  /// What to undo, nil when the file held nothing new.
  package let set: String?
  package let created: Int
  package let changed: Int
  /// Names the ledger did not know, now records of their own: how many of each kind.
  package let createdReferences: [String: Int]
}

extension RecordStore {
  /// Carries out what a preview promised, whole or not at all: new records, changes, and the vendors, departments and
  /// places that the file named first. Throws `RecordError.planOutdated` where a record changed after the preview.
  /// Conflicts and refused rows of the plan are left alone.
  package func apply(
    _ plan: ImportPlan,
    of kind: Kind,
    title: Localized,
    reason: String? = nil,
    in scope: Scope<ImportLedger>
  ) async throws -> ImportOutcome {
    // An import names departments of its own, so it takes the whole facility.
    guard scope.departments == nil else { throw RecordError.outOfReach }
    let author = Author(scope)
    let now = clock.now()
    return try await database.write(scope.reach) { [ids, catalogue, sealer] tx in
      let writer = RecordWriter(tx, catalogue, by: author, at: now, ids: ids, reason: reason, sealer: sealer)
      var commit = ImportCommit(kind: kind, writer: writer)
      return try commit.run(plan, title: title)
    }
  }

  /// All records of a kind as the intake compares them with a file, archived ones left out.
  package func existing(_ kind: Kind, in scope: Scope<ReadLedger>) async throws -> [ExistingRecord] {
    try await all(kind, limit: 1_000_000, in: scope).records.map {
      ExistingRecord(id: $0.id, version: $0.version, values: $0.values, extras: $0.extras)
    }
  }

  /// What the intake resolves names with: `ReferenceResolver(try await records.references(for: kind, in: scope))`. Every
  /// kind that `kind` points to, by name, number and alias.
  package func references(for kind: Kind, in scope: Scope<ReadLedger>) async throws -> [String: [KnownReference]] {
    let kinds = Set(kind.references.compactMap(\.referenced)).sorted()
    let facility = scope.facility.rawValue
    return try await database.read(scope.reach) { [catalogue] tx in
      var known: [String: [KnownReference]] = [:]
      for key in kinds {
        if let other = catalogue.kind(key) {
          known[key] = try KnownNames.of(other, catalogue, facility: facility, in: tx)
        }
      }
      return known
    }
  }
}

/// The spellings under which records are known.
enum KnownNames {
  static func of(
    _ kind: Kind,
    _ catalogue: RecordCatalogue,
    facility: String,
    in tx: any Transaction
  ) throws -> [KnownReference] {
    var fields = kind.titleFields
    for field in kind.identities.filter({ $0.count == 1 }).map({ $0[0] }) where !fields.contains(field) {
      fields.append(field)
    }
    // Things of one model or one purpose are not one thing.
    fields.removeAll { kind.traits.sharedNames.contains($0) }
    let columns = fields.map { "\(name: $0)" as SQL }.joined(separator: ", ")
    var aliases: [String: [String]] = [:]
    if let (other, owner) = catalogue.aliases(of: kind) {
      try tx.each(
        """
        SELECT \(name: owner.key) AS owner, name FROM \(name: other.table)
        WHERE facility = \(facility) AND archived_at IS NULL
        """
      ) { row in aliases[try row.text("owner"), default: []].append(try row.text("name")) }
    }
    // The first of a name is the one that is meant.
    let order: SQL = kind.traits.isNewestMeant ? "id DESC" : "id"
    return try tx.rows(
      "SELECT id, \(columns) FROM \(name: kind.table) WHERE facility = \(facility) AND archived_at IS NULL ORDER BY \(order)"
    ).compactMap { row in
      let id = try row.text("id")
      let names = try fields.compactMap { try row.optionalText($0) }.filter { $0 != Unknown.value }
      guard let name = names.first else { return nil }
      return KnownReference(id: id, name: name, aliases: Array(names.dropFirst()) + (aliases[id] ?? []))
    }
  }
}

/// One import inside its transaction.
struct ImportCommit {
  let kind: Kind
  var writer: RecordWriter
  private var names = NewNames()
  private var createdReferences: [String: Int] = [:]

  init(kind: Kind, writer: RecordWriter) {
    self.kind = kind
    self.writer = writer
  }

  mutating func run(_ plan: ImportPlan, title: Localized) throws -> ImportOutcome {
    try makeReferences(plan)
    try insert(plan.new)
    let changed = try change(plan.changed)
    for watcher in writer.catalogue.watchers {
      try watcher.imported(kind, plan, hasChanged: writer.count > 0, writer.writing)
    }
    let set = try writer.finish(.import, title: title)
    return ImportOutcome(set: set, created: plan.new.count, changed: changed, createdReferences: createdReferences)
  }

  private mutating func insert(_ rows: [IntakeRow]) throws {
    let (table, fields) = (writer.catalogue.table(kind), kind.fields)
    let (stamp, names) = (writer.stamp, names)
    // The rows of a file share the order of their fields.
    let order = rows.first?.values.order
    let places = order.map(table.places) ?? []
    try writer.insert(kind, count: rows.count) { index in
      var line = table.line(
        of: rows[index],
        id: stamp.ids.next(),
        at: stamp.now,
        by: stamp.actor.name,
        set: stamp.set,
        places: rows[index].values.order === order ? places : []
      ) { names.id(fields[$0].referenced ?? "", $1) }
      line.place = rows[index].place.text
      return line
    }
  }

  private mutating func makeReferences(_ plan: ImportPlan) throws {
    for kind in writer.catalogue.kinds where kind.traits.isMadeByName {
      let wanted = plan.newReferences[kind.key] ?? []
      guard !wanted.isEmpty else { continue }
      // Somebody may have entered one of them since the preview.
      let known = try KnownNames.of(kind, writer.catalogue, facility: writer.facility, in: writer.tx)
      let resolver = ReferenceResolver([kind.key: known])
      var ids: [String: String] = [:]
      let aliasing = writer.catalogue.aliases(of: kind)
      var taken = Set(known.flatMap { [$0.name] + $0.aliases }.map { Fold.key($0) })
      var records: [Record] = []
      var aliases: [Record] = []
      for reference in wanted {
        let key = Fold.key(reference.name)
        if let there = resolver.find(kind: kind.key, reference.name) {
          ids[key] = there.id
          ids[reference.name] = there.id
          continue
        }
        guard ids[key] == nil else { continue }
        let record = writer.make(kind, values: Self.values(of: reference.name, kind))
        ids[key] = record.id
        ids[reference.name] = record.id
        taken.insert(key)
        records.append(record)
        guard let (other, owner) = aliasing else { continue }
        for alias in reference.aliases where taken.insert(Fold.key(alias)).inserted {
          aliases.append(writer.make(other, values: ["name": Width.trimmed(alias), owner.key: record.id]))
        }
      }
      try writer.insert(kind, records)
      if let (other, _) = aliasing { try writer.insert(other, aliases) }
      names.made[kind.key] = ids
      if !records.isEmpty { createdReferences[kind.key] = records.count }
      if let (other, _) = aliasing, !aliases.isEmpty { createdReferences[other.key] = aliases.count }
    }
  }

  private static func values(of name: String, _ kind: Kind) -> [String: String] {
    (kind.traits.parts?(name) ?? [:]).merging(["name": name]) { first, _ in first }
  }

  /// The id that stands for `+name`; nil where the kind is not made by name, and then the name goes to `extras`.
  private func resolved(_ field: String, _ stored: String, _ extras: inout [String: String]) -> String? {
    guard stored.utf8.first == UInt8(ascii: "+"), let known = kind[field: field], let other = known.referenced else {
      return stored
    }
    let name = String(stored.dropFirst())
    if let id = names.id(other, name) { return id }
    extras[known.label.ja] = name
    return nil
  }

  private mutating func change(_ planned: [PlannedChange]) throws -> Int {
    guard !planned.isEmpty else { return 0 }
    let list = RecordList(kind: kind, catalogue: writer.catalogue, facility: writer.facility, departments: nil)
    let found = try list.find(planned.map(\.id), in: writer.tx)
    let current = Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let outdated = planned.filter { current[$0.id]?.version != $0.version }.map(\.id)
    guard outdated.isEmpty else { throw RecordError.planOutdated(outdated) }
    var changed = 0
    // Two rows of a file may be about one record, one after the other.
    var latest = current
    for plan in planned {
      guard let before = latest[plan.id] else { continue }
      var after = before
      for change in plan.changes {
        after.values[change.field] = change.to.isEmpty ? nil : resolved(change.field, change.to, &after.extras)
        after.originals[change.field] = change.original
      }
      for (header, text) in plan.extras { after.extras[header] = text }
      let stored = try writer.update(kind, from: before, to: after, place: plan.row.place.text)
      if stored.version != before.version { changed += 1 }
      latest[plan.id] = stored
    }
    return changed
  }
}

/// Ids of what a file named and the ledger did not know, by kind and name, also folded.
private struct NewNames: Sendable {
  var made: [String: [String: String]] = [:]

  func id(_ kind: String, _ name: String) -> String? {
    guard let ids = made[kind] else { return nil }
    return ids[name] ?? ids[Fold.key(name)]
  }
}
