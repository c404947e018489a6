import Advisories
import Foundation
import Matching
import Support
import Testing

@Suite struct RangeTextTests {
  /// A range as mathematicians write it, `*` for everything, `!` for what cannot be read.
  static func shown(_ reading: RangeReading) -> String {
    switch reading {
    case .everything: return "*"
    case .unreadable: return "!"
    case .ranges(let ranges):
      return ranges.map { range in
        if let lower = range.lower, lower == range.upper { return lower.version }
        let left = range.lower.map { ($0.isIncluded ? "[" : "(") + $0.version } ?? "("
        let right = range.upper.map { $0.version + ($0.isIncluded ? "]" : ")") } ?? ")"
        return left + ".." + right
      }.joined(separator: " ")
    }
  }

  static let texts: [(String, String)] = [
    ("7.3.7 より前のバージョン", "(..7.3.7)"), ("5.16.3 未満", "(..5.16.3)"), ("2.0 以前", "(..2.0]"), ("2.0 以下", "(..2.0]"),
    ("2.0 まで", "(..2.0]"), ("2.0 およびそれ以前", "(..2.0]"), ("2.0 及びそれ以前のバージョン", "(..2.0]"),
    ("2.0 以降", "[2.0..)"), ("2.0 以上", "[2.0..)"), ("2.13.0 から 2.15.0 より前のバージョン", "[2.13.0..2.15.0)"),
    ("core 2.0-beta9 から 2.12.1 より前のバージョン", "[2.0-beta9..2.12.1)"), ("1.0 から 2.0 まで", "[1.0..2.0]"),
    ("1.0 から 2.0", "[1.0..2.0]"), ("1.0 から 2.0 未満", "[1.0..2.0)"), ("1.0 ～ 2.0", "[1.0..2.0]"),
    ("1.0 〜 2.0", "[1.0..2.0]"),
    ("１．０ ～ ２．０", "[1.0..2.0]"), ("1.0 - 2.0", "[1.0..2.0]"), ("6.4 系", "[6.4..6.4.*]"), ("6.4系", "[6.4..6.4.*]"),
    ("すべてのバージョン", "*"), ("全バージョン", "*"), ("全ての版", "*"), ("1.2.3", "1.2.3"), ("1.2.3、1.2.4", "1.2.3 1.2.4"),
    ("1.2.3 および 1.2.4", "1.2.3 1.2.4"), ("1.2.3, 1.2.4 以降", "1.2.3 [1.2.4..)"), ("Ver.3.1 以前", "(..3.1]"),
    ("Version 3.1 以前", "(..3.1]"), ("ファームウェア Ver.1.2 より前のバージョン", "(..1.2)"),
    ("Windows 10 版 1.2.3 以前", "(..1.2.3]"), ("1.0 以上 2.0 未満", "[1.0..2.0)"), ("1.0 以降、2.0 未満", "[1.0..2.0)"),
    ("1.0 以降 2.0 より前のバージョン", "[1.0..2.0)"), ("Rev.14.01.40 以前", "(..Rev.14.01.40]"),
    ("7.3.7 より前のバージョン (Windows 版)", "(..7.3.7)"), ("14.0 RU1 MP1 以前", "(..14.0 RU1 MP1]"),
    ("9.16(4)38 未満", "(..9.16(4)38)"), ("2.0 を除くすべてのバージョン", "!"), ("1.2.3 で修正", "!"), ("", "!"), ("-", "!"),
    ("不明", "!"), ("10.0 系 10.0.5 より前のバージョン", "[10.0..10.0.5)"), ("6.0 (すべてのバージョン)", "[6.0..6.0.*]"),
    ("6.0 すべてのバージョン", "[6.0..6.0.*]"), ("1.0 より後", "(1.0..)"), ("6.4 系 7.0 系", "[6.4..6.4.*] [7.0..7.0.*]"),
    ("8.0.0 から 8.0.12、8.1.0 から 8.1.3", "[8.0.0..8.0.12] [8.1.0..8.1.3]"),
    ("7.2.26 and earlier", "(..7.2.26]"), ("v7.2.26 and prior", "(..v7.2.26]"), ("before 3.1", "(..3.1)"),
    ("prior to 3.1", "(..3.1)"), ("through 2.4", "(..2.4]"), ("up to and including 2.4", "(..2.4]"),
    ("up to 2.4", "(..2.4]"),
    ("< 1.2", "(..1.2)"), ("<1.2", "(..1.2)"), ("<= 1.2", "(..1.2]"), (">= 1.0, < 1.2", "[1.0..1.2)"),
    (">=1.0 <1.2", "[1.0..1.2)"),
    ("= 1.2", "1.2"), ("2.x", "[2..2.*]"), ("2.x before 2.5", "[2..2.5)"), ("2.* through 2.5", "[2..2.5]"),
    ("from 1.0 to 2.0", "[1.0..2.0]"), ("from 1.0 through 2.0", "[1.0..2.0]"), ("from 1.0 before 2.0", "[1.0..2.0)"),
    ("1.0 through 2.0", "[1.0..2.0]"), ("1.0 to 2.0", "[1.0..2.0]"), ("between 1.0 and 2.0", "[1.0..2.0]"),
    ("versions prior to 3.1", "(..3.1)"), ("all versions before 3.1", "(..3.1)"), ("All versions", "*"), ("all", "*"),
    ("*", "*"),
    ("6.4 all versions", "[6.4..6.4.*]"), ("1.2, 1.3 and 1.4", "1.2 1.3 1.4"), ("3.0 or later", "[3.0..)"),
    ("3.0+", "[3.0..)"),
    ("since 2.0", "[2.0..)"), ("n/a", "!"), ("unspecified", "!"), ("fixed in 1.2", "!"),
    ("all versions except 1.2", "!"),
    ("PAN-OS 10.2.9-h1 and earlier", "(..10.2.9-h1]"), ("8u391 and earlier", "(..8u391]"),
    ("R80.40 and below", "(..R80.40]"),
    ("1.2.3 has a hole", "!"), ("< 7.2.5, < 7.0.12", "(..7.2.5) (..7.0.12)"), ("7.0.0 - 7.0.13", "[7.0.0..7.0.13]"),
  ]

  @Test(arguments: texts) func readsTexts(_ text: String, _ expected: String) {
    #expect(Self.shown(RangeReading(text)) == expected, "\(text)")
  }

  /// Every `VersionNumber` of the JVN files, counted.
  @Test(.enabled(if: TestData.isPresent)) func everyVersionNumberOfJVNIsRead() throws {
    let folder = TestData.path + "/vuln/jvn"
    var count = 0
    for name in try FileManager.default.contentsOfDirectory(atPath: folder)
    where name.hasPrefix("detail_") && name.hasSuffix(".rdf") {
      let text = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
      for piece in text.components(separatedBy: "<VersionNumber>").dropFirst() {
        let version = String(piece.prefix { $0 != "<" })
        count += 1
        if case .ranges(let ranges) = RangeReading(version) {
          #expect(!ranges.isEmpty)
        } else {
          Issue.record("not read: \(version)")
        }
      }
    }
    #expect(count >= 5)
    print("JVN version texts read: \(count)")
  }

  /// Free text of CVE records: how much is read, and that nothing is read as all versions which does not say so.
  @Test(.enabled(if: TestData.isPresent)) func anyTextEndsInAnAnswer() {
    var chance = SeededChance(7)
    let words = [
      "1.2", "より前", "以前", "から", "and", "earlier", "<", "(", ")", "系", "、", "all", "x", "2.x", "～", "v", " ", "除く",
      "\u{200B}",
    ]
    for _ in 0..<3_000 {
      let text = (0..<Int(chance.next() % 7)).map { _ in words[Int(chance.next() % UInt64(words.count))] }.joined(
        separator: " "
      )
      if RangeReading(text) == .everything { #expect(text.contains("all") || text.contains("*"), "\(text)") }
    }
  }
}
