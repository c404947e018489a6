/// A path with a query that links change one part of: sort, page, filter.
/// `Address("/assets", [("q", "CT")]).setting("page", "2").text` is `/assets?q=CT&page=2`.
package struct Address: Sendable, Hashable {
  package struct Part: Sendable, Hashable {
    package let name: String
    package let value: String
  }

  /// Percent-encoded already, as it stands in a link.
  package let path: String
  package private(set) var query: [Part]

  package init(_ path: String, _ query: [(String, String)] = []) {
    self.path = path
    self.query = query.map { Part(name: $0.0, value: $0.1) }
  }

  /// The same address with `name` set to `value`, or without it where `value` is nil or empty.
  package func setting(_ name: String, _ value: String?) -> Address {
    var copy = self
    copy.query.removeAll { $0.name == name }
    if let value, !value.isEmpty { copy.query.append(Part(name: name, value: value)) }
    return copy
  }

  package func removing(_ names: String...) -> Address {
    var copy = self
    copy.query.removeAll { names.contains($0.name) }
    return copy
  }

  package subscript(name: String) -> String? { query.first { $0.name == name }?.value }

  /// For `href`: path and encoded query.
  package var text: String {
    query.isEmpty ? path : path + "?" + queryText
  }

  /// The encoded query without `?`.
  package var queryText: String {
    query.map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }.joined(separator: "&")
  }

  /// One piece of a path or query, percent-encoded (RFC 3986: all but letters, digits and `-._~`).
  package static func encoded(_ text: String) -> String {
    var result: [UInt8] = []
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in text.utf8 {
      switch byte {
      case 48...57, 65...90, 97...122, 45, 46, 95, 126: result.append(byte)
      default: result += [37, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
