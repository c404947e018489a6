import Support
import Testing
import Text
import Time

@testable import Tabular

@Suite struct `Reading what the network shows` {
  @Test func `nmap tells hosts, ports and products`() throws {
    let report = """
      <?xml version="1.0" encoding="UTF-8"?>
      <!DOCTYPE nmaprun>
      <?xml-stylesheet href="file:///usr/share/nmap/nmap.xsl" type="text/xsl"?>
      <!-- Nmap 7.93 -->
      <nmaprun start="1763600000"><hosthint><status state="up"/><address addr="10.0.0.9" addrtype="ipv4"/></hosthint>
      <host starttime="1763600001" endtime="1763600009"><status state="up"/>
      <address addr="10.20.0.8" addrtype="ipv4"/><address addr="85:8f:ad:cc:3d:08" addrtype="mac" vendor="D&amp;ll"/>
      <hostnames><hostname name="pc.test" type="PTR"/></hostnames><ports><extraports state="closed" count="99"/>
      <port protocol="tcp" portid="22"><state state="open"/><service name="ssh" product="OpenSSH" version="7.4"
       ostype="Linux"><cpe>cpe:/a:openbsd:openssh:7.4</cpe><cpe/></service></port></ports>
      <os><osmatch name="Linux 5.4" accuracy="98"/><osmatch name="Linux 4"/></os></host>
      <host><status state="down"/><address addr="10.20.0.9" addrtype="ipv4"/></host>
      <host><status state="up"/></host></nmaprun>
      """
    let reading = try NetworkFiles.nmap(Array(report.utf8))
    #expect(reading.hosts.count == 1)
    let host = try #require(reading.hosts.first)
    #expect(host.ip == "10.20.0.8")
    #expect(host.mac == "85:8F:AD:CC:3D:08")
    #expect(host.vendor == "D&ll")
    #expect(host.hostName == "pc.test")
    #expect(host.os == "Linux 5.4")
    #expect(host.seenAt == Instant(milliseconds: 1_763_600_009_000))
    #expect(host.line == 6)
    #expect(host.ports.map(\.number) == [22])
    #expect(host.ports[0].products == ["cpe:/a:openbsd:openssh:7.4"])
    #expect(host.ports[0].version == "7.4")
    #expect(reading.problems.map(\.line) == [13])
  }

  @Test func `an interrupted scan yields what it has`() throws {
    let report = """
      <nmaprun><host><address addr="10.0.0.1" addrtype="ipv4"/></host>
      <host><address addr="10.0
      """
    let reading = try NetworkFiles.nmap(Array(report.utf8))
    #expect(reading.hosts.map(\.ip) == ["10.0.0.1"])
    #expect(reading.problems.count == 1)
  }

  @Test(arguments: [
    "<!DOCTYPE nmaprun [<!ENTITY a \"b\">]><nmaprun/>", "<nmaprun><host><x a=\"&a;\"/>&a;</host></nmaprun>",
    "<html/>", "", "<!DOCTYPE a><!DOCTYPE b><nmaprun/>",
  ])
  func `definitions, entities and other documents are refused`(text: String) {
    #expect(throws: TabularError.self) { try NetworkFiles.nmap(Array(text.utf8)) }
  }

  @Test func `of the leases the last one counts`() throws {
    let file = """
      # The format of this file is documented in the dhcpd.leases(5) manual page.
      failover peer "a" state { my state normal at 5 2026/11/20 01:00:00; }
      lease 10.20.0.2 {
        starts 5 2026/11/20 01:12:33;
        hardware ethernet 18:85:f1:d5:5c:31;
        client-hostname "old";
      }
      lease 10.20.0.2 {
        starts 6 2026/11/21 01:12:33; cltt 6 2026/11/21 02:00:00;
        hardware ethernet 18:85:f1:d5:5c:32;
        on expiry { set x = "}"; }
        client-hostname "\\347\\227\\205\\351\\231\\242";
      }
      lease 10.20.0.9 { starts epoch 1763600000; hardware ethernet 18:85:f1:d5:5c:32; }
      lease 10.20.0.10 { binding state free; }
      lease 10.20.0.x { hardware ethernet 18:85:f1:d5:5c:33; }
      lease 10.20.0.11 { starts 6 2026/13/21 01:12:33; hardware ethernet zz;
      """
    let reading = try NetworkFiles.dhcpLeases(Array(file.utf8))
    #expect(reading.hosts.count == 1)
    let host = try #require(reading.hosts.first)
    #expect(host.ip == "10.20.0.2")
    #expect(host.mac == "18:85:F1:D5:5C:32")
    #expect(host.hostName == "病院")
    #expect(host.seenAt?.iso == "2026-11-21T02:00:00.000Z")
    #expect(reading.problems.map(\.line) == [16, 17, 17, 17])
  }

  @Test(arguments: [
    ("? (10.20.0.2) at 57:b0:7c:de:0f:bd [ether] on eth0", "10.20.0.2", "57:B0:7C:DE:0F:BD"),
    ("10.20.0.2 dev eth0 lladdr 57:b0:7c:de:0f:bd REACHABLE", "10.20.0.2", "57:B0:7C:DE:0F:BD"),
    ("fe80::1 dev eth0 lladdr 57:b0:7c:de:0f:bd router STALE", "fe80::1", "57:B0:7C:DE:0F:BD"),
    ("  192.168.1.1           00-11-22-33-44-55     動的", "192.168.1.1", "00:11:22:33:44:55"),
    ("  192.168.1.1           00-11-22-33-44-55     dynamic", "192.168.1.1", "00:11:22:33:44:55"),
    ("Internet  10.1.1.1       5   0011.2233.4455  ARPA   Vlan10", "10.1.1.1", "00:11:22:33:44:55"),
    ("Internet  10.1.1.2       -   0011.2233.4455  ARPA   Vlan10", "10.1.1.2", "00:11:22:33:44:55"),
    ("10.20.0.2  ether   57:b0:7c:de:0f:bd   C   eth0", "10.20.0.2", "57:B0:7C:DE:0F:BD"),
    ("? (10.0.0.1) at 0:1b:2:3:4:5 on en0 ifscope [ethernet]", "10.0.0.1", "00:1B:02:03:04:05"),
  ])
  func `neighbours are read in every dialect`(line: String, ip: String, mac: String) throws {
    let reading = try NetworkFiles.arpTable(Array(line.utf8))
    #expect(reading.hosts.map(\.ip) == [ip])
    #expect(reading.hosts.map(\.mac) == [mac])
    #expect(NetworkFiles.kind(of: Array(line.utf8)) == .arpTable)
  }

  @Test func `headings, silence and multicast are passed over, nonsense is listed`() throws {
    let table = """

      インターフェイス: 192.168.1.5 --- 0xb
        インターネット アドレス   物理アドレス           種類
        192.168.1.1           00-11-22-33-44-55     動的
        224.0.0.22            01-00-5e-00-00-16     静的
        255.255.255.255       ff-ff-ff-ff-ff-ff     静的
      Interface: 192.168.2.5 --- 0xc
        Internet Address      Physical Address      Type
        192.168.1.1           00-11-22-33-44-55     dynamic
      ? (10.0.0.4) at <incomplete> on eth0
      10.0.0.5 dev eth0 FAILED
      Internet  10.1.1.9        0   Incomplete      ARPA
      router# show ip arp
      Protocol  Address          Age (min)  Hardware Addr   Type   Interface
      printer (10.0.0.7) at 00:11:22:33:44:66 [ether] on eth0
      hello
      10.0.0.6 zz
      """
    let encoded = CP932.encode(table.replacing("\n", with: "\r\n"))
    #expect(encoded.unwritable.isEmpty)
    let reading = try NetworkFiles.arpTable(encoded.bytes)
    #expect(reading.hosts.map(\.ip) == ["192.168.1.1", "10.0.0.7"])
    #expect(reading.hosts.map(\.hostName) == [nil, "printer"])
    #expect(reading.hosts.map(\.line) == [4, 15])
    #expect(reading.problems.map(\.line) == [16, 17])
  }

  @Test(.enabled(if: TestData.isPresent, "the folder of sample data is not there"))
  func `the network files of a hospital are read completely`() throws {
    func read(_ name: String) throws -> (NetworkFiles.Kind?, NetworkReading) {
      let bytes = try TableReader.fileBytes(TestData.ledger(name), limit: 1 << 24)
      let kind = NetworkFiles.kind(of: bytes)
      return (kind, try NetworkFiles.read(bytes, as: try #require(kind)))
    }
    let nmap = try read("nmap.xml")
    #expect(nmap.0 == .nmap)
    #expect(nmap.1.hosts.count == 250)
    #expect(nmap.1.hosts.flatMap(\.ports).count == 250)
    #expect(nmap.1.hosts.flatMap(\.ports).flatMap(\.products).count == 141)
    #expect(nmap.1.hosts.allSatisfy { $0.mac != nil && $0.ip != nil && $0.hostName != nil && $0.seenAt != nil })
    let leases = try read("dhcpd.leases")
    #expect(leases.0 == .dhcpLeases)
    #expect(leases.1.hosts.count == 120)
    #expect(leases.1.hosts.allSatisfy { $0.hostName != nil && $0.seenAt != nil })
    let neighbours = try read("arp-table.txt")
    #expect(neighbours.0 == .arpTable)
    #expect(neighbours.1.hosts.count == 200)
    for reading in [nmap.1, leases.1, neighbours.1] { #expect(reading.problems.isEmpty) }
  }
}
