/// Windows code page 932, which Japanese software calls Shift_JIS: JIS X 0208 with the additions of NEC and IBM and
/// 1,880 places for the user's own characters (U+E000 to U+E757).
package enum CP932 {
  /// Reads all bytes. What is no character becomes U+FFFD and is listed with its place; reading goes on behind it.
  package static func decode(_ bytes: some Collection<UInt8>) -> Decoded {
    if let decoded = bytes.withContiguousStorageIfAvailable(decodeBuffer) { return decoded }
    return Array(bytes).withUnsafeBufferPointer(decodeBuffer)
  }

  /// Writes the text as Windows does: IBM's code for characters that stand in several places (髙 FBFC), and the signs
  /// that JIS and Windows read differently brought to the Windows ones (〜 to ～). What cannot be written is left out of
  /// the bytes and listed; the caller asks a person before it replaces anything.
  package static func encode(_ text: String) -> Encoded {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    var unwritable: [Encoded.Unwritable] = []
    var index = 0
    for character in text {
      if let ascii = character.asciiValue, character != "\r\n" {
        bytes.append(ascii)
      } else {
        let before = bytes.count
        for scalar in character.unicodeScalars where !append(scalar.value, to: &bytes) {
          bytes.removeSubrange(before...)
          unwritable.append(Encoded.Unwritable(character: character, index: index))
          break
        }
      }
      index += 1
    }
    return Encoded(bytes: bytes, unwritable: unwritable)
  }

  /// How many bytes the text takes, for fields with a limit in bytes; nil when it cannot be written.
  package static func length(of text: String) -> Int? {
    let encoded = encode(text)
    return encoded.unwritable.isEmpty ? encoded.bytes.count : nil
  }

  private static func append(_ scalar: UInt32, to bytes: inout [UInt8]) -> Bool {
    if scalar < 0x80 {
      bytes.append(UInt8(scalar))
      return true
    }
    guard scalar < 0x10000 else { return false }
    let code = Table.shared.codes[Int(scalar)]
    if code == 0 { return false }
    if code > 0xff { bytes.append(UInt8(code >> 8)) }
    bytes.append(UInt8(code & 0xff))
    return true
  }

  private static func decodeBuffer(_ bytes: UnsafeBufferPointer<UInt8>) -> Decoded {
    let table = Table.shared
    var problems: [Decoded.Problem] = []
    var line = 1
    let text = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count * 3 + 4) { out -> String in
      var count = 0
      var index = 0
      while index < bytes.count {
        let byte = bytes[index]
        if byte < 0x80 {
          if byte == 10 || (byte == 13 && !(index + 1 < bytes.count && bytes[index + 1] == 10)) { line += 1 }
          out[count] = byte
          count += 1
          index += 1
          continue
        }
        var scalar: UInt32 = 0
        var length = 1
        if (0xa1...0xdf).contains(byte) {
          scalar = 0xff61 + UInt32(byte) - 0xa1
        } else if let place = Place(lead: byte, trail: index + 1 < bytes.count ? bytes[index + 1] : 0) {
          scalar = table.scalar(row: place.row, cell: place.cell)
          length = 2
        }
        if scalar == 0 {
          // A trail byte that is ASCII is a character of its own: a broken pair must not swallow a comma or a quote.
          length = length == 2 && bytes[index + 1] >= 0x80 ? 2 : 1
          problems.append(Decoded.Problem(offset: index, line: line, bytes: Array(bytes[index..<index + length])))
          scalar = 0xfffd
        }
        count += utf8(scalar, into: out, at: count)
        index += length
      }
      return String(decoding: out[..<count], as: UTF8.self)
    }
    return Decoded(text: text, problems: problems)
  }

  /// EUC-JP by the same table: JIS X 0208 with the additions of NEC, and half-width kana.
  static func decodeEUC(_ bytes: [UInt8]) -> Decoded {
    let table = Table.shared
    var problems: [Decoded.Problem] = []
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 2)
    var line = 1
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        if byte == 10 || (byte == 13 && !(index + 1 < bytes.count && bytes[index + 1] == 10)) { line += 1 }
        text.append(byte)
        index += 1
        continue
      }
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      var scalar: UInt32 = 0
      if byte == 0x8e, (0xa1...0xdf).contains(next) {
        scalar = 0xff61 + UInt32(next) - 0xa1
      } else if byte >= 0xa1, byte <= 0xfe, next >= 0xa1, next <= 0xfe {
        scalar = table.scalar(row: Int(byte) - 0xa0, cell: Int(next) - 0xa1)
      }
      var length = 2
      if scalar == 0 {
        length = byte == 0x8f ? min(3, bytes.count - index) : next >= 0xa1 ? 2 : 1
        problems.append(Decoded.Problem(offset: index, line: line, bytes: Array(bytes[index..<index + length])))
        scalar = 0xfffd
      }
      if let known = Unicode.Scalar(scalar), let encoded = UTF8.encode(known) { text.append(contentsOf: encoded) }
      index += length
    }
    return Decoded(text: String(decoding: text, as: UTF8.self), problems: problems)
  }

  private static func utf8(_ scalar: UInt32, into out: UnsafeMutableBufferPointer<UInt8>, at index: Int) -> Int {
    if scalar < 0x800 {
      out[index] = UInt8(0xc0 | scalar >> 6)
      out[index + 1] = UInt8(0x80 | scalar & 0x3f)
      return 2
    }
    out[index] = UInt8(0xe0 | scalar >> 12)
    out[index + 1] = UInt8(0x80 | (scalar >> 6) & 0x3f)
    out[index + 2] = UInt8(0x80 | scalar & 0x3f)
    return 3
  }

  /// Row (1 to 120) and cell (0 to 93) of a pair of bytes.
  struct Place {
    let row: Int
    let cell: Int

    init?(lead: UInt8, trail: UInt8) {
      guard (0x81...0x9f).contains(lead) || (0xe0...0xfc).contains(lead) else { return nil }
      guard (0x40...0xfc).contains(trail), trail != 0x7f else { return nil }
      let pair = Int(lead) - (lead < 0xa0 ? 0x81 : 0xc1)
      if trail >= 0x9f {
        row = pair * 2 + 2
        cell = Int(trail) - 0x9f
      } else {
        row = pair * 2 + 1
        cell = Int(trail) - (trail > 0x7f ? 0x41 : 0x40)
      }
    }

    /// The two bytes of a row and cell, as one number.
    static func code(row: Int, cell: Int) -> UInt16 {
      let pair = (row - 1) / 2
      let lead = pair + (pair < 31 ? 0x81 : 0xc1)
      let trail = row % 2 == 0 ? cell + 0x9f : cell + (cell < 63 ? 0x40 : 0x41)
      return UInt16(lead << 8 | trail)
    }
  }

  /// Both directions, made once from `rows`.
  struct Table: Sendable {
    static let shared = Table()

    /// 94 scalars for each row; 0 where nothing is assigned.
    private var scalars = [UInt16](repeating: 0, count: 121 * 94)
    /// The code of each character of the basic plane: two bytes, or one for half-width kana; 0 when there is none.
    private(set) var codes = [UInt16](repeating: 0, count: 0x10000)

    func scalar(row: Int, cell: Int) -> UInt32 { UInt32(scalars[row * 94 + cell]) }

    private init() {
      for line in CP932.rows.unicodeScalars.split(separator: "\n") {
        guard let colon = line.firstIndex(of: ":"), let row = Int(String(line[..<colon])) else { continue }
        for (cell, scalar) in line[line.index(after: colon)...].enumerated() where scalar != "." && cell < 94 {
          scalars[row * 94 + cell] = UInt16(scalar.value)
        }
      }
      for row in 95...114 {
        for cell in 0..<94 { scalars[row * 94 + cell] = UInt16(0xe000 + (row - 95) * 94 + cell) }
      }
      // Windows writes the code of JIS or of NEC's row 13 first, then IBM's, and never NEC's copies of those.
      for row in Array(1...88) + Array(93...120) + Array(89...92) {
        for cell in 0..<94 {
          let scalar = Int(scalars[row * 94 + cell])
          if scalar != 0, codes[scalar] == 0 { codes[scalar] = Place.code(row: row, cell: cell) }
        }
      }
      for kana in 0xff61...0xff9f { codes[kana] = UInt16(kana - 0xff61 + 0xa1) }
      for (jis, windows) in Self.sameSigns { codes[jis] = codes[windows] }
      codes[0xa5] = 0x5c
    }

    /// Signs of one place in the standard that JIS and Windows map to different characters: 〜 ～, − －, ‖ ∥, ¢ ￠, £ ￡,
    /// ¬ ￢, — ―.
    private static let sameSigns = [
      (0x301c, 0xff5e), (0x2212, 0xff0d), (0x2016, 0x2225), (0xa2, 0xffe0), (0xa3, 0xffe1), (0xac, 0xffe2),
      (0x2014, 0x2015),
    ]
  }
}
