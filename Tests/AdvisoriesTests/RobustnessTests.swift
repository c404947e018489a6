import Support
import Testing
import Text

@testable import Advisories

/// Hostile and broken files end in a clear word, within bounded memory.
@Suite struct `Hostile files` {
  private func kind(_ body: () throws -> Void) -> FeedError.Kind? {
    do { try body() } catch let error as FeedError {
      #expect(!error.message(.ja).isEmpty && !error.message(.en).isEmpty)
      return error.kind
    } catch { Issue.record("threw \(error)") }
    return nil
  }

  @Test func `archives that lie`() {
    let content = Array("cve,epss\nCVE-2099-0001,0.5\n".utf8)
    let honest = TinyZip.bytes(name: "epss.csv", content)
    #expect(kind { _ = try FeedSniffer.files(in: FeedSource(name: "x.zip", bytes: honest)) } == nil)
    let hostile = [
      TinyZip.bytes(name: "../epss.csv", content), TinyZip.bytes(name: "/etc/epss.csv", content),
      TinyZip.bytes(name: "epss.csv", content, claimedSize: 1 << 31), Array(honest.dropLast(30)),
    ]
    for bytes in hostile {
      #expect(kind { _ = try FeedSniffer.files(in: FeedSource(name: "x.zip", bytes: bytes)) } == .damaged)
    }
    // A member whose check sum is wrong is refused when it is read.
    var changed = honest
    changed[45] ^= 1
    let outcome = kind {
      let file = try #require(try FeedSniffer.files(in: FeedSource(name: "x.zip", bytes: changed)).first)
      _ = try ProbabilityReader.read(file) { _ in }
    }
    #expect(outcome == .damaged)
  }

  @Test func `gzip that grows without end`() {
    var limits = FeedLimits()
    limits.inflatedBytes = 8 << 20
    let bomb = Gzip.pack(Array("cve,epss\n".utf8) + [UInt8](repeating: 10, count: 32 << 20))
    #expect(
      kind { _ = try ProbabilityReader.read(FeedSource(name: "x", bytes: bomb), limits: limits) { _ in } } == .tooLarge
    )
  }

  @Test func `one endless row of a table and one endless text of XML`() {
    let long = [UInt8](repeating: 120, count: 20 << 20)
    let row = Gzip.pack(Array("cve,epss\n\"".utf8) + long)
    #expect(kind { _ = try ProbabilityReader.read(FeedSource(name: "x", bytes: row)) { _ in } } == .tooLarge)
    let text = Gzip.pack(Array("<rdf:RDF><item><title>".utf8) + long)
    #expect(kind { _ = try NewsReader.read(FeedSource(name: "x", bytes: text)) { _ in } } == .damaged)
  }

  @Test func `an element with too much in it`() {
    var limits = FeedLimits()
    limits.recordBytes = 1 << 20
    let many = "<rdf:RDF><item>" + String(repeating: "<a>b</a>", count: 50_000) + "</item></rdf:RDF>"
    let source = FeedSource(name: "x", bytes: Array(many.utf8))
    #expect(kind { _ = try NewsReader.read(source, limits: limits) { _ in } } == .tooLarge)
  }

  @Test func `JSON in another encoding`() {
    let text = #"{"format":"NVD_CVE","vulnerabilities":[{"cve":{"id":"CVE-2099-0001","descriptions":[]}}]}"#
    let wide = FeedSource(name: "x", bytes: TextEncoding.utf16LE.encode(text).bytes)
    #expect(kind { _ = try NVDReader.read(wide) { _ in } } == .damaged)
  }

  /// Bytes that are no UTF-8 spoil the record they stand in, and its neighbours are read.
  @Test func `a record with broken characters`() throws {
    var bytes = Array(#"{"format":"NVD_CVE","vulnerabilities":[{"cve":{"id":"CVE-2099-0001","x":"?"}},"#.utf8)
    let place = try #require(bytes.firstIndex(of: UInt8(ascii: "?")))
    bytes[place] = 0x93
    bytes += Array(#"{"cve":{"id":"CVE-2099-0002"}}]}"#.utf8)
    let reading = try NVDReader.read(FeedSource(name: "x", bytes: bytes)) { _ in }
    #expect(reading.read == 1)
    #expect(reading.problems.map(\.offset) == [place])
  }

  @Test func `tables in the encodings of Excel`() throws {
    let text = try Samples.text("billOfMaterials/one.csv")
    for encoding in [TextEncoding.cp932, .utf16LE, .utf8BOM] {
      let bill = try MaterialsReader.read(FeedSource(name: "x.csv", bytes: encoding.encode(text).bytes))
      #expect(bill.items.map(\.supplier) == ["見本工業", "Microsoft", "OpenSSL"])
    }
  }

  @Test func `XML in UTF-16 and Shift_JIS`() throws {
    let text = try Samples.text("jvnDetail/one.rdf")
    let wide = TextEncoding.utf16LE.encode(text.replacing("UTF-8", with: "UTF-16")).bytes
    let narrow = TextEncoding.cp932.encode(text.replacing("UTF-8", with: "Shift_JIS")).bytes
    for bytes in [wide, narrow] {
      var title: String?
      _ = try JVNDetailReader.read(FeedSource(name: "x", bytes: bytes)) { record in
        if case .advisory(let advisory) = record { title = advisory.title }
      }
      #expect(title == "見本ファームの脆弱性")
    }
  }

  @Test func `a record that the store refuses ends the reading`() {
    struct Full: Error {}
    #expect(throws: Full.self) {
      try NVDReader.read(Samples.source("nvd/small.json")) { _ in throw Full() }
    }
  }
}
