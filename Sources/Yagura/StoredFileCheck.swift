import Blobs
import Records
import SQL
import Text

/// The attached files of an installation beside what cites them, for `backup`, `restore`, `verify` and `doctor`.
enum StoredFileCheck {
  /// How many files there are, and what is wrong with them. Asks only a database whose schema is up to date.
  static func look(_ database: any Database) async throws -> (files: Int, faults: [FileFault]) {
    let facilities = try await database.read(.everyFacility) { tx in
      try tx.rows("SELECT id FROM facility ORDER BY id").map { try $0.text("id") }
    }
    return try await FileCheck(database: database, places: Capabilities.filePlaces).look(facilities)
  }

  /// The first of them in words, and how many more there are; nil where all is well.
  static func told(_ faults: [FileFault]) -> Localized? {
    guard !faults.isEmpty else { return nil }
    let some = faults.prefix(3).map(\.message)
    let more = faults.count - some.count
    return Localized(
      ja: some.map(\.ja).joined() + (more > 0 ? "ほか\(more)件。" : ""),
      en: some.map(\.en).joined(separator: " ") + (more > 0 ? " And \(more) more." : "")
    )
  }
}
