/// A piece of a page. Written as a literal, `"<td>\(asset.name)</td>"`, in which every value is escaped; only another `HTML`
/// passes as it is. Text and quoted attributes are one escaping; no script or style context exists.
package struct HTML: Sendable, ExpressibleByStringInterpolation {
  /// UTF-8 of the piece.
  package var bytes: [UInt8]

  package init(bytes: [UInt8]) { self.bytes = bytes }

  package init(stringLiteral value: String) { bytes = Array(value.utf8) }

  package init(stringInterpolation: StringInterpolation) { bytes = stringInterpolation.bytes }

  /// A text, escaped.
  package init(text: String) {
    bytes = []
    bytes.appendEscaped(text)
  }

  package init(text: some StringProtocol) { self.init(text: String(text)) }

  package static let empty = HTML(bytes: [])

  package var isEmpty: Bool { bytes.isEmpty }

  package var string: String { String(decoding: bytes, as: UTF8.self) }

  package static func + (left: HTML, right: HTML) -> HTML { HTML(bytes: left.bytes + right.bytes) }

  package static func += (left: inout HTML, right: HTML) { left.bytes += right.bytes }

  package struct StringInterpolation: StringInterpolationProtocol {
    var bytes: [UInt8] = []

    package init(literalCapacity: Int, interpolationCount: Int) {
      bytes.reserveCapacity(literalCapacity + interpolationCount * 24)
    }

    package mutating func appendLiteral(_ literal: String) { bytes.append(contentsOf: literal.utf8) }

    package mutating func appendInterpolation(_ text: String) { bytes.appendEscaped(text) }

    package mutating func appendInterpolation(_ text: String?) {
      if let text { bytes.appendEscaped(text) }
    }

    package mutating func appendInterpolation(_ text: some StringProtocol) { bytes.appendEscaped(String(text)) }

    package mutating func appendInterpolation(_ text: (some StringProtocol)?) {
      if let text { bytes.appendEscaped(String(text)) }
    }

    package mutating func appendInterpolation(_ number: Int) { bytes.append(contentsOf: String(number).utf8) }

    package mutating func appendInterpolation(_ html: HTML) { bytes += html.bytes }

    package mutating func appendInterpolation(_ html: HTML?) {
      if let html { bytes += html.bytes }
    }

    package mutating func appendInterpolation(_ parts: [HTML]) {
      for part in parts { bytes += part.bytes }
    }

    /// One piece for each element: `\(each: assets, row)`.
    package mutating func appendInterpolation<S: Sequence>(each elements: S, _ piece: (S.Element) -> HTML) {
      for element in elements { bytes += piece(element).bytes }
    }

    /// An attribute only where the condition holds: `<option\(if: chosen, " selected")>`.
    package mutating func appendInterpolation(if condition: Bool, _ piece: @autoclosure () -> HTML) {
      if condition { bytes += piece().bytes }
    }
  }
}

extension [UInt8] {
  /// Appends `text` with `& < > " '` as entities, and without the controls that HTML forbids. A page is made of thousands
  /// of texts with nothing to escape, so what lies between two escapes goes over in one piece.
  mutating func appendEscaped(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var plain = 0
      for (index, byte) in bytes.enumerated() where Self.isEscaped(byte) {
        append(contentsOf: bytes[plain..<index])
        appendEntity(byte)
        plain = index + 1
      }
      append(contentsOf: bytes[plain...])
    }
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    switch byte {
    case 34, 38, 39, 60, 62, 127: true
    case 9, 10, 13: false
    default: byte < 32
    }
  }

  private mutating func appendEntity(_ byte: UInt8) {
    switch byte {
    case 38: append(contentsOf: "&amp;".utf8)
    case 60: append(contentsOf: "&lt;".utf8)
    case 62: append(contentsOf: "&gt;".utf8)
    case 34: append(contentsOf: "&quot;".utf8)
    case 39: append(contentsOf: "&#39;".utf8)
    default: append(contentsOf: "\u{FFFD}".utf8)
    }
  }
}

extension Sequence<HTML> {
  package func joined(separator: HTML = .empty) -> HTML {
    var result: [UInt8] = []
    for (index, piece) in enumerated() {
      if index > 0 { result += separator.bytes }
      result += piece.bytes
    }
    return HTML(bytes: result)
  }
}
