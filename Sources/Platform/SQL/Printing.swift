/// A statement as one engine reads it, with the values in the order of their places.
package struct PrintedSQL: Sendable, Hashable {
  package let text: String
  package let values: [SQLValue]
  /// Which values stand before `IS`, where PostgreSQL cannot guess a type from the other side.
  package let standsAlone: [Bool]
}

extension SQL {
  /// Prints placeholders and type names as `engine` writes them.
  package func printed(for engine: Engine) -> PrintedSQL {
    var text = ""
    var values: [SQLValue] = []
    var standsAlone: [Bool] = []
    for (index, piece) in pieces.enumerated() {
      switch piece {
      case .text(let part): text += part
      case .type(let type): text += type.name(on: engine)
      case .value(let value):
        values.append(value)
        standsAlone.append(followedByIs(index))
        switch engine {
        case .sqlite: text += "?"
        case .postgres: text += "$\(values.count)"
        }
      }
    }
    return PrintedSQL(text: text, values: values, standsAlone: standsAlone)
  }

  private func followedByIs(_ index: Int) -> Bool {
    guard index + 1 < pieces.count, case .text(let next) = pieces[index + 1] else { return false }
    return next.hasPrefix(" IS ")
  }
}

extension ColumnType {
  package func name(on engine: Engine) -> String {
    switch (self, engine) {
    case (.text, _): "text"
    case (.integer, .sqlite), (.instant, .sqlite), (.bool, .sqlite): "integer"
    case (.integer, .postgres), (.instant, .postgres): "bigint"
    case (.bool, .postgres): "boolean"
    case (.double, .sqlite): "real"
    case (.double, .postgres): "double precision"
    case (.bytes, .sqlite): "blob"
    case (.bytes, .postgres): "bytea"
    case (.strict, .sqlite): "STRICT"
    case (.strict, .postgres): ""
    }
  }
}

extension SQL.StringInterpolation {
  /// `"name_key \(contains: key)"`: the column holds the text, every character of it meant literally.
  package mutating func appendInterpolation(contains text: String) { like("%" + likeLiteral(text) + "%") }

  /// `"number_key \(startsWith: key)"`.
  package mutating func appendInterpolation(startsWith text: String) { like(likeLiteral(text) + "%") }

  private mutating func like(_ pattern: String) {
    appendLiteral("LIKE ")
    appendInterpolation(pattern)
    appendLiteral(" ESCAPE '\\'")
  }
}

/// The text with `%`, `_` and `\` escaped, for a `LIKE … ESCAPE '\'`.
package func likeLiteral(_ text: String) -> String {
  guard text.utf8.contains(where: { $0 == 0x25 || $0 == 0x5f || $0 == 0x5c }) else { return text }
  var bytes: [UInt8] = []
  for byte in text.utf8 {
    if byte == 0x25 || byte == 0x5f || byte == 0x5c { bytes.append(0x5c) }
    bytes.append(byte)
  }
  return String(decoding: bytes, as: UTF8.self)
}

/// The table that a statement writes, for errors whose engine does not name one.
package func writtenTable(of text: String) -> String {
  var previous = ""
  for word in text.utf8.split(whereSeparator: { $0 <= 32 || $0 == 0x28 }).prefix(4096) {
    let current = String(decoding: word, as: UTF8.self)
    switch previous.uppercased() {
    case "INTO", "UPDATE": return current
    case "FROM" where text.utf8.starts(with: "DELETE".utf8): return current
    default: previous = current
    }
  }
  return ""
}
