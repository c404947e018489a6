import SQL
import Sealing
import Time

extension Transaction {
  /// Adds entries to the journal, in the transaction that makes what they tell of; they keep the order they are
  /// given in, also where all have the same moment. Nothing is hashed here: the sealer does it after the commit, so
  /// writers never wait for each other.
  package func record(_ entries: [JournalEntry]) throws {
    guard !entries.isEmpty else { return }
    let salts = Salts(count: entries.count)
    let rows = entries.enumerated().map { index, entry -> [SQLValue] in
      [
        .text(entry.facility), .text(entry.id), entry.at.sqlValue, .text(entry.actorID), .text(entry.actorName),
        .text(entry.request), entry.set.map { .text($0) } ?? .null, .text(entry.kind), .text(entry.subjectType),
        .text(entry.subjectID), .text(entry.subjectTitle), .integer(Int64(index)),
        .text(Payload.text(entry.changes, entry.reason)), .bytes(salts[index]),
      ]
    }
    try insert(into: "journal", columns: Self.journalColumns, rows: rows)
  }

  private static var journalColumns: [String] {
    [
      "facility", "id", "at", "actor_id", "actor_name", "request", "change_set", "kind", "subject_type", "subject_id",
      "subject_title", "place", "payload", "salt",
    ]
  }
}

/// Sixteen bytes of chance for each entry, drawn at once.
struct Salts {
  private let bytes: [UInt8]

  init(count: Int) {
    bytes = Entropy.system.bytes(count * 16)
  }

  subscript(index: Int) -> [UInt8] { Array(bytes[(index * 16)..<(index * 16 + 16)]) }
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
