import Support
import Testing
import Time

@testable import Advisories

@Suite struct `Reports of scanners` {
  private func observations<Reader: FeedReader>(_ reader: Reader.Type, _ sample: String) throws -> [ScanObservation] {
    let collected = Collected()
    let reading = try Reader.read(Samples.source(sample), limits: FeedLimits(), into: collected.take)
    #expect(reading.head.kind == .vulnerabilityScan)
    return collected.records.compactMap { if case .observation(let seen) = $0 { seen } else { nil } }
  }

  @Test func `Nessus`() throws {
    let seen = try observations(NessusReader.self, "nessus/one.nessus")
    // What only informs is left out.
    #expect(seen.count == 1)
    #expect(seen[0].address == "192.0.2.10")
    #expect(seen[0].hostName == "pacs.example.jp")
    #expect(seen[0].port == "445/tcp")
    #expect(seen[0].cves == ["CVE-2017-0143", "CVE-2017-0144"])
    #expect(seen[0].tenths == 81)
    #expect(seen[0].check == "nessus:97833" && ScanObservation.isCheck("nessus:97833"))
    #expect(seen[0].names == seen[0].cves && seen[0].scores == ["CVE-2017-0143": 81, "CVE-2017-0144": 81])
    #expect(seen[0].evidence == "The remote host is affected.\nSent <x>")
    #expect(seen[0].at == LocalDate(iso: "2099-03-05").map { Instant($0, hour: 3, minute: 4, second: 5) })
  }

  @Test func `every card of a host of Nessus`() throws {
    let text = """
      <NessusClientData_v2><Report name="x"><ReportHost name="192.0.2.3"><HostProperties>
      <tag name="mac-address">02:AA:AA:AA:AA:01
      02:BB:30:90:60:2B</tag><tag name="host-ip">192.0.2.3</tag></HostProperties></ReportHost></Report>
      </NessusClientData_v2>
      """
    var macs: [[String]] = []
    _ = try NessusReader.read(FeedSource(name: "x.nessus", bytes: Array(text.utf8))) { record in
      if case .host(let host) = record { macs.append(host.macAddresses) }
    }
    #expect(macs == [["02:AA:AA:AA:AA:01", "02:BB:30:90:60:2B"]])
  }

  @Test func `Greenbone as XML and as a table`() throws {
    let seen = try observations(GreenboneReader.self, "greenbone/one.xml")
    #expect(seen.count == 1)
    #expect(seen[0].hostName == "ris.example.jp")
    #expect(seen[0].address == "192.0.2.11")
    #expect(seen[0].cves == ["CVE-2011-3389"])
    #expect(seen[0].remedy == "Disable TLS 1.0.")
    #expect(["openvas:1.3.6", "openvas:2"].contains(seen[0].check))
    #expect(seen[0].tenths == 43)
    let rows = try observations(GreenboneReader.self, "greenbone/one.csv")
    #expect(rows.count == 1)
    #expect(rows[0].cves == ["CVE-2099-0002", "CVE-2099-0003"])
    #expect(rows[0].title == "OpenSSH, old")
    #expect(rows[0].evidence == "Old\nversion")
    #expect(rows[0].port == "22/tcp" && rows[0].check == "openvas:1.3")
  }

  @Test func `scripts of nmap`() throws {
    let seen = try observations(NmapScanReader.self, "nmap/vulners.xml")
    #expect(seen.map(\.title) == ["vulners"])
    #expect(seen[0].cves == ["CVE-2018-15473", "CVE-2018-15919"])
    #expect(seen[0].tenths == 78)
    // Each number has its own.
    #expect(seen[0].scores == ["CVE-2018-15473": 50, "CVE-2018-15919": 78])
    #expect(seen[0].hostName == "web.example.jp")
    #expect(seen[0].port == "22/tcp")
  }
}
