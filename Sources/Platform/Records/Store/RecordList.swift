import Nouns
import SQL
import Text

/// The statements of lists. All of them lead with the facility and are served by an index.
package struct RecordList: Sendable {
  let kind: Kind
  let catalogue: RecordCatalogue
  package let facility: String
  /// The departments the reader may see, nil for all.
  let departments: Set<String>?

  private var table: RecordTable { catalogue.table(kind) }

  /// The columns that `record` reads, for statements of a capability's own.
  package var columns: SQL { table.whole.select }

  /// The record of a row of `columns`.
  package func record(_ row: Row) throws -> Record { try table.whole.record(row) }

  /// `shown` are the fields that somebody is going to look at, nil for all. `shelf` spares asking again what did not change.
  func page(
    _ query: ListQuery,
    shown: [String]? = nil,
    shelf: ListShelf.Reader? = nil,
    in tx: any Transaction
  ) throws -> ListPage {
    let condition = try condition(query, in: tx)
    let reading = table.reading(shown)
    let counting: SQL = "SELECT count(*) FROM \(name: kind.table) WHERE \(condition)"
    let total = try shelf?.count(counting, in: tx) ?? tx.count(counting)
    var records: [Record] = []
    records.reserveCapacity(query.pageSize)
    try tx.each(
      """
      SELECT \(reading.select) FROM \(name: kind.table) WHERE \(condition)
      ORDER BY \(order(query)) LIMIT \(query.pageSize) OFFSET \(query.offset)
      """
    ) { row in records.append(try reading.record(row)) }
    let titles = try ReferenceTitles.of(records, kind: kind, catalogue, facility: facility, shelf: shelf, in: tx)
    return ListPage(kind: kind, records: records, total: total, titles: titles, query: query)
  }

  /// Every record a query finds, for exports and bulk actions; of each only its name and `fields` where they are given.
  package func all(
    _ query: ListQuery,
    showing fields: [String]? = nil,
    limit: Int,
    in tx: any Transaction
  ) throws -> [Record] {
    let condition = try condition(query, in: tx)
    let reading = fields.map { RecordReading(kind, showing: $0) } ?? table.whole
    return try tx.rows(
      """
      SELECT \(reading.select) FROM \(name: kind.table) WHERE \(condition)
      ORDER BY \(order(query)) LIMIT \(limit)
      """
    ).map(reading.record)
  }

  /// Ids and names of what a query finds, and nothing else of it: what a select offers.
  func choices(
    _ query: ListQuery,
    limit: Int,
    shelf: ListShelf.Reader? = nil,
    in tx: any Transaction
  ) throws -> [(id: String, title: String)] {
    let condition = try condition(query, in: tx)
    let fields = kind.titleFields.compactMap { kind[field: $0] }
    let columns = fields.map { "\(name: $0.key)" as SQL }.joined(separator: ", ")
    let statement: SQL =
      "SELECT id, \(columns) FROM \(name: kind.table) WHERE \(condition) ORDER BY \(order(query)) LIMIT \(limit)"
    guard let shelf else { return try choices(statement, fields, in: tx) }
    return try shelf.choices(statement) { try choices(statement, fields, in: tx) }
  }

  private func choices(
    _ statement: SQL,
    _ fields: [Field],
    in tx: any Transaction
  ) throws -> [(id: String, title: String)] {
    var choices: [(id: String, title: String)] = []
    try tx.each(statement) { row in
      guard case .text(let id) = row.values[0] else {
        throw StorageError.unexpectedValue(column: "\(kind.table).id", wanted: "text")
      }
      var title: String?
      for (index, field) in fields.enumerated() {
        if case .text(let text) = row.values[index + 1] { title = field.inTitle(text) }
        if title != nil { break }
      }
      choices.append((id, title ?? Record.nameless.ja))
    }
    return choices
  }

  package func find(_ ids: [String], in tx: any Transaction) throws -> [Record] {
    var found: [Record] = []
    for chunk in ids.chunked(500) {
      found += try tx.rows(
        """
        SELECT \(table.whole.select) FROM \(name: kind.table)
        WHERE facility = \(facility) AND id IN (\(list: chunk))\(reachable())
        """
      ).map(table.whole.record)
    }
    return found
  }

  /// ` AND …` where the reader sees some departments only.
  package func reachable() -> SQL {
    guard let departments else { return "" }
    let ids = departments.sorted()
    switch kind.reach {
    case .everyone: return ""
    case .itself: return " AND id IN (\(list: ids))"
    case .field(let field): return " AND \(name: field + "_id") IN (\(list: ids))"
    case .parent(let field):
      let parent = kind[field: field]?.referenced ?? "asset"
      return """
         AND \(name: field + "_id") IN (
          SELECT id FROM \(name: parent) WHERE facility = \(facility) AND department_id IN (\(list: ids)))
        """
    }
  }

  func condition(_ query: ListQuery, in tx: any Transaction) throws -> SQL {
    var condition: SQL = "facility = \(facility)"
    switch query.archived {
    case .without: condition = condition + " AND archived_at IS NULL"
    case .only: condition = condition + " AND archived_at IS NOT NULL"
    case .with: break
    }
    condition = condition + reachable()
    for field in query.filters.keys.sorted() {
      guard let known = kind[field: field], let filters = query.filters[field], !filters.isEmpty else { continue }
      condition = condition + " AND (" + filters.map { filter($0, known) }.joined(separator: " OR ") + ")"
    }
    for word in words(query.search) { condition = condition + (try search(word, in: tx)) }
    return condition
  }

  private func filter(_ filter: ListQuery.Filter, _ field: Field) -> SQL {
    switch filter {
    case .value(let value):
      field.referenced == nil
        ? "\(name: field.key) = \(value)" : "\(name: field.key + "_id") = \(value)"
    case .missing: "\(name: field.key) IS NULL"
    case .unknown: "\(name: field.key) = \(Unknown.value)"
    // `?` sorts behind the digits, so it is neither.
    case .before(let day): "\(name: field.key) < \(day)"
    case .from(let day): "(\(name: field.key) >= \(day) AND \(name: field.key) <> \(Unknown.value))"
    }
  }

  private func words(_ search: String) -> [String] {
    search.split { $0.isWhitespace }.prefix(10).map { word in
      MACAddress(reading: String(word)).map { Fold.key($0.text) } ?? Fold.key(String(word))
    }.filter { !$0.isEmpty }
  }

  /// The word stands in the record, or in the name of something it points to.
  private func search(_ word: String, in tx: any Transaction) throws -> SQL {
    let pattern = Self.pattern(word)
    var ways: [SQL] = ["folded LIKE \(pattern) ESCAPE '\\'"]
    let kinds = Set(kind.references.compactMap(\.referenced)).sorted()
    guard !kinds.isEmpty else { return " AND " + ways[0] }
    var found: [String: [String]] = [:]
    for row in try tx.rows(named(pattern, kinds)) {
      found[try row.text("kind"), default: []].append(try row.text("id"))
    }
    for field in kind.references {
      guard let kind = field.referenced, let ids = found[kind], !ids.isEmpty else { continue }
      ways.append("\(name: field.key + "_id") IN (\(list: ids))")
    }
    return " AND (" + ways.joined(separator: " OR ") + ")"
  }

  /// Which records of the kinds bear the word in their name; at most 300 of each, for a word that fits more finds nothing
  /// in particular.
  private func named(_ pattern: String, _ kinds: [String]) -> SQL {
    kinds.flatMap { kind -> [SQL] in
      var parts: [SQL] = [
        """
        SELECT * FROM (SELECT \(kind) AS kind, id FROM \(name: kind)
        WHERE facility = \(facility) AND folded LIKE \(pattern) ESCAPE '\\' ORDER BY id LIMIT 300) AS found
        """
      ]
      if let aliases = catalogue.kind(kind).flatMap(catalogue.aliases) {
        parts.append(
          """
          SELECT * FROM (SELECT \(kind) AS kind, \(name: aliases.owner.key) AS id FROM \(name: aliases.kind.table)
          WHERE facility = \(facility) AND folded LIKE \(pattern) ESCAPE '\\' ORDER BY id LIMIT 300) AS found
          """
        )
      }
      return parts
    }.joined(separator: " UNION ALL ")
  }

  static func pattern(_ word: String) -> String {
    var pattern = "%"
    for character in word {
      if character == "%" || character == "_" || character == "\\" { pattern.append("\\") }
      pattern.append(character)
    }
    return pattern + "%"
  }

  private func order(_ query: ListQuery) -> SQL {
    let chosen =
      query.sort.isEmpty
      ? kind.defaultSort.map { ($0.field, $0.isDescending) } : query.sort.map { ($0.field, $0.isDescending) }
    return (chosen.map { order($0.0, isDescending: $0.1) } + ["id"]).joined(separator: ", ")
  }

  private func order(_ key: String, isDescending: Bool) -> SQL {
    let direction = SQL(stringLiteral: isDescending ? " DESC NULLS LAST" : " NULLS LAST")
    guard let field = kind[field: key] else { return "updated_at" + SQL(stringLiteral: isDescending ? " DESC" : "") }
    if kind.keyed.contains(key) {
      let column: SQL = "\(name: key + "_key")"
      // What is not recorded stays last either way.
      return isDescending ? "nullif(\(column), \(RecordTable.missingKey)) DESC NULLS LAST" : column
    }
    if let other = field.referenced, let kind = catalogue.kind(other), let first = kind.keyed.first {
      return """
        (SELECT o.\(name: first + "_key") FROM \(name: other) o
        WHERE o.facility = \(name: self.kind.table).facility AND o.id = \(name: self.kind.table).\(name: key + "_id"))\(direction)
        """
    }
    if !field.choices.isEmpty {
      let cases = field.choices.enumerated().map { "WHEN \($1.key) THEN \($0)" as SQL }
      return "CASE \(name: key) \(cases.joined(separator: " ")) END\(direction)"
    }
    return "\(name: key)\(direction)"
  }
}

/// The names of what records point to.
package enum ReferenceTitles {
  /// All in one statement.
  package static func of(
    _ records: [Record],
    kind: Kind,
    _ catalogue: RecordCatalogue,
    facility: String,
    in tx: any Transaction
  ) throws -> [String: String] {
    try of(records, kind: kind, catalogue, facility: facility, shelf: nil, in: tx)
  }

  /// The same, with those that `shelf` keeps.
  static func of(
    _ records: [Record],
    kind: Kind,
    _ catalogue: RecordCatalogue,
    facility: String,
    shelf: ListShelf.Reader?,
    in tx: any Transaction
  ) throws -> [String: String] {
    var ids: [String: Set<String>] = [:]
    for field in kind.references {
      guard let other = field.referenced else { continue }
      for record in records {
        if let id = record.known(field.key) { ids[other, default: []].insert(id) }
      }
    }
    func ask(_ ids: [String: [String]]) throws -> [String: String] {
      try named(ids, catalogue, facility: facility, in: tx)
    }
    return try shelf?.titles(ids, make: ask) ?? ask(ids.mapValues { $0.sorted() })
  }

  /// The names of records of several kinds, by id.
  package static func named(
    _ ids: [String: [String]],
    _ catalogue: RecordCatalogue,
    facility: String,
    in tx: any Transaction
  ) throws -> [String: String] {
    var titles: [String: String] = [:]
    var parts: [SQL] = []
    func ask() throws {
      guard !parts.isEmpty else { return }
      try tx.each(parts.joined(separator: " UNION ALL ")) { row in
        titles[try row.text("id")] = try row.optionalText("title") ?? Record.nameless.ja
      }
      parts = []
    }
    for key in ids.keys.sorted() {
      guard let kind = catalogue.kind(key) else { continue }
      let names = kind.titleFields.map { "nullif(\(name: $0), \(Unknown.value))" as SQL }
      let title: SQL = names.count == 1 ? names[0] : "coalesce(\(names.joined(separator: ", ")))"
      for chunk in (ids[key] ?? []).chunked(500) {
        parts.append(
          "SELECT id, \(title) AS title FROM \(name: kind.table) WHERE facility = \(facility) AND id IN (\(list: chunk))"
        )
        if parts.count == 8 { try ask() }
      }
    }
    try ask()
    return titles
  }
}

extension Array {
  /// Parts of at most `size`, in order.
  package func chunked(_ size: Int) -> [[Element]] {
    stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
  }
}
