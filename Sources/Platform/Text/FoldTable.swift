/// What folding makes of each character of the basic plane, worked out once: every character costs one look-up.
struct FoldTable: Sendable {
  static let shared = FoldTable()

  // The kind of step, in the upper eight bits; the lower ones hold a scalar or an index.
  static let unknown: UInt32 = 0
  static let one: UInt32 = 1
  static let drop: UInt32 = 2
  static let several: UInt32 = 3
  static let voicing: UInt32 = 4

  private var steps: [UInt32]
  private(set) var expansions: [[UInt32]] = []

  /// Scalars beyond the basic plane that a variant maps.
  private var beyond: [UInt32: UInt32]

  @inline(__always)
  func step(_ scalar: UInt32) -> UInt32 {
    scalar < 0x10000 ? steps[Int(scalar)] : stepBeyond(scalar)
  }

  private func stepBeyond(_ scalar: UInt32) -> UInt32 {
    if Self.isIgnored(scalar) { return Self.drop << 24 }
    if let usual = beyond[scalar] { return Self.one << 24 | usual }
    // Ideographs of planes 2 and 3 stand for themselves, but for the compatibility ideographs.
    return (0x20000...0x2f7ff).contains(scalar) || (0x30000...0x3ffff).contains(scalar) ? Self.one << 24 | scalar : 0
  }

  private init() {
    steps = Array(repeating: 0, count: 0x10000)
    let variants = KanjiVariants.usual
    beyond = variants.filter { $0.key >= 0x10000 }
    var compatible: [UInt32: [UInt32]] = [:]
    for pair in Compatibility.pairs.unicodeScalars.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      if let first = pair.first { compatible[first.value] = pair.dropFirst().map(\.value) }
    }
    for block in Self.blocks {
      for value in block { set(value, compatible: compatible[value], variants: variants) }
    }
    for value in UInt32(0)..<0x10000 where Self.isIgnored(value) { steps[Int(value)] = Self.drop << 24 }
    for (mark, combining) in [(0x3099, 0x3099), (0x309a, 0x309a), (0x309b, 0x3099), (0x309c, 0x309a)]
      + [(0xff9e, 0x3099), (0xff9f, 0x309a)]
    {
      steps[mark] = Self.voicing << 24 | UInt32(combining)
    }
  }

  private mutating func set(_ value: UInt32, compatible: [UInt32]?, variants: [UInt32: UInt32]) {
    guard let scalar = Unicode.Scalar(value) else { return }
    if value == 0x30fb {
      steps[Int(value)] = Self.drop << 24
      return
    }
    let full: [UInt32]? = (0xff01...0xff5e).contains(value) ? [value - 0xfee0] : compatible
    if full == nil {
      let properties = scalar.properties
      // Marks that join, unassigned characters, and what NFKC changes though the pairs do not say so: the slow way.
      if properties.canonicalCombiningClass.rawValue != 0 || properties.generalCategory == .unassigned { return }
      if properties.changesWhenNFKCCaseFolded, properties.lowercaseMapping == String(scalar), value != 0xdf { return }
    }
    var folded: [UInt32] = []
    for part in full ?? [value] {
      let usual = variants[part] ?? part
      guard let letter = Unicode.Scalar(usual) else { continue }
      for small in value == 0xdf ? "ss".unicodeScalars : letter.properties.lowercaseMapping.unicodeScalars {
        if Self.isIgnored(small.value) || small.value == 0x30fb { continue }
        folded.append(Self.plain(small.value))
      }
    }
    // A mark that joins may have to change places with the next one: İ, whose small form has a dot above.
    if folded.contains(where: { Unicode.Scalar($0)?.properties.canonicalCombiningClass != .notReordered }) { return }
    if folded.isEmpty {
      steps[Int(value)] = Self.drop << 24
    } else if folded.count == 1 {
      steps[Int(value)] = Self.one << 24 | folded[0]
    } else {
      steps[Int(value)] = Self.several << 24 | UInt32(expansions.count)
      expansions.append(folded)
    }
  }

  /// Katakana to hiragana by code point, and hyphens of all kinds to one.
  private static func plain(_ value: UInt32) -> UInt32 {
    switch value {
    case 0x30a1...0x30f6, 0x30fd, 0x30fe: value - 0x60
    case 0x3c2: 0x3c3
    default: Width.isDash(value) ? 0x2d : value
    }
  }

  private static let blocks: [ClosedRange<UInt32>] = [
    0x0...0x2ff, 0x370...0x482, 0x48a...0x52f, 0x2000...0x2bff, 0x2e80...0x2fdf, 0x3000...0x3130, 0x3190...0x9fff,
    0xe000...0xfaff, 0xfe30...0xfe6f, 0xff00...0xffef,
  ]

  /// What a reader does not see: blanks, variation selectors, marks of width zero.
  static func isIgnored(_ value: UInt32) -> Bool {
    switch value {
    case 9...13, 32, 0x85, 0xa0, 0xad, 0x1680, 0x2000...0x200f, 0x2028...0x202f, 0x205f...0x2064, 0x3000,
      0xfe00...0xfe0f,
      0xfeff, 0xe0100...0xe01ef, 0x180b...0x180e:
      true
    default: false
    }
  }

  /// Hiragana, the katakana that have no hiragana, ー and the iteration marks.
  static func isKana(_ value: UInt32) -> Bool {
    switch value {
    case 0x3041...0x3096, 0x309d...0x309f, 0x30a1...0x30fa, 0x30fc...0x30ff, 0x31f0...0x31ff: true
    default: false
    }
  }

  /// ASCII letters (folded) and digits.
  static func isWord(_ value: UInt32) -> Bool { (48...57).contains(value) || (97...122).contains(value) }

  /// The kana that a folded kana and a following voicing mark make together, or nil when they make none.
  static func voiced(_ kana: UInt32, by mark: UInt32) -> UInt32? {
    if mark == 0x309a { return [0x306f, 0x3072, 0x3075, 0x3078, 0x307b].contains(kana) ? kana + 2 : nil }
    switch kana {
    case 0x3046: return 0x3094
    case 0x304b, 0x304d, 0x304f, 0x3051, 0x3053, 0x3055, 0x3057, 0x3059, 0x305b, 0x305d, 0x305f, 0x3061, 0x3064, 0x3066,
      0x3068, 0x306f, 0x3072, 0x3075, 0x3078, 0x307b, 0x309d:
      return kana + 1
    case 0x30ef...0x30f2: return kana + 8
    default: return nil
    }
  }
}
