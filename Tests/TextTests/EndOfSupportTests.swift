import Packs
import Testing
import Text
import Time

@Suite("Ends of support")
struct EndOfSupportTests {
  @Test(
    "the spellings of ledgers are recognised",
    arguments: [
      ("Windows 10 Enterprise LTSC 2019", "2029-01-09"), ("Ｗｉｎｄｏｗｓ １０ Ｅｎｔｅｒｐｒｉｓｅ ＬＴＳＣ ２０１９", "2029-01-09"),
      ("Windows 10 Pro 22H2", "2025-10-14"), ("Windows 10", "2025-10-14"), ("Win10 Pro", "2025-10-14"),
      ("windows10 64bit", "2025-10-14"), ("Windows 10 IoT Enterprise LTSC 2021", "2032-01-13"),
      ("Windows 10 Enterprise LTSC 2021", "2027-01-12"), ("Windows 10 Enterprise 2016 LTSB", "2026-10-13"),
      ("syngo / Windows 10 IoT", "2025-10-14"), ("Ｗｉｎｄｏｗｓ １１ Ｐｒｏ ２３Ｈ２", "2025-11-11"),
      ("Windows 11 Enterprise 23H2", "2026-11-10"), ("Windows 11 Pro 24H2", "2026-10-13"),
      ("Microsoft Windows 11 Pro for Workstations 24H2 (26100)", "2026-10-13"), ("Windows XP Embedded", "2016-01-12"),
      ("Microsoft Windows 10 Pro 19045", "2025-10-14"), ("Microsoft Windows 11 Pro 10.0.22631", "2025-11-11"),
      ("Microsoft Windows 10 Enterprise LTSC 10.0.17763", "2029-01-09"),
      ("Microsoft Windows 10 Enterprise LTSC 19044", "2027-01-12"),
      ("Windows XP Professional SP3", "2014-04-08"), ("Windows7 Professional", "2020-01-14"),
      ("Windows 8.1 Pro", "2023-01-10"), ("Windows 8", "2016-01-12"), ("Windows Embedded Standard 7", "2020-10-13"),
      ("Windows Server 2016", "2027-01-12"), ("Windows Server 2019 Standard", "2029-01-09"),
      ("Windows Server 2022 Datacenter", "2031-10-14"), ("Windows Server 2025", "2034-11-14"),
      ("Windows Server 2012 R2 Standard", "2023-10-10"), ("WindowsServer2012R2", "2023-10-10"),
      ("Microsoft Windows Server 2008 R2 Enterprise SP1", "2020-01-14"), ("Windows Server 2003", "2015-07-14"),
      ("FortiOS 6.4.5", "2024-09-30"), ("FortiOS v7.2.8 build1639", "2026-09-30"), ("ＦｏｒｔｉＯＳ ６．４．５", "2024-09-30"),
      ("FortiOS 7.6.4", "2030-01-25"), ("FortiOS v6.0.9", "2022-09-29"),
      ("CentOS Linux release 7.9.2009 (Core)", "2024-06-30"),
      ("CentOS 8.7", "2021-12-31"), ("CentOS Stream 9", "2027-05-31"), ("Red Hat Enterprise Linux 7.9", "2024-06-30"),
      ("RHEL8", "2029-05-31"), ("Red Hat Enterprise Linux Server release 7.9 (Maipo)", "2024-06-30"),
      ("Ubuntu 20.04.6 LTS", "2025-05-31"), ("Debian GNU/Linux 11 (bullseye)", "2024-08-14"),
      ("VMware ESXi 6.7.0 Update 3", "2022-10-15"), ("ESXi 8.0U2", "2027-10-11"), ("ESXi7.0", "2025-10-02"),
      ("PAN-OS 10.1.3", "2024-12-01"), ("Cisco IOS XE Software, Version 17.03.04", "2024-07-31"),
      ("SQL Server 2016 Standard", "2026-07-14"), ("AlmaLinux 9.4", "2032-05-31"),
      ("Oracle Linux Server 7.9", "2024-12-31"),
    ]
  )
  func known(text: String, date: String) {
    #expect(EndOfSupport.match(text)?.date?.iso == date, "\(EndOfSupport.match(text)?.name.ja ?? "nothing")")
  }

  @Test(
    "a text that is not exact enough is recognised without a date, and told what is missing",
    arguments: ["Windows 11 Pro", "Windows 10 Enterprise LTSC"]
  )
  func vague(text: String) throws {
    let product = try #require(EndOfSupport.match(text))
    #expect(product.date == nil)
    #expect(product.note?.ja.isEmpty == false)
  }

  @Test(
    "other texts are left alone",
    arguments: [
      "", "-", "不明", "Linux 組込", "IOS 15.2(7)E4", "ASA 9.8(4)", "Windows", "110 Windows", "FortiOS", "専用OS",
      "FortiOS 16.4", "CentOS 78",
    ]
  )
  func unknown(text: String) {
    #expect(EndOfSupport.match(text) == nil)
  }

  @Test("every product is found by the first of its own rows of words, unless one further up takes it")
  func ownPatterns() throws {
    let pack = try Packs.pack("software/end-of-support.yaml")
    var index = 0
    for group in pack.entries {
      for entry in try group.entries("products") {
        let found = try entry.texts("match").contains { text in
          EndOfSupport.match(text.replacing(" *", with: "")) == EndOfSupport.products[index]
        }
        let name = try entry.text("product")
        #expect(found, "\(name)")
        index += 1
      }
    }
    #expect(index == EndOfSupport.products.count)
  }

  @Test("nobody has compared the dates with their sources yet, and the pack says so")
  func unverified() {
    #expect(EndOfSupport.pack.verification == .unverified)
    #expect(EndOfSupport.products.allSatisfy { $0.address?.hasPrefix("https://") == true })
  }

  @Test("any text gets an answer", arguments: UInt64(0)..<200)
  func anything(seed: UInt64) {
    var random = Seeded(seed)
    let words = ["windows", "10", "*", "ltsc", "2019", "iot", "server", "r", "2", "11", "22h2", "fortios", "v", "6.4"]
    let text = (0..<Int.random(in: 0...40, using: &random)).compactMap { _ in words.randomElement(using: &random) }
    _ = EndOfSupport.match(text.joined(separator: " "))  // only that it answers
    _ = EndOfSupport.match(random.text(upTo: 60))
  }
}
