import SQL
import Synchronization

/// The columns of the unique indexes. The server names the index of a violation only, and answers no question inside the
/// transaction that failed; so the whole list is read over a connection of its own, once, and again for an index that is
/// not on it.
final class UniqueKeys: Sendable {
  private let keys = Mutex<[String: String]>([:])

  /// Blocks; called on a connection's lane.
  func key(table: String, index: String, _ configuration: PostgresConfiguration) -> String {
    let name = "\(table).\(index)"
    if let known = keys.withLock({ $0[name] }) { return known }
    do {
      let fresh = try Self.read(configuration)
      keys.withLock { $0.merge(fresh) { _, new in new } }
    } catch {
      // The index's own name is still an answer.
    }
    return keys.withLock { $0[name] } ?? name
  }

  private static func read(_ configuration: PostgresConfiguration) throws -> [String: String] {
    let answer = try Session(configuration, as: .server).execute(
      """
      SELECT t.relname, i.relname, coalesce(a.attname, '')
      FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
        CROSS JOIN LATERAL unnest(x.indkey::int2[]) WITH ORDINALITY AS k(number, place)
        LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number AND k.number > 0
      WHERE x.indisunique AND k.place <= x.indnkeyatts
        AND t.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
      ORDER BY 1, 2, k.place
      """
    )
    var columns: [[String]: [String]] = [:]
    for row in answer.texts { columns[[row[0], row[1]], default: []].append(row[2]) }
    var keys: [String: String] = [:]
    for (index, names) in columns {
      // An index over an expression has no columns to name; SQLite then gives the index, and so do we.
      keys["\(index[0]).\(index[1])"] =
        names.contains("") ? index[1] : StorageError.key(table: index[0], columns: names)
    }
    return keys
  }
}
