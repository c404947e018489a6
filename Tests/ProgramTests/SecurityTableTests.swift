import Foundation
import Testing

/// `Documentation/asvs-5.0.md` cites code and tests as evidence. Whatever it names must be there.
@Suite struct SecurityTableTests {
  private static let table =
    (try? String(
      contentsOf: TidyTests.root.appending(path: "Documentation/asvs-5.0.md"),
      encoding: .utf8
    )) ?? ""  // an empty table fails the first test

  /// Whatever stands between backticks in a line of the table.
  private static let cited: [(line: Substring, name: String)] = table.split(separator: "\n").filter {
    $0.hasPrefix("|")
  }
  .flatMap { line in
    line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .compactMap { $0.offset % 2 == 1 ? (line, String($0.element)) : nil }
  }

  private static func words(_ text: some StringProtocol) -> [Substring] {
    Substring(text).split { !($0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "_") }
  }

  /// Every word of the code, the tests and what builds them.
  private static let known: Set<Substring> = {
    var files = TidyTests.sources.filter { !$0.path.hasSuffix("SecurityTableTests.swift") }
    files += TidyTests.files(under: ["BrowserTests"], ending: ".py")
    files += TidyTests.files(under: ["scripts"], ending: "")
    var words = Set(files.flatMap { file in file.lines.flatMap { Self.words($0) } })
    words.formUnion(files.flatMap { Self.words($0.path) })
    return words
  }()

  @Test func everyChapterIsThere() {
    for chapter in 1...17 { #expect(Self.table.contains("| V\(chapter) "), "V\(chapter)") }
    #expect(Self.cited.count > 100)
  }

  @Test func everythingCitedExists() {
    let root = TidyTests.root
    for (line, name) in Self.cited where !FileManager.default.fileExists(atPath: root.appending(path: name).path()) {
      for word in Self.words(name) where word.count > 2 && !Self.known.contains(word) {
        Issue.record("“\(name)” is cited and \(word) is nowhere: \(line.prefix(90))")
      }
    }
  }

  @Test func citedSuitesHoldTests() {
    let suites = Dictionary(
      TidyTests.sources.filter { $0.path.hasPrefix("Tests/") }
        .map { (String($0.path.split(separator: "/").last?.dropLast(6) ?? ""), $0) },
      uniquingKeysWith: { $0.lines.count > $1.lines.count ? $0 : $1 }
    )
    for (line, name) in Self.cited where name.hasSuffix("Tests") {
      let holds = suites[name]?.lines.contains { $0.contains("@Test") } ?? false
      #expect(holds, "no suite \(name): \(line.prefix(90))")
    }
  }

  /// A line that is met says by what.
  @Test func whatIsMetCitesSomething() {
    for line in Self.table.split(separator: "\n") where line.contains("| met |") {
      let evidence = line.split(separator: "|").last.map(String.init) ?? ""
      #expect(evidence.count > 8, "\(line.prefix(90))")
    }
  }
}
