import Blobs
import Journal
import Nouns
import Records
import SQL
import Tabular
import Text
import Time

/// Official workbooks as facilities loaded them. The file lies with the facility's other files; the wording is the
/// facility's own copy and never leaves it with a pack.
struct OfficialFormStore: Sendable {
  let database: any Database
  let clock: Clock
  let ids: IDMaker

  /// What was loaded, without its bytes.
  struct Loaded: Sendable, Hashable {
    let hash: String
    let fileName: String
    let loadedAt: Instant
    let loadedBy: String
    /// By the key of the item.
    let wording: [String: String]
  }

  func loaded(_ checklist: Checklist, _ facility: FacilityID) async throws -> Loaded? {
    let key = facility.rawValue
    return try await database.read(.facility(key)) { tx in
      guard
        let row = try tx.row(
          """
          SELECT hash, file_name, loaded_at, loaded_by FROM assessment_workbook
          WHERE facility = \(key) AND pack = \(checklist.id)
          """
        )
      else { return nil }
      var wording: [String: String] = [:]
      for line in try tx.rows(
        "SELECT item, wording FROM assessment_wording WHERE facility = \(key) AND pack = \(checklist.id)"
      ) { wording[try line.text("item")] = try line.text("wording") }
      return Loaded(
        hash: try row.text("hash"),
        fileName: try row.text("file_name"),
        loadedAt: try row.instant("loaded_at"),
        loadedBy: try row.text("loaded_by"),
        wording: wording
      )
    }
  }

  /// The official wording of every form that was loaded, by pack and then by the key of the item.
  func wordings(_ facility: FacilityID) async throws -> [String: [String: String]] {
    let key = facility.rawValue
    return try await database.read(.facility(key)) { tx in
      var wordings: [String: [String: String]] = [:]
      for line in try tx.rows("SELECT pack, item, wording FROM assessment_wording WHERE facility = \(key)") {
        wordings[try line.text("pack"), default: [:]][try line.text("item")] = try line.text("wording")
      }
      return wordings
    }
  }

  /// The workbook as it was loaded. Throws `TabularError` where its bytes are no longer those that were loaded.
  func form(_ checklist: Checklist, _ facility: FacilityID) async throws -> OfficialForm? {
    guard let loaded = try await loaded(checklist, facility) else { return nil }
    let blobs = BlobStore(database: database, clock: clock)
    guard let file = try await blobs.find(loaded.hash, facility: facility.rawValue),
      BlobStore.name(of: file.bytes) == loaded.hash
    else {
      throw TabularError(
        reason: Localized(
          ja: "取り込んだ公式の様式が、取り込んだときのままではありません。",
          en: "The official form is not what was loaded."
        ),
        remedy: Localized(ja: "公式の様式を取り込み直してください。", en: "Load the official form again.")
      )
    }
    return try OfficialForm(file.bytes, name: loaded.fileName, checklist)
  }

  func load(_ form: OfficialForm, name: String, in scope: Scope<AnswerChecks>) async throws {
    let (key, now, id) = (scope.facility.rawValue, clock.now(), ids.next())
    let pack = form.checklist.id
    try await database.write(.facility(key)) { tx in
      let before = try tx.row("SELECT hash FROM assessment_workbook WHERE facility = \(key) AND pack = \(pack)")
      _ = try BlobStore.put(form.bytes, as: .workbook, facility: key, at: now, in: tx)
      try tx.run(
        """
        INSERT INTO assessment_workbook (facility, pack, hash, file_name, loaded_at, loaded_by)
        VALUES (\(key), \(pack), \(form.hash), \(name), \(now), \(scope.actor.name))
        ON CONFLICT (facility, pack) DO UPDATE SET hash = excluded.hash, file_name = excluded.file_name,
          loaded_at = excluded.loaded_at, loaded_by = excluded.loaded_by
        """
      )
      try tx.run("DELETE FROM assessment_wording WHERE facility = \(key) AND pack = \(pack)")
      for (item, wording) in form.wording.sorted(by: { $0.key < $1.key }) {
        try tx.run(
          """
          INSERT INTO assessment_wording (facility, pack, item, wording)
          VALUES (\(key), \(pack), \(item), \(wording))
          """
        )
      }
      let change = FieldChange(field: "hash", from: try before?.text("hash"), to: form.hash)
      try tx.record([Self.entry(id, "assessment.workbook.loaded", form.checklist, [change], now, scope)])
    }
  }

  func remove(_ checklist: Checklist, in scope: Scope<AnswerChecks>) async throws {
    let (key, now, id) = (scope.facility.rawValue, clock.now(), ids.next())
    try await database.write(.facility(key)) { tx in
      let before = try tx.row("SELECT hash FROM assessment_workbook WHERE facility = \(key) AND pack = \(checklist.id)")
      guard let before else { return }
      try tx.run("DELETE FROM assessment_wording WHERE facility = \(key) AND pack = \(checklist.id)")
      try tx.run("DELETE FROM assessment_workbook WHERE facility = \(key) AND pack = \(checklist.id)")
      let change = FieldChange(field: "hash", from: try before.text("hash"), to: nil)
      try tx.record([Self.entry(id, "assessment.workbook.removed", checklist, [change], now, scope)])
    }
  }

  private static func entry(
    _ id: String,
    _ kind: String,
    _ checklist: Checklist,
    _ changes: [FieldChange],
    _ now: Instant,
    _ scope: Scope<AnswerChecks>
  ) -> JournalEntry {
    JournalEntry(
      by: scope,
      id: id,
      at: now,
      kind: kind,
      of: ("assessment", "\(checklist.id)/workbook", checklist.title.ja),
      changes: changes
    )
  }
}
