/// Full and half width.
package enum Width {
  /// The text with full-width ASCII made half width, the wide blank a space, and dashes of any kind (also ー) between
  /// ASCII letters or digits a hyphen. For numbers, addresses, telephone and mail, which are stored half width
  /// whatever the keyboard was set to. Free text is never changed.
  package static func halved(_ text: String) -> String {
    if isHalf(text) { return text }
    var scalars: [Unicode.Scalar] = []
    scalars.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0xff01...0xff5e: scalars.append(Unicode.Scalar(UInt8(scalar.value - 0xfee0)))
      case 0x3000, 0xa0: scalars.append(" ")
      case 0xfe00...0xfe0f, 0x200b...0x200f, 0x2060, 0xfeff: continue
      default: scalars.append(scalar)
      }
    }
    for index in scalars.indices.dropFirst().dropLast()
    where (isDash(scalars[index].value) || scalars[index].value == 0x30fc || scalars[index].value == 0xff70)
      && isWord(scalars[index - 1]) && isWord(scalars[index + 1])
    {
      scalars[index] = "-"
    }
    var halved = String.UnicodeScalarView()
    halved.append(contentsOf: scalars)
    return String(halved)
  }

  /// Whether nothing in the text is to be halved, as in most texts.
  private static func isHalf(_ text: String) -> Bool {
    var isBehindWord = false
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0..<0x80: isBehindWord = isWord(scalar)
      case 0xff01...0xff5e, 0x3000, 0xa0, 0xfe00...0xfe0f, 0x200b...0x200f, 0x2060, 0xfeff: return false
      default:
        if isBehindWord, isDash(scalar.value) || scalar.value == 0x30fc || scalar.value == 0xff70 { return false }
        isBehindWord = false
      }
    }
    return true
  }

  /// The text without blanks at either end, wide ones included: what is saved of what a person typed.
  package static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    func blank(_ scalar: Unicode.Scalar) -> Bool {
      scalar.value < 128
        ? scalar.value == 32 || (9...13).contains(scalar.value)
        : FoldTable.isIgnored(scalar.value) && scalar.value != 0xad && !isSelector(scalar.value)
    }
    guard let first = scalars.first, let last = scalars.last else { return text }
    if !blank(first), !blank(last) { return text }
    guard let start = scalars.firstIndex(where: { !blank($0) }), let end = scalars.lastIndex(where: { !blank($0) })
    else { return "" }
    return String(scalars[start...end])
  }

  private static func isSelector(_ value: UInt32) -> Bool {
    (0xfe00...0xfe0f).contains(value) || value >= 0x180b && value <= 0x180d || value >= 0xe0100
  }

  /// Whether the character is one of the signs people type for a hyphen. Not ー, which is a letter.
  static func isDash(_ value: UInt32) -> Bool {
    switch value {
    case 0x2d, 0x2010...0x2015, 0x2043, 0x207b, 0x208b, 0x2212, 0x2500, 0x2501, 0xfe58, 0xfe63, 0xff0d, 0x2d7: true
    default: false
    }
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 48...57, 65...90, 97...122: true
    default: false
    }
  }
}
