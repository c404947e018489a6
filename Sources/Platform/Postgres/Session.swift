#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
internal import CPostgres
import SQL

/// An open connection of libpq. Its calls block, so one thread holds it at a time: the lane of its `Connection`.
final class Session {
  let pointer: OpaquePointer
  private var prepared = RecentlyUsed<String>(capacity: 256)
  private var forgotten: [String] = []
  private var made = 0
  private var columnTypes: [String: [String: String]] = [:]

  /// Connects. `role` is taken for good.
  init(_ configuration: PostgresConfiguration, as role: Role) throws(StorageError) {
    var words = ["client_encoding": "UTF8", "application_name": "yagura", "connect_timeout": "5"].map { ($0, $1) }
    words.append(
      ("dbname", role == .owner ? configuration.ownerAddress ?? configuration.address : configuration.address)
    )
    if let database = configuration.database { words.append(("dbname", database)) }
    let keys = words.map { strdup($0.0) }
    let values = words.map { strdup($0.1) }
    defer { for word in keys + values { free(word) } }
    let connection = (keys.map { UnsafePointer($0) } + [nil]).withUnsafeBufferPointer { keys in
      (values.map { UnsafePointer($0) } + [nil]).withUnsafeBufferPointer { values in
        PQconnectdbParams(keys.baseAddress, values.baseAddress, 1)
      }
    }
    guard let connection else { throw .unavailable("no memory for a connection") }
    pointer = connection
    guard PQstatus(connection) == CONNECTION_OK else { throw .unavailable(message) }
    PQsetNoticeProcessor(connection, { _, _ in }, nil)
    do {
      try prepareConnection(configuration, role)
    } catch let failure {
      throw failure.error
    }
  }

  deinit { PQfinish(pointer) }

  enum Role { case owner, server }

  var isBroken: Bool { PQstatus(pointer) != CONNECTION_OK }

  private var message: String {
    PQerrorMessage(pointer).map { String(cString: $0) }.map(trimmed) ?? "PostgreSQL gives no reason"
  }

  private func prepareConnection(_ configuration: PostgresConfiguration, _ role: Role) throws(PostgresFailure) {
    let isOwner = role == .owner
    try execute(
      """
      SET standard_conforming_strings = on; SET bytea_output = hex; SET DateStyle = ISO; SET jit = off;
      SET cursor_tuple_fraction = 1; SET extra_float_digits = 1;
      SET statement_timeout = '\(isOwner ? 0 : configuration.statementTimeout)s';
      SET lock_timeout = '\(isOwner ? 600 : configuration.lockTimeout)s';
      SET idle_in_transaction_session_timeout = '\(isOwner ? 0 : configuration.idleTimeout)s'
      """
    )
    let database =
      try execute(
        """
        SELECT current_setting('server_version_num'), pg_encoding_to_char(encoding), datcollate, datlocprovider
        FROM pg_database WHERE datname = current_database()
        """
      ).texts.first ?? []
    guard database.count == 4, Int(database[0]) ?? 0 >= 150_000 else {
      throw PostgresFailure(.unavailable("PostgreSQL 15 or newer is needed"))
    }
    let bytewise = ["C", "POSIX", "C.UTF-8", "C.utf8"].contains(database[2]) && database[3] != "i"
    guard database[1] == "UTF8", bytewise else {
      throw PostgresFailure(
        .unavailable(
          """
          the database must sort by bytes and hold UTF-8, but has collation \(database[2]) and encoding \(database[1]). \
          Make it with: CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'
          """
        )
      )
    }
    guard !isOwner else { return }
    if let name = configuration.servingRole { try execute("SET ROLE \(quotedName(name))") }
    let rights = try execute(
      "SELECT current_user, (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user)"
    )
    guard rights.texts.first?.last == "f" else {
      throw PostgresFailure(
        .unavailable("the role \(rights.texts.first?.first ?? "") passes row-level security by and must not serve")
      )
    }
  }

  /// Runs statements without values, as one message. Answers the last one's result.
  @discardableResult
  func execute(_ text: String) throws(PostgresFailure) -> Answer { try checked(PQexec(pointer, text), text) }

  /// Runs one statement, prepared and remembered under its text and the types of its values.
  func run(_ printed: PrintedSQL) throws(PostgresFailure) -> Answer {
    let parameters = try Parameters(printed)
    let key = printed.text + "\u{0}" + parameters.signature
    let name: String
    if let found = prepared.value(key) {
      name = found
    } else {
      made += 1
      name = "s\(made)"
      let types = parameters.types
      _ = try checked(PQprepare(pointer, name, printed.text, Int32(types.count), types), printed.text)
      forgotten += prepared.insert(name, for: key)
    }
    let result = parameters.withPointers { values, lengths, formats in
      PQexecPrepared(pointer, name, Int32(parameters.types.count), values, lengths, formats, 0)
    }
    do {
      return try checked(result, printed.text)
    } catch {
      // A table changed under the plan, or somebody dropped it: prepare again next time.
      if error.isStalePlan { forgotten += [prepared.remove(key)].compactMap { $0 } }
      throw error
    }
  }

  /// Runs one statement once, without preparing it: a cursor, whose text never comes again.
  func runOnce(_ printed: PrintedSQL) throws(PostgresFailure) -> Answer {
    let parameters = try Parameters(printed)
    let result = parameters.withPointers { values, lengths, formats in
      PQexecParams(pointer, printed.text, Int32(parameters.types.count), parameters.types, values, lengths, formats, 0)
    }
    return try checked(result, printed.text)
  }

  /// Between transactions: lets go of the statements that are no longer remembered.
  func tidy() {
    guard !forgotten.isEmpty, !isBroken else { return }
    PQclear(PQexec(pointer, forgotten.map { "DEALLOCATE \($0)" }.joined(separator: "; ")))
    forgotten = []
  }

  /// The types of a table's columns as PostgreSQL names them, asked once a connection.
  func types(ofColumnsIn table: String) throws(PostgresFailure) -> [String: String] {
    if let known = columnTypes[table] { return known }
    let sql: SQL = """
      SELECT attname, format_type(atttypid, NULL) FROM pg_attribute
      WHERE attrelid = to_regclass(\(table)) AND attnum > 0 AND NOT attisdropped
      """
    let rows = try run(sql.printed(for: .postgres)).texts
    let types = Dictionary(rows.map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first })
    columnTypes[table] = types
    return types
  }

  func forgetTypes(of table: String) { columnTypes[table] = nil }

  private func checked(_ result: OpaquePointer?, _ text: String) throws(PostgresFailure) -> Answer {
    guard let result else { throw PostgresFailure(lost: message) }
    switch PQresultStatus(result) {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return Answer(result)
    default:
      defer { PQclear(result) }
      throw PostgresFailure(result, isBroken ? message : nil, text)
    }
  }
}

/// The name of a role or schema, quoted.
func quotedName(_ name: String) -> String { "\"" + doubled(name, "\"") + "\"" }

/// A text constant, quoted. `standard_conforming_strings` is on, so a backslash is a backslash.
func quotedText(_ text: String) -> String { "'" + doubled(text, "'") + "'" }

private func doubled(_ text: String, _ mark: Character) -> String {
  var quoted = ""
  for character in text.unicodeScalars where character.value != 0 {
    quoted.unicodeScalars.append(character)
    if Character(character) == mark { quoted.unicodeScalars.append(character) }
  }
  return quoted
}

func trimmed(_ text: String) -> String {
  var text = text
  while text.last?.isWhitespace == true { text.removeLast() }
  return text
}
