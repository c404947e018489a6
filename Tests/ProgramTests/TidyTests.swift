import Foundation
import Testing

/// The rules of STYLE.md that a program can check, checked on the tree itself.
@Suite struct TidyTests {
  struct SourceFile: Sendable, CustomTestStringConvertible {
    let path: String
    let lines: [String]
    var testDescription: String { path }
  }

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let sources: [SourceFile] = files(under: ["Sources", "Tests", "Benchmarks", "Fuzz"], ending: ".swift")

  static func files(under folders: [String], ending: String) -> [SourceFile] {
    folders.flatMap { folder -> [SourceFile] in
      guard let walk = FileManager.default.enumerator(atPath: root.appending(path: folder).path()) else { return [] }
      return walk.compactMap { $0 as? String }.filter { $0.hasSuffix(ending) && !$0.contains(".build") }.sorted()
        .compactMap {
          guard let text = try? String(contentsOf: root.appending(path: "\(folder)/\($0)"), encoding: .utf8) else {
            return nil
          }
          return SourceFile(path: "\(folder)/\($0)", lines: text.components(separatedBy: "\n"))
        }
    }
  }

  @Test func theTreeIsThere() { #expect(Self.sources.count > 40) }

  @Test func noFileIsLongerThanFiveHundredLines() {
    for file in Self.sources where file.lines.count > 501 {
      Issue.record("\(file.path) has \(file.lines.count) lines; split it by noun or verb")
    }
  }

  @Test func noFunctionIsLongerThanSeventyLines() {
    for file in Self.sources where file.path.hasPrefix("Sources") {
      var start: (line: Int, indent: Int)?
      for (number, line) in file.lines.enumerated() {
        let indent = line.prefix { $0 == " " }.count
        let trimmed = line.dropFirst(indent)
        if start == nil, isFunction(trimmed), trimmed.hasSuffix("{") || !trimmed.hasSuffix("}") {
          start = (number, indent)
        } else if let begun = start, trimmed.hasPrefix("}"), indent == begun.indent {
          if number - begun.line > 70 {
            Issue.record("\(file.path):\(begun.line + 1) a function of \(number - begun.line) lines")
          }
          start = nil
        } else if let begun = start, indent <= begun.indent, isFunction(trimmed) {
          start = (number, indent)
        }
      }
    }
  }

  private func isFunction(_ line: Substring) -> Bool {
    let words = line.split(separator: " ").prefix(6)
    guard let index = words.firstIndex(of: "func") else {
      return line.hasPrefix("init(") || line.hasPrefix("package init(")
    }
    return words[..<index].allSatisfy {
      ["package", "private", "fileprivate", "static", "mutating", "@Sendable", "override"].contains($0)
    }
  }

  /// Each with what to write instead.
  static let banned: [(word: String, instead: String)] = [
    ("try" + "!", "handle the error"), ("as" + "! ", "as? with a guard"), ("fatal" + "Error(", "throw"),
    ("NSRegular" + "Expression", "a byte scanner"), ("Date" + "Formatter", "Time"), ("TO" + "DO", "an issue"),
    ("FIX" + "ME", "an issue"), ("DispatchQueue." + "main", "an actor"),
  ]

  @Test func bannedWordsAreAbsent() {
    for file in Self.sources where file.path.hasPrefix("Sources") {
      for (number, line) in file.lines.enumerated() {
        for rule in Self.banned where line.contains(rule.word) && !line.contains("//") {
          Issue.record("\(file.path):\(number + 1) has \(rule.word): \(rule.instead)")
        }
      }
    }
  }

  @Test func silencedErrorsSayWhy() {
    for file in Self.sources where file.path.hasPrefix("Sources") {
      for (number, line) in file.lines.enumerated()
      where line.contains(" try? ") || line.contains("(try? ") {
        let before = number > 0 ? file.lines[number - 1] : ""
        let earlier = number > 1 ? file.lines[number - 2] : ""
        if !line.contains("//") && !before.contains("//") && !earlier.contains("//") {
          Issue.record("\(file.path):\(number + 1) silences an error without a reason beside it")
        }
      }
    }
  }

  /// A reference to what is unchecked must say what proves it.
  @Test func uncheckedSendabilityIsProved() {
    for file in Self.sources where file.path.hasPrefix("Sources") {
      for (number, line) in file.lines.enumerated()
      where line.contains("@unchecked Sendable") || line.contains("nonisolated(unsafe)") {
        let around = file.lines[max(0, number - 4)...number].joined(separator: "\n")
        if !around.contains("//") { Issue.record("\(file.path):\(number + 1) claims safety without a proof") }
      }
    }
  }

  @Test func onlyTheDriversKnowTheEngines() {
    for file in Self.sources where file.path.hasPrefix("Sources") {
      for line in file.lines where line.contains("import GRDB") || line.contains("import CPostgres") {
        #expect(file.path.contains("Platform/SQLite/") || file.path.contains("Platform/Postgres/"), "\(file.path)")
      }
      for line in file.lines where line.hasPrefix("import Hummingbird") {
        #expect(file.path.contains("Platform/Web/"), "\(file.path)")
      }
    }
  }

  @Test func noCapabilityImportsAnother() {
    let capabilities = ["Identity", "Ledger", "Vulnerability", "Home", "Duties"]
    for file in Self.sources where file.path.hasPrefix("Sources/Capabilities/") {
      let own = file.path.split(separator: "/")[2]
      for line in file.lines {
        for other in capabilities where other != own {
          #expect(line != "import \(other)", "\(file.path)")
        }
      }
    }
  }

  @Test func pagesCarryNoStyleOrScriptOfTheirOwn() {
    for file in Self.sources where file.path.hasPrefix("Sources") {
      for (number, line) in file.lines.enumerated()
      where line.contains(" style=\"") || line.contains(" onclick=") || line.contains("<script>") {
        Issue.record("\(file.path):\(number + 1) has inline style or script")
      }
    }
  }
}
