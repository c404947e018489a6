import Support
import Testing

@testable import Advisories

@Suite struct `Compact configurations` {
  @Test func `nothing takes no bytes`() {
    #expect(CompactConfigurations([]).bytes.isEmpty)
    #expect(CompactConfigurations.none.decoded().isEmpty)
  }

  @Test(arguments: UInt64(0)..<200) func `what goes in comes out`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let configurations: [Configuration] = (0..<Int.random(in: 0...4, using: &random)).map { _ in
      Self.configuration(&random)
    }
    let compact = CompactConfigurations(configurations)
    #expect(compact.decoded() == configurations)
    let expected = Set(configurations.flatMap(\.nodes).flatMap(\.criteria).map(\.name.product))
    #expect(Set(compact.products) == expected)
    #expect(compact.products.count == expected.count)
  }

  @Test func `a product is vulnerable when one criterion says so`() {
    let broken = ProductName(.operatingSystem, vendor: "fortinet", product: "fortios")
    let platform = ProductName(.hardware, vendor: "fortinet", product: "fortigate-60f")
    let compact = CompactConfigurations([
      Configuration(
        .and,
        [
          CriteriaNode(.or, [Criterion(CPEName(broken), isVulnerable: false), Criterion(CPEName(broken))]),
          CriteriaNode(.or, [Criterion(CPEName(platform, version: .notApplicable), isVulnerable: false)]),
        ]
      )
    ])
    var seen: [String: Bool] = [:]
    compact.forEachProduct { part, vendor, product, isVulnerable in
      #expect(String(decoding: vendor, as: UTF8.self) == "fortinet")
      seen[part.letter + String(decoding: product, as: UTF8.self)] = isVulnerable
    }
    #expect(seen == ["ofortios": true, "hfortigate-60f": false])
  }

  /// Bytes out of a damaged database must never stop the program.
  @Test(arguments: UInt64(0)..<50) func `damaged bytes end the walk`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var bytes = CompactConfigurations([Self.configuration(&random), Self.configuration(&random)]).bytes
    for _ in 0..<40 {
      let at = Int.random(in: 0..<bytes.count, using: &random)
      bytes[at] = UInt8.random(in: 0...255, using: &random)
      _ = CompactConfigurations(bytes: bytes).decoded()
      _ = CompactConfigurations(bytes: Array(bytes[..<at])).decoded()
    }
  }

  private static func configuration(_ random: inout SplitMix64) -> Configuration {
    let nodes = (0..<Int.random(in: 0...3, using: &random)).map { _ in
      CriteriaNode(
        Bool.random(using: &random) ? .and : .or,
        isNegated: Bool.random(using: &random),
        (0..<Int.random(in: 0...5, using: &random)).map { _ in criterion(&random) }
      )
    }
    return Configuration(Bool.random(using: &random) ? .and : .or, isNegated: Bool.random(using: &random), nodes)
  }

  private static func criterion(_ random: inout SplitMix64) -> Criterion {
    let part = Part.allCases.randomElement(using: &random) ?? .application
    let product = ProductName(
      part,
      vendor: ["a", "ベンダ", "c:d"].randomElement(using: &random) ?? "",
      product: "p\(Int.random(in: 0..<200, using: &random))"
    )
    var name = CPEName(product, version: value(&random))
    for path in CPEName.attributesBehindVersion where Int.random(in: 0..<4, using: &random) == 0 {
      name[keyPath: path] = value(&random)
    }
    let bounds = (0..<2).map { _ in
      Bool.random(using: &random)
        ? VersionBound(
          String(repeating: "1.", count: Int.random(in: 0..<90, using: &random)),
          isIncluded: Bool.random(using: &random)
        ) : nil
    }
    let range = bounds.contains { $0 != nil } ? VersionRange(lower: bounds[0], upper: bounds[1]) : nil
    return Criterion(name, range: range, isVulnerable: Bool.random(using: &random))
  }

  private static func value(_ random: inout SplitMix64) -> CPEValue {
    [.any, .notApplicable, .unknown, .value("1.0"), .value("-"), .value("")].randomElement(using: &random) ?? .any
  }
}
