import Foundation
import Matching
import Support
import Testing

@Suite struct VersionTests {
  /// By the scheme that the shape asks for.
  static let shaped: [(String, String, String)] = [
    ("7.2", "7.2.0", "="), ("v7.0.5", "7.0.5", "="), ("7.0.5,build0304,210208", "7.0.5", "="),
    ("v7.2.8 build1639 (GA)", "7.2.8", "="), ("7.2.8 build1639", "7.2.9", "<"), ("7.0.12 build0523", "7.0.13", "<"),
    ("10.2.9", "10.2.9-h1", "<"), ("10.2.9-h1", "10.2.10", "<"), ("22.7R2.5", "22.7R2.6", "<"),
    ("9.16(4)38", "9.16.4.38", "="), ("1.9", "1.10", "<"), ("8u391", "1.8.0_391", "="), ("8 Update 391", "8u391", "="),
    ("1.8.0_202", "8u391", "<"), ("7:5.1.6", "5.1.6", "="), ("5.8.3", "5.38.4", "<"), ("1.0.1g", "1.0.1", ">"),
    ("1.0.1a", "1.0.1g", "<"), ("1.0.1", "1.0.2", "<"), ("１０．２．９", "10.2.9", "="), ("Ver.3.1", "3.1", "="),
    ("Version 3.1", "3.1.0", "="), ("17.0.9+9", "17.0.9", "="), ("NS13.0 91.12.nc", "13.0-91.13", "<"),
    ("15.2(4)M6", "15.1(3)T2", "?"), ("15.2(4)M6a", "15.2(4)M6", ">"), ("12.2(33)SXI4a", "12.2(33)SXI4b", "<"),
    ("7.0(3)I7(9)", "7.0(3)I7(10)", "<"), ("2019", "15.1.2507.6", "?"), ("2016", "2019", "<"), ("", "1.0", "?"),
    ("abc", "1.0", "?"), ("10.0.20348..2762", "10.0.20348.2700", "?"), ("10.0.19045", "10.0.19045.4170", "?"),
    ("19045.4170", "10.0.19045.4291", "<"), ("7.2.26 and earlier", "7.2.20", "?"), ("< 1.2", "1.1", "?"),
    ("3f9a1c2b7d", "1.0", "?"), ("3f9a1c2b7d", "3f9a1c2b7d", "="), ("gold", "gold", "="),
    ("2023-10-10", "20231010", "="),
    ("1809", "20H2", "<"), ("2004", "20H2", "<"), ("5.36.0-7+deb12u1", "5.36.0-7+deb12u2", "<"),
    ("1.2.3~rc1-1.el7", "1.2.3-1.el7", "<"), ("4.0.0-SNAPSHOT", "4.0.0", "<"), ("9.0.0.M1", "9.0.0", "<"),
    ("6.7.0 build-13006603", "6.7.0 build-14320388", "<"), ("6.7u3", "6.7 Update 3", "="), ("6.7u3k", "6.7u3", ">"),
    ("19c", "19.21.0.0.0", "<"), ("11gR2", "12c", "<"), ("99999999999999999999.1", "99999999999999999999.2", "<"),
    ("V300R003C10", "V300R005", "<"), ("1.0-foo", "1.0-barbar", "?"), ("1.0-foo", "1.0", ">"), ("R81", "81.0", "="),
    ("4.1.0.Final", "4.1.0", "="), ("5.3.9.RELEASE", "5.3.9", "="), ("1.0.GA", "1.0", "="), ("9.1R1", "9.1", ">"),
    ("1:2.0", "2:1.0", "<"), ("7:5.1.6", "5.1.8", "<"), ("1909", "2004", "<"), ("1909", "20H2", "<"),
    ("2004", "1.5", "?"),
    ("0.9.8z", "0.9.8za", "<"), ("3.0.0.M1", "3.0.0.RC1", "<"), ("2.0.0-beta.2", "2.0.0-beta.11", "<"),
    ("1.2.3", "1.2.3.post1", "<"), ("1.2.3.dev1", "1.2.3", "<"), ("21.3R1-S1", "21.3R2", "<"), ("6.7u3", "7.0", "<"),
    ("7.0 Update 2", "7.0 Update 3", "<"), ("8u391", "11.0.21", "<"), ("15.1(4)M", "15.2(4)M", "<"),
    ("12.2(55)SE", "15.0(2)SE", "<"), ("1.0.0+build1", "1.0.0+build2", "="), ("01.02", "1.2", "="),
    ("1_0_1", "1.0.1", "="),
    ("4.4.0-209-generic", "4.4.0-210-generic", "<"), ("3.10.0-1160.el7.x86_64", "3.10.0-1160.2.el7.x86_64", "<"),
    ("7.0.12-build0523", "7.0.12", "="), ("latest", "1.0", "?"), ("1.1.1", "1.1.1w", "<"), ("8.9p1", "9.0", "<"),
    ("7.x", "7.0.1", "?"), ("7.x", "7.1", "?"), ("7.X", "8.0", "?"), ("7.*", "7.0.1", "?"), ("7.x", "7.x", "="),
    ("7.x-1.0", "7.x-1.1", "<"), ("1.2.3 (Windows)", "1.2.3", "="), ("4.5.0.0", "4.5", "="),
    ("2.0.0 patch 3", "2.0.0p3", "="),
  ]

  @Test(arguments: shaped) func ordersByShape(_ left: String, _ right: String, _ sign: String) {
    #expect(VersionScheme.shape.compare(left, right).sign == sign, "\(left) \(sign) \(right)")
    #expect(VersionScheme.shape.compare(right, left).reversed.sign == sign, "the other way round")
    #expect(VersionScheme.shape.compare(Version(left), written: right).sign == sign, "without allocation")
  }

  @Test(.enabled(if: TestData.isPresent)) func allSharedPairsAreRight() throws {
    let data = try Data(contentsOf: URL(filePath: TestData.path + "/vuln/peer-comparison/version-cases.json"))
    let cases = try #require(try JSONSerialization.jsonObject(with: data) as? [[String]])
    #expect(cases.count >= 30)
    for pair in cases {
      #expect(VersionScheme.shape.compare(pair[0], pair[1]).sign == pair[2], "\(pair)")
    }
  }

  @Test func schemesOfTheTableHoldTheirExamples() {
    #expect(SchemeTable.shared.entries.count > 15)
    for entry in SchemeTable.shared.entries {
      for (left, one) in entry.example.enumerated() {
        for (right, other) in entry.example.enumerated() {
          let expected = left < right ? "<" : left > right ? ">" : "="
          #expect(
            entry.scheme.compare(one, other).sign == expected,
            "\(entry.scheme.name): \(one) \(expected) \(other)"
          )
        }
      }
    }
  }

  @Test func productsFindTheirScheme() {
    let table = SchemeTable.shared
    #expect(table.scheme(vendor: "fortinet", product: "fortios").name == "fortinet")
    #expect(table.scheme(vendor: "microsoft", product: "windows_10_22h2").rule == .windows)
    #expect(table.scheme(vendor: "acme", product: "thing") == .shape)
    #expect(table.scheme(named: "ios")?.rule == .trains)
    #expect(table.scheme(named: "dpkg")?.rule == .dpkg)
    #expect(table.scheme(named: "nonsense") == nil)
    #expect(table.scheme(named: "ios")?.compare("15.2(4)M6", "15.2(4)E6") == .unknown)
  }

  @Test func theLetterRuleComesFromTheProductsOwnRanges() {
    #expect(SchemeTable.inferred(bounds: ["1.0.1g"], singles: ["1.0"])?.rule == .letters)
    #expect(SchemeTable.inferred(bounds: ["12.2"], singles: ["12.1xc"])?.rule == .trains)
    #expect(SchemeTable.inferred(bounds: ["12.2"], singles: ["12.1"]) == nil)
  }

  /// Texts of every rule's own kind, from a seed, so that a failure comes again.
  static func texts(_ rule: VersionRule, _ count: Int, seed: UInt64) -> [String] {
    var chance = SeededChance(seed)
    return (0..<count).map { _ in
      func count(_ most: Int) -> Int { Int(chance.next() % UInt64(most)) }
      func number(_ most: Int) -> String { String(count(most)) }
      func pick(_ words: [String]) -> String { words[Int(chance.next() % UInt64(words.count))] }
      switch rule {
      case .trains: return "15.\(number(3))(\(number(3)))" + pick(["", "M", "SE", "T"]) + pick(["", number(4)])
      case .java: return pick(["8u", "1.8.0_", "11.0.", "1.7.0_", "7u"]) + number(4)
      case .vsphere: return "\(6 + count(2))." + number(3) + pick(["", "u1", "u2", " Update 3", "u3k"])
      case .citrix:
        return pick(["NS", ""]) + "13.\(number(2))" + pick(["-", " ", " Build "]) + "\(number(3)).\(number(3))"
      case .oracle: return pick(["19c", "12c", "12cR2", "11gR2", "19.\(number(4)).0.0", "CPUJan202\(number(3))"])
      case .windows: return "10.0.\(pick(["17763", "19045", "20348"])).\(number(4))"
      case .windowsRelease: return pick(["1507", "1809", "1903", "2004", "20H2", "21H1", "21H2", "22H2"])
      case .date:
        return "202\(number(3))"
          + pick(["-0\(1 + count(3))-1\(number(3))", "0\(1 + count(3))1\(number(3))"])
      case .rpm, .dpkg:
        return pick(["", "1:", "2:"]).isEmpty
          ? "1.\(number(3))" + pick(["~rc1", "", ".a", "a"]) + "-\(number(3))" + pick(["", ".el7", "+deb12u1"])
          : "1.\(number(3))-\(number(2))"
      case .generic, .letters:
        return (0..<(1 + count(4))).map { _ in pick([number(3), "0", number(12)]) }.joined(
          separator: pick([".", "-", "_"])
        )
          + pick([
            "", "", "a", "b", "rc1", "-beta\(number(3))", "p1", "r\(number(2))", "-h2", ".RELEASE", "-foo", "-bars",
            "b2", "sp1", "m1",
          ])
      }
    }
  }

  @Test(arguments: VersionRule.allCases) func eachSchemeIsAnOrder(_ rule: VersionRule) {
    let scheme = VersionScheme(name: rule.rawValue, rule: rule)
    let texts = Self.texts(rule, LongTests.areOn ? 120 : 48, seed: 20_261_128).map { Version($0) }
    for one in texts {
      #expect(scheme.compare(one, one) == .equal, "\(one.raw) equals itself")
      for other in texts {
        let order = scheme.compare(one, other)
        if order != scheme.compare(other, one).reversed {
          Issue.record("\(rule): \(one.raw) and \(other.raw) are ordered in one direction only")
        }
        if order == .unknown || order == .greater { continue }
        for third in texts {
          let next = scheme.compare(other, third)
          guard next == .less || next == .equal else { continue }
          let whole = scheme.compare(one, third)
          let expected: VersionOrder = order == .equal && next == .equal ? .equal : .less
          if whole != expected {
            Issue.record("\(rule): \(one.raw), \(other.raw), \(third.raw): \(order.sign) \(next.sign) \(whole.sign)")
            return
          }
        }
      }
    }
  }
}

/// SplitMix64.
struct SeededChance {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }
}
