internal import GRDBSQLite
import SQL
import Synchronization

/// A prepared statement of one connection. Only the thread that holds the connection touches it.
final class Prepared {
  let statement: OpaquePointer
  let connection: OpaquePointer
  let text: String
  var isBusy = false
  private var names: ColumnNames?
  private var preparations: Int32 = 0

  init(_ text: String, on connection: OpaquePointer) throws(StorageError) {
    var made: OpaquePointer?
    var rest = false
    let code = text.utf8CString.withUnsafeBufferPointer { buffer in
      var tail: UnsafePointer<CChar>?
      let code = sqlite3_prepare_v3(
        connection,
        buffer.baseAddress,
        Int32(clamping: buffer.count),
        UInt32(SQLITE_PREPARE_PERSISTENT),
        &made,
        &tail
      )
      while let next = tail, next.pointee != 0, !rest {
        rest = next.pointee > 32 && next.pointee != 59
        tail = next + 1
      }
      return code
    }
    guard code == SQLITE_OK else { throw failure(code, on: connection, text) }
    guard let made else { throw .failed("an empty statement") }
    statement = made
    self.connection = connection
    self.text = text
    guard !rest else { throw .failed("more than one statement in: \(text)") }
  }

  deinit { sqlite3_finalize(statement) }

  /// Read once, and again after SQLite compiled the statement anew for a changed schema.
  var columns: ColumnNames {
    let now = sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_REPREPARE, 0)
    if let names, now == preparations { return names }
    let fresh = ColumnNames(
      (0..<sqlite3_column_count(statement)).map { index in
        sqlite3_column_name(statement, index).map { String(cString: $0) } ?? ""
      }
    )
    names = fresh
    preparations = now
    return fresh
  }

  func bind(_ values: [SQLValue]) throws(StorageError) {
    let wanted = Int(sqlite3_bind_parameter_count(statement))
    guard wanted == values.count else { throw .failed("\(values.count) values for \(wanted) places in: \(text)") }
    for (index, value) in values.enumerated() {
      let code = bind(value, at: Int32(index + 1))
      guard code == SQLITE_OK else { throw failure(code, on: connection, text) }
    }
  }

  private func bind(_ value: SQLValue, at place: Int32) -> Int32 {
    // SQLITE_TRANSIENT: SQLite takes its own copy.
    let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    switch value {
    case .null: return sqlite3_bind_null(statement, place)
    case .integer(let number): return sqlite3_bind_int64(statement, place, number)
    case .double(let number): return sqlite3_bind_double(statement, place, number)
    case .bool(let flag): return sqlite3_bind_int(statement, place, flag ? 1 : 0)
    case .text(var text):
      return text.withUTF8 { bytes in
        guard let start = bytes.baseAddress else { return sqlite3_bind_text(statement, place, "", 0, copied) }
        return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
          sqlite3_bind_text64(statement, place, $0, UInt64(bytes.count), copied, UInt8(SQLITE_UTF8))
        }
      }
    case .bytes(let bytes):
      return bytes.withUnsafeBytes { bytes in
        guard let start = bytes.baseAddress, !bytes.isEmpty else { return sqlite3_bind_zeroblob(statement, place, 0) }
        return sqlite3_bind_blob64(statement, place, start, UInt64(bytes.count), copied)
      }
    }
  }

  /// Whether there is a row.
  func step() throws(StorageError) -> Bool {
    let code = sqlite3_step(statement)
    switch code {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw failure(code, on: connection, text)
    }
  }

  /// Ready for the next use. The answer of `sqlite3_reset` repeats the error that `step` already threw.
  func reset() {
    sqlite3_reset(statement)
    sqlite3_clear_bindings(statement)
  }

  func row(_ columns: ColumnNames) -> Row {
    var values: [SQLValue] = []
    let count = Int32(columns.names.count)
    values.reserveCapacity(Int(count))
    for index in 0..<count { values.append(value(at: index)) }
    return Row(columns: columns, values: values)
  }

  private func value(at index: Int32) -> SQLValue {
    switch sqlite3_column_type(statement, index) {
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, index))
    case SQLITE_FLOAT: return .double(sqlite3_column_double(statement, index))
    case SQLITE_TEXT:
      guard let start = sqlite3_column_text(statement, index) else { return .text("") }
      let count = Int(sqlite3_column_bytes(statement, index))
      return .text(String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
    case SQLITE_BLOB:
      guard let start = sqlite3_column_blob(statement, index) else { return .bytes([]) }
      return .bytes(Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, index)))))
    default: return .null
    }
  }
}

/// The prepared statements of one connection, the 256 used last.
final class Shelf {
  private var kept = RecentlyUsed<Prepared>(capacity: 256)

  /// Longer statements are put together for one use, such as a list of a thousand ids.
  private static let longest = 8192

  /// The statement, bound to nothing. While one runs, a second use of the same text gets its own.
  func prepared(_ text: String, on connection: OpaquePointer) throws(StorageError) -> Prepared {
    if let found = kept.value(text) {
      return found.isBusy ? try Prepared(text, on: connection) : found
    }
    let made = try Prepared(text, on: connection)
    if text.utf8.count <= Self.longest {
      _ = kept.insert(made, for: text)  // what goes is finalised when nobody runs it any more
    }
    return made
  }
}

/// A shelf for each connection. They are emptied before the connections close, for SQLite keeps a connection open as long
/// as it has a statement.
final class Shelves: Sendable {
  // The shelves themselves are used by their connection's thread only; the lock guards the dictionary.
  private struct Box: @unchecked Sendable { let shelf: Shelf }
  private let shelves = Mutex<[Int: Box]>([:])

  func shelf(of connection: OpaquePointer) -> Shelf {
    let key = Int(bitPattern: connection)
    return shelves.withLock { shelves in
      if let found = shelves[key] { return found }
      let made = Box(shelf: Shelf())
      shelves[key] = made
      return made
    }.shelf
  }

  func empty() { shelves.withLock { $0 = [:] } }
}
