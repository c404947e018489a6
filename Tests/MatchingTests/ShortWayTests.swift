import Advisories
import Support
import Testing

@testable import Matching

/// The short ways of comparing versions say what the long way says, or nothing.
@Suite struct ShortWayTests {
  private static func bytes<Value>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value {
    Array(text.utf8).withUnsafeBufferPointer(body)
  }

  private static func number(_ chance: inout SplitMix64) -> String {
    let most = [2, 9, 30, 300, 1_899, 5_999, 6_000, 20_348, 99_999].randomElement(using: &chance) ?? 9
    return String(Int.random(in: 0...most, using: &chance))
  }

  private static let ends = [
    ".", "a", "..1", ".0", ".00", "u391", "-h1", " build1639", ".el7", "R11.4", "(4)M6", "_b1", "H2",
  ]
  private static let fronts = ["0", ".", "2019", "10.0.", "6.1.", "v", "7:", "1.8.0_", "2024-", "Rev."]

  private static func version(_ chance: inout SplitMix64, _ strangeness: Int) -> String {
    var text = (0..<Int.random(in: 1...4, using: &chance)).map { _ in number(&chance) }.joined(separator: ".")
    if Int.random(in: 0..<strangeness, using: &chance) == 0 { text += ends.randomElement(using: &chance) ?? "" }
    if Int.random(in: 0..<strangeness, using: &chance) == 0 {
      text = (fronts.randomElement(using: &chance) ?? "") + text
    }
    return text
  }

  /// The same beginning with another end, in other signs or other numbers.
  private static func alike(_ version: String, _ chance: inout SplitMix64) -> String {
    let kept = version.split(separator: ".").prefix(Int.random(in: 1...3, using: &chance)).joined(separator: ".")
    let sign = [".", "_", "u", ".0.", " Update ", "-", "R", "("].randomElement(using: &chance) ?? "."
    return kept + sign + number(&chance) + (Int.random(in: 0..<3, using: &chance) == 0 ? "." + number(&chance) : "")
  }

  @Test func plainNumbersAreOrderedAsTheGenericOrderDoes() {
    var chance = SplitMix64(seed: 7)
    var told = 0
    for _ in 0..<20_000 {
      let (left, right) = (Self.version(&chance, 12), Self.version(&chance, 12))
      guard let short = Self.bytes(left, { one in Self.bytes(right) { PlainNumbers.compare(one, $0) } }) else {
        continue
      }
      told += 1
      for scheme in [VersionScheme.shape, .generic] {
        let long = scheme.compare(Version(left), Version(right))
        if short != long { Issue.record("\(left) and \(right): \(short), but \(long) by \(scheme.name)") }
      }
    }
    #expect(told > 3_000)
  }

  /// Versions that begin with different numbers are never the same, under no rule, with or without an update behind.
  @Test func anotherFrontIsAnotherVersion() {
    var chance = SplitMix64(seed: 11)
    let schemes = VersionRule.allCases.map { VersionScheme(name: "\($0)", rule: $0) } + [.shape]
    var told = [0, 0]
    for round in 0..<10_000 {
      let left = Self.version(&chance, 3)
      // Half of them begin alike.
      let right = round % 2 == 0 ? Self.version(&chance, 3) : Self.alike(left, &chance)
      guard Self.bytes(left, { one in Self.bytes(right) { VersionFront.differs(one, $0) } }), Version(left).isToken
      else { continue }
      told[round % 2] += 1
      let update = Self.ends.randomElement(using: &chance) ?? ""
      for scheme in schemes {
        for text in [right, right + " " + update] where scheme.compare(Version(left), Version(text)) == .equal {
          Issue.record("\(left) equals \(text) by \(scheme.name)")
        }
      }
    }
    #expect(told.allSatisfy { $0 > 300 }, "\(told)")
  }

  /// The brief walk ends early and makes no hits; it says what the best of the hits says, for trees of every kind.
  @Test func theBriefWalkSaysWhatTheBestHitSays() {
    var chance = SplitMix64(seed: 23)
    let products = (0..<5).map { number in
      let part: Part = [.application, .operatingSystem, .hardware].randomElement(using: &chance) ?? .application
      return ProductName(part, vendor: number == 4 ? "microsoft" : "acme", product: "p\(number)")
    }
    func isOneIn(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &chance) == 0 }
    func junction() -> Junction { isOneIn(2) ? .or : .and }
    func criterion() -> Criterion {
      let product = products[Int.random(in: 0..<5, using: &chance)]
      let version = String(Int.random(in: 1...4, using: &chance))
      let isVulnerable = !isOneIn(3)
      switch Int.random(in: 0..<4, using: &chance) {
      case 0: return Criterion(CPEName(product, version: .value(version)), isVulnerable: isVulnerable)
      case 1: return Criterion(CPEName(product, version: .notApplicable), isVulnerable: isVulnerable)
      case 2: return Criterion(CPEName(product, version: .any), isVulnerable: isVulnerable)
      default:
        let range = VersionRange(upper: .init(version, isIncluded: isOneIn(2)))
        return Criterion(CPEName(product), range: range, isVulnerable: isVulnerable)
      }
    }
    var told: [Certainty?: Int] = [:]
    for round in 0..<5_000 {
      let configurations = (0..<Int.random(in: 1...2, using: &chance)).map { _ in
        let nodes = (0..<Int.random(in: 1...3, using: &chance)).map { _ in
          let criteria = (0..<Int.random(in: 1...3, using: &chance)).map { _ in criterion() }
          return CriteriaNode(junction(), isNegated: isOneIn(8), criteria)
        }
        return Configuration(junction(), isNegated: isOneIn(10), nodes)
      }
      let asset = AssetComponents(
        (0..<Int.random(in: 1...3, using: &chance)).map { _ in
          Component(
            product: products[Int.random(in: 0..<5, using: &chance)],
            version: isOneIn(5) ? nil : String(Int.random(in: 1...4, using: &chance))
          )
        }
      )
      let compact = CompactConfigurations(configurations)
      let all = asset.hits(compact).map(\.certainty)
      let best = all.contains(.confirmed) ? Certainty.confirmed : all.first
      let brief = asset.certainty(compact)
      told[brief, default: 0] += 1
      if brief != best { Issue.record("round \(round): \(String(describing: brief)), not \(String(describing: best))") }
    }
    #expect(told.count == 3 && told.values.allSatisfy { $0 > 300 }, "\(told)")
  }
}
