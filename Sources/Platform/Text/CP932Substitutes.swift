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

  private static func isWritable(_ text: String) -> Bool { encode(text).unwritable.isEmpty }
}
