internal import CPostgres
import SQL

/// Statements on one connection, inside the transaction that the connection opened.
final class PostgresTransaction: Transaction {
  let engine = Engine.postgres
  private let session: Session
  private let uniqueKeys: UniqueKeys
  private let configuration: PostgresConfiguration
  private var cursors = 0
  /// The first error of a statement, after which PostgreSQL takes no other.
  private(set) var failure: PostgresFailure?

  /// Rows that a cursor brings at a time.
  private static let batch = 500

  init(_ session: Session, _ uniqueKeys: UniqueKeys, _ configuration: PostgresConfiguration) {
    self.session = session
    self.uniqueKeys = uniqueKeys
    self.configuration = configuration
  }

  func rows(_ sql: SQL) throws -> [Row] {
    try noticing { () throws(PostgresFailure) in try session.run(sql.printed(for: .postgres)).rows }
  }

  /// By a cursor, so that the body may run other statements meanwhile.
  func each(_ sql: SQL, _ body: (Row) throws -> Void) throws {
    cursors += 1
    let name = "each_\(cursors)"
    try noticing { () throws(PostgresFailure) in
      _ = try session.runOnce(("DECLARE \(raw: name) NO SCROLL CURSOR FOR " + sql).printed(for: .postgres))
    }
    while true {
      let answer = try noticing { () throws(PostgresFailure) in
        try session.execute("FETCH \(Self.batch) FROM \(name)")
      }
      let columns = answer.columns
      for number in 0..<answer.count { try body(answer.row(number, columns)) }
      if answer.count < Self.batch { break }
    }
    try noticing { () throws(PostgresFailure) in _ = try session.execute("CLOSE \(name)") }
  }

  @discardableResult
  func run(_ sql: SQL) throws -> Int {
    try noticing { () throws(PostgresFailure) in try session.run(sql.printed(for: .postgres)).changes }
  }

  /// By arrays: `INSERT … SELECT * FROM unnest($1::text[], …)`. `COPY` is no choice, because PostgreSQL refuses it on
  /// tables with row-level security, and those are all that matter.
  @discardableResult
  func insert(into table: String, columns: [String], rows: [[SQLValue]]) throws -> Int {
    guard !rows.isEmpty else { return 0 }
    return try noticing { () throws(PostgresFailure) in
      let types = try session.types(ofColumnsIn: table)
      var arrays = columns.map { column in ArrayText(type: types[column] ?? "text") }
      let names = columns.map { "\(name: $0)" as SQL }.joined(separator: ", ")
      let statement = "INSERT INTO \(name: table) (\(names)) SELECT * FROM unnest(" as SQL
      func flush() throws(PostgresFailure) {
        let places = arrays.map { "\($0.text)::\(raw: $0.type)[]" as SQL }.joined(separator: ", ")
        do {
          _ = try session.run((statement + places + ")").printed(for: .postgres))
        } catch {
          session.forgetTypes(of: table)
          throw error
        }
        for index in arrays.indices { arrays[index].removeAll() }
      }
      var held = 0
      for row in rows {
        guard row.count == columns.count else {
          throw PostgresFailure(.failed("a row of \(row.count) values for \(columns.count) columns"))
        }
        for (index, value) in row.enumerated() { held += try arrays[index].append(value) }
        if held > 4_000_000 || arrays[0].count >= 5000 {
          try flush()
          held = 0
        }
      }
      if arrays[0].count > 0 { try flush() }
      return rows.count
    }
  }

  /// A unique violation gets the columns of its index, as SQLite names them; a statement that was stopped though nobody
  /// cancelled its task took too long.
  func named(_ failure: PostgresFailure) -> PostgresFailure {
    if failure.error == .cancelled, !Task.isCancelled {
      return PostgresFailure(.failed("a statement took longer than \(configuration.statementTimeout) seconds"))
    }
    guard let index = failure.index else { return failure }
    var named = failure
    named.error = .uniqueViolation(uniqueKeys.key(table: index.table, index: index.name, configuration))
    return named
  }

  private func noticing<T>(_ body: () throws(PostgresFailure) -> T) throws(StorageError) -> T {
    if let failure { throw failure.error }
    guard !Task.isCancelled else { throw .cancelled }
    do {
      return try body()
    } catch {
      let named = named(error)
      failure = named
      throw named.error
    }
  }
}

/// One column of many rows as the text of a PostgreSQL array: `{"a","b",NULL}`.
private struct ArrayText {
  let type: String
  private(set) var count = 0
  private var bytes: [UInt8] = [0x7b]

  init(type: String) { self.type = type }

  var text: String { String(decoding: bytes, as: UTF8.self) + "}" }

  mutating func removeAll() {
    count = 0
    bytes.removeLast(bytes.count - 1)
  }

  /// Answers how many bytes the value took.
  mutating func append(_ value: SQLValue) throws(PostgresFailure) -> Int {
    let before = bytes.count
    if count > 0 { bytes.append(0x2c) }
    count += 1
    switch value {
    case .null: bytes += "NULL".utf8
    case .integer(let number): bytes += String(number).utf8
    case .bool(let flag): bytes.append(flag ? 0x74 : 0x66)
    case .double(let number): bytes += String(number).utf8
    case .bytes(let raw):
      bytes += "\"\\\\x".utf8
      for byte in raw {
        bytes.append(Self.digits[Int(byte >> 4)])
        bytes.append(Self.digits[Int(byte & 15)])
      }
      bytes.append(0x22)
    case .text(let text):
      bytes.append(0x22)
      for byte in text.utf8 {
        guard byte != 0 else { throw PostgresFailure(.nul) }
        if byte == 0x22 || byte == 0x5c { bytes.append(0x5c) }
        bytes.append(byte)
      }
      bytes.append(0x22)
    }
    return bytes.count - before
  }

  private static let digits = Array("0123456789abcdef".utf8)
}
