import Testing
import Text

@Suite("Network addresses")
struct AddressTests {
  @Test(
    "every spelling of a hardware address",
    arguments: [
      "AA:BB:CC:DD:EE:0F", "aa-bb-cc-dd-ee-0f", "aabb.ccdd.ee0f", "AABBCCDDEE0F", "ＡＡ：ＢＢ：ＣＣ：ＤＤ：ＥＥ：０Ｆ", "AABBCC-DDEE0F",
      "aa bb cc dd ee 0f", "AA‐BB‐CC‐DD‐EE‐0F", " aa:bb:cc:dd:ee:f ", "aabb-ccdd-ee0f",
    ]
  )
  func mac(text: String) {
    #expect(MACAddress(reading: text)?.text == "AA:BB:CC:DD:EE:0F")
  }

  @Test("the parts of a hardware address")
  func macParts() throws {
    let address = try #require(MACAddress(reading: "5E:F3:5F:30:E4:9B"))
    #expect(address.maker == "5EF35F")
    #expect(address.isLocallyAdministered)
    #expect(MACAddress(bits: address.bits) == address)
    #expect(MACAddress(reading: "00:1b:63:00:00:01")?.isLocallyAdministered == false)
  }

  @Test(
    "what is no hardware address is refused",
    arguments: [
      "", "-", "不明", "AA:BB:CC:DD:EE", "AA:BB:CC:DD:EE:FF:00", "AA:BB:CC:DD:EE:GG", "AA:BB-CC:DD-EE:FF", "AABBCCDDEEF",
      "::::::",
      "AAA:B:CC:DD:EE:FF", "192.168.1.1", "AABBCCDDEE0FF", "aa.bb.cc.dd.ee.ff",
    ]
  )
  func noMAC(text: String) {
    #expect(MACAddress(reading: text) == nil)
  }

  @Test(
    "every spelling of an address",
    arguments: [
      ("192.168.1.10", "192.168.1.10"), ("１９２．１６８．１．１０", "192.168.1.10"), ("192.168.001.010", "192.168.1.10"),
      (" 10.0.0.1　", "10.0.0.1"), ("192。168。1。10", "192.168.1.10"), ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"),
      ("2001:db8::1", "2001:db8::1"), ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("[fe80::1]", "fe80::1"),
      ("::ffff:192.0.2.1", "::ffff:192.0.2.1"), ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
      ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"), ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
      ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"), ("２００１：ｄｂ８：：１", "2001:db8::1"),
    ]
  )
  func ip(text: String, expected: String) throws {
    let address = try #require(IPAddress(reading: text))
    #expect(address.text == expected)
    #expect(IPAddress(reading: address.text) == address)
  }

  @Test(
    "what is no address is refused",
    arguments: [
      "", "-", "DHCP", "192.168.1", "192.168.1.256", "192.168.1.1.1", "192.168.1.1/24", "192.168..1", ".1.1.1.1",
      "1.1.1.1.",
      "0192.1.1.1", "1::2::3", ":::", ":", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::", "g::1", "fe80::1%eth0",
      "1.2.3.4:80", "::1.2.3", "1.2.3.4::", "1:2:3:4:5:6:7:8::", "+1::", "192.168.1.1 192.168.1.2",
    ]
  )
  func noIP(text: String) {
    #expect(IPAddress(reading: text) == nil)
  }

  @Test("addresses sort as numbers, IPv4 first, by themselves and by their keys")
  func order() throws {
    let sorted = try ["10.0.0.9", "10.0.0.10", "192.168.0.1", "::1", "2001:db8::1"].map {
      try #require(IPAddress(reading: $0))
    }
    #expect(sorted.shuffled().sorted() == sorted)
    #expect(sorted.shuffled().sorted { $0.sortKey < $1.sortKey } == sorted)
  }

  @Test(
    "addresses for use inside",
    arguments: [
      ("10.1.1.1", true), ("172.16.0.1", true), ("172.32.0.1", false), ("192.168.0.1", true), ("100.64.0.1", true),
      ("8.8.8.8", false), ("fd00::1", true), ("fe80::1", true), ("2001:db8::1", false), ("::1", true),
    ]
  )
  func inside(text: String, expected: Bool) {
    #expect(IPAddress(reading: text)?.isPrivate == expected)
  }

  @Test("any address is read back from its text", arguments: UInt64(0)..<300)
  func roundTrip(seed: UInt64) throws {
    var random = Seeded(seed)
    let mac = MACAddress(bits: random.next())
    #expect(MACAddress(reading: mac.text) == mac)
    let groups = (0..<8).map { _ in
      Bool.random(using: &random) ? "0" : String(UInt16.random(in: 0...UInt16.max, using: &random), radix: 16)
    }
    let v6 = try #require(IPAddress(reading: groups.joined(separator: ":")))
    #expect(IPAddress(reading: v6.text) == v6)
    let junk = String(decoding: random.bytes(upTo: 40), as: UTF8.self)
    let near = String((0..<20).compactMap { _ in "0123456789abcdef:.：．".randomElement(using: &random) })
    for text in [junk, near] {
      if let address = IPAddress(reading: text) { #expect(IPAddress(reading: address.text) == address) }
      if let address = MACAddress(reading: text) { #expect(MACAddress(reading: address.text) == address) }
    }
  }
}
