import Time

/// One row of an answer. Columns are read by the type wanted, never by the type stored: a boolean comes back as 1 from one
/// engine and as true from the other.
package struct Row: Sendable {
  package let columns: ColumnNames
  package let values: [SQLValue]

  package init(columns: ColumnNames, values: [SQLValue]) {
    self.columns = columns
    self.values = values
  }

  package func value(_ column: String) throws(StorageError) -> SQLValue {
    guard let index = columns.index[column] else { throw .missingColumn(column) }
    return values[index]
  }

  package func text(_ column: String) throws(StorageError) -> String {
    guard let text = try optionalText(column) else { throw .unexpectedValue(column: column, wanted: "text") }
    return text
  }

  package func optionalText(_ column: String) throws(StorageError) -> String? {
    switch try value(column) {
    case .null: nil
    case .text(let text): text
    case .integer(let number): String(number)
    case .bool(let flag): flag ? "1" : "0"
    case .double(let number): String(number)
    case .bytes: throw .unexpectedValue(column: column, wanted: "text")
    }
  }

  package func integer(_ column: String) throws(StorageError) -> Int {
    guard let number = try optionalInteger(column) else { throw .unexpectedValue(column: column, wanted: "integer") }
    return number
  }

  package func optionalInteger(_ column: String) throws(StorageError) -> Int? {
    switch try value(column) {
    case .null: return nil
    case .integer(let number): return Int(number)
    case .bool(let flag): return flag ? 1 : 0
    case .double(let number) where number == number.rounded() && abs(number) < 9e15: return Int(number)
    case .text(let text): if let number = Int(text) { return number }
    default: break
    }
    throw .unexpectedValue(column: column, wanted: "integer")
  }

  package func integer(at index: Int) -> Int? {
    switch values[index] {
    case .integer(let number): Int(number)
    case .bool(let flag): flag ? 1 : 0
    case .double(let number) where number == number.rounded() && abs(number) < 9e15: Int(number)
    case .text(let text): Int(text)
    default: nil
    }
  }

  package func text(at index: Int) -> String? {
    if case .text(let text) = values[index] { text } else { nil }
  }

  package func double(_ column: String) throws(StorageError) -> Double {
    switch try value(column) {
    case .double(let number): number
    case .integer(let number): Double(number)
    default: throw .unexpectedValue(column: column, wanted: "double")
    }
  }

  package func bool(_ column: String) throws(StorageError) -> Bool { try integer(column) != 0 }

  package func bytes(_ column: String) throws(StorageError) -> [UInt8] {
    guard let bytes = try optionalBytes(column) else { throw .unexpectedValue(column: column, wanted: "bytes") }
    return bytes
  }

  package func optionalBytes(_ column: String) throws(StorageError) -> [UInt8]? {
    switch try value(column) {
    case .null: nil
    case .bytes(let bytes): bytes
    case .text(let text): Array(text.utf8)
    default: throw .unexpectedValue(column: column, wanted: "bytes")
    }
  }

  package func instant(_ column: String) throws(StorageError) -> Instant {
    Instant(milliseconds: Int64(try integer(column)))
  }

  package func optionalInstant(_ column: String) throws(StorageError) -> Instant? {
    try optionalInteger(column).map { Instant(milliseconds: Int64($0)) }
  }

  package func optionalDate(_ column: String) throws(StorageError) -> LocalDate? {
    guard let text = try optionalText(column) else { return nil }
    guard let date = LocalDate(iso: text) else { throw .unexpectedValue(column: column, wanted: "date") }
    return date
  }
}

/// The names of an answer's columns, made once for all its rows.
package final class ColumnNames: Sendable {
  package let names: [String]
  package let index: [String: Int]

  package init(_ names: [String]) {
    self.names = names
    index = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }
}
