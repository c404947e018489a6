import Foundation
import Support
import Testing
import Time

@testable import Advisories

@Suite struct `NVD` {
  /// The figures of reference/vuln.md 3.3, counted by another program.
  @Test(.enabled(if: TestData.isPresent)) func `every record and criterion of fifteen years is there`() throws {
    var advisories = 0
    var criteria = 0
    var parts: [Part: Int] = [:]
    var notVulnerable = 0
    var isWrong = false
    for year in VulnData.years {
      let reading = try NVDReader.read(VulnData.source(year)) { record in
        guard case .advisory(let advisory) = record else { return }
        advisories += 1
        let products = advisory.configurations.products.map(\.part)
        advisory.configurations.withWalk { walk in
          while let step = walk.next() {
            guard case .criterion(let criterion) = step else { continue }
            guard products.indices.contains(criterion.product) else {
              isWrong = true
              continue
            }
            criteria += 1
            parts[products[criterion.product], default: 0] += 1
            if !criterion.isVulnerable { notVulnerable += 1 }
          }
        }
      }
      #expect(reading.bad == 0 && reading.badParts == 0)
      #expect(reading.checks.map(\.holds) == [true, true])
      #expect(reading.head.part == year.split(separator: "-").last.map { String($0.prefix(4)) })
      #expect(!reading.head.isDelta)
    }
    #expect(!isWrong)
    #expect(advisories == 80_844)
    let modified = try criteriaOf("nvd/nvdcve-2.0-modified.json.gz")
    #expect(criteria + modified.count == 1_103_710)
    #expect((parts[.application] ?? 0) + (modified.parts[.application] ?? 0) == 806_811)
    #expect((parts[.operatingSystem] ?? 0) + (modified.parts[.operatingSystem] ?? 0) == 274_344)
    #expect((parts[.hardware] ?? 0) + (modified.parts[.hardware] ?? 0) == 22_555)
    #expect(notVulnerable + modified.notVulnerable == 40_021)
  }

  private func criteriaOf(_ file: String) throws -> (count: Int, parts: [Part: Int], notVulnerable: Int) {
    var result = (count: 0, parts: [Part: Int](), notVulnerable: 0)
    let reading = try NVDReader.read(VulnData.source(file)) { record in
      guard case .advisory(let advisory) = record else { return }
      for criterion in advisory.configurations.decoded().flatMap(\.nodes).flatMap(\.criteria) {
        result.count += 1
        result.parts[criterion.name.product.part, default: 0] += 1
        if !criterion.isVulnerable { result.notVulnerable += 1 }
      }
    }
    #expect(reading.read == 2393)
    #expect(reading.head.isDelta)
    return result
  }

  /// One year beside an independent reading by Foundation: every field we keep, every criterion written again.
  @Test(.enabled(if: TestData.isPresent)) func `one feed equals what Foundation reads`() throws {
    let name = "nvd/nvdcve-2.0-modified.json.gz"
    let stream = try VulnData.source(name).open()
    let data = Data(try stream.read(upTo: 1 << 30))
    let root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let expected = try #require(root["vulnerabilities"] as? [[String: Any]]).compactMap { $0["cve"] as? [String: Any] }
    let (_, collected) = try VulnData.read(NVDReader.self, name)
    #expect(collected.advisories.count == expected.count)
    for (advisory, record) in zip(collected.advisories, expected) {
      #expect(advisory.id == record["id"] as? String)
      let texts = record["descriptions"] as? [[String: String]] ?? []
      #expect(advisory.summary == texts.first { $0["lang"] == "en" }?["value"])
      let urls = (record["references"] as? [[String: Any]] ?? []).compactMap { $0["url"] as? String }
      #expect(Set(advisory.references.map(\.url)) == Set(urls))
      #expect(advisory.published?.iso == (record["published"] as? String).map { $0 + "Z" })
      let given = Self.criteria(record["configurations"] as? [[String: Any]] ?? [])
      #expect(Self.criteria(advisory.configurations.decoded()) == given, "\(advisory.id)")
    }
    let exploited = expected.count { $0["cisaExploitAdd"] != nil }
    #expect(collected.exploited.count == exploited && exploited > 0)
  }

  /// Both sides as one line a criterion, with all that surrounds it.
  private static func criteria(_ configurations: [[String: Any]]) -> [String] {
    configurations.enumerated().flatMap { index, configuration in
      (configuration["nodes"] as? [[String: Any]] ?? []).enumerated().flatMap { number, node in
        (node["cpeMatch"] as? [[String: Any]] ?? []).map { match in
          let bounds = [
            "versionStartIncluding", "versionStartExcluding", "versionEndIncluding", "versionEndExcluding",
          ].map { match[$0] as? String ?? "" }
          return [
            "\(index).\(number)", configuration["operator"] as? String ?? "OR", node["operator"] as? String ?? "OR",
            "\(match["vulnerable"] as? Bool ?? true)", (match["criteria"] as? String ?? "").lowercased(),
          ].joined(separator: " ") + " " + bounds.joined(separator: "|")
        }
      }
    }
  }

  private static func criteria(_ configurations: [Configuration]) -> [String] {
    configurations.enumerated().flatMap { index, configuration in
      configuration.nodes.enumerated().flatMap { number, node in
        node.criteria.map { criterion in
          let (lower, upper) = (criterion.range?.lower, criterion.range?.upper)
          let bounds = [
            lower?.isIncluded == true ? lower?.version : nil, lower?.isIncluded == false ? lower?.version : nil,
            upper?.isIncluded == true ? upper?.version : nil, upper?.isIncluded == false ? upper?.version : nil,
          ].map { $0 ?? "" }
          return [
            "\(index).\(number)", configuration.junction == .and ? "AND" : "OR", node.junction == .and ? "AND" : "OR",
            "\(criterion.isVulnerable)", criterion.name.formatted,
          ].joined(separator: " ") + " " + bounds.joined(separator: "|")
        }
      }
    }
  }

  @Test(.enabled(if: TestData.isPresent)) func `the feed of 2026 says what the CNA says`() throws {
    let (reading, collected) = try VulnData.read(NVDReader.self, "nvd/sample-affected-nvdcve-2.0-2021.json.gz")
    #expect(reading.read == 3)
    let log4j = try #require(collected.advisory("CVE-2021-44228"))
    let affected = try #require(log4j.affected.first)
    #expect(affected.vendor == "Apache Software Foundation")
    #expect(affected.source == "cna")
    let statement = try #require(affected.statements.first)
    #expect(statement.changes.count == 5)
    #expect(statement.changes.first == .init(at: "2.3.1", status: .unaffected))
    #expect(log4j.configurations.decoded().count > 10)
    let entry = try #require(collected.exploited.first)
    #expect(entry.added.iso == "2021-12-10")
    #expect(entry.due?.iso == "2021-12-24")
    #expect(log4j.scores.contains { $0.version == "3.1" && $0.tenths == 100 })
  }

  @Test func `a bad record is skipped and told`() throws {
    let text = #"""
      {"format":"NVD_CVE","totalResults":4,"vulnerabilities":[
      {"cve":{"id":"CVE-2024-0001","vulnStatus":"Rejected","descriptions":[{"lang":"en","value":"x"}]}},
      {"cve":{"id":"CVE-2024-0002","descriptions":[{"lang":"en","value":"cut \q"}]}},
      {"cve":{"id":"none"}},
      {"cve":{"id":"CVE-2024-0003","vulnStatus":"Deferred","cveTags":[{"tags":["disputed"]}],"configurations":[
        {"nodes":[{"cpeMatch":[{"vulnerable":true,"criteria":"cpe:2.3:x:bad"},
          {"vulnerable":true,"criteria":"cpe:2.3:a:v:p:*","versionEndExcluding":"2"}]}]}]}}]}
      """#
    let (reading, collected) = try VulnData.read(NVDReader.self, text: text, name: "nvdcve-2.0-2024.json")
    #expect(reading.read == 2)
    #expect(reading.bad == 2)
    #expect(reading.badParts == 1)
    #expect(reading.problems.count == 3)
    let place = try #require(text.firstRange(of: #"\q"#)).lowerBound
    #expect(reading.problems.first?.offset == text.utf8.distance(from: text.startIndex, to: place))
    #expect(reading.checks.map(\.holds) == [true])
    #expect(collected.advisories.map(\.state) == [.rejected, .awaitingAnalysis])
    #expect(collected.advisories[1].isDisputed)
    let criterion = try #require(collected.advisories[1].configurations.decoded().first?.nodes.first?.criteria.first)
    #expect(criterion.range == VersionRange(upper: VersionBound("2", isIncluded: false)))
  }

  @Test func `a file that is cut off is refused`() throws {
    let text = #"{"format":"NVD_CVE","vulnerabilities":[{"cve":{"id":"CVE-2024-0001"}},{"cve":{"id":"CVE-20"#
    #expect { try VulnData.read(NVDReader.self, text: text) } throws: { ($0 as? FeedError)?.kind == .damaged }
  }

  @Test func `one endless line ends in a clear word and little memory`() throws {
    // 64 MB of one string inside one record, packed: the window stops at the limit for one record.
    let packed = Gzip.pack(Array(#"{"vulnerabilities":[{"a":""#.utf8) + [UInt8](repeating: 120, count: 64 << 20))
    let source = FeedSource(name: "x.json.gz", bytes: packed)
    #expect { try NVDReader.read(source) { _ in } } throws: { ($0 as? FeedError)?.kind == .tooLarge }
  }

  @Test func `deep nesting is refused`() {
    let deep = String(repeating: "[", count: 100_000)
    let text = #"{"vulnerabilities":[{"cve":"# + deep
    #expect { try VulnData.read(NVDReader.self, text: text) } throws: { $0 is FeedError }
    let closed =
      #"{"vulnerabilities":[{"cve":"# + String(repeating: "[", count: 150)
      + String(repeating: "]", count: 150) + "}]}"
    #expect(throws: FeedError.self) { try VulnData.read(NVDReader.self, text: closed) }
  }
}
