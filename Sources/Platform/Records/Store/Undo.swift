import Journal
import Nouns
import SQL
import Text
import Time

/// What undoing did.
package struct UndoOutcome: Sendable {
  /// The change set of the undoing itself; undoing that one does everything again.
  package let set: String
  package let restored: Int
  /// What was changed since, or is used by others, and therefore stays as it is.
  package let left: [Left]

  package struct Left: Sendable, Hashable {
    package let kind: String
    package let id: String
    package let title: String
    package let reason: Localized
  }
}

extension RecordStore {
  /// Takes back an edit, a bulk action, an import or an earlier undoing, for seven days. A record that somebody changed
  /// since is left as it is and listed. Throws `RecordError.cannotUndo` with the reason where nothing can be taken back.
  package func undo(_ set: String, reason: String? = nil, in scope: Scope<EditLedger>) async throws -> UndoOutcome {
    let author = Author(scope)
    let now = clock.now()
    return try await database.write(scope.reach) { [ids, catalogue, sealer] tx in
      guard let changes = try ChangeSets.find(set, facility: author.facility, in: tx) else {
        throw RecordError.notFound
      }
      if let reason = changes.whyItStays(at: now) { throw RecordError.cannotUndo(reason) }
      let entries = try ChangeSets.entries(of: set, facility: author.facility, in: tx)
      let writer = RecordWriter(tx, catalogue, by: author, at: now, ids: ids, reason: reason, sealer: sealer)
      var undoing = Undoing(writer: writer, author: author)
      try undoing.run(entries)
      try MergedRecords.takeBack(set, by: undoing.writer)
      for watcher in catalogue.watchers { try watcher.undone(set, undoing.touched, undoing.writer.writing) }
      guard
        let made = try undoing.writer.finish(
          .undo,
          title: ChangeSet.undoing(changes.title, isUndo: changes.kind == .undo)
        )
      else {
        throw RecordError.cannotUndo(ChangeSet.changedSince)
      }
      try ChangeSets.markUndone(set, by: made, facility: author.facility, in: tx)
      return UndoOutcome(set: made, restored: undoing.restored, left: undoing.left)
    }
  }
}

/// Works out and stores what was before a change set, record by record.
struct Undoing {
  var writer: RecordWriter
  let author: Author
  private(set) var restored = 0
  private(set) var left: [UndoOutcome.Left] = []
  /// The kinds whose records the set was about.
  private(set) var touched: Set<String> = []

  init(writer: RecordWriter, author: Author) {
    self.writer = writer
    self.author = author
  }

  mutating func run(_ entries: [JournalEntry]) throws {
    var byKind: [String: [JournalEntry]] = [:]
    for entry in entries where writer.catalogue.kind(entry.subjectType) != nil {
      byKind[entry.subjectType, default: []].append(entry)
    }
    touched = Set(byKind.keys)
    var removals: [String: [Record]] = [:]
    // What others point to comes back first and goes last.
    for kind in writer.catalogue.kinds {
      guard let entries = byKind[kind.key] else { continue }
      removals[kind.key] = try restore(kind, entries)
    }
    for kind in writer.catalogue.kinds.reversed() {
      guard let records = removals[kind.key], !records.isEmpty else { continue }
      try remove(kind, records)
    }
  }

  /// Takes changes back and makes removed records again. Answers the records whose creation is to be undone.
  private mutating func restore(_ kind: Kind, _ entries: [JournalEntry]) throws -> [Record] {
    let list = RecordList(
      kind: kind,
      catalogue: writer.catalogue,
      facility: writer.facility,
      departments: author.departments
    )
    var order: [String] = []
    var deeds: [String: [JournalEntry]] = [:]
    for entry in entries {
      if deeds[entry.subjectID] == nil { order.append(entry.subjectID) }
      deeds[entry.subjectID, default: []].append(entry)
    }
    let found = try list.find(order, in: writer.tx)
    let current = Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var removals: [Record] = []
    var anew: [Record] = []
    var updates: [(before: Record, after: Record)] = []
    for id in order {
      guard let entries = deeds[id] else { continue }
      switch Self.before(entries, now: current[id], make: { writer.make(kind, id: id, values: [:]) }) {
      case .absent: if let record = current[id] { removals.append(record) }
      case .state(let record):
        if let before = current[id] { updates.append((before, record)) } else { anew.append(record) }
      case .changedSince: leave(kind, entries[0], Self.changedSince)
      }
    }
    try check(kind, updates, anew)
    let missing = try missingReferences(kind, updates.map(\.after) + anew)
    for (before, after) in updates {
      if missing.contains(after.id) {
        leave(kind, before, Self.pointsNowhere)
      } else {
        _ = try writer.update(kind, from: before, to: after)  // its version is of no use here
        restored += 1
      }
    }
    for record in anew where missing.contains(record.id) { leave(kind, record, Self.pointsNowhere) }
    let made = anew.filter { !missing.contains($0.id) }
    try writer.insert(kind, made)
    restored += made.count
    return removals
  }

  private func check(_ kind: Kind, _ updates: [(before: Record, after: Record)], _ anew: [Record]) throws {
    guard let departments = author.departments else { return }
    guard case .field(let field) = kind.reach else { throw RecordError.outOfReach }
    for record in updates.map(\.after) + anew where !departments.contains(record[field] ?? "") {
      throw RecordError.outOfReach
    }
  }

  private mutating func remove(_ kind: Kind, _ records: [Record]) throws {
    if let departments = author.departments {
      guard case .field(let field) = kind.reach, records.allSatisfy({ departments.contains($0[field] ?? "") }) else {
        throw RecordError.outOfReach
      }
    }
    let used = try usedElsewhere(kind, records)
    for record in records where used.contains(record.id) { leave(kind, record, Self.stillUsed) }
    let free = records.filter { !used.contains($0.id) }
    try writer.remove(kind, free)
    restored += free.count
  }

  /// Which of the records something else still points to, a record that stays among themselves included.
  private func usedElsewhere(_ kind: Kind, _ records: [Record]) throws -> Set<String> {
    var used: Set<String> = []
    var uses: [(user: String, used: String)] = []
    let going = Set(records.map(\.id))
    for (from, field) in writer.catalogue.fields(pointingTo: kind.key) {
      for chunk in going.sorted().chunked(500) {
        try writer.tx.each(
          """
          SELECT id, \(name: field.key + "_id") AS used FROM \(name: from.table)
          WHERE facility = \(writer.facility) AND \(name: field.key + "_id") IN (\(list: chunk))
          """
        ) { row in
          let user = try row.text("id")
          let target = try row.text("used")
          if from.key == kind.key, going.contains(user) { uses.append((user, target)) } else { used.insert(target) }
        }
      }
    }
    // A department that stays keeps the one above it.
    var grows = true
    while grows {
      grows = false
      for use in uses where used.contains(use.user) && used.insert(use.used).inserted { grows = true }
    }
    return used
  }

  private func missingReferences(_ kind: Kind, _ records: [Record]) throws -> Set<String> {
    var wanted: [String: Set<String>] = [:]
    for field in kind.references where field.referenced != kind.key {
      guard let other = field.referenced else { continue }
      for record in records {
        if let id = record.known(field.key) { wanted[other, default: []].insert(id) }
      }
    }
    guard !wanted.isEmpty else { return [] }
    let found = try ReferenceTitles.named(
      wanted.mapValues { $0.sorted() },
      writer.catalogue,
      facility: writer.facility,
      in: writer.tx
    )
    return Set(
      records.filter { record in
        kind.references.contains { field in
          field.referenced != kind.key && record.known(field.key).map { found[$0] == nil } == true
        }
      }.map(\.id)
    )
  }

  enum Before {
    /// The set made the record.
    case absent
    case state(Record)
    case changedSince
  }

  /// What a record said before the entries of one set (the last first), given what it says now. Pure.
  static func before(_ entries: [JournalEntry], now: Record?, make: () -> Record) -> Before {
    var record = now
    for entry in entries {
      let changes = RecordDifference.own(entry.changes)
      switch entry.kind.split(separator: ".").last {
      case "created":
        guard let state = record, says(state, changes) else { return .changedSince }
        record = nil
      case "removed":
        guard record == nil else { return .changedSince }
        var state = make()
        for change in changes { RecordDifference.set(change.field, to: change.from, of: &state) }
        record = state
      case "changed":
        guard var state = record else { return .changedSince }
        for change in changes {
          guard RecordDifference.value(change.field, of: state) == change.to else { return .changedSince }
          RecordDifference.set(change.field, to: change.from, of: &state)
        }
        record = state
      case "archived":
        guard record?.archivedAt != nil else { return .changedSince }
        record?.archivedAt = nil
      case "restored":
        guard record != nil, record?.archivedAt == nil else { return .changedSince }
        record?.archivedAt = entry.at
      default: return .changedSince
      }
    }
    return record.map(Before.state) ?? .absent
  }

  /// Whether the record says what its creation said, and nothing else.
  private static func says(_ record: Record, _ created: [FieldChange]) -> Bool {
    guard record.archivedAt == nil else { return false }
    let count = record.values.count + record.originals.count + record.extras.count
    return created.count == count && created.allSatisfy { RecordDifference.value($0.field, of: record) == $0.to }
  }

  private mutating func leave(_ kind: Kind, _ record: Record, _ reason: Localized) {
    left.append(UndoOutcome.Left(kind: kind.key, id: record.id, title: record.title, reason: reason))
  }

  private mutating func leave(_ kind: Kind, _ entry: JournalEntry, _ reason: Localized) {
    left.append(UndoOutcome.Left(kind: kind.key, id: entry.subjectID, title: entry.subjectTitle, reason: reason))
  }

  private static let changedSince = Localized(
    ja: "そのあとに変更されたため、そのままにしました。",
    en: "Changed since, and therefore left as it is."
  )
  private static let stillUsed = Localized(
    ja: "ほかの記録から使われているため、残しました。",
    en: "Other records point to it, so it stays."
  )
  private static let pointsNowhere = Localized(
    ja: "元の値が指していた記録がなくなっているため、そのままにしました。",
    en: "What it pointed to no longer exists, so it was left as it is."
  )
}
