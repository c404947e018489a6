private import Foundation

extension CP932 {
  /// What to write for a character that the code page does not have. A person chooses; nothing is replaced unasked.
  package enum Substitution: String, Sendable, CaseIterable, Codable {
    /// A similar character where there is one (𠮷 吉, ㋿ 令和, é e), else 〓.
    case similar
    /// 〓, the printers' sign for a missing letter.
    case geta
  }

  /// Writes the text with every unwritable character replaced. `unwritable` still lists each one, for the report.
  package static func encode(_ text: String, substituting: Substitution) -> Encoded {
    let plain = encode(text)
    if plain.unwritable.isEmpty { return plain }
    let places = Set(plain.unwritable.map(\.index))
    var written = ""
    for (index, character) in text.enumerated() {
      if places.contains(index) {
        written += (substituting == .similar ? substitute(for: character) : nil) ?? "〓"
      } else {
        written.append(character)
      }
    }
    return Encoded(bytes: encode(written).bytes, unwritable: plain.unwritable)
  }

  /// A writable text that readers take for the same, or nil. Nil also for characters that need none.
  package static func substitute(for character: Character) -> String? {
    let text = String(character)
    if isWritable(text) { return nil }
    let bare = text.unicodeScalars.filter { !FoldTable.isIgnored($0.value) }
    var usual = String.UnicodeScalarView()
    for scalar in bare {
      switch scalar.value {
      case 0x3094: usual.append("ヴ")
      default:
        let mapped = KanjiVariants.usual[scalar.value].flatMap(Unicode.Scalar.init)
        usual.append(isWritable(String(scalar)) ? scalar : mapped ?? scalar)
      }
    }
    let compatible = String(usual).precomposedStringWithCompatibilityMapping
    // é is e and a mark: without its marks a Latin letter can be written.
    let letters = compatible.decomposedStringWithCanonicalMapping.unicodeScalars.filter {
      $0.properties.canonicalCombiningClass == .notReordered
    }
    return [String(usual), compatible, String(String.UnicodeScalarView(letters))].first {
      !$0.isEmpty && isWritable($0)
    }
  }

  /// What systems write for a character that Shift_JIS does not have.
  private static let marks: Set<Character> = ["?", "？", "〓", "□", "■", "・", "\u{FFFD}"]

  /// Whether `text` is what a system that knows Shift_JIS alone leaves of `whole`: the same, but for each character it does
  /// not have a sign, a sign for each half (as UTF-16 counts), or its usual form. `?野` of 𠮷野; never of 吉野.
  package static func isRemnant(_ text: String, of whole: String) -> Bool {
    guard text != whole, !isWritable(whole) else { return false }
    let text = Array(text)
    // Where the text may go on after each character of the whole: a sign may stand for one or for both halves.
    var places: Set<Int> = [0]
    for character in whole {
      let isLost = !isWritable(String(character))
      let usual = isLost ? substitute(for: character).map(Array.init) : nil
      let isPair = character.unicodeScalars.first.map { $0.value > 0xFFFF } ?? false
      var next: Set<Int> = []
      for place in places where place < text.count {
        if text[place] == character { next.insert(place + 1) }
        guard isLost else { continue }
        if let usual, text[place...].starts(with: usual) { next.insert(place + usual.count) }
        guard marks.contains(text[place]) else { continue }
        next.insert(place + 1)
        if isPair, place + 1 < text.count, text[place + 1] == text[place] { next.insert(place + 2) }
      }
      if next.isEmpty { return false }
      places = next
    }
    return places.contains(text.count)
  }

  private static func isWritable(_ text: String) -> Bool { encode(text).unwritable.isEmpty }
}
