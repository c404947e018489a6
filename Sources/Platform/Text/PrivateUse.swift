/// 外字: characters a site made for itself. Other machines show them as blanks or as something else, so pages mark them
/// and the quality list of the ledger names them.
package enum PrivateUse {
  package struct Position: Sendable, Hashable {
    /// Place in the text, counted in characters from 0.
    package let index: Int
    package let character: Character
    /// U+E000
    package let code: String
  }

  /// Every private-use character of the text.
  package static func positions(in text: String) -> [Position] {
    // No byte below EE starts a private-use character.
    if text.utf8.allSatisfy({ $0 < 0xee }) { return [] }
    var positions: [Position] = []
    for (index, character) in text.enumerated() {
      for scalar in character.unicodeScalars where isPrivate(scalar) {
        let hex = String(scalar.value, radix: 16, uppercase: true)
        positions.append(Position(index: index, character: character, code: "U+\(hex)"))
        break
      }
    }
    return positions
  }

  package static func contains(_ text: String) -> Bool { !positions(in: text).isEmpty }

  private static func isPrivate(_ scalar: Unicode.Scalar) -> Bool {
    (0xe000...0xf8ff).contains(scalar.value) || scalar.value >= 0xf0000
  }
}
