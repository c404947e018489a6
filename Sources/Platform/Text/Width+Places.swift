extension Width {
  /// The room a text takes, in widths of a digit: full-width characters count 2, marks that join the character before them
  /// 0. Of several lines the longest counts.
  package static func places(_ text: String) -> Int {
    var longest = 0
    var current = 0
    for scalar in text.unicodeScalars {
      if scalar == "\n" {
        longest = max(longest, current)
        current = 0
      } else {
        current += places(scalar)
      }
    }
    return max(longest, current)
  }

  /// As much of a text as fits into so many places, with … behind what was cut.
  package static func cut(_ text: String, to most: Int) -> String {
    var used = 0
    var short = ""
    for character in text {
      used += character.unicodeScalars.reduce(0) { max($0, places($1)) }
      if used > most { return short + "…" }
      short.append(character)
    }
    return short
  }

  private static func places(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0..<0x300: 1
    case 0x300..<0x370, 0x200b...0x200f, 0x3099, 0x309a, 0xfe00...0xfe0f, 0xe0100...0xe01ef: 0
    case 0xff61...0xffdc, 0x370..<0x1100: 1
    default: 2
    }
  }
}
