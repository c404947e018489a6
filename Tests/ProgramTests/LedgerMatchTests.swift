import Foundation
import Support
import Testing
import Text

@testable import Program

/// The free text of a hospital's own ledger against the feeds: how many devices are identified, must be asked about or are
/// unknown, and nothing 確定 that the text does not bear out.
@Suite struct LedgerMatchTests {
  private struct Report: Decodable {
    struct Line: Decodable {
      let advisory, certainty, component: String
      let version, state: String?
      let open: Bool
    }

    let devices, identified, ask, unknown, open: Int
    let matches: [Line]
  }

  @Test(.enabled(if: TestData.isPresent)) func theReportSaysHowWellDevicesAreKnown() async throws {
    let hospital = try Hospital()
    try #require(try await hospital.initialize().code == 0)
    let feeds = TestData.path + "/vuln"
    for arguments in [
      ["import", "--kind", "assets", TestData.path + "/ledgers/hospital-a/機器管理台帳.xlsx"],
      [
        "vuln", "import", feeds + "/nvd/nvdcve-2.0-modified.json.gz",
        feeds + "/kev/known_exploited_vulnerabilities.json",
      ],
      ["vuln", "match"],
    ] {
      let outcome = try await hospital.run(arguments)
      #expect(outcome.code < 2, "\(arguments): \(outcome.errors)")
    }
    let outcome = try await hospital.run(["vuln", "report", "--json"])
    let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
    print("devices \(report.devices): \(report.identified) identified, \(report.ask) to ask, \(report.unknown) unknown")
    #expect(report.devices > 1_400)
    #expect(report.identified + report.ask + report.unknown == report.devices)
    // What is asked about are names that could be several things; a release of Windows says what it is.
    #expect(report.identified * 10 > report.devices * 8)
    #expect(report.ask < 100)
    #expect(report.open > 0 && report.matches.allSatisfy { $0.open == ($0.state == "new") })
    for line in report.matches where line.certainty == "confirmed" {
      let version = try #require(line.version, "\(line): no version, and yet confirmed")
      // What is confirmed rests on a version that stands in the ledger, and on no Windows of which only the release is known.
      let core = version.prefix { $0.isNumber || $0 == "." || $0 == "v" }
      #expect(Fold.key(line.component).contains(core.lowercased()), "\(line)")
      #expect(!line.component.contains("Windows") || version.split(separator: ".").count == 4, "\(line)")
    }
  }

  private struct Name: Decodable {
    let written, state: String
    let devices: Int
    let settled: [String]?
  }

  /// Names are listed, settled once and opened again from the command line.
  @Test(.enabled(if: TestData.isPresent)) func namesAreSettledFromTheCommandLine() async throws {
    let hospital = try Hospital()
    try #require(try await hospital.initialize().code == 0)
    let ledger = TestData.path + "/ledgers/hospital-a/機器管理台帳.xlsx"
    _ = try await hospital.run(["import", "--kind", "assets", ledger])
    func names(_ more: String...) async throws -> [Name] {
      let outcome = try await hospital.run(["vuln", "names", "list", "--json"] + more)
      return try JSONDecoder().decode([Name].self, from: Data(outcome.output.utf8))
    }
    let open = try await names()
    let first = try #require(open.first)
    #expect(first.state == "ask" || first.state == "unknown")
    #expect(try await hospital.run(["vuln", "names", "confirm", first.written, "fortios"]).code == 2)
    #expect(try await hospital.run(["vuln", "names", "confirm", "台帳にない", "o:fortinet:fortios"]).code == 2)
    #expect(try await hospital.run(["vuln", "names", "confirm", first.written, "o:fortinet:fortios"]).code == 0)
    #expect(try await names().count == open.count - 1)
    let settled = try await names("--all").first { $0.written == first.written }
    #expect(settled?.state == "settled")
    #expect(settled?.settled == ["o:fortinet:fortios"])
    #expect(try await hospital.run(["vuln", "names", "forget", first.written]).code == 0)
    #expect(try await names().count == open.count)
    #expect(try await hospital.run(["vuln", "names", "confirm", first.written, "--none"]).code == 0)
  }
}
