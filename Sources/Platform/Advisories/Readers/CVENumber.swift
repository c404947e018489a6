/// Numbers of the CVE list: `CVE-2021-44228`.
enum CVENumber {
  /// Whether the text is one: four digits, then four to nineteen (CVE record format 5).
  static func isOne(_ bytes: some Collection<UInt8>) -> Bool {
    guard bytes.count >= 13, bytes.count <= 28 else { return false }
    guard bytes.starts(with: "CVE-".utf8) else { return false }
    for (index, byte) in bytes.enumerated().dropFirst(4) {
      guard index == 8 ? byte == 45 : byte >= 48 && byte <= 57 else { return false }
    }
    return true
  }

  static func isOne(_ text: String) -> Bool { isOne(text.utf8) }

  /// Every number in a running text, upper-case, each once, in order.
  static func all(in text: String) -> [String] {
    let bytes = Array(text.utf8)
    var found: [String] = []
    var seen: Set<String> = []
    var at = 0
    while at + 13 <= bytes.count {
      // `C`, `V`, `E` in any case, and a hyphen.
      guard bytes[at] | 0x20 == 0x63, bytes[at + 1] | 0x20 == 0x76, bytes[at + 2] | 0x20 == 0x65, bytes[at + 3] == 45
      else {
        at += 1
        continue
      }
      var end = at + 4
      while end < bytes.count, end < at + 28, bytes[end] == 45 || (bytes[end] >= 48 && bytes[end] <= 57) { end += 1 }
      while end > at, bytes[end - 1] == 45 { end -= 1 }
      let number = Array("CVE".utf8) + bytes[(at + 3)..<end]
      if isOne(number) {
        let text = String(decoding: number, as: UTF8.self)
        if seen.insert(text).inserted { found.append(text) }
      }
      at = end
    }
    return found
  }
}
