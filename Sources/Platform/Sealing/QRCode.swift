import CQREncode

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A QR code with error correction M (a seventh may be lost), as the squares it is made of.
package struct QRCode: Sendable, Hashable {
  /// Squares along one side, without the margin.
  package let size: Int
  /// Row by row from the upper left, true is dark.
  package let modules: [Bool]

  /// Nil where the text is empty or longer than a code holds (2,331 bytes).
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty, bytes.count <= 2331,
      let code = QRcode_encodeData(Int32(bytes.count), bytes, 0, QR_ECLEVEL_M)
    else { return nil }
    defer { QRcode_free(code) }
    guard let data = code.pointee.data, code.pointee.width > 0 else { return nil }
    size = Int(code.pointee.width)
    modules = (0..<size * size).map { data[$0] & 1 == 1 }
  }

  /// The quiet zone the standard wants around the code, in squares.
  package static let margin = 4

  /// The `viewBox` of the drawing: side length with the margin.
  package var side: Int { size + 2 * Self.margin }

  /// The dark squares as the `d` of an SVG path to be stroked one unit wide, margin included: `M4 4.5h7m3 0h1…`, a line
  /// a row. Half as long as the same squares filled.
  package var svgPath: String {
    var path = ""
    for row in 0..<size {
      var column = 0
      var end: Int?
      while column < size {
        guard modules[row * size + column] else {
          column += 1
          continue
        }
        let start = column
        while column < size, modules[row * size + column] { column += 1 }
        path += end.map { "m\(start - $0) 0" } ?? "M\(start + Self.margin) \(row + Self.margin).5"
        path += "h\(column - start)"
        end = column
      }
    }
    return path
  }
}
