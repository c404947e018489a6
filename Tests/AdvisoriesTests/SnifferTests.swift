import Foundation
import Support
import Testing

@testable import Advisories

@Suite struct `What kind of file it is` {
  private static let real: [(String, FeedFormat)] = [
    ("nvd/nvdcve-2.0-2016.json.gz", .nvd), ("nvd/sample-affected-nvdcve-2.0-2021.json.gz", .nvd),
    ("nvd/nvdcve-2.0-2016.meta", .digests), ("nvd-overrides/nvd-data-overrides.ndjson.gz", .nvdOverlay),
    ("vulnrichment/vulnrichment-subset.ndjson.gz", .cve), ("kev/known_exploited_vulnerabilities.json", .kev),
    ("kev/known_exploited_vulnerabilities.csv", .kev), ("epss/epss_scores-2021-04-14.csv.gz", .epss),
    ("epss/epss_scores-2023-03-07.csv.gz", .epss), ("jvn/rss_jvndb_2021.rdf", .jvnRSS),
    ("jvn/detail_jvndb_detail_2022.rdf", .jvnDetail), ("jvn/product_myjvn_product_202311.rdf", .jvnProducts),
    ("jvn/detail_checksum.txt", .digests), ("jvn/detail_at_2021_at210050.html", .alertPage),
    ("jvn/rss_at_2011_at110008.html", .alertPage), ("endoflife/endoflife-products.json", .endOfLife),
    ("endoflife/sample-api-v1-full.json", .endOfLife), ("windows-kb/definitions.zip", .windowsUpdates),
    ("windows-kb/samples/10_1809_x64_enterprise_zh-cn_systeminfo.txt", .windowsInventory),
    ("windows-kb/samples/srv_2012r2_u1_qfe.txt", .windowsInventory), ("sbom-samples/sample.cdx.json", .billOfMaterials),
    ("sbom-samples/sample.cdx.xml", .billOfMaterials), ("sbom-samples/sample.spdx", .billOfMaterials),
    ("sbom-samples/sample.spdx.json", .billOfMaterials), ("inventory-samples/nmap-sV-loopback.xml", .nmap),
    ("recog/snmp_sysdescr.xml", .recog), ("vendor-advisories/cisco_json_all.json", .cisco),
    ("vendor-advisories/paloalto_json_CVE-2025-0114", .cve),
    ("vendor-advisories/fortinet_csaf_invalid-csaf_csaf_apache-tika-cve-2025-54988.json", .csaf),
    ("vendor-advisories/fortinet_cvrf_FG-IR-23-392.xml", .cvrf),
    ("vendor-advisories/microsoft_cvrf_happy_cvrf_2016-Apr", .cvrf),
    ("vendor-advisories/microsoft_csaf_happy_2025_msrc_cve-2025-29806.json", .csaf),
  ]

  @Test(.enabled(if: TestData.isPresent), arguments: real) func `real files`(name: String, format: FeedFormat) throws {
    #expect(try FeedSniffer.format(of: VulnData.source(name)) == format)
  }

  @Test(
    .enabled(if: TestData.isPresent),
    arguments: [
      "vendor-advisories/fortinet_csaf_happy_FG-IR-25-756", "kev/known_exploited_vulnerabilities_schema.json",
      "cpe/cpe-vendor-product.tsv.gz", "peer-comparison/version-cases.json",
      "windows-kb/samples/srv_2012r2_u1_updates_optional.txt",
    ]
  )
  func `what is none of ours is said so`(name: String) throws {
    #expect { try FeedSniffer.format(of: VulnData.source(name)) } throws: { ($0 as? FeedError)?.kind == .unknown }
  }

  @Test(arguments: FeedFormat.allCases.filter { $0 != .archive }) func `samples`(format: FeedFormat) throws {
    let files = Samples.files(of: format)
    #expect(!files.isEmpty)
    for file in files {
      #expect(try FeedSniffer.format(of: file) == format, "\(file.name)")
      guard let reader = format.reader else { continue }
      let reading = try reader.read(file, limits: FeedLimits()) { _ in }
      #expect(reading.read > 0, "\(file.name)")
    }
  }

  @Test func `packed as gzip it is the same`() throws {
    for format in FeedFormat.allCases where format.reader != nil {
      for file in Samples.files(of: format) {
        let packed = FeedSource(name: file.name + ".gz", bytes: Gzip.pack(try file.wholeContent()))
        #expect(try FeedSniffer.format(of: packed) == format, "\(file.name)")
      }
    }
  }

  @Test func `empty and foreign files`() {
    #expect(throws: FeedError.empty) { try FeedSniffer.format(of: FeedSource(name: "x", bytes: [])) }
    for text in ["%PDF-1.7", "hello", "{\"a\":1}", "<svg/>", "[1,2]", "MZ\u{90}"] {
      #expect { try FeedSniffer.format(of: FeedSource(name: "x", bytes: Array(text.utf8))) } throws: {
        ($0 as? FeedError)?.kind == .unknown
      }
    }
    #expect { try FeedSniffer.format(of: FeedSource(path: "/nowhere/x.json")) } throws: {
      ($0 as? FeedError)?.kind == .unreadable
    }
  }

  @Test(.enabled(if: TestData.isPresent)) func `a feed is held against what its publisher says`() throws {
    let digest = try #require(try PublishedDigest.read(VulnData.source("nvd/nvdcve-2.0-modified.meta")).first)
    #expect(digest.isAbout("nvdcve-2.0-modified.json.gz"))
    #expect(digest.modified != nil)
    let content = ContentDigest()
    #expect(digest.checks(content).isEmpty)
    _ = try NVDReader.read(VulnData.source("nvd/nvdcve-2.0-modified.json.gz").digested(by: content)) { _ in }
    #expect(digest.checks(content).map(\.holds) == [true, true])
    let other = try #require(try PublishedDigest.read(VulnData.source("nvd/nvdcve-2.0-2016.meta")).first)
    #expect(other.checks(content).map(\.holds) == [false, false])
    let japanese = try PublishedDigest.read(VulnData.source("jvn/detail_checksum.txt"))
    #expect(japanese.count > 5)
    #expect(japanese.contains { $0.isAbout("jvndb_detail_2022.rdf") })
  }

  @Test func `known digests`() throws {
    for file in Samples.files(of: .digests) {
      let digest = try #require(try PublishedDigest.read(file).first)
      let content = ContentDigest()
      // "hello"
      _ = try FeedSource(name: "x", bytes: Array("hello".utf8)).digested(by: content).wholeContent()
      #expect(digest.checks(content).map(\.holds) == [true, true], "\(file.name)")
    }
  }

  @Test func `gzip that is cut off or changed is refused`() throws {
    let file = try #require(Samples.files(of: .nvd).first)
    let packed = Gzip.pack(try file.wholeContent())
    var changed = packed
    changed[packed.count - 6] ^= 1
    for bytes in [Array(packed.dropLast(9)), changed] {
      #expect { try NVDReader.read(FeedSource(name: "x.gz", bytes: bytes)) { _ in } } throws: {
        ($0 as? FeedError)?.kind == .damaged
      }
    }
  }
}
