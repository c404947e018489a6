import SQL

/// What a store's schema looks like, said the same way for both engines, so that a test can hold them against each other.
package struct Catalogue: Sendable, Equatable {
  /// `asset.beds integer`, `asset.id text not null`; a boolean is an integer, as on SQLite.
  package let columns: [String]
  /// `asset(facility,number)`, primary keys among them, with ` where …` left out of partial ones.
  package let uniqueIndexes: [String]

  package static func of(_ database: any Database) async throws -> Catalogue {
    let engine = database.engine
    return try await database.read(.everyFacility) { tx in
      switch engine {
      case .sqlite:
        let tables = try tx.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
          .map { row throws(StorageError) in try row.text("name") }
        var columns: [String] = []
        var indexes: [String] = []
        for table in tables {
          for row in try tx.rows("SELECT name, type, \"notnull\" AS required FROM pragma_table_xinfo(\(table))") {
            columns.append(try line(table, row))
          }
          for row in try tx.rows("SELECT name FROM pragma_index_list(\(table)) WHERE \"unique\"") {
            let names = try tx.rows(
              "SELECT coalesce(name, '()') AS name FROM pragma_index_info(\(try row.text("name")))"
            )
            indexes.append("\(table)(\(try names.map { try $0.text("name") }.joined(separator: ",")))")
          }
          // SQLite keeps a primary key that is one integer without an index.
          let keys = try tx.rows(
            "SELECT name FROM pragma_table_info(\(table)) WHERE pk > 0 AND upper(type) LIKE 'INT%'"
          )
          if keys.count == 1, let key = try keys.first?.text("name"), !indexes.contains("\(table)(\(key))"),
            try tx.count("SELECT count(*) FROM pragma_table_info(\(table)) WHERE pk > 0") == 1
          {
            indexes.append("\(table)(\(key))")
          }
        }
        return Catalogue(columns: columns.sorted(), uniqueIndexes: indexes.sorted())
      case .postgres:
        let columns = try tx.rows(
          """
          SELECT t.relname AS "table", a.attname AS name, format_type(a.atttypid, NULL) AS type, a.attnotnull AS required
          FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid
          WHERE t.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
            AND t.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
          """
        ).map { row in try line(try row.text("table"), row) }
        let indexes = try tx.rows(
          """
          SELECT x.indrelid::regclass::text || '(' || string_agg(coalesce(a.attname, '()'), ',' ORDER BY k.place) || ')' AS line
          FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid
            CROSS JOIN LATERAL unnest(x.indkey::int2[]) WITH ORDINALITY AS k(number, place)
            LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.number AND k.number > 0
          WHERE x.indisunique AND t.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
          GROUP BY x.indexrelid, x.indrelid
          """
        ).map { row throws(StorageError) in try row.text("line") }
        return Catalogue(columns: columns.sorted(), uniqueIndexes: indexes.sorted())
      }
    }
  }

  private static func line(_ table: String, _ row: Row) throws -> String {
    let type =
      switch try row.text("type").lowercased() {
      case "bigint", "boolean", "integer", "int": "integer"
      case "double precision", "real": "real"
      case "bytea", "blob": "blob"
      case let other: other
      }
    return "\(table).\(try row.text("name")) \(type)\(try row.bool("required") ? " not null" : "")"
  }

  /// Tables of a PostgreSQL store that have a `facility` column and no row-level security: each is missing from its
  /// migration's `facilityTables`.
  package static func unguardedTables(_ database: any Database) async throws -> [String] {
    guard database.engine == .postgres else { return [] }
    return try await database.read(.everyFacility) { tx in
      try tx.rows(
        """
        SELECT t.relname AS name FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid
        WHERE t.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
          AND t.relkind IN ('r', 'p') AND a.attname = 'facility' AND NOT a.attisdropped
          AND NOT (t.relrowsecurity AND t.relforcerowsecurity)
        ORDER BY 1
        """
      ).map { row throws(StorageError) in try row.text("name") }
    }
  }
}
