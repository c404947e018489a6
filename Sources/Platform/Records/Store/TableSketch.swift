import SQL

/// The table of a kind, written down in a migration once and for all: a migration names its columns itself, so that a
/// later change of the catalogue cannot change what an old step did. A test holds both together.
package struct TableSketch {
  package enum Column {
    case text(String), required(String)
    /// あり・なし・対象外・不明.
    case yesNo(String)
    /// `YYYY-MM-DD`, or `?`.
    case date(String)
    /// The id of a record of the kind, or `?`; the database makes the `…_id` with its foreign key and index.
    case reference(String, to: String)
    case requiredReference(String, to: String)
  }

  package let table: String
  package let columns: [Column]
  /// The fields with a `…_key` column and an index for the order of lists.
  package let keyed: [String]

  package init(table: String, columns: [Column], keyed: [String]) {
    self.table = table
    self.columns = columns
    self.keyed = keyed
  }

  /// The statements that make the table and its indexes.
  package var statements: [SQL] {
    let made: SQL = """
      CREATE TABLE \(name: table) (
      facility \(.text) NOT NULL, id \(.text) NOT NULL, revision \(.integer) NOT NULL CHECK (revision > 0),
      originals \(.text) NOT NULL, extras \(.text) NOT NULL, archived_at \(.instant),
      created_at \(.instant) NOT NULL, updated_at \(.instant) NOT NULL, updated_by \(.text) NOT NULL,
      last_set \(.text), \(columns.map(Self.definition).joined(separator: ", ")), folded \(.text) NOT NULL,
      \(keyed.map { "\(name: $0 + "_key") \(.text) NOT NULL, " as SQL }.joined(separator: ""))PRIMARY KEY (facility, id)\
      \(columns.compactMap(Self.foreignKey).joined(separator: ""))) \(.strict)
      """
    let references = columns.compactMap { column -> SQL? in
      guard let (name, _) = Self.target(column) else { return nil }
      return "CREATE INDEX \(name: "\(table)_of_\(name)") ON \(name: table) (facility, \(name: name + "_id"))"
    }
    let orders = keyed.map { key -> SQL in
      """
      CREATE INDEX \(name: "\(table)_by_\(key)") ON \(name: table) (facility, \(name: key + "_key"), id)
      WHERE archived_at IS NULL
      """
    }
    return [made] + references + orders
  }

  private static func definition(_ column: Column) -> SQL {
    switch column {
    case .text(let name): return "\(name: name) \(.text) CHECK (\(name: name) <> '')"
    case .required(let name): return "\(name: name) \(.text) NOT NULL CHECK (\(name: name) <> '')"
    case .yesNo(let name): return "\(name: name) \(.text) CHECK (\(name: name) IN ('yes', 'no', 'na', '?'))"
    case .date(let name):
      return "\(name: name) \(.text) CHECK (\(name: name) = '?' OR length(\(name: name)) = 10)"
    case .reference(let name, _):
      return "\(name: name) \(.text) CHECK (\(name: name) <> ''), \(pointer(name))"
    case .requiredReference(let name, _):
      return "\(name: name) \(.text) NOT NULL CHECK (\(name: name) <> ''), \(pointer(name))"
    }
  }

  private static func pointer(_ name: String) -> SQL {
    "\(name: name + "_id") \(.text) GENERATED ALWAYS AS (nullif(\(name: name), '?')) STORED"
  }

  private static func target(_ column: Column) -> (String, String)? {
    switch column {
    case .reference(let name, let kind), .requiredReference(let name, let kind): (name, kind)
    default: nil
    }
  }

  private static func foreignKey(_ column: Column) -> SQL? {
    guard let (name, kind) = target(column) else { return nil }
    return """
      , FOREIGN KEY (facility, \(name: name + "_id")) REFERENCES \(name: kind) (facility, id) \
      DEFERRABLE INITIALLY DEFERRED
      """
  }
}
