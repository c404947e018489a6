import Journal
import Nouns
import SQL
import Text
import Time

/// The records of every kind: reading, and changing with a trace. Each call is one transaction; a failed one
/// leaves nothing.
package struct RecordStore: Sendable {
  package let database: any Database
  package let clock: Clock
  package let ids: IDMaker
  package let catalogue: RecordCatalogue
  /// Seals the entries of imports and their undoing as they are written, where the database allows.
  let sealer: Sealer?
  /// What lists show beside their rows.
  let shelf = ListShelf()

  /// How many records one bulk action may change.
  package static let largestBulk = 20_000

  package init(database: any Database, clock: Clock, ids: IDMaker, catalogue: RecordCatalogue, sealer: Sealer? = nil) {
    self.database = database
    self.clock = clock
    self.ids = ids
    self.catalogue = catalogue
    self.sealer = sealer
  }

  // MARK: Reading

  /// One page of a kind's list.
  package func list(_ kind: Kind, _ query: ListQuery, in scope: Scope<ReadLedger>) async throws -> ListPage {
    let list = try RecordList(kind, catalogue, scope)
    return try await database.read(scope.reach) { tx in try list.page(query, in: tx) }
  }

  /// All records a query finds, up to `limit`, for exports and printed lists. Whoever needs a few `fields` of many records
  /// names them, and reads only those and the record's name.
  package func all(
    _ kind: Kind,
    _ query: ListQuery = ListQuery(),
    showing fields: [String]? = nil,
    limit: Int = 100_000,
    in scope: Scope<ReadLedger>
  ) async throws -> ListPage {
    let list = try RecordList(kind, catalogue, scope)
    let facility = scope.facility.rawValue
    return try await database.read(scope.reach) { [catalogue] tx in
      let records = try list.all(query, showing: fields, limit: limit, in: tx)
      let titles = try ReferenceTitles.of(records, kind: kind, catalogue, facility: facility, in: tx)
      return ListPage(kind: kind, records: records, total: records.count, titles: titles, query: query)
    }
  }

  /// The record with the names of what it points to. Throws `RecordError.notFound`.
  package func find(
    _ kind: Kind,
    id: String,
    in scope: Scope<ReadLedger>
  ) async throws -> (record: Record, titles: [String: String]) {
    let list = try RecordList(kind, catalogue, scope)
    let facility = scope.facility.rawValue
    return try await database.read(scope.reach) { [catalogue] tx in
      guard let record = try list.find([id], in: tx).first else { throw RecordError.notFound }
      return (record, try ReferenceTitles.of([record], kind: kind, catalogue, facility: facility, in: tx))
    }
  }

  /// Those of the records that exist and may be seen, in the order of `ids`.
  package func find(_ kind: Kind, ids: [String], in scope: Scope<ReadLedger>) async throws -> [Record] {
    let list = try RecordList(kind, catalogue, scope)
    return try await database.read(scope.reach) { tx in
      let found = Dictionary(try list.find(ids, in: tx).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
      return ids.compactMap { found[$0] }
    }
  }

  /// What a select of a form offers: id and name of every record of the kind that is not archived, in order, at most
  /// `limit`, those whose name holds `search`.
  package func choices(
    _ kind: Kind,
    search: String = "",
    limit: Int = 1_000,
    in scope: Scope<ReadLedger>
  ) async throws -> [(id: String, title: String)] {
    let list = try RecordList(kind, catalogue, scope)
    return try await database.read(scope.reach) { tx in
      try list.choices(ListQuery(search: search), limit: limit, in: tx)
    }
  }

  /// The names of records of any kinds, by id.
  package func titles(_ ids: [String: [String]], in scope: Scope<ReadLedger>) async throws -> [String: String] {
    let facility = scope.facility.rawValue
    return try await database.read(scope.reach) { [catalogue] tx in
      try ReferenceTitles.named(ids, catalogue, facility: facility, in: tx)
    }
  }

  // MARK: Changing

  /// Makes a record from what was typed. Throws `RecordError.invalid` with every problem at once.
  package func create(
    _ kind: Kind,
    _ typed: [String: String],
    reason: String? = nil,
    in scope: Scope<EditLedger>
  ) async throws -> Record {
    let author = Author(scope)
    let now = clock.now()
    let values = try Self.normalised(kind, typed, isNew: true, today: now.day)
    return try await database.write(scope.reach) { [ids, catalogue] tx in
      var writer = RecordWriter(tx, catalogue, by: author, at: now, ids: ids, reason: reason)
      let record = writer.make(kind, values: values)
      try RecordCheck(kind: kind, catalogue: catalogue, author: author, tx: tx).check([(before: nil, after: record)])
      try writer.insert(kind, [record])
      try writer.tell(kind, [(before: nil, after: record)])
      // A creation always has entries.
      _ = try writer.finish(.edit, title: Titles.added(kind, try writer.name(kind, record)))
      return record
    }
  }

  /// Changes one record that was looked at in `expectedVersion`. Throws `RecordError.conflict` where somebody was first,
  /// unless the ledger already says the same.
  package func change(
    _ kind: Kind,
    id: String,
    expectedVersion: Int,
    _ typed: [String: String],
    reason: String? = nil,
    in scope: Scope<EditLedger>
  ) async throws -> Record {
    let edit = RecordEdit(id: id, expectedVersion: expectedVersion, changes: typed)
    guard let record = try await change(kind, [edit], title: nil, reason: reason, in: scope).records.first else {
      throw RecordError.notFound
    }
    return record
  }

  /// Changes many records, each with its own values, as one change set: the grid. All or nothing.
  package func change(
    _ kind: Kind,
    _ edits: [RecordEdit],
    title: Localized? = nil,
    reason: String? = nil,
    in scope: Scope<EditLedger>
  ) async throws -> BulkOutcome {
    guard edits.count <= Self.largestBulk else { throw RecordError.tooMany(limit: Self.largestBulk) }
    let author = Author(scope)
    let now = clock.now()
    var problems: [FieldProblem] = []
    var wanted: [(edit: RecordEdit, values: [String: String])] = []
    for edit in edits {
      do {
        wanted.append((edit, try Self.normalised(kind, edit.changes, isNew: false, today: now.day)))
      } catch RecordError.invalid(let found) {
        problems += found
      }
    }
    guard problems.isEmpty else { throw RecordError.invalid(problems) }
    let list = try RecordList(kind, catalogue, scope.reading)
    return try await database.write(scope.reach) { [ids, catalogue, wanted] tx in
      let pairs = try Self.pairs(wanted, list, in: tx)
      try RecordCheck(kind: kind, catalogue: catalogue, author: author, tx: tx).check(pairs)
      var writer = RecordWriter(tx, catalogue, by: author, at: now, ids: ids, reason: reason)
      var records: [Record] = []
      for case (let before?, let after) in pairs { records.append(try writer.update(kind, from: before, to: after)) }
      try writer.tell(kind, pairs)
      let changed = writer.count
      let set = try writer.finish(
        edits.count == 1 ? .edit : .bulk,
        title: try title
          ?? Titles.changed(kind, records.filter { $0.lastSet == writer.set }) { try writer.name(kind, $0) }
      )
      return BulkOutcome(set: set, records: records, changed: changed)
    }
  }

  /// Each record as it is and as it is wanted. Throws `RecordError.notFound`, and `RecordError.conflict` with all that
  /// somebody changed since they were looked at, unless the ledger already says the same.
  static func pairs(
    _ wanted: [(edit: RecordEdit, values: [String: String])],
    _ list: RecordList,
    in tx: any Transaction
  ) throws -> [(before: Record?, after: Record)] {
    let found = try list.find(wanted.map(\.edit.id), in: tx)
    let current = Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var pairs: [(before: Record?, after: Record)] = []
    var conflicts: [RecordConflict] = []
    for (edit, values) in wanted {
      guard let before = current[edit.id] else { throw RecordError.notFound }
      let after = applying(values, to: before)
      if let expected = edit.expectedVersion, expected != before.version, !after.saysTheSame(as: before) {
        conflicts.append(conflict(before, after))
      }
      pairs.append((before, after))
    }
    guard conflicts.isEmpty else { throw RecordError.conflict(conflicts) }
    return pairs
  }

  /// Gives the same values to every record selected, as one change set.
  package func bulkChange(
    _ kind: Kind,
    _ selection: Selection,
    _ typed: [String: String],
    reason: String? = nil,
    in scope: Scope<EditLedger>
  ) async throws -> BulkOutcome {
    let edits = try await selected(kind, selection, in: scope).map {
      RecordEdit(id: $0.id, expectedVersion: $0.version, changes: typed)
    }
    guard !edits.isEmpty else { return BulkOutcome(set: nil, records: [], changed: 0) }
    return try await change(kind, edits, reason: reason, in: scope)
  }

  /// Takes records off the lists; they and their history stay.
  package func archive(
    _ kind: Kind,
    _ selection: Selection,
    reason: String,
    in scope: Scope<EditLedger>
  ) async throws -> BulkOutcome {
    try await setArchived(true, kind, selection, reason, scope)
  }

  package func restore(
    _ kind: Kind,
    _ selection: Selection,
    reason: String,
    in scope: Scope<EditLedger>
  ) async throws -> BulkOutcome {
    try await setArchived(false, kind, selection, reason, scope)
  }

  private func setArchived(
    _ isArchived: Bool,
    _ kind: Kind,
    _ selection: Selection,
    _ reason: String,
    _ scope: Scope<EditLedger>
  ) async throws -> BulkOutcome {
    let author = Author(scope)
    let now = clock.now()
    let chosen = try await selected(kind, selection, in: scope).map(\.id)
    let list = try RecordList(kind, catalogue, scope.reading)
    return try await database.write(scope.reach) { [ids, catalogue] tx in
      let records = try list.find(chosen, in: tx)
      guard records.count == chosen.count else { throw RecordError.notFound }
      try RecordCheck(kind: kind, catalogue: catalogue, author: author, tx: tx).check(records.map { ($0, $0) })
      var writer = RecordWriter(tx, catalogue, by: author, at: now, ids: ids, reason: reason)
      var stored: [Record] = []
      for before in records {
        var after = before
        after.archivedAt = isArchived ? before.archivedAt ?? now : nil
        stored.append(try writer.update(kind, from: before, to: after))
      }
      try writer.tell(kind, zip(records, stored).map { ($0, $1) })
      let changed = writer.count
      let set = try writer.finish(
        records.count == 1 ? .edit : .bulk,
        title: try isArchived
          ? Titles.retired(kind, stored) { try writer.name(kind, $0) }
          : Titles.putBack(kind, stored) { try writer.name(kind, $0) }
      )
      return BulkOutcome(set: set, records: stored, changed: changed)
    }
  }

  private func selected(_ kind: Kind, _ selection: Selection, in scope: Scope<EditLedger>) async throws -> [Record] {
    switch selection {
    case .ids(let ids):
      guard ids.count <= Self.largestBulk else { throw RecordError.tooMany(limit: Self.largestBulk) }
      let records = try await find(kind, ids: ids, in: scope.reading)
      guard records.count == Set(ids).count else { throw RecordError.notFound }
      return records
    case .query(let query):
      let records = try await all(kind, query, limit: Self.largestBulk + 1, in: scope.reading).records
      guard records.count <= Self.largestBulk else { throw RecordError.tooMany(limit: Self.largestBulk) }
      return records
    }
  }
}

/// Which records a bulk action is about: those ticked, or all that a list finds.
package enum Selection: Sendable, Hashable {
  case ids([String])
  case query(ListQuery)
}

/// New values for one record, as typed. Without `expectedVersion` whatever is there is overwritten.
package struct RecordEdit: Sendable, Hashable {
  package let id: String
  package let expectedVersion: Int?
  package let changes: [String: String]

  package init(id: String, expectedVersion: Int?, changes: [String: String]) {
    self.id = id
    self.expectedVersion = expectedVersion
    self.changes = changes
  }
}

package struct BulkOutcome: Sendable {
  /// What to undo, nil when nothing was different.
  package let set: String?
  package let records: [Record]
  package let changed: Int
}

extension RecordStore {
  /// The stored form of what was typed, field by field. Throws `RecordError.invalid` with every problem.
  package static func normalised(
    _ kind: Kind,
    _ typed: [String: String],
    isNew: Bool,
    today: LocalDate
  ) throws -> [String: String] {
    var values: [String: String] = [:]
    var problems: [FieldProblem] = []
    for field in kind.fields {
      guard let text = typed[field.key] ?? (isNew && field.isRequired ? "" : nil) else { continue }
      do throws(FieldProblem) {
        values[field.key] = try FieldRule.normalise(field, text, today: today)
      } catch {
        problems.append(error)
      }
    }
    for key in typed.keys.sorted() where kind[field: key] == nil {
      problems.append(
        FieldProblem(
          field: key,
          value: typed[key] ?? "",
          reason: Localized(ja: "この台帳に「\(key)」という項目はありません。", en: "This ledger has no field \(key).")
        )
      )
    }
    guard problems.isEmpty else { throw RecordError.invalid(problems) }
    return values
  }

  /// The record with new values. What a file had written in a changed field goes.
  static func applying(_ values: [String: String], to before: Record) -> Record {
    var after = before
    for (field, value) in values where (before.values[field] ?? "") != value {
      after.values[field] = value.isEmpty ? nil : value
      after.originals[field] = nil
    }
    return after
  }

  static func conflict(_ current: Record, _ wanted: Record) -> RecordConflict {
    let fields = Set(current.values.keys).union(wanted.values.keys).sorted()
      .filter { current.values[$0] != wanted.values[$0] }
      .map {
        RecordConflict.FieldDispute(field: $0, theirs: current.values[$0] ?? "", mine: wanted.values[$0] ?? "")
      }
    return RecordConflict(
      record: current.id,
      title: current.title,
      by: current.updatedBy,
      at: current.updatedAt,
      currentVersion: current.version,
      fields: fields
    )
  }
}

extension Scope {
  /// As the database knows it.
  package var reach: Reach { .facility(facility.rawValue) }
}

extension RecordList {
  /// Throws `Denied` where the kind asks for more than the scope holds.
  package init(_ kind: Kind, _ catalogue: RecordCatalogue, _ scope: Scope<ReadLedger>) throws(Denied) {
    guard scope.holds(kind.traits.readers) else { throw Denied(permission: kind.traits.readers) }
    self.init(
      kind: kind,
      catalogue: catalogue,
      facility: scope.facility.rawValue,
      departments: scope.departments
    )
  }

  /// For the program's own reading, which nobody asked for, and where the permission was checked before.
  package init(kind: Kind, _ catalogue: RecordCatalogue, facility: String, departments: Set<String>? = nil) {
    self.init(kind: kind, catalogue: catalogue, facility: facility, departments: departments)
  }
}
