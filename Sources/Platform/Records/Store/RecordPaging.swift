import Nouns
import SQL
import Text

/// The order of a list that is read page by page: by a column that every record has, so that a page begins exactly behind
/// the one before, whatever was added or removed meanwhile.
package struct PagingOrder: Sendable, Hashable {
  package enum Key: Sendable, Hashable {
    /// As they were made.
    case id
    case updatedAt
    /// One of the kind's `keyed` fields, in natural order.
    case field(String)
  }

  package let key: Key
  package let isDescending: Bool

  /// `id`, `-updatedAt`, `name`; nil for what the kind cannot be ordered by.
  package init?(_ text: String, of kind: Kind) {
    isDescending = text.hasPrefix("-")
    let name = isDescending ? String(text.dropFirst()) : text
    switch name {
    case "id": key = .id
    case "updatedAt": key = .updatedAt
    default:
      guard kind.keyed.contains(name) else { return nil }
      key = .field(name)
    }
  }

  package static func names(of kind: Kind) -> [String] { ["id", "updatedAt"] + kind.keyed }
}

/// Where a page ended: the value by which it is ordered, and the record.
package struct PagingEnd: Sendable, Hashable {
  package let value: String
  package let id: String

  package init(value: String, id: String) {
    self.value = value
    self.id = id
  }
}

/// Records of one kind behind a place in the list.
package struct RecordPart: Sendable {
  package let records: [Record]
  /// The names of what they point to, by id.
  package let titles: [String: String]
  /// Nil where nothing follows.
  package let end: PagingEnd?
}

extension RecordStore {
  /// At most `limit` records behind `end`; the query's own order and offset are not used.
  package func part(
    _ kind: Kind,
    _ query: ListQuery,
    order: PagingOrder,
    after end: PagingEnd?,
    limit: Int,
    in scope: Scope<ReadLedger>
  ) async throws -> RecordPart {
    let list = try RecordList(kind, catalogue, scope)
    let facility = scope.facility.rawValue
    let writes = database.writes
    return try await database.read(scope.reach) { [catalogue, shelf] tx in
      let (records, end) = try list.part(query, order, after: end, limit: limit, in: tx)
      let kept = try shelf.reader(facility, writes: writes, in: tx)
      let titles = try ReferenceTitles.of(records, kind: kind, catalogue, facility: facility, shelf: kept, in: tx)
      return RecordPart(records: records, titles: titles, end: end)
    }
  }
}

extension RecordList {
  func part(
    _ query: ListQuery,
    _ order: PagingOrder,
    after end: PagingEnd?,
    limit: Int,
    in tx: any Transaction
  ) throws -> (records: [Record], end: PagingEnd?) {
    var condition = try condition(query, in: tx)
    let direction = SQL(stringLiteral: order.isDescending ? " DESC" : "")
    let column: SQL?
    switch order.key {
    case .id: column = nil
    case .updatedAt: column = "updated_at"
    case .field(let field): column = "\(name: field + "_key")"
    }
    if let end {
      let sign = SQL(stringLiteral: order.isDescending ? "<" : ">")
      if let column {
        let value: SQLValue = order.key == .updatedAt ? .integer(Int64(end.value) ?? 0) : .text(end.value)
        condition = condition + " AND (\(column), id) \(sign) (\(value), \(end.id))"
      } else {
        condition = condition + " AND id \(sign) \(end.id)"
      }
    }
    let rows = try tx.rows(
      """
      SELECT \(columns), \(column ?? "id") AS paging_value FROM \(name: kind.table) WHERE \(condition)
      ORDER BY \(column.map { "\($0)\(direction), " as SQL } ?? "")id\(direction) LIMIT \(limit + 1)
      """
    )
    let shown = rows.prefix(limit)
    let records = try shown.map(record)
    guard rows.count > limit, let last = shown.last else { return (records, nil) }
    return (records, PagingEnd(value: try last.text("paging_value"), id: try last.text("id")))
  }
}
