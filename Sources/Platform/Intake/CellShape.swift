import Tabular
import Text

/// What the text of a cell looks like, found on its bytes.
enum CellShape {
  /// Could stand at the head of a column: a short text that is no number, date or address.
  static func isHeaderLike(_ cell: CellValue) -> Bool {
    guard case .text(let text) = cell else { return cell.isEmpty }
    let bytes = text.utf8
    guard bytes.count <= 300 else { return false }
    let digits = bytes.reduce(0) { $0 + ((48...57).contains($1) ? 1 : 0) }
    // `2026/11/21`, `10.20.0.5`, `KZ00001`: more digits than a header has.
    if digits >= 4 || digits * 2 > bytes.count { return false }
    if bytes.contains(64) { return false }
    return true
  }

  /// Whether there is a digit, of half or full width.
  static func hasDigit(_ text: String) -> Bool {
    var last: (UInt8, UInt8) = (0, 0)
    for byte in text.utf8 {
      if (48...57).contains(byte) { return true }
      // ０ to ９ are EF BC 90 to EF BC 99.
      if last == (0xef, 0xbc), (0x90...0x99).contains(byte) { return true }
      last = (last.1, byte)
    }
    return false
  }

  /// `KZ00001`, `PC-0012`, `12345`: letters, digits and signs with at least so many digits.
  static func isIdentifier(_ text: String, digits fewest: Int = 2) -> Bool {
    let halved = Width.halved(text)
    var digits = 0
    for byte in halved.utf8 {
      switch byte {
      case 48...57: digits += 1
      case 65...90, 97...122, 45, 46, 47, 95, 35, 32: continue
      default:
        if byte < 128 { return false }
        // A wide letter in front, as in 「器0012」, is common; a sentence is not.
        if halved.utf8.count > 24 { return false }
      }
    }
    return digits >= fewest
  }
}
