import Support
import Testing
import Time

@testable import Advisories

@Suite struct `Lists of CISA and FIRST` {
  @Test(.enabled(if: TestData.isPresent)) func `the catalogue is the same as JSON and as a table`() throws {
    let (json, fromJSON) = try VulnData.read(ExploitedReader.self, "kev/known_exploited_vulnerabilities.json")
    let (table, fromTable) = try VulnData.read(ExploitedReader.self, "kev/known_exploited_vulnerabilities.csv")
    #expect(json.read == 1404)
    #expect(json.head.release == "2025.08.25")
    #expect(json.head.made?.iso == "2025-08-25T17:04:19.979Z")
    #expect(json.checks.map(\.holds) == [true])
    #expect(table.read == 1404)
    #expect(table.head.made?.day.iso == "2025-08-25")
    #expect(fromJSON.exploited.map(\.cve) == fromTable.exploited.map(\.cve))
    #expect(fromJSON.exploited.map(\.due) == fromTable.exploited.map(\.due))
    #expect(fromJSON.exploited.count { $0.isUsedByRansomware } == fromTable.exploited.count { $0.isUsedByRansomware })
    #expect(fromJSON.exploited.contains { $0.isUsedByRansomware })
  }

  @Test(
    .enabled(if: TestData.isPresent),
    arguments: [
      ("2021-04-14", 65_117, nil, nil), ("2021-09-01", 65_117, 99_811, nil),
      ("2022-02-04", 96_817, 99_999, "v2022.01.01"), ("2023-03-07", 97_567, 99_995, "v2023.03.01"),
    ] as [(String, Int, Int?, String?)]
  )
  func `scores of every year`(day: String, probability: Int, percentile: Int?, model: String?) throws {
    let (reading, collected) = try VulnData.read(ProbabilityReader.self, "epss/epss_scores-\(day).csv.gz")
    #expect(reading.read == 2)
    #expect(reading.head.part == day)
    #expect(reading.head.release == model)
    #expect(reading.head.made?.iso == day + "T00:00:00.000Z")
    guard case .probability(let first)? = collected.records.first else { return #expect(Bool(false)) }
    #expect(first == ExploitProbability(cve: "CVE-2020-5902", probability: probability, percentile: percentile))
  }

  @Test func `odd scores`() throws {
    let text = "cve,epss,percentile\nCVE-2024-0001,1.2e-05,0.5\nCVE-2024-0002,1.5,1\nx,0.1,0.1\nCVE-2024-0003,1.0,\n"
    let (reading, collected) = try VulnData.read(ProbabilityReader.self, text: text)
    #expect(reading.read == 2)
    #expect(reading.problems.map(\.row) == [3, 4])
    #expect(
      collected.records == [
        .probability(ExploitProbability(cve: "CVE-2024-0001", probability: 1, percentile: 50_000)),
        .probability(ExploitProbability(cve: "CVE-2024-0003", probability: 100_000, percentile: nil)),
      ]
    )
  }

  /// Counted by a Python script over the same lines.
  @Test(.enabled(if: TestData.isPresent)) func `what CISA adds to ten thousand records`() throws {
    var decisions = 0
    var exploited = 0
    var statements = 0
    var names = 0
    var affected = 0
    let reading = try CVEReader.read(VulnData.source("vulnrichment/vulnrichment-subset.ndjson.gz")) { record in
      switch record {
      case .decision: decisions += 1
      case .exploited: exploited += 1
      case .advisory(let advisory):
        affected += advisory.affected.count
        for product in advisory.affected {
          statements += product.statements.count
          names += product.names.count
        }
      default: break
      }
    }
    #expect(reading.read == 10_127)
    #expect(reading.head.kind == .ssvc)
    #expect(decisions == 10_127)
    #expect(exploited == 224)
    #expect(statements > 78_000)
    #expect(names > 20_000)
    #expect(affected > 30_000)
  }

  @Test func `versions of a record are told as ranges, points and texts`() throws {
    let text = #"""
      {"dataType":"CVE_RECORD","cveMetadata":{"cveId":"CVE-2024-21762","state":"PUBLISHED"},"containers":{"cna":{
      "providerMetadata":{"shortName":"fortinet"},"title":"Out of bounds write","affected":[{"vendor":"Fortinet",
      "product":"FortiOS","defaultStatus":"unaffected","versions":[
      {"version":"7.0.0","lessThanOrEqual":"7.0.13","status":"affected","versionType":"semver"},
      {"version":"0","lessThan":"6.*","status":"affected"},{"version":"5.6","status":"affected"},
      {"version":"7.2.26 and earlier","status":"affected"},{"version":"8.0","lessThan":"*","status":"unaffected"}]},
      {"vendor":"n/a","product":"n/a","versions":[{"version":"n/a","status":"affected"}]}]},
      "adp":[{"providerMetadata":{"shortName":"CISA-ADP"},"metrics":[{"other":{"type":"ssvc","content":{
      "timestamp":"2024-02-09T00:00:00Z","options":[{"Exploitation":"PoC"},{"Automatable":"Yes"},
      {"Technical Impact":"total"}]}}}],"affected":[{"vendor":"fortinet","product":"fortios",
      "cpes":["cpe:2.3:o:fortinet:fortios:6.0.0:*:*:*:*:*:*:*"],
      "versions":[{"version":"6.0.0","lessThan":"6.2.16","status":"affected"}]}]}]}}
      """#
    let (_, collected) = try VulnData.read(CVEReader.self, text: text)
    let advisory = try #require(collected.advisories.first)
    #expect(advisory.affected.map(\.source) == ["cna", "adp"])
    #expect(
      advisory.affected[0].statements.map(\.extent) == [
        .range(
          VersionRange(lower: VersionBound("7.0.0", isIncluded: true), upper: VersionBound("7.0.13", isIncluded: true))
        ),
        .range(VersionRange(upper: VersionBound("6.*", isIncluded: false))), .single("5.6"),
        .text("7.2.26 and earlier"), .range(VersionRange(lower: VersionBound("8.0", isIncluded: true))),
      ]
    )
    #expect(advisory.affected[0].defaultStatus == .unaffected)
    #expect(advisory.affected[1].names.first?.product.product == "fortios")
    guard case .decision(let decision)? = collected.records.last else { return #expect(Bool(false)) }
    #expect(decision.exploitation == .poc)
    #expect(decision.isAutomatable == true)
    #expect(decision.isImpactTotal == true)
  }

  @Test(.enabled(if: TestData.isPresent)) func `overlays bring the criteria that NVD lacks`() throws {
    var criteria = 0
    let reading = try OverlayReader.read(VulnData.source("nvd-overrides/nvd-data-overrides.ndjson.gz")) { record in
      guard case .advisory(let advisory) = record else { return }
      advisory.configurations.withWalk { walk in
        while let step = walk.next() { if case .criterion = step { criteria += 1 } }
      }
    }
    #expect(reading.read == 32_184)
    #expect(reading.bad == 0)
    #expect(criteria > 32_000)
  }
}
