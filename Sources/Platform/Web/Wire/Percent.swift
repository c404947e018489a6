/// Percent-encoding (RFC 3986 §2.1) and the form kind of it, strictly.
package enum Percent {
  /// The text behind `bytes`, or nil where an escape is broken, the bytes are not UTF-8 or hold a NUL.
  package static func decode(_ bytes: some Collection<UInt8>, plusIsSpace: Bool = false) -> String? {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      var byte = bytes[index]
      index = bytes.index(after: index)
      if byte == 37 {
        guard index < bytes.endIndex, let high = hex(bytes[index]) else { return nil }
        index = bytes.index(after: index)
        guard index < bytes.endIndex, let low = hex(bytes[index]) else { return nil }
        index = bytes.index(after: index)
        byte = high << 4 | low
      } else if byte == 43, plusIsSpace {
        byte = 32
      }
      if byte == 0 { return nil }
      result.append(byte)
    }
    return String(validating: result, as: UTF8.self)
  }

  /// Everything but letters, digits and `-._~` escaped: right in a path segment, a query value and RFC 5987.
  package static func encode(_ text: some StringProtocol) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case 48...57, 65...90, 97...122, 45, 46, 95, 126: result.append(byte)
      default:
        result.append(37)
        result.append(digits[Int(byte >> 4)])
        result.append(digits[Int(byte & 15)])
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static let digits = Array("0123456789ABCDEF".utf8)

  static func hex(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
  }
}

/// An address inside this site.
package enum LocalPath {
  /// Whether a browser sent to `path` stays on this site: one leading slash, nothing that browsers read as a second one.
  package static func isSafe(_ path: String) -> Bool {
    let bytes = Array(path.utf8)
    guard bytes.count <= 2000, bytes.first == 47 else { return false }
    if bytes.count > 1, bytes[1] == 47 { return false }
    return bytes.allSatisfy { $0 > 32 && $0 < 127 && $0 != 92 }
  }

  /// A path with its query: `LocalPath.make("/ledger", ["q": "MRI 室"])`.
  package static func make(_ path: String, _ query: KeyValuePairs<String, String?>) -> String {
    let parts = query.compactMap { name, value in value.map { "\(Percent.encode(name))=\(Percent.encode($0))" } }
    return parts.isEmpty ? path : "\(path)?\(parts.joined(separator: "&"))"
  }
}
