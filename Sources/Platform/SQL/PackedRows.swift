/// Many rows for one `insert`, their values side by side in one piece of memory: thousands of rows are made without an
/// allocation for each value, on any thread, and a driver binds them where they lie.
package struct PackedRows: Sendable {
  /// Where one value lies.
  package struct Value: Sendable {
    package enum Kind: UInt8, Sendable { case null, integer, text, bytes }

    package let kind: Kind
    /// How many bytes a text or bytes have.
    package let count: Int
    /// The integer itself, or where in `bytes` the value begins.
    package let place: Int64
  }

  /// Values in a row.
  package let width: Int
  /// Those of the first row, then those of the second.
  package private(set) var values: [Value] = []
  /// Texts as UTF-8.
  package private(set) var bytes: [UInt8] = []

  package init(width: Int, rows: Int = 0, bytes: Int = 0) {
    precondition(width > 0, "a row has values")
    self.width = width
    values.reserveCapacity(rows * width)
    self.bytes.reserveCapacity(bytes)
  }

  /// Whole rows so far.
  package var count: Int { values.count / width }

  /// Whether the last row has all its values.
  package var isWhole: Bool { values.count.isMultiple(of: width) }

  package mutating func appendNull() { values.append(Value(kind: .null, count: 0, place: 0)) }

  package mutating func append(_ integer: Int64) { values.append(Value(kind: .integer, count: 0, place: integer)) }

  package mutating func append(_ text: String) {
    appendText { bytes in
      var text = text
      text.withUTF8 { bytes.append(contentsOf: $0) }
    }
  }

  package mutating func append(_ text: String?) {
    if let text { append(text) } else { appendNull() }
  }

  /// Bytes, which are no text.
  package mutating func append(bytes value: some Collection<UInt8>) {
    values.append(Value(kind: .bytes, count: value.count, place: Int64(bytes.count)))
    bytes.append(contentsOf: value)
  }

  /// A text that `write` appends to the bytes, as well-formed UTF-8. It must leave alone what is there already.
  package mutating func appendText(_ write: (inout [UInt8]) -> Void) {
    let start = bytes.count
    write(&bytes)
    values.append(Value(kind: .text, count: bytes.count - start, place: Int64(start)))
  }

  /// The bytes of the value that was appended last.
  package var last: ArraySlice<UInt8> {
    guard let value = values.last, value.kind == .text || value.kind == .bytes else { return [] }
    return bytes[Int(value.place)..<(Int(value.place) + value.count)]
  }

  /// One row as values of their own.
  package subscript(row: Int) -> [SQLValue] {
    values[(row * width)..<((row + 1) * width)].map { value in
      let slice = { bytes[Int(value.place)..<(Int(value.place) + value.count)] }
      return switch value.kind {
      case .null: .null
      case .integer: .integer(value.place)
      case .text: .text(String(decoding: slice(), as: UTF8.self))
      case .bytes: .bytes(Array(slice()))
      }
    }
  }
}
