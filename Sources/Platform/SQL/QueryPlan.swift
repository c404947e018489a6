/// How an engine would answer a query. Tests of list pages use it: none may walk through a whole table.
package struct QueryPlan: Sendable {
  /// The engine's own words, one step a line.
  package let text: String
  /// Tables read from end to end, by table or by whole index.
  package let fullScans: [String]
}

extension Database {
  /// The plan of a query. PostgreSQL is told to avoid sequential scans, so that a table too small for its statistics
  /// does not hide a missing index.
  package func plan(of sql: SQL) async throws -> QueryPlan {
    let engine = engine
    return try await read(.everyFacility) { tx in
      switch engine {
      case .sqlite:
        let steps = try tx.rows("EXPLAIN QUERY PLAN " + sql).map { row throws(StorageError) in try row.text("detail") }
        return QueryPlan(text: steps.joined(separator: "\n"), fullScans: sqliteScans(steps, sql))
      case .postgres:
        _ = try tx.rows("SELECT set_config('enable_seqscan', 'off', true)")  // the answer repeats the setting
        let steps = try tx.rows("EXPLAIN " + sql).map { row throws(StorageError) in try row.text("QUERY PLAN") }
        return QueryPlan(text: steps.joined(separator: "\n"), fullScans: postgresScans(steps))
      }
    }
  }
}

/// `SCAN asset`, `SCAN a USING INDEX …`; `SEARCH` is what we want. SQLite names the alias, the query tells its table.
private func sqliteScans(_ steps: [String], _ sql: SQL) -> [String] {
  let words = sql.printed(for: .sqlite).text.split { " \n\t(),".contains($0) }.map(String.init)
  return steps.compactMap { step -> String? in
    let parts = step.split(separator: " ").map(String.init)
    guard parts.count >= 2, parts[0] == "SCAN", parts[1] != "CONSTANT" else { return nil }
    let name = parts[1]
    guard !name.hasPrefix("("),
      let place = words.indices.first(where: { $0 > 0 && words[$0] == name && isAlias($0, words) })
    else { return name }
    return words[words[place - 1].uppercased() == "AS" && place > 1 ? place - 2 : place - 1]
  }
}

/// Whether the word stands after a table, as in `FROM asset a` or `JOIN asset AS a`.
private func isAlias(_ index: Int, _ words: [String]) -> Bool {
  let table = words[index - 1].uppercased() == "AS" ? index - 2 : index - 1
  return table > 0 && ["FROM", "JOIN"].contains(words[table - 1].uppercased())
}

/// `Seq Scan on asset a`, or an index scan with no condition on the index.
private func postgresScans(_ steps: [String]) -> [String] {
  var scans: [String] = []
  for (index, step) in steps.enumerated() {
    guard let scan = step.split(separator: "(cost").first, scan.contains("Scan") else { continue }
    let words = scan.split(separator: " ").map(String.init)
    guard let on = words.firstIndex(of: "on"), on + 1 < words.count, !scan.contains("Bitmap") else { continue }
    let conditions = steps[(index + 1)...].prefix { !$0.contains("(cost") }
    if scan.contains("Seq Scan") || (scan.contains("Index") && !conditions.contains { $0.contains("Index Cond:") }) {
      scans.append(words[on + 1])
    }
  }
  return scans
}
