/// Numbers of Windows updates in running text.
enum UpdateNumbers {
  /// Every `KB1234567`, without its letters, each once, in order.
  static func all(in text: some StringProtocol) -> [String] {
    let bytes = Array(text.utf8)
    var found: [String] = []
    var seen: Set<String> = []
    var at = 0
    while at + 8 <= bytes.count {
      guard bytes[at] | 0x20 == 0x6b, bytes[at + 1] | 0x20 == 0x62, at == 0 || !isWord(bytes[at - 1]) else {
        at += 1
        continue
      }
      var end = at + 2
      while end < bytes.count, bytes[end] >= 48, bytes[end] < 58 { end += 1 }
      if (5...8).contains(end - at - 2) {
        let number = String(decoding: bytes[(at + 2)..<end], as: UTF8.self)
        if seen.insert(number).inserted { found.append(number) }
      }
      at = end
    }
    return found
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (byte | 0x20 >= 97 && byte | 0x20 <= 122) || (byte >= 48 && byte < 58)
  }
}
