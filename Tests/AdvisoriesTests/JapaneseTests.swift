import Support
import Testing
import Time

@testable import Advisories

@Suite struct `JVN, JPCERT/CC and IPA` {
  @Test(.enabled(if: TestData.isPresent)) func `a list names products without versions`() throws {
    let (reading, collected) = try VulnData.read(JVNListReader.self, "jvn/rss_jvndb_2021.rdf")
    #expect(reading.read == 1)
    #expect(reading.head.part == "2021")
    #expect(!reading.head.isDelta)
    #expect(reading.head.made?.iso == "2022-12-15T01:24:01.000Z")
    let advisory = try #require(collected.advisories.first)
    #expect(advisory.id == "CVE-2021-44228")
    #expect(advisory.aliases == ["JVNDB-2021-005429", "JVNVU#96768815", "JPCERT-AT-2021-0050"])
    #expect(advisory.title == "Apache Log4j における任意のコードが実行可能な脆弱性")
    #expect(advisory.language == "ja")
    #expect(advisory.weaknesses == ["CWE-20"])
    #expect(advisory.scores.map(\.tenths) == [93, 100])
    let product = try #require(advisory.affected.first)
    #expect(product.vendor == "Apache Software Foundation")
    #expect(product.names.map(\.product.product) == ["log4j"])
    #expect(product.statements.isEmpty)
  }

  @Test(
    .enabled(if: TestData.isPresent),
    arguments: ["jvndb", "jvndb_2007", "jvndb_2011", "jvndb_2022", "jvndb_2023", "jvndb_new"]
  )
  func `every list is read`(name: String) throws {
    let (reading, collected) = try VulnData.read(JVNListReader.self, "jvn/rss_\(name).rdf")
    #expect(reading.read > 0)
    #expect(reading.bad == 0)
    #expect(collected.advisories.count >= reading.read)
    #expect(collected.advisories.allSatisfy { $0.title?.isEmpty == false && $0.published != nil })
  }

  @Test(.enabled(if: TestData.isPresent)) func `details carry versions as people write them`() throws {
    let (reading, collected) = try VulnData.read(JVNDetailReader.self, "jvn/detail_jvndb_detail_2022.rdf")
    #expect(reading.read == 2)
    // The sample is an excerpt: its status still speaks of the whole year.
    #expect(reading.head.announced == 1406)
    #expect(reading.checks.map(\.holds) == [false])
    // One entry with one CVE, one with three.
    #expect(
      collected.advisories.map(\.id) == ["CVE-2021-20877", "CVE-2022-0180", "CVE-2022-0181", "CVE-2022-0182"]
    )
    let quiz = collected.advisories[1]
    #expect(quiz.aliases.first == "JVNDB-2022-000002")
    #expect(quiz.affected.first?.statements == [.init(.text("7.3.7 より前のバージョン"))])
    #expect(quiz.affected.first?.defaultStatus == .unaffected)
    #expect(quiz.affected.first?.names.first?.product.vendor == "expresstech")
    #expect(quiz.impact?.hasPrefix("想定される影響は") == true)
    #expect(quiz.remedy != nil)
    #expect(quiz.weaknesses == ["CWE-79", "CWE-352"])
    let printers = collected.advisories[0]
    #expect(printers.affected.first?.vendor == "キヤノン")
    #expect(printers.affected.first?.statements.isEmpty == true)
    #expect(printers.affected.first?.defaultStatus == .unknown)
  }

  @Test(.enabled(if: TestData.isPresent)) func `the product list pairs Japanese names with CPE`() throws {
    let (reading, collected) = try VulnData.read(JVNProductReader.self, "jvn/product_myjvn_product_202311.rdf")
    #expect(reading.head.announced == 61_449)
    let excel = DictionaryProduct(
      vendor: "マイクロソフト",
      product: "Microsoft Excel",
      name: ProductName(.application, vendor: "microsoft", product: "excel"),
      source: "jvn"
    )
    #expect(collected.records.contains(.product(excel)))
  }

  @Test func `a malformed name is left out and the product stays`() throws {
    let text = """
      <?xml version="1.0" encoding="UTF-8"?><Result version="3.3" xmlns="http://jvndb.jvn.jp/myjvn/Results"><VendorInfo>
      <Vendor vname="見本工業" cpe="cpe:/:x" vid="1"><Product pname="装置A" cpe="cpe:/h:two words:a" pid="1"/>
      <Product pname="装置B" cpe="cpe:/h:mihon:b" pid="2"/><Product cpe="cpe:/h:mihon:c" pid="3"/></Vendor></VendorInfo>
      </Result>
      """
    let (reading, collected) = try VulnData.read(JVNProductReader.self, text: text)
    #expect(reading.read == 2)
    #expect(reading.bad == 1)
    #expect(reading.badParts == 1)
    #expect(collected.records.count == 2)
  }

  @Test func `the JSON list of 4_0 finds its numbers among the references`() throws {
    let (reading, collected) = try VulnData.read(MyJVNReader.self, text: Samples.text("myJVN/list.json"))
    #expect(reading.read == 2)
    #expect(reading.head.announced == 2)
    let advisory = try #require(collected.advisory("CVE-2099-0001"))
    #expect(advisory.aliases == ["JVNDB-2099-000001", "JVNVU#90000001"])
    #expect(advisory.scores.map(\.tenths) == [98, 95])
    #expect(advisory.affected.map(\.product) == ["見本ビューア", "見本ビューア"])
    // Version 4.0 writes characters of names as %28 and %29.
    #expect(advisory.affected[0].names.first?.product.product == "viewer_(x)")
    #expect(advisory.affected[1].statements == [.init(.text("4.0.0"))])
    // One that cites no CVE keeps its own number.
    #expect(collected.advisory("JVNDB-2099-000002") != nil)
  }

  @Test func `the alerts of 4_0`() throws {
    let (reading, collected) = try VulnData.read(MyJVNReader.self, text: Samples.text("myJVN/alerts.json"))
    #expect(reading.head.kind == .ipa)
    guard case .alert(let alert)? = collected.records.first else { return #expect(Bool(false)) }
    #expect(alert.id == "MYJVN-ALT-2099-0001")
    #expect(alert.cves == ["CVE-2099-0001"])
    #expect(alert.isUrgent)
    #expect(alert.address == "https://www.example.jp/update")
  }

  @Test func `a detail of 4_0 tells ranges`() throws {
    let (reading, collected) = try VulnData.read(CSAFReader.self, text: Samples.text("csaf/jvn.json"))
    #expect(reading.head.kind == .myJVN)
    // The criterion that names a product by jvnpid is left out.
    #expect(reading.badParts == 1)
    let advisory = try #require(collected.advisory("CVE-2099-0001"))
    #expect(advisory.feed == .myJVN)
    #expect(advisory.language == "ja")
    #expect(advisory.weaknesses == ["CWE-79", "CWE-502"])
    #expect(advisory.impact == "情報を取得される可能性があります。")
    let extents = advisory.affected.first?.statements.map(\.extent)
    #expect(
      extents == [
        .single("8.1.2"),
        .range(
          VersionRange(lower: VersionBound("2.1.0", isIncluded: true), upper: VersionBound("2.1.3", isIncluded: true))
        ),
      ]
    )
    #expect(advisory.configurations.decoded().first?.nodes.first?.criteria.count == 1)
    #expect(advisory.statements.first?.verdict == .affected)
  }

  @Test func `news of JPCERT/CC and IPA`() throws {
    let (reading, collected) = try VulnData.read(NewsReader.self, text: Samples.text("news/jpcert.rdf"))
    #expect(reading.head.kind == .jpcert)
    #expect(reading.read == 2)
    guard case .alert(let alert)? = collected.records.first else { return #expect(Bool(false)) }
    #expect(alert.id == "JPCERT-AT-2099-0012")
    #expect(alert.cves == ["CVE-2099-0001"])
    #expect(alert.published?.iso == "2099-03-01T01:00:00.000Z")
    let (ipa, _) = try VulnData.read(
      NewsReader.self,
      text: Samples.text("news/jpcert.rdf").replacing("www.jpcert.or.jp", with: "www.ipa.go.jp")
    )
    #expect(ipa.head.kind == .ipa)
  }

  @Test func `IPA's alerts as Atom`() throws {
    let (reading, collected) = try VulnData.read(NewsReader.self, text: Samples.text("news/ipa.xml"))
    #expect(reading.head.kind == .ipa)
    guard case .alert(let alert)? = collected.records.first else { return #expect(Bool(false)) }
    #expect(alert.id == "MYJVN-ALT-2099-0001")
    #expect(alert.address == "https://www.example.jp/update")
    #expect(alert.cves == ["CVE-2099-0001"])
    #expect(alert.isUrgent)
  }

  @Test func `jvn_jp's own list has numbers of its own`() throws {
    let text = try Samples.text("jvnRSS/one.rdf").replacing(
      "<sec:identifier>JVNDB-2099-000001",
      with: "<sec:identifier>JVNVU#90000001"
    )
    let (reading, collected) = try VulnData.read(JVNListReader.self, text: text)
    #expect(reading.bad == 0)
    #expect(collected.advisories.first?.aliases.first == "JVNVU#90000001")
  }

  @Test(.enabled(if: TestData.isPresent)) func `alert pages`() throws {
    let (_, log4j) = try VulnData.read(AlertPageReader.self, "jvn/detail_at_2021_at210050.html")
    guard case .alert(let alert)? = log4j.records.first else { return #expect(Bool(false)) }
    #expect(alert.id == "JPCERT-AT-2021-0050")
    #expect(alert.title == "Apache Log4jの任意のコード実行の脆弱性（CVE-2021-44228）に関する注意喚起")
    #expect(alert.address == "https://www.jpcert.or.jp/at/2021/at210050.html")
    #expect(alert.cves.prefix(2) == ["CVE-2021-44228", "CVE-2021-45046"])
    #expect(alert.published?.day.iso == "2021-12-11")
    let (_, april) = try VulnData.read(AlertPageReader.self, "jvn/rss_at_2011_at110008.html")
    guard case .alert(let old)? = april.records.first else { return #expect(Bool(false)) }
    #expect(old.id == "JPCERT-AT-2011-0008")
    #expect(old.isUrgent)
  }

  @Test func `entities and definitions of a document are refused`() {
    let bomb = """
      <?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><rdf:RDF xmlns:rdf="x"><item><title>&a;</title></item></rdf:RDF>
      """
    #expect(throws: FeedError.self) { try VulnData.read(NewsReader.self, text: bomb) }
    #expect(throws: FeedError.self) { try VulnData.read(JVNListReader.self, text: bomb) }
    let unknown = "<rdf:RDF><channel about=\"jpcert.or.jp\"/><item><title>&nbsp;</title></item></rdf:RDF>"
    #expect(throws: FeedError.self) { try VulnData.read(NewsReader.self, text: unknown) }
  }
}
