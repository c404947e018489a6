/// SplitMix64: the same seed gives the same case.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  mutating func bytes(upTo count: Int) -> [UInt8] {
    (0..<Int.random(in: 0...count, using: &self)).map { _ in UInt8.random(in: 0...255, using: &self) }
  }

  /// A text of the characters ledgers hold, and of any others.
  mutating func text(upTo count: Int) -> String {
    let usual = Array(
      "アイウァッーｱｲﾊﾞﾟあがぱヴゔヷ゛゜゙゚高髙﨑𠮷邊葛󠄀㈱①Ⅲ㍿㋿ＡＢａｂ１２－ー‐−—〜～-_.・ 　\tVPNabc019ßİſéΑςΣ½ﬁ\u{301}\u{300}\u{a8}가각각".unicodeScalars
    )
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...count, using: &self) {
      if Int.random(in: 0..<8, using: &self) > 0, let scalar = usual.randomElement(using: &self) {
        text.append(scalar)
      } else if let scalar = Unicode.Scalar(UInt32.random(in: 0...0x2ffff, using: &self)) {
        text.append(scalar)
      }
    }
    return String(text)
  }
}
