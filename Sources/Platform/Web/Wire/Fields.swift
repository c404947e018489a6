/// Named texts in their order, as a query or a form carries them. A name may come several times.
package struct Fields: Sendable, Hashable {
  package struct Field: Sendable, Hashable {
    package let name: String
    package let value: String
  }

  package let fields: [Field]
  private let places: [String: [Int]]

  package init(_ fields: [(String, String)] = []) {
    self.fields = fields.map { Field(name: $0.0, value: $0.1) }
    var places: [String: [Int]] = [:]
    for (index, field) in self.fields.enumerated() { places[field.name, default: []].append(index) }
    self.places = places
  }

  /// The first value of that name.
  package subscript(name: String) -> String? { places[name]?.first.map { fields[$0].value } }

  package func all(_ name: String) -> [String] { places[name]?.map { fields[$0].value } ?? [] }

  package func contains(_ name: String) -> Bool { places[name] != nil }

  /// The first value without white space around it, also the wide one (U+3000); empty where there is none.
  package func text(_ name: String) -> String { self[name].map(trimmingWhiteSpace) ?? "" }

  /// Reads `a=1&b=2`. Throws a 400 that names the field.
  init(urlEncoded bytes: some Collection<UInt8>, limit: Int) throws(WebError) {
    var fields: [(String, String)] = []
    for pair in bytes.split(separator: 38, omittingEmptySubsequences: true) {
      guard fields.count < limit else { throw .tooManyFields(limit) }
      let equals = pair.firstIndex(of: 61) ?? pair.endIndex
      guard let name = Percent.decode(pair[..<equals], plusIsSpace: true) else { throw .unreadableField(nil) }
      let rest = equals == pair.endIndex ? pair[equals...] : pair[pair.index(after: equals)...]
      guard let value = Percent.decode(rest, plusIsSpace: true) else { throw .unreadableField(name) }
      fields.append((name, normalisingNewlines(value)))
    }
    self.init(fields)
  }
}

/// White space as people type it: ASCII, and the wide space.
func trimmingWhiteSpace(_ text: String) -> String {
  let scalars = text.unicodeScalars
  guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }) else { return "" }
  guard let last = scalars.lastIndex(where: { !$0.properties.isWhitespace }) else { return "" }
  return String(scalars[first...last])
}

/// Browsers send CR LF; the program keeps LF.
func normalisingNewlines(_ text: String) -> String {
  guard text.utf8.contains(13) else { return text }
  var result: [UInt8] = []
  result.reserveCapacity(text.utf8.count)
  var previous: UInt8 = 0
  for byte in text.utf8 {
    if byte == 13 {
      result.append(10)
    } else if byte != 10 || previous != 13 {
      result.append(byte)
    }
    previous = byte
  }
  return String(decoding: result, as: UTF8.self)
}
