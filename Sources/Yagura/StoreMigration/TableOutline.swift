import SQL

/// A table as it is to be copied: its own columns (those the database works out are left to the other one) and what it
/// points to.
struct TableOutline: Sendable, Hashable {
  let name: String
  let columns: [String]
  /// The tables its foreign keys name, itself left out.
  let pointsTo: Set<String>
  /// Columns with which a row points to another of the same table: own column to the column it names.
  let pointsToItself: [String: String]

  var hasFacility: Bool { columns.contains("facility") }

  /// All tables of a SQLite database, those that are pointed to first. The schema's own bookkeeping is left out: the
  /// other side has run the same migrations.
  static func all(in tx: any Transaction) throws -> [TableOutline] {
    let names = try tx.rows(
      """
      SELECT name FROM sqlite_master
      WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> 'migration' ORDER BY name
      """
    ).map { try $0.text("name") }
    return try ordered(names.map { try TableOutline($0, in: tx) })
  }

  private init(_ name: String, in tx: any Transaction) throws {
    self.name = name
    let columns = try tx.rows("SELECT name, hidden FROM pragma_table_xinfo(\(name)) ORDER BY cid")
    self.columns = try columns.filter { try $0.integer("hidden") == 0 }.map { try $0.text("name") }
    let generated = try Dictionary(
      uniqueKeysWithValues: columns.filter { try $0.integer("hidden") > 1 }.map { (try $0.text("name"), true) }
    )
    var pointsTo: Set<String> = []
    var pointsToItself: [String: String] = [:]
    for key in try tx.rows("SELECT \"table\", \"from\", \"to\" FROM pragma_foreign_key_list(\(name))") {
      let other = try key.text("table")
      guard other == name else {
        pointsTo.insert(other)
        continue
      }
      let from = try key.text("from")
      guard from != "facility" else { continue }
      // A generated `…_id` holds what stands in the column it is made of.
      let own = generated[from] == true && from.hasSuffix("_id") ? String(from.dropLast(3)) : from
      pointsToItself[own] = try key.optionalText("to") ?? "id"
    }
    self.pointsTo = pointsTo
    self.pointsToItself = pointsToItself
  }

  /// Depth first. Two tables that point to each other cannot be copied one after the other.
  private static func ordered(_ tables: [TableOutline]) throws -> [TableOutline] {
    let byName = Dictionary(tables.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var ordered: [TableOutline] = []
    var state: [String: Bool] = [:]
    func visit(_ table: TableOutline) throws {
      if let isDone = state[table.name] {
        guard isDone else { throw StorageError.failed("tables point to each other: \(table.name)") }
        return
      }
      state[table.name] = false
      for name in table.pointsTo.sorted() { if let other = byName[name] { try visit(other) } }
      state[table.name] = true
      ordered.append(table)
    }
    for table in tables { try visit(table) }
    return ordered
  }

  /// Which rows belong to the facilities that are moved; nil moves all.
  func condition(_ facilities: [String]?) -> SQL? {
    guard let facilities else { return "" }
    if name == "facility" { return " AND id IN (\(list: facilities))" }
    // What belongs to no facility belongs to the installation and stays with it.
    guard hasFacility else { return nil }
    // A link to an account of a facility that stays behind would point nowhere.
    let other: SQL = columns.contains("other_facility") ? " AND other_facility IN (\(list: facilities))" : ""
    return " AND facility IN (\(list: facilities))" + other
  }

  /// Rows so that each comes behind the one it points to. Rows that go round in a circle come last, as they are.
  func parentsFirst(_ rows: [[SQLValue]]) -> [[SQLValue]] {
    let places = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
    let ways = pointsToItself.compactMap { own, other -> (own: Int, other: Int)? in
      guard let own = places[own], let other = places[other] else { return nil }
      return (own, other)
    }
    guard !ways.isEmpty else { return rows }
    var waiting = rows
    var ordered: [[SQLValue]] = []
    while !waiting.isEmpty {
      let unmade = ways.map { way in Set(waiting.map { $0[way.other] }) }
      let (ready, rest) = waiting.reduce(into: ([[SQLValue]](), [[SQLValue]]())) { parts, row in
        let isReady = zip(ways, unmade).allSatisfy { way, unmade in
          row[way.own] == .null || row[way.own] == row[way.other] || !unmade.contains(row[way.own])
        }
        if isReady { parts.0.append(row) } else { parts.1.append(row) }
      }
      guard !ready.isEmpty else { return ordered + waiting }
      ordered += ready
      waiting = rest
    }
    return ordered
  }
}
