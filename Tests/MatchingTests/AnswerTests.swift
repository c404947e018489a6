import Advisories
import Matching
import Support
import Testing
import Text
import Time

@Suite struct AnswerTests {
  static func day(_ text: String) throws -> LocalDate { try #require(LocalDate(iso: text)) }

  static func device(_ version: String?, confidence: Confidence = .certain) -> AssetComponents {
    AssetComponents([
      Component(
        product: ProductName(.operatingSystem, vendor: "fortinet", product: "fortios"),
        version: version,
        confidence: confidence
      )
    ])
  }

  /// The CVE record as CISA publishes it: what the CNA and the ADP list.
  static func record(_ id: String) throws -> Advisory {
    var found: Advisory?
    let file = FeedSource(path: TestData.path + "/vuln/vulnrichment/vulnrichment-subset.ndjson.gz")
    _ = try CVEReader.read(file) { record in
      if case .advisory(let advisory) = record, advisory.id == id { found = advisory }
    }
    return try #require(found)
  }

  static func support() throws -> SupportIndex {
    SupportIndex(
      try [("5.6", "2021-09-30"), ("6.0", "2022-09-29"), ("7.0", "2028-01-01")].map { cycle, end in
        SupportCycle(
          product: "fortios",
          label: "FortiOS",
          cycle: cycle,
          names: [ProductName(.operatingSystem, vendor: "fortinet", product: "fortios")],
          endOfSupport: try day(end),
          endOfExtendedSupport: nil,
          isOver: nil,
          latest: nil
        )
      }
    )
  }

  /// Acceptance test 4: one CVE, several sources.
  @Test(.enabled(if: TestData.isPresent)) func fortiOSFromSeveralSources() throws {
    let advisory = try Self.record("CVE-2024-21762")
    let today = try Self.day("2026-11-28")
    func answer(_ version: String?) throws -> Answer {
      let evaluation = AdvisoryEvaluation(Self.device(version), support: try Self.support(), today: today)
      return try #require(evaluation.answers([advisory]).first)
    }
    let affected = try answer("7.0.13")
    #expect(affected.verdict == .affected(.confirmed))
    #expect(Set(affected.explanation.sources.map(\.source)) == ["cna", "adp"])
    #expect(affected.explanation.fixedVersions == ["7.0.14"])
    #expect(affected.sentence.ja.contains("7.0.0 以上 7.0.13 以下"))
    #expect(try answer("7.0.14").verdict == .notAffected)
    let disputed = try answer("6.0.18")
    #expect(disputed.verdict == .affected(.conditional))
    #expect(disputed.explanation.sourcesDisagree)
    #expect(disputed.sentence.ja.contains("情報源によって判断が分かれています"))
    #expect(disputed.explanation.endedCycle?.cycle == "6.0")
    let old = try answer("5.6.14")
    #expect(old.verdict == .notListed)
    #expect(old.explanation.endedCycle?.cycle == "5.6")
    #expect(old.sentence.ja.contains("サポートが終わっている"))
    #expect(try answer("v7.0.12 build0523 (GA)").verdict == .affected(.confirmed))
    let unknown = try answer(nil)
    #expect(unknown.verdict == .affected(.conditional))
    #expect(unknown.explanation.question == .versionUnknown)
    for version in ["7.0.13", "7.0.14", "6.0.18", "5.6.14"] {
      let evaluation = AdvisoryEvaluation(Self.device(version), support: try Self.support(), today: today)
      #expect(evaluation.affected([advisory]) == evaluation.answers([advisory]).filter { $0.certainty != nil })
    }
    print(affected.lines.map(\.ja).joined(separator: "\n"))
    print(old.lines.map(\.en).joined(separator: "\n"))
  }

  @Test func theSuppliersWordSuppresses() throws {
    var advisory = Advisory(id: "CVE-2026-0001", feed: .cve)
    let range = VersionRange(upper: VersionBound("8.0", isIncluded: false))
    func product(_ source: String) -> AffectedProduct {
      AffectedProduct(
        vendor: "Fortinet",
        product: "FortiOS",
        statements: [.init(.range(range))],
        source: source
      )
    }
    advisory.affected = [product("cna")]
    let evaluation = AdvisoryEvaluation(Self.device("7.2.8"), today: try Self.day("2026-11-28"))
    #expect(evaluation.answers([advisory]).first?.verdict == .affected(.confirmed))
    var statement = Advisory(id: "CVE-2026-0001", feed: .csaf)
    statement.statements = [
      SupplierStatement(
        product("csaf:Fortinet"),
        verdict: .notAffected,
        justification: "vulnerable_code_not_in_execute_path"
      )
    ]
    let answer = try #require(evaluation.answers([advisory, statement]).first)
    #expect(answer.verdict == .suppressed)
    #expect(answer.sentence.ja.contains("vulnerable_code_not_in_execute_path"))
    statement.statements = [SupplierStatement(product("csaf:Fortinet"), verdict: .underInvestigation)]
    #expect(evaluation.answers([statement]).first?.explanation.question == .underInvestigation)
    advisory.state = .rejected
    #expect(evaluation.answers([advisory]).isEmpty)
  }

  /// A source whose range cannot be compared leaves it open: it is not told as saying yes, and it contradicts nobody.
  @Test func whoCannotTellHasNotSaidYes() throws {
    func product(_ source: String, _ statements: [AffectedProduct.Statement]) -> AffectedProduct {
      AffectedProduct(vendor: "Fortinet", product: "FortiOS", statements: statements, source: source)
    }
    let unreadable = AffectedProduct.Statement(.text("see the advisory"))
    let lower = AffectedProduct.Statement(
      .range(
        VersionRange(lower: .init("7.0.0", isIncluded: true), upper: .init("7.0.12", isIncluded: true))
      )
    )
    let higher = AffectedProduct.Statement(
      .range(
        VersionRange(lower: .init("7.0.0", isIncluded: true), upper: .init("7.0.20", isIncluded: true))
      )
    )
    func answer(_ products: [AffectedProduct]) throws -> Answer {
      var advisory = Advisory(id: "CVE-2026-0003", feed: .cve)
      advisory.affected = products
      let evaluation = AdvisoryEvaluation(Self.device("7.0.13"), today: try Self.day("2026-11-28"))
      return try #require(evaluation.answers([advisory]).first)
    }
    let open = try answer([product("cna", [lower]), product("adp", [unreadable])])
    #expect(open.verdict == .affected(.conditional))
    #expect(open.explanation.question == .versionIncomparable && !open.explanation.sourcesDisagree)
    #expect(!open.sentence.ja.contains("としています"), "\(open.sentence)")
    let split = try answer([product("cna", [lower]), product("adp", [unreadable]), product("nvd", [higher])])
    #expect(split.explanation.sourcesDisagree)
    #expect(split.sentence.ja.contains("NVDは該当する、CISA ADPは要確認、CNAは該当しないとしています"), "\(split.sentence)")
    #expect(split.sentence.en.contains("NVD says that it is affected; CISA ADP says that it may be"))
  }

  @Test func listsOfVersionsAreReadInTheirOrder() throws {
    func verdict(
      _ version: String,
      _ statements: [AffectedProduct.Statement],
      _ status: AffectedProduct.Status = .unknown
    )
      throws -> Answer.Verdict?
    {
      var advisory = Advisory(id: "CVE-2026-0002", feed: .cve)
      advisory.affected = [
        AffectedProduct(
          vendor: "fortinet",
          product: "FortiOS",
          statements: statements,
          defaultStatus: status,
          source: "cna"
        )
      ]
      return AdvisoryEvaluation(Self.device(version), today: try Self.day("2026-11-28")).answers([advisory]).first?
        .verdict
    }
    func range(_ lower: String, _ upper: String, _ isIncluded: Bool) -> AffectedProduct.Extent {
      .range(VersionRange(lower: .init(lower, isIncluded: true), upper: .init(upper, isIncluded: isIncluded)))
    }
    // Unaffected goes first.
    let both: [AffectedProduct.Statement] = [
      .init(range("0", "*", false)), .init(range("7.2.0", "7.2.*", true), status: .unaffected),
    ]
    #expect(try verdict("7.2.8", both) == .notAffected)
    #expect(try verdict("7.1.9", both) == .affected(.confirmed))
    // Changes switch inside the range.
    let changed = [
      AffectedProduct.Statement(range("7.0.0", "8.0", false), changes: [.init(at: "7.2.9", status: .unaffected)])
    ]
    #expect(try verdict("7.2.8", changed) == .affected(.confirmed))
    #expect(try verdict("7.2.9", changed) == .notAffected)
    // A bound equal to the start is a point or nothing.
    #expect(try verdict("7.2.8", [.init(range("7.2.8", "7.2.8", false))]) == .affected(.conditional))
    #expect(try verdict("7.2.8", [.init(.text("7.2.26 and earlier"))]) == .affected(.confirmed))
    #expect(try verdict("7.2.8", [.init(.text("7.3.7 より前のバージョン"))]) == .affected(.confirmed))
    #expect(try verdict("7.2.8", [.init(.text("see the advisory"))]) == .affected(.conditional))
    #expect(try verdict("7.2.8", [.init(.single("7.2.*"))]) == .affected(.confirmed))
    #expect(try verdict("7.2.8", [], .affected) == .affected(.confirmed))
    #expect(try verdict("7.2.8", [], .unaffected) == .notAffected)
  }

  @Test func companionsDecide() throws {
    let firmware = ProductName(.operatingSystem, vendor: "siemens", product: "s7-1500_firmware")
    let unit = ProductName(.hardware, vendor: "siemens", product: "s7-1500")
    let configurations = CompactConfigurations([
      Configuration(
        .and,
        [
          CriteriaNode(
            .or,
            [
              Criterion(CPEName(firmware), range: VersionRange(upper: .init("2.0", isIncluded: false)))
            ]
          ),
          CriteriaNode(.or, [Criterion(CPEName(unit, version: .notApplicable), isVulnerable: false)]),
        ]
      )
    ])
    let installed = Component(product: firmware, version: "1.6")
    func hit(_ more: [Component]) -> ConfigurationHit? {
      AssetComponents([installed] + more).hits(configurations).first
    }
    #expect(hit([])?.question == .companion(unit))
    #expect(hit([])?.certainty == .conditional)
    #expect(hit([Component(product: unit, version: nil)])?.certainty == .confirmed)
    let maker = Component(product: ProductName(.hardware, vendor: "siemens", product: ""), version: nil)
    #expect(hit([maker])?.certainty == .confirmed)
    #expect(hit([maker])?.assumed == unit)
    #expect(
      hit([Component(product: ProductName(.hardware, vendor: "siemens", product: "s7-300"), version: nil)]) == nil
    )
    #expect(hit([])?.fixedVersions == ["2.0"])
  }

  @Test func platformsOfAFamily() {
    let program = ProductName(.application, vendor: "acme", product: "viewer")
    func hit(_ platform: ProductName, _ os: ProductName) -> Certainty? {
      let configurations = CompactConfigurations([
        Configuration(
          .and,
          [
            CriteriaNode(.or, [Criterion(CPEName(program, version: .value("1.0")))]),
            CriteriaNode(.or, [Criterion(CPEName(platform, version: .notApplicable), isVulnerable: false)]),
          ]
        )
      ])
      return AssetComponents([Component(product: program, version: "1.0"), Component(product: os, version: nil)])
        .hits(configurations).first?.certainty
    }
    func os(_ vendor: String, _ product: String) -> ProductName {
      ProductName(.operatingSystem, vendor: vendor, product: product)
    }
    #expect(hit(os("microsoft", "windows"), os("microsoft", "windows_11_23h2")) == .confirmed)
    #expect(hit(os("linux", "linux_kernel"), os("debian", "debian_linux")) == .confirmed)
    #expect(hit(os("linux", "linux_kernel"), os("microsoft", "windows_11_23h2")) == nil)
    #expect(hit(os("apple", "mac_os_x"), os("apple", "macos")) == .confirmed)
    #expect(hit(os("microsoft", "windows"), os("acme", "own_system")) == .conditional)
  }

  @Test func updatesAndTargetsThatNobodyRecordedAreAskedFor() {
    let product = ProductName(.application, vendor: "ivanti", product: "connect_secure")
    func certainty(_ version: String, _ name: CPEName) -> Certainty? {
      AssetComponents([Component(product: product, version: version)])
        .hits(CompactConfigurations([Configuration(.or, [CriteriaNode(.or, [Criterion(name)])])])).first?.certainty
    }
    #expect(certainty("9.1R11.4", CPEName(product, version: .value("9.1"), update: .value("r11.4"))) == .confirmed)
    #expect(certainty("9.1R12", CPEName(product, version: .value("9.1"), update: .value("r11.4"))) == nil)
    #expect(certainty("9.1", CPEName(product, version: .value("9.1"), update: .value("rc1"))) == .conditional)
    #expect(
      certainty("9.1", CPEName(product, version: .value("9.1"), targetSoftware: .value("android"))) == .conditional
    )
    #expect(certainty("9.1", CPEName(product, version: .any)) == .conditional)
    #expect(certainty("9.1", CPEName(product, version: .value("9.1"))) == .confirmed)
    // Renamed products are one.
    let old = ProductName(.application, vendor: "pulsesecure", product: "pulse_connect_secure")
    #expect(certainty("9.1R9", CPEName(old, version: .value("9.1"), update: .value("r9"))) == .confirmed)
  }

  /// 「Tomcat 9」 is some 9.x: only a range that holds all of it, or nothing of it, decides.
  @Test func theFrontOfAVersionIsABranch() throws {
    let tomcat = ProductName(.application, vendor: "apache", product: "tomcat")
    func certainty(_ version: String, _ lower: String?, _ upper: String?, single: String? = nil) -> Certainty? {
      let range =
        single == nil
        ? VersionRange(
          lower: lower.map { VersionBound($0, isIncluded: true) },
          upper: upper.map { VersionBound($0, isIncluded: false) }
        ) : nil
      let name = CPEName(tomcat, version: single.map { .value($0) } ?? .any)
      return AssetComponents([Component(product: tomcat, version: version)])
        .hits(CompactConfigurations([Configuration(.or, [CriteriaNode(.or, [Criterion(name, range: range)])])]))
        .first?.certainty
    }
    #expect(certainty("9.x", "9.0.0", "9.0.43") == .conditional)
    #expect(certainty("9.x", "8.5.0", "8.5.63") == nil)
    #expect(certainty("9.x", "8.0.0", "10.0") == .confirmed)
    #expect(certainty("9.x", nil, "10.1") == .confirmed)
    #expect(certainty("9.x", "9.0.0", "10.0") == .confirmed)
    #expect(certainty("9.x", nil, nil, single: "9.x") == .confirmed)
    #expect(certainty("9.x", nil, nil, single: "9.0.12") == .conditional)
    #expect(certainty("9.x", nil, nil, single: "8.5.1") == nil)
    #expect(certainty("9.0.12", "9.0.0", "9.0.43") == .confirmed)
  }
}
