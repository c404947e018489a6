import SQL
import Text
import Time

/// How the records of one kind stand in their table. Every kind has the same columns around those of its fields:
/// `folded` for search, `…_key` for the order of lists, and for each reference `…_id`, which the database makes of it:
/// the same id, or NULL where it is 「不明」, with a foreign key on it.
struct RecordTable: Sendable {
  let kind: Kind
  /// The columns in the order that `record(_:)` reads.
  let select: SQL
  let insertColumns: [String]

  /// `RecordTable.of(kind)`; made once.
  static func of(_ kind: Kind) -> RecordTable { all[kind.key] ?? RecordTable(kind) }

  private static let all = Dictionary(uniqueKeysWithValues: Catalogue.kinds.map { ($0.key, RecordTable($0)) })

  static let fixed = [
    "id", "revision", "originals", "extras", "archived_at", "created_at", "updated_at", "updated_by", "last_set",
  ]

  /// Sorts behind everything that is recorded. Written into the key column, so that an index alone gives the order.
  static let missingKey = "\u{10FFFD}"

  /// The keys of the fields, in order, and how each is searched: taken out of the fields once, for thousands of rows.
  private let keys: [String]
  private let searches: [Search]
  private let sorts: [(field: String, isAddress: Bool)]
  /// Which of `insertColumns` an update writes: `facility`, `id` and `created_at` never change.
  private let updated: [(index: Int, set: SQL)]

  private enum Search {
    case not, plain, mac
    /// By what it is called in both languages.
    case choice([String: String])
  }

  private init(_ kind: Kind) {
    self.kind = kind
    keys = kind.fields.map(\.key)
    let columns = Self.fixed + keys
    select = columns.map { "\(name: $0)" as SQL }.joined(separator: ", ")
    let insertColumns = ["facility"] + columns + ["folded"] + kind.keyed.map { $0 + "_key" }
    self.insertColumns = insertColumns
    searches = kind.fields.map { field in
      switch field.type {
      case .reference, .date, .yesNoUnknown: .not
      case .choice(let choices):
        .choice(Dictionary(uniqueKeysWithValues: choices.map { ($0.key, $0.label.ja + "|" + $0.label.en) }))
      case .mac: .mac
      default: .plain
      }
    }
    sorts = kind.keyed.map { ($0, kind[field: $0]?.type == .ip) }
    updated = insertColumns.enumerated().filter { !["facility", "id", "created_at"].contains($0.element) }
      .map { ($0.offset, "\(name: $0.element) = ") }
  }

  func record(_ row: Row) throws -> Record {
    func text(_ index: Int) -> String? {
      if case .text(let text) = row.values[index] { return text }
      return nil
    }
    func instant(_ index: Int) -> Instant? { row.integer(at: index).map { Instant(milliseconds: Int64($0)) } }
    guard let id = text(0), let version = row.integer(at: 1), let originals = FlatJSON.object(text(2) ?? ""),
      let extras = FlatJSON.object(text(3) ?? ""), let created = instant(5), let updated = instant(6)
    else { throw StorageError.unexpectedValue(column: kind.table, wanted: "a record") }
    var values = [String: String](minimumCapacity: keys.count)
    for (index, key) in keys.enumerated() {
      if let value = text(index + Self.fixed.count) { values[key] = value }
    }
    return Record(
      id: id,
      kind: kind.key,
      version: version,
      values: values,
      originals: originals,
      extras: extras,
      archivedAt: instant(4),
      createdAt: created,
      updatedAt: updated,
      updatedBy: text(7) ?? "",
      lastSet: text(8)
    )
  }

  func row(_ record: Record, facility: String) -> [SQLValue] {
    var row: [SQLValue] = []
    row.reserveCapacity(insertColumns.count)
    row.append(.text(facility))
    row.append(.text(record.id))
    row.append(.integer(Int64(record.version)))
    row.append(.text(FlatJSON.text(record.originals)))
    row.append(.text(FlatJSON.text(record.extras)))
    row.append(record.archivedAt?.sqlValue ?? .null)
    row.append(record.createdAt.sqlValue)
    row.append(record.updatedAt.sqlValue)
    row.append(.text(record.updatedBy))
    row.append(record.lastSet?.sqlValue ?? .null)
    for key in keys { row.append(stored(record.values[key])) }
    row.append(.text(folded(record)))
    for (field, isAddress) in sorts { row.append(.text(sortKey(record.values[field], isAddress: isAddress))) }
    return row
  }

  /// Writes the whole record where its version is still `expected`. One text for all records of a kind, so it is
  /// prepared once.
  func update(_ record: Record, facility: String, expected: Int) -> SQL {
    let row = row(record, facility: facility)
    let sets = updated.map { $0.set + "\(row[$0.index])" }
    return """
      UPDATE \(name: kind.table) SET \(sets.joined(separator: ", "))
      WHERE facility = \(facility) AND id = \(record.id) AND revision = \(expected)
      """
  }

  private func stored(_ value: String?) -> SQLValue {
    guard let value, !value.isEmpty else { return .null }
    return .text(value)
  }

  /// Everything a search may look for, folded at once; the bar keeps the end of one field from the start of the next.
  func folded(_ record: Record) -> String {
    var text = ""
    for (index, key) in keys.enumerated() {
      guard let value = record.values[key], value != Unknown.value else { continue }
      switch searches[index] {
      case .not: continue
      case .choice(let labels): text += labels[value] ?? ""
      case .mac: text += value + "|" + value.filter { $0 != ":" }
      case .plain: text += value
      }
      text += "|"
    }
    for header in record.extras.keys.sorted() { text += (record.extras[header] ?? "") + "|" }
    return Fold.key(text)
  }

  private func sortKey(_ value: String?, isAddress: Bool) -> String {
    guard let value, !value.isEmpty, value != Unknown.value else { return Self.missingKey }
    guard isAddress else { return NaturalOrder.key(value) }
    let first = value.split(separator: ",").first.map(String.init) ?? value
    return IPAddress(reading: first)?.sortKey ?? NaturalOrder.key(value)
  }
}
