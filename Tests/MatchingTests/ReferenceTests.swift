import Advisories
import Foundation
import Matching
import Support
import Testing

/// The shared inventory against the whole NVD set, beside a strict reference evaluator. Differences are counted by reason;
/// `Documentation/vulnerability-differences.md` is what this test writes.
@Suite struct ReferenceTests {
  struct Item {
    let key: String
    let asset: AssetComponents
    let reference: [Set<String>]
  }

  static func items() throws -> [Item] {
    let folder = TestData.path + "/vuln/peer-comparison"
    let inventory = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(filePath: folder + "/bench-inventory.json"))
    )
    let packed = FeedSource(path: folder + "/reference-matches.json.gz")
    let reference = try JSONSerialization.jsonObject(with: Data(try packed.wholeContent()))
    let lists = try #require(reference as? [String: [[String]]])
    return try #require(inventory as? [[String]]).map { fields in
      let key = fields.joined(separator: "|")
      func plain(_ text: String) -> String { text.replacing("\\", with: "").lowercased() }
      let part = try #require(Part(letter: fields[0]))
      let component = Component(
        product: ProductName(part, vendor: plain(fields[1]), product: plain(fields[2])),
        version: plain(fields[3])
      )
      return Item(
        key: key,
        asset: AssetComponents([component]),
        reference: try #require(lists[key]).map { Set($0) }
      )
    }
  }

  /// The configurations of every advisory that names a product of the inventory, rejected ones left out (C5).
  static func advisories(_ items: [Item]) throws -> [String: CompactConfigurations] {
    var wanted: Set<String> = []
    for item in items { for name in item.asset.lookups() { wanted.insert(name.vendor + ":" + name.product) } }
    var files: [String] = []
    for folder in ["/vuln/nvd-bulk", "/vuln/nvd"] {
      files += try FileManager.default.contentsOfDirectory(atPath: TestData.path + folder)
        .filter { $0.hasPrefix("nvdcve-2.0-") && $0.hasSuffix(".json.gz") }.sorted()
        .map { TestData.path + folder + "/" + $0 }
    }
    files.sort { !$0.contains("modified") && $1.contains("modified") }
    var found: [String: CompactConfigurations] = [:]
    for file in files {
      _ = try NVDReader.read(FeedSource(path: file)) { record in
        guard case .advisory(let advisory) = record else { return }
        found[advisory.id] = nil
        guard advisory.state != .rejected, !advisory.configurations.isEmpty else { return }
        if advisory.configurations.products.contains(where: { wanted.contains($0.vendor + ":" + $0.product) }) {
          found[advisory.id] = advisory.configurations
        }
      }
    }
    return found
  }

  @Test(.enabled(if: TestData.isPresent)) func theInventoryAgreesWithTheReference() throws {
    let items = try Self.items()
    let advisories = try Self.advisories(items)
    var byProduct: [String: [(String, CompactConfigurations)]] = [:]
    for (id, configurations) in advisories {
      for name in Set(configurations.products.map { $0.vendor + ":" + $0.product }) {
        byProduct[name, default: []].append((id, configurations))
      }
    }
    var table = DifferenceTable()
    var otherwise: [String] = []
    var pairs = 0
    let clock = ContinuousClock()
    var spent = Duration.zero
    for item in items {
      var candidates: [String: CompactConfigurations] = [:]
      for name in item.asset.lookups() {
        for (id, configurations) in byProduct[name.vendor + ":" + name.product] ?? [] {
          candidates[id] = configurations
        }
      }
      pairs += candidates.count
      var hits: [String: ConfigurationHit] = [:]
      spent += clock.measure {
        for (id, configurations) in candidates {
          if let hit = item.asset.hits(configurations).first { hits[id] = hit }
        }
      }
      table.add(item, hits)
      // Evaluated alone, each item is one component: its hit is the best there is.
      for (id, configurations) in candidates where item.asset.certainty(configurations) != hits[id]?.certainty {
        otherwise.append(id)
      }
    }
    print("pairs evaluated: \(pairs) in \(spent)")
    #expect(otherwise.isEmpty, "the brief walk says otherwise: \(otherwise.prefix(10))")
    #expect(table.referencePairs > 9_000)
    #expect(Double(table.missed) <= 0.005 * Double(table.referencePairs), "missed \(table.missed)")
    #expect(table.unverified.isEmpty, "confirmed though a companion is unverified: \(table.unverified.prefix(10))")
    #expect(table.unexplained.isEmpty, "\(table.unexplained.prefix(20))")
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = try String(
      contentsOf: root.appending(path: "Documentation/vulnerability-differences.md"),
      encoding: .utf8
    )
    #expect(
      page.contains(table.markdown),
      "the committed table is another one; this is what came out:\n\(table.markdown)"
    )
  }
}
