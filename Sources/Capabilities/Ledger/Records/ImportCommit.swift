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
    return try await database.write(scope.reach) { [ids, sealer] tx in
      let writer = RecordWriter(tx, by: author, at: now, ids: ids, reason: reason, sealer: sealer)
      var commit = ImportCommit(kind: kind, writer: writer)
      let outcome = try commit.run(plan, title: title)
      if outcome.set != nil, kind.key == Kind.asset.key || kind.key == Kind.interface.key {
        _ = try SightingStore.rematch(facility: author.facility, at: now, in: tx)
      }
      return outcome
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
    return try await database.read(scope.reach) { tx in
      var known: [String: [KnownReference]] = [:]
      for key in kinds {
        if let other = Catalogue.kind(key) { known[key] = try KnownNames.of(other, facility: facility, in: tx) }
      }
      return known
    }
  }
}

/// The spellings under which records are known.
enum KnownNames {
  static func of(_ kind: Kind, facility: String, in tx: any Transaction) throws -> [KnownReference] {
    var fields = kind.titleFields
    for field in kind.identities.filter({ $0.count == 1 }).map({ $0[0] }) where !fields.contains(field) {
      fields.append(field)
    }
    // Things of one model or one purpose are not one thing.
    fields.removeAll { ["model", "purpose", "boundary_device"].contains($0) }
    let columns = fields.map { "\(name: $0)" as SQL }.joined(separator: ", ")
    var aliases: [String: [String]] = [:]
    if kind.key == Kind.vendor.key {
      try tx.each("SELECT vendor, name FROM vendor_alias WHERE facility = \(facility) AND archived_at IS NULL") { row in
        aliases[try row.text("vendor"), default: []].append(try row.text("name"))
      }
    }
    return try tx.rows(
      "SELECT id, \(columns) FROM \(name: kind.table) WHERE facility = \(facility) AND archived_at IS NULL ORDER BY id"
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

  /// The kinds that come into being when a file names one. People and assets do not: a bare name would stand beside the
  /// real entry for ever; it is kept with the record as the file wrote it.
  static let named: Set<String> = [
    Kind.department.key, Kind.vendor.key, Kind.location.key, Kind.zone.key, Kind.system.key,
  ]

  mutating func run(_ plan: ImportPlan, title: Localized) throws -> ImportOutcome {
    try makeReferences(plan)
    try insert(plan.new)
    let changed = try change(plan.changed)
    try confirm(plan)
    let set = try writer.finish(.import, title: title)
    return ImportOutcome(set: set, created: plan.new.count, changed: changed, createdReferences: createdReferences)
  }

  private mutating func insert(_ rows: [IntakeRow]) throws {
    let (table, fields) = (RecordTable.of(kind), kind.fields)
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

  /// A ledger that lists a device confirms it, unless it says itself when somebody looked. What is new says so by the day
  /// it was entered.
  private func confirm(_ plan: ImportPlan) throws {
    guard kind.key == Kind.asset.key else { return }
    func isUndated(_ row: IntakeRow) -> Bool {
      row.values["last_seen_on"].map { $0.stored.isEmpty || $0.isUnknown } ?? true
    }
    let listed =
      plan.same.filter { isUndated($0.row) }.compactMap(\.id) + plan.changed.filter { isUndated($0.row) }.map(\.id)
    try Confirmations.note(listed, set: writer.set, facility: writer.facility, at: writer.now, in: writer.tx)
  }

  private mutating func makeReferences(_ plan: ImportPlan) throws {
    for kind in Catalogue.kinds where Self.named.contains(kind.key) {
      let wanted = plan.newReferences[kind.key] ?? []
      guard !wanted.isEmpty else { continue }
      // Somebody may have entered one of them since the preview.
      let known = try KnownNames.of(kind, facility: writer.facility, in: writer.tx)
      let resolver = ReferenceResolver([kind.key: known])
      var ids: [String: String] = [:]
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
        guard kind.key == Kind.vendor.key else { continue }
        for alias in reference.aliases where taken.insert(Fold.key(alias)).inserted {
          aliases.append(writer.make(.vendorAlias, values: ["name": Width.trimmed(alias), "vendor": record.id]))
        }
      }
      try writer.insert(kind, records)
      try writer.insert(.vendorAlias, aliases)
      names.made[kind.key] = ids
      if !records.isEmpty { createdReferences[kind.key] = records.count }
      if !aliases.isEmpty { createdReferences[Kind.vendorAlias.key] = aliases.count }
    }
  }

  private static func values(of name: String, _ kind: Kind) -> [String: String] {
    guard kind.key == Kind.location.key else { return ["name": name] }
    return LocationName.parts(of: name).merging(["name": name]) { first, _ in first }
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
    let list = RecordList(kind: kind, facility: writer.facility, departments: nil)
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

/// 「本館5階 事務室」 in parts.
package enum LocationName {
  /// `building`, `floor` and `room` where they can be told; whole words only, nothing is invented.
  package static func parts(of name: String) -> [String: String] {
    let plain = Width.halved(name)
    guard let mark = plain.firstIndex(where: { $0 == "階" || $0 == "F" }), mark > plain.startIndex else { return [:] }
    var start = mark
    while start > plain.startIndex, plain[plain.index(before: start)].isWholeNumber {
      start = plain.index(before: start)
    }
    guard start < mark else { return [:] }
    var level = String(plain[start..<mark])
    for under in ["地下", "B"] where plain[..<start].hasSuffix(under) {
      level = "B" + level
      start = plain.index(start, offsetBy: -under.count)
    }
    var parts = ["floor": level + "階"]
    let building = Width.trimmed(String(plain[..<start]))
    if !building.isEmpty { parts["building"] = building }
    let room = Width.trimmed(String(plain[plain.index(after: mark)...]))
    if !room.isEmpty { parts["room"] = room }
    return parts
  }
}
