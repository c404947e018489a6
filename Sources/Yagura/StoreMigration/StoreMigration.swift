import Foundation
import SQL
import Text

/// Copies what a SQLite database holds into an empty PostgreSQL database that has the same schema, table by table, and
/// compares both sides afterwards. Nobody else may write to either meanwhile. What is done is noted beside the data, so
/// that a copy that was cut off goes on where it was.
struct StoreMigration: Sendable {
  let source: any Database
  let target: any Database
  /// Ids of the facilities to move, nil for all and what belongs to none.
  let facilities: [String]?
  /// Where it is noted which tables are done.
  let noteFile: String
  /// Names the target in the note: an address without its secrets.
  let targetName: String

  /// Rows in one transaction.
  static let portion = 2_000

  struct Result: Sendable {
    let table: String
    let count: Int
    let isEqual: Bool
  }

  struct Note: Codable, Sendable {
    let target: String
    let facilities: [String]?
    var done: [String]
  }

  /// Why nothing was copied.
  enum Refusal: Error, Sendable, Equatable {
    /// These tables of the target hold rows that no earlier attempt left.
    case targetHasData([String])
  }

  /// Throws `Refusal` where the target holds anything. `progress` hears of each table as it is done.
  func run(progress: @Sendable (String, Int) -> Void) async throws -> [Result] {
    let tables = try await source.read(.everyFacility) { tx in try TableOutline.all(in: tx) }
      .compactMap { table in table.condition(facilities).map { (table: table, condition: $0) } }
    var note = readNote() ?? Note(target: targetName, facilities: facilities, done: [])
    if note.target != targetName || note.facilities != facilities {
      note = Note(target: targetName, facilities: facilities, done: [])
    }
    let isResumed = FileManager.default.fileExists(atPath: noteFile) && readNote()?.target == targetName
    if !isResumed { try await refuseData(tables) }
    try write(note)
    if isResumed {
      // What was half done is done again; what points to it goes first.
      for (table, condition) in tables.reversed() where !note.done.contains(table.name) {
        try await target.write(.everyFacility) { tx in
          try tx.run("DELETE FROM \(name: table.name) WHERE 1 = 1\(condition)")
        }
      }
    }
    for (table, condition) in tables where !note.done.contains(table.name) {
      let count = try await copy(table, condition)
      note.done.append(table.name)
      try write(note)
      progress(table.name, count)
    }
    var results: [Result] = []
    for (table, condition) in tables {
      let left = try await source.read(.everyFacility) { tx in try TableDigest.of(table, condition, in: tx) }
      let right = try await target.read(.everyFacility) { tx in try TableDigest.of(table, condition, in: tx) }
      results.append(Result(table: table.name, count: right.count, isEqual: left == right))
    }
    if results.allSatisfy(\.isEqual) {
      // The note is of no use any more; one that stays would only be found to be done.
      try? FileManager.default.removeItem(atPath: noteFile)
    }
    return results
  }

  private func refuseData(_ tables: [(table: TableOutline, condition: SQL)]) async throws {
    let full = try await target.read(.everyFacility) { tx in
      try tables.filter { table, condition in
        try !tx.rows("SELECT 1 AS one FROM \(name: table.name) WHERE 1 = 1\(condition) LIMIT 1").isEmpty
      }.map(\.table.name)
    }
    guard full.isEmpty else { throw Refusal.targetHasData(full) }
  }

  private func copy(_ table: TableOutline, _ condition: SQL) async throws -> Int {
    let columns = table.columns.map { "\(name: $0)" as SQL }.joined(separator: ", ")
    // Rows that point to rows of their own table must come in their order, so these few tables are read whole.
    let isWhole = !table.pointsToItself.isEmpty
    var last = -1
    var count = 0
    while true {
      let after = last
      let rows = try await source.read(.everyFacility) { tx in
        try tx.rows(
          """
          SELECT \(columns), rowid AS place_of_row FROM \(name: table.name) WHERE rowid > \(after)\(condition)
          ORDER BY rowid LIMIT \(isWhole ? Int(Int32.max) : Self.portion)
          """
        )
      }
      guard let end = try rows.last?.integer("place_of_row") else { return count }
      last = end
      let values = table.parentsFirst(rows.map { Array($0.values.dropLast()) })
      for start in stride(from: 0, to: values.count, by: Self.portion) {
        let part = Array(values[start..<min(start + Self.portion, values.count)])
        try await target.write(.everyFacility) { tx in
          _ = try tx.insert(into: table.name, columns: table.columns, rows: part)
        }
      }
      count += values.count
    }
  }

  private func readNote() -> Note? {
    // No note, or one that cannot be read, means that nothing was begun.
    FileManager.default.contents(atPath: noteFile).flatMap { try? JSONDecoder().decode(Note.self, from: $0) }
  }

  private func write(_ note: Note) throws {
    try JSONEncoder().encode(note).write(to: URL(filePath: noteFile), options: .atomic)
  }
}
