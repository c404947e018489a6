import SQL
import Time

/// Which columns of a kind's table are read, and how a row of them becomes a record.
struct RecordReading: Sendable {
  /// The columns in the order that `record(_:)` reads.
  let select: SQL
  private let kind: Kind
  private let keys: [String]
  private let isWhole: Bool

  private static let always = ["id", "revision", "archived_at", "created_at", "updated_at", "updated_by", "last_set"]
  private static let folded = ["originals", "extras"]

  /// Everything that is recorded.
  init(_ kind: Kind) { self.init(kind, keys: kind.keys, isWhole: true) }

  /// The name of a record and these fields: for showing it, never for storing it again. What is not read is not in the
  /// record.
  init(_ kind: Kind, showing fields: [String]) {
    let wanted = Set(fields + kind.titleFields)
    self.init(kind, keys: kind.keys.filter(wanted.contains), isWhole: false)
  }

  private init(_ kind: Kind, keys: [String], isWhole: Bool) {
    self.kind = kind
    self.keys = keys
    self.isWhole = isWhole
    let columns = Self.always + keys + (isWhole ? Self.folded : [])
    select = columns.map { "\(name: $0)" as SQL }.joined(separator: ", ")
  }

  func record(_ row: Row) throws -> Record {
    func text(_ index: Int) -> String? {
      if case .text(let text) = row.values[index] { return text }
      return nil
    }
    func instant(_ index: Int) -> Instant? { row.integer(at: index).map { Instant(milliseconds: Int64($0)) } }
    let rest = Self.always.count + keys.count
    guard let id = text(0), let version = row.integer(at: 1), let created = instant(3), let updated = instant(4),
      let originals = isWhole ? FlatJSON.object(text(rest) ?? "") : [:],
      let extras = isWhole ? FlatJSON.object(text(rest + 1) ?? "") : [:]
    else { throw StorageError.unexpectedValue(column: kind.table, wanted: "a record") }
    var values = [String: String](minimumCapacity: keys.count)
    for (index, key) in keys.enumerated() {
      if let value = text(index + Self.always.count) { values[key] = value }
    }
    return Record(
      id: id,
      of: kind,
      version: version,
      values: values,
      originals: originals,
      extras: extras,
      archivedAt: instant(2),
      createdAt: created,
      updatedAt: updated,
      updatedBy: text(5) ?? "",
      lastSet: text(6)
    )
  }
}
