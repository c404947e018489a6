import Text

/// Numbers as people write them: `1,234`, `１２台`, `△5`.
enum PlainNumber {
  /// The number in its stored form, from a `Fold.exactKey`.
  static func read(_ key: String) -> String? {
    var bytes = Array(key.utf8.filter { $0 != 44 && $0 != 32 })
    for unit in units where bytes.count > unit.count && bytes.suffix(unit.count).elementsEqual(unit) {
      bytes.removeLast(unit.count)
      break
    }
    guard let first = bytes.first, bytes.count <= 30 else { return nil }
    var sign = ""
    if first == 45 || first == 43 {
      if first == 45 { sign = "-" }
      bytes.removeFirst()
    }
    let parts = bytes.split(separator: 46, omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first, !whole.isEmpty else { return nil }
    guard parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { (48...57).contains($0) } }) else { return nil }
    let kept = whole.drop { $0 == 48 }
    var text = kept.isEmpty ? "0" : String(decoding: kept, as: UTF8.self)
    if parts.count == 2 {
      var fraction = Array(parts[1])
      while fraction.last == 48 { fraction.removeLast() }
      if !fraction.isEmpty { text += "." + String(decoding: fraction, as: UTF8.self) }
    }
    return text == "0" ? "0" : sign + text
  }

  private static let units: [[UInt8]] = [
    "台", "件", "名", "人", "個", "本", "枚", "円", "式", "年", "ヶ月", "%", "回線", "gb", "tb", "mb",
  ]
  .map { Array($0.utf8) }
}

/// Several addresses in one cell, and what people hang on to them.
enum AddressText {
  /// Split at blanks, line breaks, commas, slashes between addresses; `〜` is not a separator.
  static func pieces(_ key: String) -> [String] {
    var pieces: [String] = []
    var piece = ""
    func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.isWhitespace || scalar == "," || scalar == "、" || scalar == ";" || scalar == "・"
        || scalar == "，"
    }
    for scalar in key.unicodeScalars {
      if isSeparator(scalar) {
        if !piece.isEmpty { pieces.append(piece) }
        piece = ""
      } else {
        piece.unicodeScalars.append(scalar)
      }
    }
    if !piece.isEmpty { pieces.append(piece) }
    // `10.0.0.1/10.0.0.2` is two, `10.0.0.1/24` is one.
    return pieces.flatMap { piece -> [String] in
      let halves = piece.split(separator: "/")
      return halves.count > 1 && halves.allSatisfy({ $0.contains(".") || $0.contains(":") })
        ? halves.map(String.init) : [piece]
    }
  }

  static func firstPiece(_ key: String) -> String {
    if key.utf8.contains(where: { $0 == 32 || $0 == 10 || $0 == 44 || $0 == 47 || $0 == 59 || $0 >= 128 }) {
      // A MAC address may be written with blanks.
      if MACAddress(reading: key) != nil { return key }
      return pieces(key).first ?? key
    }
    return key
  }

  /// `10.0.0.1/24` and `10.0.0.1:8080` and 「10.0.0.1(固定)」 without what follows the address.
  static func withoutSuffix(_ piece: String) -> String? {
    if let end = piece.firstIndex(where: { $0 == "/" || $0 == "(" || $0 == "（" }), end > piece.startIndex {
      return String(piece[..<end])
    }
    let colons = piece.utf8.reduce(0) { $0 + ($1 == 58 ? 1 : 0) }
    if colons == 1, piece.contains("."), let end = piece.firstIndex(of: ":") { return String(piece[..<end]) }
    return nil
  }
}

enum PhoneText {
  static func looksLikePhone(_ key: String) -> Bool {
    var digits = 0
    var signs = 0
    for byte in key.utf8 {
      switch byte {
      case 48...57: digits += 1
      case 45, 40, 41, 43, 32: signs += 1
      default: return key.hasPrefix("内線") || key.hasPrefix("phs")
      }
    }
    return (9...13).contains(digits) && (key.utf8.first == 48 || key.utf8.first == 43) && (signs > 0 || digits >= 10)
  }

  /// An extension or a number without its area: digits and signs, at most two words in front.
  static func isDialled(_ key: String) -> Bool {
    let digits = key.utf8.reduce(0) { $0 + ((48...57).contains($1) ? 1 : 0) }
    guard (2...13).contains(digits) else { return false }
    if key.utf8.allSatisfy({ (48...57).contains($0) || [45, 40, 41, 43, 32].contains($0) }) { return true }
    return key.hasPrefix("内線") || key.hasPrefix("phs") || key.hasPrefix("tel")
  }

  /// Every sign between digits that people type for a hyphen becomes one.
  static func hyphened(_ text: String) -> String {
    String(
      text.map { character in
        ["ー", "‐", "−", "–", "—", "―", "－", "ｰ"].contains(character) ? "-" : character
      }
    )
  }
}

enum EmailText {
  /// One `@`, something before it, and a domain with a point.
  static func isAddress(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: 64, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, parts[1].count >= 3, text.utf8.count <= 254 else { return false }
    guard text.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != 44 && $0 != 59 && $0 != 60 && $0 != 62 }) else {
      return false
    }
    guard let point = parts[1].lastIndex(of: 46) else { return false }
    return point > parts[1].startIndex && parts[1].index(after: point) < parts[1].endIndex
  }
}
