/// The order of readings (フリガナ), as in an index of names: by the fifty sounds, voiced after unvoiced, ー read as the
/// vowel before it. Hiragana and katakana stand at the same place. It agrees with ICU's `ja_JP` order on kana and, like
/// that, differs from JIS X 4061 in small things. Kanji cannot be sorted by reading and follow all kana.
package enum ReadingOrder {
  /// Whether the reading `a` stands before `b`. Empty readings come last; equal readings keep their order.
  package static func isBefore(_ a: String, _ b: String) -> Bool { bytesPrecede(key(a), key(b)) }

  /// A key whose bytes sort in this order; for a column of the database, or to sort a list once.
  package static func key(_ reading: String) -> String {
    let letters = Array(Fold.key(reading).unicodeScalars)
    if letters.isEmpty { return "\u{10ffff}" }
    var sounds = String.UnicodeScalarView()
    var voices: [UInt8] = []
    var sizes: [UInt8] = []
    var vowel: Unicode.Scalar?
    for letter in letters {
      let sound = Self.sound(letter, after: vowel)
      sounds.append(sound.base)
      voices.append(sound.voice)
      sizes.append(sound.size)
      vowel = Self.vowel(of: sound.base)
    }
    // Sounds decide first, then voicing, then size; a blank sorts before every sound.
    return "\(String(sounds)) \(String(decoding: voices, as: UTF8.self)) \(String(decoding: sizes, as: UTF8.self))"
  }

  /// フリガナ in one form: full-width katakana without blanks at the ends. Other characters stay.
  package static func normalised(_ reading: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in Width.trimmed(Kana.widened(reading)).unicodeScalars {
      if (0x3041...0x3096).contains(scalar.value), let katakana = Unicode.Scalar(scalar.value + 0x60) {
        out.append(katakana)
      } else {
        out.append(scalar)
      }
    }
    return String(out)
  }

  private static func sound(
    _ letter: Unicode.Scalar,
    after vowel: Unicode.Scalar?
  ) -> (base: Unicode.Scalar, voice: UInt8, size: UInt8) {
    if letter.value == 0x30fc, let vowel { return (vowel, 48, 48) }
    guard let place = table[letter.value] else { return (letter, 48, 50) }
    return place
  }

  /// ー lengthens this sound.
  private static func vowel(of base: Unicode.Scalar) -> Unicode.Scalar? {
    for (row, vowel) in zip(rows, ["あ", "い", "う", "え", "お"] as [Unicode.Scalar]) where row.contains(base) {
      return vowel
    }
    return nil
  }

  private static let rows: [Set<Unicode.Scalar>] = [
    Set("あかさたなはまやらわ".unicodeScalars), Set("いきしちにひみりゐ".unicodeScalars), Set("うくすつぬふむゆる".unicodeScalars),
    Set("えけせてねへめれゑ".unicodeScalars), Set("おこそとのほもよろを".unicodeScalars),
  ]

  /// Unvoiced large kana, whether voiced (0, 1, 2), and whether small (1) or large (2). ー counts as smaller than both.
  private static let table: [UInt32: (base: Unicode.Scalar, voice: UInt8, size: UInt8)] = {
    var table: [UInt32: (base: Unicode.Scalar, voice: UInt8, size: UInt8)] = [:]
    for (small, large) in zip("ぁぃぅぇぉっゃゅょゎゕゖ".unicodeScalars, "あいうえおつやゆよわかけ".unicodeScalars) {
      table[small.value] = (large, 48, 49)
    }
    for (voiced, plain) in zip(
      "がぎぐげござじずぜぞだぢづでどばびぶべぼゔ".unicodeScalars,
      "かきくけこさしすせそたちつてとはひふへほう".unicodeScalars
    ) {
      table[voiced.value] = (plain, 49, 50)
    }
    for (voiced, plain) in zip("ぱぴぷぺぽ".unicodeScalars, "はひふへほ".unicodeScalars) {
      table[voiced.value] = (plain, 50, 50)
    }
    return table
  }()
}

/// Half-width kana made full width.
enum Kana {
  static func widened(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 != 0xef }) { return text }
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard (0xff61...0xff9f).contains(scalar.value) else {
        out.append(scalar)
        continue
      }
      let offset = Int(scalar.value - 0xff61)
      if offset >= 0x3d, let last = out.last, let joined = joined(last, semi: offset == 0x3e) {
        out.removeLast()
        out.append(joined)
      } else {
        out.append(full[offset])
      }
    }
    return String(out)
  }

  private static let full = Array(
    "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜".unicodeScalars
  )

  private static func joined(_ kana: Unicode.Scalar, semi: Bool) -> Unicode.Scalar? {
    guard (0x30a1...0x30ef).contains(kana.value) else { return nil }
    let mark: UInt32 = semi ? 0x309a : 0x3099
    guard let voiced = FoldTable.voiced(kana.value - 0x60, by: mark) else { return nil }
    return Unicode.Scalar(voiced + 0x60)
  }
}
