/// Ways to damage a file, by a seeded chance: bytes changed, cut out, doubled, taken from its neighbours, cut off.
package enum Damage {
  package static func apply(to bytes: inout [UInt8], _ corpus: [[UInt8]], _ random: inout SplitMix64) {
    let signs = Array("<>&;\"'/=,\t\r\n\0!-[]{}()?0:\\".utf8)
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      guard !bytes.isEmpty else {
        bytes.append(UInt8.random(in: 0...255, using: &random))
        continue
      }
      let at = Int.random(in: 0..<bytes.count, using: &random)
      let end = min(bytes.count, at + Int.random(in: 1...32, using: &random))
      switch Int.random(in: 0..<8, using: &random) {
      case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 2: bytes.removeSubrange(at..<end)
      case 3: bytes.insert(contentsOf: bytes[at..<end], at: at)
      case 4: bytes[at] = signs.randomElement(using: &random) ?? 0
      case 5: bytes.removeSubrange(at...)
      case 6:
        let other = corpus.randomElement(using: &random) ?? []
        guard !other.isEmpty else { continue }
        let from = Int.random(in: 0..<other.count, using: &random)
        bytes.insert(contentsOf: other[from...].prefix(64), at: at)
      default: bytes.replaceSubrange(at..<end, with: repeatElement(0xff, count: end - at))
      }
    }
  }
}
