import Blobs
import Journal
import Nouns
import Records
import SQL
import Text
import Time

/// What a walk brings in: finds with their photographs, the second person's check, and the way into the ledger.
package struct SurveyStore: Sendable {
  package let records: RecordStore

  package init(records: RecordStore) { self.records = records }

  /// Why a find was not taken further.
  package enum Refusal: Error, Sendable { case ownFind, nothingToAdd, alreadyMerged }

  /// Keeps a find; the photograph stands in the blob store under its hash. Throws `RecordError.invalid`.
  package func add(
    _ typed: [String: String],
    photo: (bytes: [UInt8], type: MediaKind)?,
    in scope: Scope<EditLedger>
  ) async throws -> Record {
    var values = typed
    let now = records.clock.now()
    values["found_on"] = values["found_on"] ?? now.day.iso
    values["found_at"] = values["found_at"] ?? now.clock
    values["found_by"] = scope.actor.name
    if let photo {
      values["photo"] = try await BlobStore(database: records.database, clock: records.clock)
        .put(photo.bytes, as: photo.type, facility: scope.facility.rawValue)
    }
    return try await records.create(.surveyFind, values, in: scope)
  }

  /// The second person's check. Throws `Refusal.ownFind` for whoever found it.
  package func check(_ id: String, in scope: Scope<EditLedger>) async throws -> Record {
    let find = try await records.find(.surveyFind, id: id, in: scope.reading).record
    let written = try await JournalReader(database: records.database)
      .histories(of: Kind.surveyFind.key, ids: [id], facility: scope.facility.rawValue)[id]?.last
    guard !Self.isFinder(scope.actor, of: find, written) else { throw Refusal.ownFind }
    return try await records.change(
      .surveyFind,
      id: id,
      expectedVersion: find.version,
      ["checked_by": scope.actor.name, "checked_on": records.clock.now().day.iso],
      in: scope
    )
  }

  /// Whether somebody found it: by the shown name, or by the account that entered its own find, whatever it is called now.
  /// Whoever only typed in what somebody else found may check it.
  static func isFinder(_ actor: Actor, of find: Record, _ written: JournalEntry?) -> Bool {
    let finder = find.known("found_by")
    return finder == actor.name || (written?.actorID == actor.id && written?.actorName == finder)
  }

  /// Says that the find is a device the ledger already lists.
  package func link(_ id: String, to asset: String, in scope: Scope<EditLedger>) async throws {
    let find = try await records.find(.surveyFind, id: id, in: scope.reading).record
    _ = try await records.change(
      .surveyFind,
      id: id,
      expectedVersion: find.version,
      ["asset": asset],
      in: scope
    )
  }

  /// Makes a device of the find, and a way out where it is one, as one change. Answers the set, to undo it.
  package func merge(_ id: String, in scope: Scope<EditLedger>) async throws -> String? {
    let author = Author(scope)
    let now = records.clock.now()
    let list = try RecordList(.surveyFind, records.catalogue, scope.reading)
    return try await records.database.write(scope.reach) { [records] tx in
      guard let find = try list.find([id], in: tx).first else { throw RecordError.notFound }
      guard find.known("asset") == nil, find.known("connection") == nil else { throw Refusal.alreadyMerged }
      let what = find.known("what").flatMap(SurveyObject.init) ?? .other
      guard what != .nothing else { throw Refusal.nothingToAdd }
      var writer = RecordWriter(tx, records.catalogue, by: author, at: now, ids: records.ids, reason: "現地調査で見つけた")
      let asset = writer.make(.asset, values: Self.asset(find, what))
      var after = find
      after.values["asset"] = asset.id
      var made: [(Kind, Record)] = [(.asset, asset)]
      if what.isWayOut || find.known("connected") == "yes" {
        let connection = writer.make(.connection, values: Self.connection(find, asset.id, now.day))
        after.values["connection"] = connection.id
        made.append((.connection, connection))
      }
      for (kind, record) in made {
        try RecordCheck(kind: kind, catalogue: records.catalogue, author: author, tx: tx)
          .check([(before: nil, after: record)])
        try writer.insert(kind, [record])
        try writer.tell(kind, [(before: nil, after: record)])
      }
      _ = try writer.update(.surveyFind, from: find, to: after)  // its version is of no use here
      return try writer.finish(
        .edit,
        title: Localized(ja: "調査で見つけた「\(find.title(.ja))」の登録", en: "“\(find.title(.en))” of the survey, added")
      )
    }
  }

  /// What the ledger learns of the device.
  static func asset(_ find: Record, _ what: SurveyObject) -> [String: String] {
    [
      "name": find.title, "category": what.category, "model": find.known("model") ?? "",
      "serial_number": find.known("serial_number") ?? "", "location": find.known("location") ?? "",
      "department": find.known("department") ?? "", "state": "in_use", "last_seen_on": find.known("found_on") ?? "",
      "remarks": find.known("spot").map { "現地調査：\($0)" } ?? "",
    ]
  }

  /// What is known of the way out: that it is there. Everything else is to be asked.
  static func connection(_ find: Record, _ asset: String, _ today: LocalDate) -> [String: String] {
    [
      "system_name": find.title, "has_connection": find.known("connected") ?? Unknown.value,
      "department": find.known("department") ?? "", "boundary_device": find.known("model") ?? find.title,
      "boundary_asset": asset, "place": find.known("spot") ?? "",
      "last_confirmed_on": find.known("found_on") ?? today.iso,
      "mode": Unknown.value, "source_restriction": Unknown.value, "authentication": Unknown.value,
    ]
  }
}
