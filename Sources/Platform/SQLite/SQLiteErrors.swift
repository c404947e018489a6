internal import GRDBSQLite
import SQL

/// What a result code of SQLite means to the rest of the program.
func failure(_ code: Int32, on connection: OpaquePointer?, _ text: String) -> StorageError {
  let extended = connection.map { sqlite3_extended_errcode($0) } ?? code
  let message = connection.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) } ?? ""
  return storageError(extended & 0xff == code & 0xff ? extended : code, message, text)
}

func storageError(_ code: Int32, _ message: String, _ text: String) -> StorageError {
  switch code {
  case SQLITE_CONSTRAINT | (8 << 8), SQLITE_CONSTRAINT | (6 << 8):  // UNIQUE, PRIMARYKEY
    return .uniqueViolation(uniqueKey(message))
  case SQLITE_CONSTRAINT | (3 << 8):  // FOREIGNKEY
    return .foreignKeyViolation(writtenTable(of: text))
  case SQLITE_CONSTRAINT | (1 << 8):  // CHECK
    return .checkViolation(afterColon(message))
  case SQLITE_CONSTRAINT | (5 << 8):  // NOTNULL
    return .notNullViolation(afterColon(message))
  default: break
  }
  switch code & 0xff {
  case SQLITE_BUSY, SQLITE_LOCKED: return .busy
  case SQLITE_FULL: return .full
  case SQLITE_READONLY: return .readOnly
  case SQLITE_INTERRUPT: return .cancelled
  case SQLITE_CANTOPEN, SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_PERM, SQLITE_NOLFS, SQLITE_PROTOCOL:
    return .unavailable(message)
  default: return .failed(text.isEmpty ? message : "\(message) in: \(text)")
  }
}

/// `UNIQUE constraint failed: asset.facility, asset.number` is `asset.number`, `index 'x'` is `x`.
func uniqueKey(_ message: String) -> String {
  let rest = afterColon(message)
  if rest.hasPrefix("index '") { return String(rest.dropFirst(7).dropLast()) }
  let names = rest.split(separator: ", ").map { $0.split(separator: ".", maxSplits: 1) }
  guard let table = names.first?.first else { return rest }
  let columns = names.compactMap { $0.count == 2 ? String($0[1]) : nil }
  return StorageError.key(table: String(table), columns: columns)
}

private func afterColon(_ message: String) -> String {
  guard let colon = message.firstIndex(of: ":") else { return message }
  return String(message[message.index(after: colon)...].drop { $0 == " " })
}
