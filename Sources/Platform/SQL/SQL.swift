import Time

/// A statement whose values are bound, never spliced. Written as a literal: `"SELECT id FROM asset WHERE name = \(name)"`.
/// Text reaches the statement unbound only through `\(raw:)` and `\(name:)`, which a search finds.
///
/// Integers are bound as 64 bits. Where PostgreSQL wants 32 (`substr`, `round`), write `CAST(\(n) AS integer)`.
package struct SQL: Sendable, Hashable, ExpressibleByStringInterpolation {
  package enum Piece: Sendable, Hashable {
    case text(String)
    case value(SQLValue)
    case type(ColumnType)
  }

  package var pieces: [Piece]

  package init(stringLiteral value: String) { pieces = [.text(value)] }

  package init(stringInterpolation: StringInterpolation) { pieces = stringInterpolation.pieces }

  package init(pieces: [Piece]) { self.pieces = pieces }

  package static func + (left: SQL, right: SQL) -> SQL { SQL(pieces: left.pieces + right.pieces) }

  package struct StringInterpolation: StringInterpolationProtocol {
    var pieces: [Piece] = []

    package init(literalCapacity: Int, interpolationCount: Int) { pieces.reserveCapacity(interpolationCount * 2 + 1) }

    package mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { pieces.append(.text(literal)) }
    }

    package mutating func appendInterpolation(_ value: some SQLConvertible) { pieces.append(.value(value.sqlValue)) }

    package mutating func appendInterpolation(_ value: (some SQLConvertible)?) {
      pieces.append(.value(value?.sqlValue ?? .null))
    }

    package mutating func appendInterpolation(_ sql: SQL) { pieces += sql.pieces }

    /// A column's type, printed as each engine names it.
    package mutating func appendInterpolation(_ type: ColumnType) { pieces.append(.type(type)) }

    /// Bound values with commas between, for `IN (…)`. An empty list prints NULL, which matches nothing.
    package mutating func appendInterpolation(list: [some SQLConvertible]) {
      if list.isEmpty { pieces.append(.text("NULL")) }
      for (index, value) in list.enumerated() {
        if index > 0 { pieces.append(.text(", ")) }
        pieces.append(.value(value.sqlValue))
      }
    }

    /// The name of a table or column, which must come from the program's own lists: lower-case letters, digits, `_`, `.`.
    package mutating func appendInterpolation(name: String) {
      precondition(
        !name.isEmpty
          && name.utf8.allSatisfy { ($0 >= 97 && $0 <= 122) || ($0 >= 48 && $0 <= 57) || $0 == 95 || $0 == 46 },
        "a name in SQL has only lower-case letters, digits, _ and ."
      )
      pieces.append(.text(name))
    }

    /// Text that goes into the statement as it is. Never for anything from outside.
    package mutating func appendInterpolation(raw: String) { pieces.append(.text(raw)) }
  }
}

extension [SQL] {
  package func joined(separator: String) -> SQL {
    var pieces: [SQL.Piece] = []
    for (index, part) in enumerated() {
      if index > 0 { pieces.append(.text(separator)) }
      pieces += part.pieces
    }
    return SQL(pieces: pieces)
  }
}

/// The column types, each named by the engine: `"at \(.instant) NOT NULL"`.
package enum ColumnType: Sendable, Hashable {
  case text, integer, bool, double, bytes
  /// Milliseconds of UTC as a 64-bit integer.
  case instant
  /// `STRICT` after a table's parenthesis on SQLite, nothing on PostgreSQL.
  case strict
}

/// A value as a database holds it.
package enum SQLValue: Sendable, Hashable {
  case null
  case text(String)
  case integer(Int64)
  case double(Double)
  case bool(Bool)
  case bytes([UInt8])
}

/// What can be bound.
package protocol SQLConvertible {
  var sqlValue: SQLValue { get }
}

extension SQLValue: SQLConvertible { package var sqlValue: SQLValue { self } }
extension String: SQLConvertible { package var sqlValue: SQLValue { .text(self) } }
extension Int: SQLConvertible { package var sqlValue: SQLValue { .integer(Int64(self)) } }
extension Int64: SQLConvertible { package var sqlValue: SQLValue { .integer(self) } }
extension Bool: SQLConvertible { package var sqlValue: SQLValue { .bool(self) } }
extension Double: SQLConvertible { package var sqlValue: SQLValue { .double(self) } }
extension [UInt8]: SQLConvertible { package var sqlValue: SQLValue { .bytes(self) } }
extension Instant: SQLConvertible { package var sqlValue: SQLValue { .integer(milliseconds) } }
extension LocalDate: SQLConvertible { package var sqlValue: SQLValue { .text(iso) } }
extension RawRepresentable where Self: SQLConvertible, RawValue: SQLConvertible {
  package var sqlValue: SQLValue { rawValue.sqlValue }
}
