internal import GRDBSQLite
import SQL

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Statements on one connection, inside the transaction that the caller opened.
final class SQLiteTransaction: Transaction {
  let engine = Engine.sqlite
  private let connection: OpaquePointer
  private let shelf: Shelf
  /// The first error of a statement. PostgreSQL takes nothing more after one, and so that both engines behave alike,
  /// neither do we: a body that swallows an error cannot commit.
  private(set) var failure: StorageError?

  init(_ connection: OpaquePointer, _ shelf: Shelf) {
    self.connection = connection
    self.shelf = shelf
  }

  func rows(_ sql: SQL) throws -> [Row] {
    var rows: [Row] = []
    try each(sql) { rows.append($0) }
    return rows
  }

  func each(_ sql: SQL, _ body: (Row) throws -> Void) throws {
    let prepared = try prepare(sql)
    prepared.isBusy = true
    defer {
      prepared.reset()
      prepared.isBusy = false
    }
    var columns: ColumnNames?
    while try noticing({ () throws(StorageError) in try prepared.step() }) {
      // After the first step, which is where SQLite notices a changed schema.
      let names = columns ?? prepared.columns
      columns = names
      try body(prepared.row(names))
    }
  }

  @discardableResult
  func run(_ sql: SQL) throws -> Int {
    let prepared = try prepare(sql)
    defer { prepared.reset() }
    let before = sqlite3_total_changes64(connection)
    try noticing { () throws(StorageError) in while try prepared.step() {} }
    // `changes` keeps the number of an earlier statement where this one, a CREATE TABLE say, changes no row.
    return sqlite3_total_changes64(connection) == before ? 0 : Int(sqlite3_changes64(connection))
  }

  @discardableResult
  func insert(into table: String, columns: [String], rows: [[SQLValue]]) throws -> Int {
    guard !rows.isEmpty else { return 0 }
    let prepared = try insertion(into: table, columns)
    defer { prepared.reset() }
    return try noticing { () throws(StorageError) in
      var binder = RowBinder(prepared, width: columns.count)
      for row in rows {
        try binder.bind(row)
        while try prepared.step() {}
        sqlite3_reset(prepared.statement)
      }
      return rows.count
    }
  }

  @discardableResult
  func insert(into table: String, columns: [String], packed rows: PackedRows) throws -> Int {
    guard rows.count > 0 else { return 0 }
    let prepared = try insertion(into: table, columns)
    // The places point into the rows until here.
    defer { prepared.reset() }
    return try noticing { () throws(StorageError) in
      guard rows.width == columns.count, rows.isWhole else {
        throw .failed("rows of \(rows.width) values for \(columns.count) columns")
      }
      return try rows.bytes.withUnsafeBufferPointer { bytes throws(StorageError) in
        for row in 0..<rows.count {
          for place in 0..<rows.width {
            let code = try Self.bind(rows.values[row * rows.width + place], bytes, prepared.statement, Int32(place + 1))
            guard code == SQLITE_OK else { throw SQLite.failure(code, on: connection, prepared.text) }
          }
          while try prepared.step() {}
          sqlite3_reset(prepared.statement)
        }
        return rows.count
      }
    }
  }

  /// Binds a value where it lies.
  private static func bind(
    _ value: PackedRows.Value,
    _ bytes: UnsafeBufferPointer<UInt8>,
    _ statement: OpaquePointer,
    _ place: Int32
  ) throws(StorageError) -> Int32 {
    switch value.kind {
    case .null: return sqlite3_bind_null(statement, place)
    case .integer: return sqlite3_bind_int64(statement, place, value.place)
    case .text:
      guard let base = bytes.baseAddress else { return SQLITE_NOMEM }
      let start = UnsafeRawPointer(base + Int(value.place))
      guard memchr(start, 0, value.count) == nil else { throw .nul }
      return sqlite3_bind_text64(
        statement,
        place,
        start.assumingMemoryBound(to: CChar.self),
        UInt64(value.count),
        nil,
        UInt8(SQLITE_UTF8)
      )
    case .bytes:
      guard let base = bytes.baseAddress, value.count > 0 else { return sqlite3_bind_zeroblob(statement, place, 0) }
      return sqlite3_bind_blob64(statement, place, base + Int(value.place), UInt64(value.count), nil)
    }
  }

  private func insertion(into table: String, _ columns: [String]) throws(StorageError) -> Prepared {
    let names = columns.map { "\(name: $0)" as SQL }.joined(separator: ", ")
    let places = SQL(stringLiteral: Array(repeating: "?", count: columns.count).joined(separator: ", "))
    return try prepare("INSERT INTO \(name: table) (\(names)) VALUES (\(places))", bound: false)
  }

  private func prepare(_ sql: SQL, bound: Bool = true) throws(StorageError) -> Prepared {
    if let failure { throw failure }
    guard !Task.isCancelled else { throw .cancelled }
    return try noticing { () throws(StorageError) in
      let printed = sql.printed(for: .sqlite)
      let prepared = try shelf.prepared(printed.text, on: connection)
      if bound {
        for case .text(let text) in printed.values where text.utf8.contains(0) { throw StorageError.nul }
        try prepared.bind(printed.values)
      }
      return prepared
    }
  }

  private func noticing<T>(_ body: () throws(StorageError) -> T) throws(StorageError) -> T {
    do {
      return try body()
    } catch {
      failure = failure ?? error
      throw error
    }
  }
}

/// Binds row after row to one statement without an allocation a value: the texts and bytes of a row lie side by side in
/// one buffer that stays where it is until SQLite has taken the row.
private struct RowBinder: ~Copyable {
  private let prepared: Prepared
  private let width: Int
  private var buffer: UnsafeMutableRawBufferPointer

  init(_ prepared: Prepared, width: Int) {
    self.prepared = prepared
    self.width = width
    buffer = .allocate(byteCount: 4096, alignment: 16)
  }

  deinit {
    // The places still point into the buffer.
    sqlite3_reset(prepared.statement)
    sqlite3_clear_bindings(prepared.statement)
    buffer.deallocate()
  }

  mutating func bind(_ row: [SQLValue]) throws(StorageError) {
    guard row.count == width else { throw .failed("a row of \(row.count) values for \(width) columns") }
    var needed = 1
    for value in row {
      switch value {
      case .text(let text): needed += text.utf8.count
      case .bytes(let bytes): needed += bytes.count
      default: break
      }
    }
    if needed > buffer.count {
      sqlite3_clear_bindings(prepared.statement)
      buffer.deallocate()
      buffer = .allocate(byteCount: needed * 2, alignment: 16)
    }
    var used = 0
    for (index, value) in row.enumerated() {
      let code = try bind(value, at: Int32(index + 1), &used)
      guard code == SQLITE_OK else { throw SQLite.failure(code, on: prepared.connection, prepared.text) }
    }
  }

  private func bind(_ value: SQLValue, at place: Int32, _ used: inout Int) throws(StorageError) -> Int32 {
    let statement = prepared.statement
    guard let base = buffer.baseAddress else { return SQLITE_NOMEM }
    let start = base + used
    switch value {
    case .null: return sqlite3_bind_null(statement, place)
    case .integer(let number): return sqlite3_bind_int64(statement, place, number)
    case .double(let number): return sqlite3_bind_double(statement, place, number)
    case .bool(let flag): return sqlite3_bind_int(statement, place, flag ? 1 : 0)
    case .text(var text):
      let count = text.withUTF8 { bytes in
        if let source = bytes.baseAddress { start.copyMemory(from: source, byteCount: bytes.count) }
        return bytes.count
      }
      guard memchr(start, 0, count) == nil else { throw .nul }
      used += count
      return sqlite3_bind_text64(
        statement,
        place,
        start.assumingMemoryBound(to: CChar.self),
        UInt64(count),
        nil,
        UInt8(SQLITE_UTF8)
      )
    case .bytes(let bytes):
      guard !bytes.isEmpty else { return sqlite3_bind_zeroblob(statement, place, 0) }
      bytes.withUnsafeBytes { if let source = $0.baseAddress { start.copyMemory(from: source, byteCount: $0.count) } }
      used += bytes.count
      return sqlite3_bind_blob64(statement, place, start, UInt64(bytes.count), nil)
    }
  }
}
