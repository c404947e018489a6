import Design
import HTML
import PageCheck
import Testing
import Text

@Suite struct `Escaping` {
  @Test(arguments: UInt64(0)..<200)
  func `keeps any text as it is, in text and in attributes`(seed: UInt64) {
    var random = SplitMix(seed)
    let text = random.text()
    let page: HTML = "<p title=\"\(text)\">\(text)</p>"
    #expect(HTMLCheck.faults(page.string) == [])
    let inside = page.string.dropFirst("<p title=\"".count).dropLast("</p>".count)
    let parts = inside.split(separator: "\">", omittingEmptySubsequences: false)
    #expect(parts.count == 2)
    for part in parts { #expect(unescaped(part) == cleaned(text)) }
  }

  @Test(arguments: UInt64(0)..<100)
  func `keeps any value of a form field, a table cell and an address`(seed: UInt64) {
    var random = SplitMix(seed)
    let text = random.text()
    let field = FormField.lines("note", text, value: text, support: text, error: text).html(.ja)
    let table = DataTable<String>(
      id: "t",
      caption: text,
      address: Address("/a", [(text, text)]),
      columns: [.init("n", text, sorts: true) { "\($0)" }],
      rows: [text],
      rowID: { _ in "1" },
      rowName: { $0 }
    )
    for piece in [field, table.html(.ja), Banner(.info, text).html(.en)] {
      #expect(HTMLCheck.faults(piece.string) == [])
    }
  }

  private func unescaped(_ text: Substring) -> String {
    String(text).replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
  }

  private func cleaned(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          let isControl = (scalar.value < 32 && ![9, 10, 13].contains(scalar.value)) || scalar.value == 127
          return isControl ? "\u{FFFD}" : scalar
        }
      )
    )
  }
}

/// A small generator that gives the same texts for the same seed.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func text() -> String {
    let pieces = [
      "<", ">", "&", "\"", "'", "&amp;", "<script>", "</p>", "櫓", "𠮷", "ｶﾞ", "\u{1F469}\u{200D}\u{2695}", "\n", "\t",
      "\u{0}",
      "\u{7F}", "\u{FFFE}", " ", "a", "]]>", "--", "\u{202E}", "=",
    ]
    return (0..<Int(next() % 24)).map { _ in pieces[Int(next() % UInt64(pieces.count))] }.joined()
  }
}
