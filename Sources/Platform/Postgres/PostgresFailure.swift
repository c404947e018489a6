internal import CPostgres
import SQL

/// An error of the server or of the way to it, before the driver decides whether to try again.
struct PostgresFailure: Error {
  enum Kind { case conflict, lost, stalePlan, other }

  let kind: Kind
  var error: StorageError
  /// The index of a unique violation, whose columns only the catalogue knows.
  var index: (table: String, name: String)?

  var isStalePlan: Bool { kind == .stalePlan }

  init(_ error: StorageError) {
    kind = .other
    self.error = error
  }

  init(lost message: String) {
    kind = .lost
    error = .unavailable(message)
  }

  /// `lost` is what libpq says where the connection is gone.
  init(_ result: OpaquePointer, _ lost: String?, _ text: String) {
    func field(_ code: Character) -> String {
      guard let ascii = code.asciiValue, let found = PQresultErrorField(result, Int32(ascii)) else { return "" }
      return String(cString: found)
    }
    let state = field("C")
    if lost != nil || state.hasPrefix("08") || ["57P01", "57P02", "57P03", "25P03"].contains(state) {
      let message = field("M").isEmpty ? lost ?? "" : field("M")
      self.init(lost: message.isEmpty ? "the connection was lost" : trimmed(message))
    } else {
      self.init(state, field("M"), table: field("t"), name: field("n"), column: field("c"), text)
    }
  }

  private init(_ state: String, _ message: String, table: String, name: String, column: String, _ text: String) {
    switch state {
    // A conflict, a deadlock, a lock not given in time.
    case "40001", "40P01", "55P03": kind = .conflict
    // A table changed under a prepared statement, or the statement itself is gone.
    case "0A000" where message.contains("cached plan"), "26000": kind = .stalePlan
    default: kind = .other
    }
    switch state {
    case "23505":
      error = .uniqueViolation("\(table).\(name)")
      index = (table, name)
    case "23503": error = .foreignKeyViolation(writtenTable(of: text))
    case "23514": error = .checkViolation(name)
    case "23502": error = .notNullViolation("\(table).\(column)")
    case "40001", "40P01", "55P03": error = .busy
    case "57014": error = .cancelled
    case "53100": error = .full
    case "53200", "53300": error = .unavailable(message)
    case "25006": error = .readOnly
    default: error = .failed("\(message) (\(state)) in: \(text)")
    }
  }
}
