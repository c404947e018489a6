private import Foundation

/// Folding of text for search and comparison: two texts a Japanese reader takes for the same give the same key.
///
/// In this order: variation selectors and blanks go; free-standing voicing marks join their kana; compatibility forms
/// become plain (NFKC); variant kanji become the usual one; capitals small; katakana hiragana, code point by code point
/// (never ー into a vowel); hyphens of all kinds `-`; then `-` after a kana and before a kana or the end is read as ー,
/// and ー between ASCII letters or digits as `-`; ・ goes. Keys are stored in the database: a change here needs the keys
/// made again (see `version`).
package enum Fold {
  /// Grows when a key of some text changes.
  package static let version = 1

  /// Makes the tables of folding, which takes some ten milliseconds once: for whoever may do it beside other work.
  package static func prepare() { _ = FoldTable.shared }

  /// The key for search. Folding a key changes nothing.
  package static func key(_ text: String) -> String {
    var text = text
    return text.withUTF8 { bytes in
      if let key = asciiKey(bytes) { return key }
      return tableKey(bytes) ?? slowKey(String(decoding: bytes, as: UTF8.self))
    }
  }

  /// The key for numbers, addresses, versions and dates: half width, small letters, blanks off the ends, and nothing
  /// inside dropped, so that 2019.5.1 and 201951 stay apart.
  package static func exactKey(_ text: String) -> String {
    if let plain = plainKey(text) { return plain }
    // Small letters first: İ becomes an ASCII i, beside which a dash is a hyphen.
    return Width.trimmed(Width.halved(text.lowercased()))
  }

  /// The exact key of ASCII without capitals, and without blanks at its ends or controls: the text itself. Most numbers
  /// and addresses are.
  private static func plainKey(_ text: String) -> String? {
    var text = text
    return text.withUTF8 { bytes -> Bool in
      guard let first = bytes.first, let last = bytes.last, first > 32, last > 32 else { return false }
      return !bytes.contains { $0 >= 127 || $0 < 32 || ($0 >= 65 && $0 <= 90) }
    } ? text : nil
  }

  /// Appends the key of a text in UTF-8, which must be well formed.
  package static func append(keyOf text: [UInt8], to out: inout [UInt8]) {
    text.withUnsafeBufferPointer { bytes in
      if !bytes.contains(where: { $0 >= 128 }) {
        for byte in bytes where byte != 32 && !(byte >= 9 && byte <= 13) {
          out.append(byte >= 65 && byte <= 90 ? byte + 32 : byte)
        }
      } else if !appendTableKey(bytes, to: &out) {
        out.append(contentsOf: slowKey(String(decoding: bytes, as: UTF8.self)).utf8)
      }
    }
  }

  /// ASCII needs no tables: blanks go and capitals become small. Nil when a byte is not ASCII.
  private static func asciiKey(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    var unchanged = true
    for byte in bytes {
      if byte >= 128 { return nil }
      if byte <= 32 || (byte >= 65 && byte <= 90) { unchanged = false }
    }
    if unchanged { return String(decoding: bytes, as: UTF8.self) }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count + 1) { out in
      var count = 0
      for byte in bytes {
        if byte == 32 || (byte >= 9 && byte <= 13) { continue }
        out[count] = byte >= 65 && byte <= 90 ? byte + 32 : byte
        count += 1
      }
      return String(decoding: out[..<count], as: UTF8.self)
    }
  }

  /// Text whose every character stands in the table. Nil when one does not: combining marks and rare scripts.
  private static func tableKey(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    var key: [UInt8] = []
    return appendTableKey(bytes, to: &key) ? String(decoding: key, as: UTF8.self) : nil
  }

  /// Answers false, and appends nothing, where a character does not stand in the table.
  private static func appendTableKey(_ bytes: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) -> Bool {
    let table = FoldTable.shared
    // A byte gives at most two scalars: the longest expansion is six of one three-byte character.
    return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: bytes.count * 2 + 8) { scalars -> Bool in
      var count = 0
      var index = 0
      while index < bytes.count {
        let scalar = decode(bytes, &index)
        let step = table.step(scalar)
        switch step >> 24 {
        case FoldTable.one:
          scalars[count] = step & 0x1f_ffff
          count += 1
        case FoldTable.drop: break
        case FoldTable.several:
          for part in table.expansions[Int(step & 0xffff)] {
            scalars[count] = part
            count += 1
          }
        case FoldTable.voicing:
          if count > 0, let joined = FoldTable.voiced(scalars[count - 1], by: step & 0x1f_ffff) {
            scalars[count - 1] = joined
          } else {
            scalars[count] = step & 0x1f_ffff
            count += 1
          }
        default: return false
        }
      }
      appendJoined(UnsafeBufferPointer(scalars)[..<count], to: &out)
      return true
    }
  }

  private static func joined(_ scalars: Slice<UnsafeBufferPointer<UInt32>>) -> String {
    var out: [UInt8] = []
    appendJoined(scalars, to: &out)
    return String(decoding: out, as: UTF8.self)
  }

  /// Reads hyphens and ー by their neighbours and writes UTF-8.
  private static func appendJoined(_ scalars: Slice<UnsafeBufferPointer<UInt32>>, to out: inout [UInt8]) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: scalars.count * 4 + 1) { utf8 in
      var count = 0
      var last: UInt32 = 0
      for index in scalars.startIndex..<scalars.endIndex {
        var scalar = scalars[index]
        let next = index + 1 < scalars.endIndex ? scalars[index + 1] : nil
        if scalar == 0x2d, FoldTable.isKana(last), next.map(FoldTable.isKana) ?? true {
          scalar = 0x30fc
        } else if scalar == 0x30fc, FoldTable.isWord(last), let next, FoldTable.isWord(next) {
          scalar = 0x2d
        }
        last = scalar
        count += encode(scalar, into: utf8, at: count)
      }
      out.append(contentsOf: utf8[..<count])
    }
  }

  /// Any text: the normalisation of Foundation, then the same steps, until nothing changes.
  private static func slowKey(_ text: String) -> String {
    let table = FoldTable.shared
    var text = text
    for _ in 0..<4 {
      var kept = String.UnicodeScalarView()
      for scalar in text.unicodeScalars where !FoldTable.isIgnored(scalar.value) {
        switch scalar.value {
        case 0x309b: kept.append("\u{3099}")
        case 0x309c: kept.append("\u{309a}")
        default: kept.append(scalar)
        }
      }
      var out: [UInt32] = []
      for scalar in String(kept).precomposedStringWithCompatibilityMapping.unicodeScalars {
        let step = table.step(scalar.value)
        switch step >> 24 {
        case FoldTable.one: out.append(step & 0x1f_ffff)
        case FoldTable.drop: continue
        case FoldTable.several: out.append(contentsOf: table.expansions[Int(step & 0xffff)])
        case FoldTable.voicing:
          if let last = out.last, let joined = FoldTable.voiced(last, by: step & 0x1f_ffff) {
            out[out.count - 1] = joined
          } else {
            out.append(step & 0x1f_ffff)
          }
        default: out.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars.map(\.value))
        }
      }
      let key = out.withUnsafeBufferPointer { joined($0[...]) }
      if key.unicodeScalars.elementsEqual(text.unicodeScalars) { break }
      text = key
    }
    return text
  }

  /// The scalar at `index`, which moves behind it. The bytes come from a `String` and are therefore well formed.
  @inline(__always)
  private static func decode(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> UInt32 {
    let first = UInt32(bytes[index])
    if first < 0x80 {
      index += 1
      return first
    }
    func tail(_ offset: Int) -> UInt32 { UInt32(bytes[index + offset] & 0x3f) }
    if first < 0xe0 {
      defer { index += 2 }
      return (first & 0x1f) << 6 | tail(1)
    }
    if first < 0xf0 {
      defer { index += 3 }
      return (first & 0x0f) << 12 | tail(1) << 6 | tail(2)
    }
    defer { index += 4 }
    return (first & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3)
  }

  @inline(__always)
  private static func encode(_ scalar: UInt32, into out: UnsafeMutableBufferPointer<UInt8>, at index: Int) -> Int {
    func tail(_ shift: UInt32) -> UInt8 { UInt8(0x80 | (scalar >> shift) & 0x3f) }
    if scalar < 0x80 {
      out[index] = UInt8(scalar)
      return 1
    }
    if scalar < 0x800 {
      out[index] = UInt8(0xc0 | scalar >> 6)
      out[index + 1] = tail(0)
      return 2
    }
    if scalar < 0x10000 {
      out[index] = UInt8(0xe0 | scalar >> 12)
      out[index + 1] = tail(6)
      out[index + 2] = tail(0)
      return 3
    }
    out[index] = UInt8(0xf0 | scalar >> 18)
    out[index + 1] = tail(12)
    out[index + 2] = tail(6)
    out[index + 3] = tail(0)
    return 4
  }
}
