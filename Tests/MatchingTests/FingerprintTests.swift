import Advisories
import Foundation
import Matching
import Support
import Testing

@Suite struct FingerprintTests {
  /// recog brings its own examples: each must be found, with what it says must be read.
  @Test(.enabled(if: TestData.isPresent)) func recogsOwnExamplesAreRead() throws {
    let folder = TestData.path + "/vuln/recog"
    var examples = 0
    var right = 0
    var refused = 0
    var wrong: [String] = []
    for file in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() where file.hasSuffix(".xml") {
      let fingerprints = try FingerprintReader.read(FeedSource(path: folder + "/" + file))
      #expect(!fingerprints.isEmpty, "\(file)")
      refused += FingerprintSet(fingerprints).refused.count
      for fingerprint in fingerprints {
        let alone = FingerprintSet([fingerprint])
        for example in fingerprint.examples {
          examples += 1
          let found = alone.properties(example.text, subject: fingerprint.subject)?.properties
          if let found, example.expected.allSatisfy({ found[$0.key] == $0.value }) {
            right += 1
          } else {
            wrong.append("\(file): \(fingerprint.description): \(example.text.prefix(80))")
          }
        }
      }
    }
    print("recog examples \(examples), right \(right), patterns refused \(refused)")
    #expect(examples > 3_000)
    #expect(refused == 0)
    #expect(Double(right) >= 0.99 * Double(examples), "\(wrong.prefix(20))")
  }

  @Test(.enabled(if: TestData.isPresent)) func aSystemDescriptionNamesItsProduct() throws {
    let file = FeedSource(path: TestData.path + "/vuln/recog/snmp_sysdescr.xml")
    let set = FingerprintSet(try FingerprintReader.read(file))
    let banner = "Cisco IOS Software, C2960X Software (C2960X-UNIVERSALK9-M), Version 15.2(7)E4, RELEASE SOFTWARE (fc2)"
    let candidate = try #require(set.candidates(banner, subject: "snmp.sys_description").first)
    #expect(candidate.component.name.product == ProductName(.operatingSystem, vendor: "cisco", product: "ios"))
    #expect(candidate.confidence == .likely)
    #expect(set.candidates("nobody knows this", subject: "snmp.sys_description").isEmpty)
  }

  /// (a+)+$ against many a: the step limit ends it.
  @Test func aHostilePatternEndsSoon() {
    let hostile = Fingerprint(pattern: "^(a+)+$", subject: "x")
    let clock = ContinuousClock()
    let spent = clock.measure {
      #expect(FingerprintSet([hostile]).properties(String(repeating: "a", count: 4_000) + "!", subject: "x") == nil)
    }
    #expect(spent < .seconds(2))
    #expect(FingerprintSet([Fingerprint(pattern: "(", subject: "x")]).refused.count == 1)
  }
}
