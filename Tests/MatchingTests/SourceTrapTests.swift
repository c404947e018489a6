import Advisories
import Matching
import Testing
import Text
import Time

/// Lists of versions that seem to settle a match and do not (vuln.md 4.3, 4.5, 4.6).
@Suite struct SourceTrapTests {
  private static let release = ProductName(.operatingSystem, vendor: "microsoft", product: "windows_10_1809")
  private static let fortios = ProductName(.operatingSystem, vendor: "fortinet", product: "fortios")
  private static let junos = ProductName(.operatingSystem, vendor: "juniper", product: "junos")
  private static let viewer = ProductName(.application, vendor: "acme", product: "viewer")
  private static let apex = ProductName(.application, vendor: "trendmicro", product: "apex_one")

  private static func range(_ lower: String?, _ upper: String?, isIncluded: Bool = false) -> VersionRange {
    VersionRange(
      lower: lower.map { VersionBound($0, isIncluded: true) },
      upper: upper.map { VersionBound($0, isIncluded: isIncluded) }
    )
  }

  /// What NVD says by configurations.
  private static func nvd(_ product: ProductName, _ ranges: [VersionRange]) -> Advisory {
    var advisory = Advisory(id: "CVE-2026-0100", feed: .nvd)
    advisory.configurations = CompactConfigurations([
      Configuration(.or, [CriteriaNode(.or, ranges.map { Criterion(CPEName(product), range: $0) })])
    ])
    return advisory
  }

  private static func listed(_ products: [AffectedProduct]) -> Advisory {
    var advisory = Advisory(id: "CVE-2026-0100", feed: .cve)
    advisory.affected = products
    return advisory
  }

  private static func product(
    _ name: ProductName,
    _ statements: [AffectedProduct.Statement],
    _ status: AffectedProduct.Status = .unknown,
    platforms: [String] = [],
    source: String = "cna"
  ) -> AffectedProduct {
    AffectedProduct(
      vendor: name.vendor,
      product: name.product,
      names: [CPEName(name)],
      statements: statements,
      defaultStatus: status,
      platforms: platforms,
      source: source
    )
  }

  private static func evaluation(_ components: [Component]) throws -> AdvisoryEvaluation {
    AdvisoryEvaluation(AssetComponents(components), today: try AnswerTests.day("2026-11-28"))
  }

  private static func answer(_ components: [Component], _ advisories: [Advisory]) throws -> Answer? {
    try evaluation(components).answers(advisories).first
  }

  private static let patched = Component(product: release, version: "10.0.17763.8146")

  private static let lines: [(ranges: [VersionRange], certainty: Certainty?)] = [
    // Another line alone decides nothing, from where it ever begins.
    ([range(nil, "10.0.18363.2274")], .conditional), ([range("10.0.0", "10.0.18363.2274")], .conditional),
    ([range(nil, "10.0.14393.6000")], .conditional), ([range("10.0.17763.0", "10.0.18363.2274")], .conditional),
    // The own line decides, whatever comes first.
    ([range("10.0.0", "10.0.18363.2274"), range("10.0.0", "10.0.17763.2928")], nil),
    ([range(nil, "10.0.17763.2928"), range(nil, "10.0.18363.2274")], nil),
    ([range(nil, "10.0.18363.2274"), range(nil, "10.0.17763.9000")], .confirmed),
    ([range(nil, "10.0.17763.9000")], .confirmed), ([range("10.0.17763.0", "10.0.17763.9000")], .confirmed),
    ([range("10.0.17763.0", "10.0.17763.2928")], nil),
    // From a build of a line to another of it: nothing but that line is meant.
    ([range("10.0.18363.0", "10.0.18363.2274")], nil),
    // Without an end the release is all that is named.
    ([range("10.0.0", nil)], .conditional),
  ]

  @Test func revisionsCountWithinOneBuildLine() throws {
    for (ranges, certainty) in Self.lines {
      let nvd = Self.nvd(Self.release, ranges)
      let evaluation = try Self.evaluation([Self.patched])
      #expect(evaluation.answers([nvd]).first?.certainty == certainty, "NVD: \(ranges.map(\.words.en))")
      #expect(evaluation.certainty([nvd]) == certainty, "in brief: \(ranges.map(\.words.en))")
      // One row of the record each, as the CNA writes them.
      let cna = Self.listed(ranges.map { Self.product(Self.release, [.init(.range($0))]) })
      let answer = evaluation.answers([cna]).first
      #expect(answer?.certainty == certainty, "CNA: \(ranges.map(\.words.en))")
      if certainty == .conditional { #expect(answer?.explanation.question == .windowsBuild) }
    }
  }

  /// NVD writes another line's bound, the CNA the right one.
  @Test func theOwnBuildLineOfOneSourceDecides() throws {
    let server = ProductName(.operatingSystem, vendor: "microsoft", product: "windows_server_2022")
    let nvd = Self.nvd(server, [Self.range(nil, "10.0.22000.3260")])
    func answer(_ version: String) throws -> Answer? {
      let cna = Self.listed([Self.product(server, [.init(.range(Self.range("10.0.20348.0", "10.0.20348.2762")))])])
      return try Self.answer([Component(product: server, version: version)], [nvd, cna])
    }
    #expect(try answer("10.0.20348.4405")?.verdict == .notAffected)
    #expect(try answer("10.0.20348.2700")?.verdict == .affected(.confirmed))
    #expect(
      try Self.answer([Component(product: server, version: "10.0.20348.4405")], [nvd])?.verdict
        == .affected(.conditional)
    )
  }

  @Test func allVersionsOfAWindowsSayNothingOfItsBuild() throws {
    let lists: [([AffectedProduct.Statement], AffectedProduct.Status)] = [
      ([.init(.all)], .unknown), ([.init(.range(Self.range("0", "*")))], .unknown), ([], .affected),
      ([.init(.single("10.0.0"))], .affected), ([.init(.text("すべてのバージョン"))], .unknown),
    ]
    for (statements, status) in lists {
      let advisory = Self.listed([Self.product(Self.release, statements, status)])
      let answer = try Self.answer([Self.patched], [advisory])
      #expect(answer?.verdict == .affected(.conditional), "\(statements)")
      #expect(answer?.explanation.question == .windowsBuild, "\(statements)")
    }
    // Of other products all versions are all versions.
    let other = Self.listed([Self.product(Self.fortios, [.init(.all)])])
    #expect(
      try Self.answer([Component(product: Self.fortios, version: "7.2.8")], [other])?.verdict == .affected(.confirmed)
    )
  }

  @Test(
    arguments: [
      (["EX4300"], false), (["SRX340"], true), (["SRX Series"], true), (["SRX300 Series"], true), (["SRX4600"], false),
      (["Juniper SRX340"], true), (["MX Series with SPC3"], false), (["EX4300", "SRX Series"], true),
      (["Unknown"], true),
      (["SRX34"], false), ([], true),
    ] as [([String], Bool)]
  )
  func platformsNameTheHardware(_ platforms: [String], _ isNamed: Bool) throws {
    let device = [
      Component(product: Self.junos, version: "20.2R3-S2"),
      Component(product: ProductName(.hardware, vendor: "juniper", product: "srx340"), version: nil),
    ]
    let statement = AffectedProduct.Statement(.range(Self.range("0", "20.4R3-S10")))
    let cna = Self.product(Self.junos, [statement], .unaffected, platforms: platforms)
    let adp = Self.product(Self.junos, [statement], source: "adp")
    // CISA repeats the ranges without the platforms.
    for products in [[cna], [cna, adp]] {
      let answer = try Self.answer(device, [Self.listed(products)])
      #expect(answer?.certainty == (isNamed ? .confirmed : .conditional), "\(platforms)")
      if !isNamed { #expect(answer?.explanation.question?.key == "companion") }
    }
  }

  @Test(
    arguments: [
      (["Windows"], true), (["Linux"], false), (["MacOS", "Windows"], true), (["x64-based Systems"], true),
      (["Windows 10 Version 1809 for x64-based Systems"], true), (["Windows 10"], true),
      (["Windows 10 Version 22H2 for x64-based Systems"], false), (["Windows Server 2019"], false),
    ] as [([String], Bool)]
  )
  func platformsNameTheSystem(_ platforms: [String], _ isNamed: Bool) throws {
    let device = [Component(product: Self.viewer, version: "1.0"), Self.patched]
    let product = Self.product(Self.viewer, [.init(.range(Self.range("0", "2.0.1")))], platforms: platforms)
    let answer = try Self.answer(device, [Self.listed([product])])
    #expect(answer?.certainty == (isNamed ? .confirmed : .conditional), "\(platforms)")
  }

  @Test func aYearIsANameAndNoVersion() throws {
    let device = [Component(product: Self.apex, version: "2019")]
    let year = Self.product(Self.apex, [.init(.single("2019"))], source: "adp")
    for lower in ["2019 (14.0)", nil] {
      let build = Self.product(Self.apex, [.init(.range(Self.range(lower, "14.0.0.12380")))])
      let answer = try Self.answer(device, [Self.listed([build, year])])
      #expect(answer?.verdict == .affected(.conditional), "\(lower ?? "")")
      #expect(answer?.explanation.question == .versionIncomparable)
    }
    // Where nobody counts otherwise, the name is all there is.
    #expect(try Self.answer(device, [Self.listed([year])])?.verdict == .affected(.confirmed))
  }

  @Test func aReleaseIsAFixWhereSomebodyNamesIt() throws {
    let device = [Component(product: Self.fortios, version: "6.4.5")]
    func fixes(_ products: [AffectedProduct]) throws -> [String] {
      let answer = try #require(try Self.answer(device, [Self.listed(products)]))
      #expect(answer.verdict == .affected(.confirmed))
      return answer.explanation.fixedVersions
    }
    func below(_ lower: String?, _ upper: String) -> AffectedProduct.Statement {
      .init(.range(Self.range(lower, upper)))
    }
    let last = AffectedProduct.Statement(.range(Self.range("6.4.0", "6.4.14", isIncluded: true)))
    let cna = Self.product(Self.fortios, [last])
    func adp(_ statements: [AffectedProduct.Statement]) -> AffectedProduct {
      Self.product(Self.fortios, statements, source: "adp")
    }
    #expect(try fixes([cna, adp([below("6.4.0", "6.5.0")])]) == [])
    #expect(try fixes([cna, adp([below("6.4.0", "6.4.15")])]) == ["6.4.15"])
    #expect(try fixes([cna, adp([below(nil, "7.0.0")])]) == ["7.0.0"])
    let mended = AffectedProduct.Statement(.single("6.5.0"), status: .unaffected)
    #expect(try fixes([cna, adp([below("6.4.0", "6.5.0"), mended])]) == ["6.5.0"])
    let same = Self.product(Self.fortios, [below("6.4.0", "6.5.0")])
    #expect(try fixes([same, adp([below("6.4.0", "6.5.0")])]) == ["6.5.0"])
  }
}
