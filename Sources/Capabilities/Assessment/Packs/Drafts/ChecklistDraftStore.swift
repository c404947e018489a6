import FoundationEssentials
import Journal
import Nouns
import Packs
import Records
import SQL
import Sealing
import Text
import Time

/// Drafts of a facility's checklists. Every change is a line in the journal; two people who change different parts do not
/// get in each other's way.
package struct ChecklistDraftStore: Sendable {
  let database: any Database
  let clock: Clock
  let ids: IDMaker

  /// Drafts of one facility.
  package static let most = 50

  // MARK: Reading

  /// Those of a facility, the last changed first.
  package func all(_ facility: FacilityID) async throws -> [KeptDraft] {
    let key = facility.rawValue
    return try await database.read(.facility(key)) { tx in
      try tx.rows("\(Self.selection) WHERE facility = \(key) ORDER BY changed_at DESC, id").map(Self.read)
    }
  }

  package func find(_ id: String, _ facility: FacilityID) async throws -> KeptDraft? {
    let key = facility.rawValue
    return try await database.read(.facility(key)) { tx in try Self.find(id, key, in: tx) }
  }

  private static let selection: SQL =
    "SELECT id, body, version, made_at, made_by, changed_at, changed_by FROM assessment_pack_draft"

  private static func find(_ id: String, _ key: String, in tx: any Transaction) throws -> KeptDraft? {
    try tx.row("\(selection) WHERE facility = \(key) AND id = \(id)").map(read)
  }

  private static func read(_ row: Row) throws -> KeptDraft {
    // Whatever is wrong with it, it is no draft of ours.
    guard let draft = try? JSONDecoder().decode(ChecklistDraft.self, from: Data(row.text("body").utf8)) else {
      throw StorageError.unexpectedValue(column: "assessment_pack_draft.body", wanted: "a draft")
    }
    return KeptDraft(
      id: try row.text("id"),
      draft: draft,
      version: try row.integer("version"),
      madeAt: try row.instant("made_at"),
      madeBy: try row.text("made_by"),
      changedAt: try row.instant("changed_at"),
      changedBy: try row.text("changed_by")
    )
  }

  // MARK: Writing

  /// Keeps a new draft and answers its id. Throws `DraftConflict.tooMany`.
  package func add(_ draft: ChecklistDraft, in scope: Scope<AnswerChecks>) async throws -> String {
    let (key, now, id, entry) = (scope.facility.rawValue, clock.now(), ids.next(), ids.next())
    let body = try Self.body(draft)
    try await database.write(.facility(key)) { tx in
      let count = try tx.row("SELECT count(*) AS n FROM assessment_pack_draft WHERE facility = \(key)")
      guard try count?.integer("n") ?? 0 < Self.most else { throw DraftConflict.tooMany }
      try tx.run(
        """
        INSERT INTO assessment_pack_draft (facility, id, body, version, made_at, made_by, changed_at, changed_by)
        VALUES (\(key), \(id), \(body), 1, \(now), \(scope.actor.name), \(now), \(scope.actor.name))
        """
      )
      let change = FieldChange(field: "pack", from: nil, to: draft.head.pack)
      try tx.record([Self.entry(entry, "made", id, draft, [change], now, scope)])
    }
    return id
  }

  /// Changes a draft as it is now; `change` may throw `DraftConflict`, and then nothing is kept. Answers it as it is then.
  @discardableResult
  package func change(
    _ id: String,
    in scope: Scope<AnswerChecks>,
    _ change: @escaping @Sendable (inout ChecklistDraft, KeptDraft) throws -> Void
  ) async throws -> KeptDraft {
    let (key, now, entry) = (scope.facility.rawValue, clock.now(), ids.next())
    return try await database.write(.facility(key)) { tx in
      guard let kept = try Self.find(id, key, in: tx) else { throw DraftConflict.gone }
      var draft = kept.draft
      try change(&draft, kept)
      guard draft != kept.draft else { return kept }
      try tx.run(
        """
        UPDATE assessment_pack_draft SET body = \(try Self.body(draft)), version = \(kept.version + 1),
          changed_at = \(now), changed_by = \(scope.actor.name)
        WHERE facility = \(key) AND id = \(id)
        """
      )
      try tx.record([Self.entry(entry, "changed", id, draft, Self.changes(kept.draft, draft), now, scope)])
      return KeptDraft(
        id: id,
        draft: draft,
        version: kept.version + 1,
        madeAt: kept.madeAt,
        madeBy: kept.madeBy,
        changedAt: now,
        changedBy: scope.actor.name
      )
    }
  }

  /// Throws a draft away; `version` is what was seen. Throws `DraftConflict`.
  package func discard(_ id: String, version: Int, in scope: Scope<AnswerChecks>) async throws {
    let (key, now, entry) = (scope.facility.rawValue, clock.now(), ids.next())
    try await database.write(.facility(key)) { tx in
      guard let kept = try Self.find(id, key, in: tx) else { throw DraftConflict.gone }
      guard kept.version == version else { throw DraftConflict.changed(by: kept.changedBy) }
      try tx.run("DELETE FROM assessment_pack_draft WHERE facility = \(key) AND id = \(id)")
      try tx.record([Self.entry(entry, "discarded", id, kept.draft, [], now, scope)])
    }
  }

  /// Makes an edition of the draft, the next of its pack, and takes the draft away: all or nothing. `version` is what was
  /// seen. Throws `DraftConflict`, and `OwnChecklistProblem.tooMany`.
  package func publish(_ id: String, version: Int, in scope: Scope<AnswerChecks>) async throws -> Checklist {
    let (key, now, entry, loaded) = (scope.facility.rawValue, clock.now(), ids.next(), ids.next())
    return try await database.write(.facility(key)) { tx in
      guard let kept = try Self.find(id, key, in: tx) else { throw DraftConflict.gone }
      guard kept.version == version else { throw DraftConflict.changed(by: kept.changedBy) }
      let problems = kept.draft.problems()
      guard problems.isEmpty else { throw DraftConflict.unfinished(problems.count) }
      let edition = try OwnChecklistStore.newest(kept.draft.head.pack, key, in: tx) + 1
      let source = kept.draft.yaml(edition: edition)
      let name = "\(OwnChecklist.id(kept.draft.head.pack, edition)).yaml"
      let checklist = try OwnChecklist.read(source, file: name)
      _ = try OwnChecklistStore.add(
        OwnChecklistStore.Arrival(source: source, fileName: name),
        Hash.sha256Hex(Array(source.utf8)),
        checklist,
        loaded,
        now,
        scope,
        in: tx
      )
      try tx.run("DELETE FROM assessment_pack_draft WHERE facility = \(key) AND id = \(id)")
      let change = FieldChange(field: "edition", from: nil, to: String(edition))
      try tx.record([Self.entry(entry, "published", id, kept.draft, [change], now, scope)])
      return checklist
    }
  }

  private static func body(_ draft: ChecklistDraft) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let body = String(decoding: try encoder.encode(draft), as: UTF8.self)
    // With every field named a draft is longer than its file, which is looked at when it is published.
    guard draft.yaml(edition: 1).utf8.count <= OwnChecklist.mostBytes, body.utf8.count <= 8 * OwnChecklist.mostBytes
    else { throw DraftConflict.tooLarge }
    return body
  }

  // MARK: The journal

  /// What each part says, by its place in the journal.
  private static func lines(_ draft: ChecklistDraft) -> [(field: String, text: String)] {
    var lines = [("head", head(draft))]
    for section in draft.sections {
      lines.append(("section.\(section.id)", "\(section.number) \(section.title.ja)"))
      lines += section.items.map { ("item.\($0.id)", "\($0.number) \($0.text.ja)") }
    }
    return lines + draft.topics.map { ("topic.\($0.id)", $0.title.ja) }
  }

  private static func changes(_ before: ChecklistDraft, _ after: ChecklistDraft) -> [FieldChange] {
    let (old, new) = (lines(before), lines(after))
    let was = Dictionary(old, uniquingKeysWith: { first, _ in first })
    let now = Dictionary(new, uniquingKeysWith: { first, _ in first })
    var changes = new.compactMap { field, text -> FieldChange? in
      let isSame = was[field] == text && ChecklistDraft.Part(field).map { mark($0, before) == mark($0, after) } ?? true
      return isSame ? nil : FieldChange(field: field, from: was[field], to: text)
    }
    changes += old.filter { now[$0.field] == nil }.map { FieldChange(field: $0.field, from: $0.text, to: nil) }
    if changes.isEmpty {
      let order = { (lines: [(field: String, text: String)]) in lines.map(\.text).joined(separator: "\n") }
      changes.append(FieldChange(field: "order", from: order(old), to: order(new)))
    }
    return changes
  }

  private static func head(_ draft: ChecklistDraft) -> String {
    "\(draft.head.pack) \(draft.head.title.ja) \(draft.head.validFrom)"
  }

  /// What a part says in one short text, to tell whether somebody changed it: empty where it is not there.
  package static func mark(_ part: ChecklistDraft.Part, _ draft: ChecklistDraft) -> String {
    switch part {
    case .whole: ""
    case .head: mark(draft.head)
    case .section(let id): mark(draft.section(id).map { [$0.number, $0.title.ja, $0.title.en] })
    case .item(let id): mark(draft.item(id))
    case .topic(let id): mark(draft.topic(id))
    }
  }

  private static func mark<Value: Encodable>(_ value: Value?) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    // Plain values of strings and numbers: encoding them cannot fail.
    guard let value, let data = try? encoder.encode(value) else { return "" }
    return String(Hash.sha256Hex(Array(data)).prefix(16))
  }

  private static func entry(
    _ id: String,
    _ what: String,
    _ draftID: String,
    _ draft: ChecklistDraft,
    _ changes: [FieldChange],
    _ now: Instant,
    _ scope: Scope<AnswerChecks>
  ) -> JournalEntry {
    JournalEntry(
      by: scope,
      id: id,
      at: now,
      kind: "assessment.draft.\(what)",
      of: ("assessment", "drafts/\(draftID)", draft.head.title.ja.isEmpty ? draft.head.pack : draft.head.title.ja),
      changes: changes
    )
  }
}

extension ChecklistDraft.Part {
  /// Of a line of the journal: `item.3`.
  fileprivate init?(_ field: String) {
    let parts = field.split(separator: ".")
    guard let id = parts.count == 2 ? Int(parts[1]) : 0 else { return nil }
    switch parts[0] {
    case "head": self = .head
    case "section": self = .section(id)
    case "item": self = .item(id)
    case "topic": self = .topic(id)
    default: return nil
    }
  }
}
