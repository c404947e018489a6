import Foundation
import Testing

/// `Documentation/asvs-5.0.md` answers OWASP ASVS 5.0.0 line by line and cites code and tests as evidence. Every line must
/// be there once, and whatever it names must exist.
@Suite struct SecurityTableTests {
  /// The levels of the requirements, one digit each, by section. Those of level 3 are not answered.
  private static let standard: [(section: String, levels: String)] = [
    ("1.1", "22"), ("1.2", "1111122223"), ("1.3", "112222222223"), ("1.4", "222"), ("1.5", "123"),
    ("2.1", "122"), ("2.2", "112"), ("2.3", "12223"), ("2.4", "23"),
    ("3.1", "3"), ("3.2", "113"), ("3.3", "12223"), ("3.4", "11222233"), ("3.5", "11122333"), ("3.6", "3"),
    ("3.7", "22333"),
    ("4.1", "12233"), ("4.2", "23333"), ("4.3", "22"), ("4.4", "1222"),
    ("5.1", "2"), ("5.2", "112333"), ("5.3", "113"), ("5.4", "222"),
    ("6.1", "122"), ("6.2", "111111112222"), ("6.3", "11223333"), ("6.4", "112233"), ("6.5", "22222333"),
    ("6.6", "2223"), ("6.7", "33"), ("6.8", "2222"),
    ("7.1", "222"), ("7.2", "1111"), ("7.3", "22"), ("7.4", "11222"), ("7.5", "223"), ("7.6", "22"),
    ("8.1", "1233"), ("8.2", "1123"), ("8.3", "133"), ("8.4", "23"),
    ("9.1", "111"), ("9.2", "1222"),
    ("10.1", "22"), ("10.2", "223"), ("10.3", "22223"), ("10.4", "1111122222233333"), ("10.5", "22222"), ("10.6", "22"),
    ("10.7", "222"),
    ("11.1", "2233"), ("11.2", "22233"), ("11.3", "11233"), ("11.4", "1222"), ("11.5", "23"), ("11.6", "23"),
    ("11.7", "33"),
    ("12.1", "12233"), ("12.2", "11"), ("12.3", "22223"),
    ("13.1", "2333"), ("13.2", "222223"), ("13.3", "2233"), ("13.4", "1222233"),
    ("14.1", "22"), ("14.2", "12223333"), ("14.3", "122"),
    ("15.1", "12233"), ("15.2", "12233"), ("15.3", "1222222"), ("15.4", "3333"),
    ("16.1", "2"), ("16.2", "22222"), ("16.3", "2222"), ("16.4", "222"), ("16.5", "2223"),
    ("17.1", "23"), ("17.2", "22223333"), ("17.3", "22"),
  ]

  private static let states = ["met", "partly", "open", "n/a"]

  private struct Line: Sendable {
    let number, level, words, state, evidence: String

    /// Whatever stands between backticks.
    var cited: [String] {
      evidence.split(separator: "`", omittingEmptySubsequences: false).enumerated()
        .compactMap { $0.offset % 2 == 1 ? String($0.element) : nil }
    }
  }

  private static let document =
    (try? String(
      contentsOf: TidyTests.root.appending(path: "Documentation/asvs-5.0.md"),
      encoding: .utf8
    )) ?? ""  // an empty table fails the first test

  private static let rows = document.split(separator: "\n").filter { $0.hasPrefix("|") }.map { row in
    row.dropFirst().dropLast().split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
  }

  private static let lines: [Line] = rows.filter { $0.count == 5 && isNumber($0[0]) }.map {
    Line(number: $0[0], level: $0[1], words: $0[2], state: $0[3], evidence: $0[4])
  }

  private static func isNumber(_ text: String) -> Bool {
    let parts = text.split(separator: ".")
    return parts.count == 3 && parts.allSatisfy { Int($0) != nil }
  }

  /// Number and level of what is to be answered, in order.
  private static let wanted: [(number: String, level: String)] = standard.flatMap { section, levels in
    levels.enumerated().map { ("\(section).\($0.offset + 1)", String($0.element)) }
  }.filter { $0.level != "3" }

  // MARK: The lines

  @Test func theStandardHasItsLines() {
    #expect(Self.wanted.filter { $0.level == "1" }.count == 70)
    #expect(Self.wanted.filter { $0.level == "2" }.count == 183)
  }

  @Test func everyRequirementIsAnsweredOnceInItsOrder() {
    let found = Self.lines.map(\.number)
    let missing = Self.wanted.map(\.number).filter { !found.contains($0) }
    #expect(missing.isEmpty, "missing: \(missing)")
    let strange = found.filter { number in !Self.wanted.contains { $0.number == number } }
    #expect(strange.isEmpty, "not of level 1 or 2: \(strange)")
    #expect(Set(found).count == found.count, "twice: \(found.filter { one in found.filter { $0 == one }.count > 1 })")
    #expect(found == Self.wanted.map(\.number), "the order of the standard")
    for (line, wanted) in zip(Self.lines, Self.wanted) where line.number == wanted.number {
      #expect(line.level == wanted.level, "\(line.number) is of level \(wanted.level)")
    }
  }

  @Test func everyLineSaysHowItStands() {
    for line in Self.lines {
      #expect(Self.states.contains(line.state), "\(line.number): \(line.state)")
      #expect(line.words.count > 8, "\(line.number) says what is asked")
      #expect(line.evidence.count > 12, "\(line.number) says why")
      if line.state == "met" || line.state == "partly" { #expect(!line.cited.isEmpty, "\(line.number) cites nothing") }
    }
  }

  /// `| Level | Lines | met | partly | open | n/a |` at the head.
  @Test func theCountsAreRight() {
    let heads = Self.rows.filter { $0.count == 6 && $0.dropFirst().allSatisfy { Int($0) != nil } }
    #expect(heads.map { $0[0] } == ["1", "2", "1 and 2"])
    for head in heads {
      let lines = Self.lines.filter { head[0].contains($0.level) }
      let counts = [lines.count] + Self.states.map { state in lines.filter { $0.state == state }.count }
      #expect(head.dropFirst().map { Int($0) } == counts, "level \(head[0]): \(counts)")
    }
  }

  // MARK: The evidence

  /// What the sources, the tests and the fuzzers declare: types, functions, members, cases.
  private static let declared: Set<Substring> = {
    let marks: Set<Substring> = [
      "struct", "class", "enum", "actor", "protocol", "extension", "typealias", "func", "var", "let", "case", "static",
      "def",
    ]
    var names: Set<Substring> = []
    let files = TidyTests.sources + TidyTests.files(under: ["BrowserTests"], ending: ".py")
    for line in files.flatMap(\.lines) {
      let words = words(line)
      for (mark, name) in zip(words, words.dropFirst()) where marks.contains(mark) { names.insert(name) }
    }
    // Some suites carry a name in words; their files do not.
    return names.union(suites.keys.map { Substring($0) })
  }()

  /// Files that hold tests, by the name that stands in the table.
  private static let suites: [String: TidyTests.SourceFile] = Dictionary(
    TidyTests.sources.filter { $0.path.hasPrefix("Tests/") && $0.lines.contains { $0.contains("@Test") } }
      .map { (String($0.path.split(separator: "/").last?.dropLast(6) ?? ""), $0) },
    uniquingKeysWith: { first, _ in first }
  )

  private static func words(_ text: some StringProtocol) -> [Substring] {
    Substring(text).split { !($0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "_") }
  }

  private static let commands: Set<String> = Set(
    TidyTests.sources.filter { $0.path.hasPrefix("Sources/Yagura/") }.flatMap(\.lines)
      .compactMap { line in
        line.contains("commandName: \"") ? line.split(separator: "\"").dropFirst().first.map(String.init) : nil
      }
  )

  /// Nil where it is there, else what is not.
  private static func missing(_ name: String) -> String? {
    if name.contains("/") || [".md", ".swift", ".py", ".js", ".resolved"].contains(where: name.hasSuffix) {
      let path = root.appending(path: name).path()
      return FileManager.default.fileExists(atPath: path) ? nil : name
    }
    if name.hasPrefix("yagura ") {
      return name.split(separator: " ").dropFirst().prefix { !$0.hasPrefix("-") }.map(String.init)
        .first { !commands.contains($0) }
    }
    let parts = name.split(separator: ".")
    guard parts.allSatisfy({ words($0) == [$0] }), !parts.isEmpty else { return name }
    return parts.first { !declared.contains($0) }.map(String.init)
  }

  private static var root: URL { TidyTests.root }

  @Test func everythingCitedExists() {
    #expect(Self.lines.flatMap(\.cited).count > 300)
    for line in Self.lines {
      for name in line.cited {
        if let missing = Self.missing(name) {
          Issue.record("\(line.number) cites “\(name)”, and \(missing) is nowhere")
        }
      }
    }
  }

  @Test func citedSuitesHoldTests() {
    for line in Self.lines {
      for name in line.cited where name.hasSuffix("Tests") {
        #expect(Self.suites[name] != nil, "\(line.number): no suite \(name)")
      }
    }
  }

  // MARK: What several lines rest on and no other test shows

  /// No shell and no other program: nothing that was typed can become a command.
  @Test func noSourceStartsAProgram() {
    let starts = ["Process" + "()", "posix_" + "spawn", "exec" + "v(", "p" + "open("]
    for file in TidyTests.sources where file.path.hasPrefix("Sources/") {
      for (number, line) in file.lines.enumerated() where starts.contains(where: line.contains) {
        Issue.record("\(file.path):\(number + 1) starts a program")
      }
    }
  }

  /// Own scripts put text into pages as text, run no text and listen to no other window.
  @Test func scriptsTakeTextForText() {
    let scripts = TidyTests.files(under: ["Sources/Platform/CStatic/assets"], ending: ".js")
    #expect(scripts.count > 5)
    let dangers = [
      "inner" + "HTML", "outer" + "HTML", "insertAdjacent" + "HTML", "document.write", "eval(", "new Function",
      "post" + "Message", "__proto__", "setTimeout(\"",
    ]
    for file in scripts {
      for (number, line) in file.lines.enumerated() {
        for danger in dangers where line.contains(danger) {
          Issue.record("\(file.path):\(number + 1) has \(danger)")
        }
      }
    }
  }
}
