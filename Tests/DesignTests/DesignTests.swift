import Design
import HTML
import PageCheck
import Testing
import Text

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite struct `Pages of the catalogue` {
  @Test(arguments: Language.allCases)
  func `are well-formed in every language`(language: Language) {
    for page in Catalogue.pages(language) {
      #expect(HTMLCheck.faults(page.html.string) == [], "\(page.name) in \(language)")
    }
  }

  @Test func `hold Japanese only in Japanese, but for names and the language link`() {
    for page in Catalogue.pages(.en) {
      let text = page.html.string.replacing("日本語", with: "")
      #expect(!text.unicodeScalars.contains { (0x3040...0x30FF).contains($0.value) }, "kana in English \(page.name)")
    }
  }

  /// For eyes and browsers: `YAGURA_WRITE_PAGES=DIR swift test --filter written`.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["YAGURA_WRITE_PAGES"] != nil))
  func `can be written into a folder`() throws {
    let folder = try #require(ProcessInfo.processInfo.environment["YAGURA_WRITE_PAGES"])
    let files = FileManager.default
    for language in Language.allCases {
      for page in Catalogue.pages(language) {
        try page.html.string.write(
          toFile: "\(folder)/\(page.name)-\(language.rawValue).html",
          atomically: true,
          encoding: .utf8
        )
      }
    }
    for file in StaticFile.all {
      let path = folder + file.address
      try files.createDirectory(
        atPath: String(path.dropLast(file.name.count)),
        withIntermediateDirectories: true
      )
      try Data(file.bytes).write(to: URL(filePath: path))
    }
  }
}

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

@Suite struct `The reader of pages` {
  @Test(arguments: [
    ("<div><p>a</div>", "while <p>"), ("<p>a", "never closed"), ("<p id=\"a\"></p><p id=\"a\"></p>", "stands already"),
    ("<input type=\"text\" name=\"a\">", "has no label"), ("<p style=\"color:red\">a</p>", "style="),
    ("<p onclick=\"x()\">a</p>", "onclick="), ("<script>alert(1)</script>", "script written"),
    ("<a href=\"\">a</a>", "leads nowhere"), ("<a href=\"#\">a</a>", "leads nowhere"), ("<p>a & b</p>", "bare &"),
    ("<p>a < b</p>", "bare <"), ("<a href=\"javascript:x\">a</a>", "script in href"),
    ("<form action=\"/a\"><form action=\"/b\"></form></form>", "form in a form"), ("<p class=a>b</p>", "no quotes"),
    ("<label for=\"x\">a</label>", "nothing has the id"), ("<ul><p>a</p></ul>x</b>", "closes nothing"),
    ("<p><div>a</div></p>", "inside <p>"), ("<button>a</button>", "no type"), ("<html><p>a</p></html>", "no lang"),
    ("<input type=\"text\" aria-label=\"a\" placeholder=\"b\">", "placeholder"), ("<!-- a -->", "comment"),
  ])
  func `names what is wrong`(page: String, fault: String) {
    #expect(HTMLCheck.faults(page).contains { $0.contains(fault) }, "\(HTMLCheck.faults(page))")
  }

  @Test func `says nothing of a good page`() {
    let page = """
      <!doctype html>
      <html lang="ja"><head><title>a</title></head><body><label for="a">b</label><input id="a" type="text">\
      <textarea aria-label="c">
      <b>no markup</b></textarea><svg viewBox="0 0 1 1"><path d="M0 0"/></svg></body></html>
      """
    #expect(HTMLCheck.faults(page) == [])
  }

  @Test(arguments: UInt64(0)..<200)
  func `ends on any bytes`(seed: UInt64) {
    var random = SplitMix(seed)
    let pieces = ["<", ">", "</p>", "<p ", "=\"", "\"", "&", "<!--", "<textarea>", "a", "\n", "<script", "/", "漢"]
    let page = (0..<60).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }.joined()
    _ = HTMLCheck.faults(page)  // Only that it comes back.
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
