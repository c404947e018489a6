import Support
import Testing
import Text
import Time

@testable import Advisories

@Suite struct `Inventories of Windows` {
  private func real(_ name: String) throws -> [WindowsInventory] {
    try WindowsInventoryReader.read(VulnData.source("windows-kb/samples/" + name))
  }

  @Test(
    .enabled(if: TestData.isPresent),
    arguments: [
      ("10_1809_x64_enterprise_zh-cn", "DESKTOP-0CQH3P2", "Microsoft Windows 10 LTSC", "10.0.17763", 1),
      ("10_1809_x64_pro_en-us_20190307", nil, nil, "10.0.17763", nil), ("10_21H2_x64_pro", nil, nil, "10.0.19044", nil),
      ("10_22H2_x64_enterprise_en-us", "DESKTOP-92B51CV", "Microsoft Windows 10 Enterprise", "10.0.19045", 1),
      ("11_23H2_x64_enterprise", nil, nil, "10.0.22631", nil), ("11_24H2_x64_enterprise", nil, nil, "10.0.26100", nil),
      ("7_sp1_x64_enterprise_en-us_20190305", "WIN7SP1X64", "Microsoft Windows 7 Enterprise", "6.1.7601", 245),
      ("srv_2012r2_u1", nil, nil, "6.3.9600", nil), ("srv_2016_1607_datacenter_en-us", nil, nil, "10.0.14393", nil),
      ("srv_2019_rtm_datacenter_en-us", nil, nil, "10.0.17763", nil), ("srv_2022", nil, nil, "10.0.20348", nil),
      ("xp_sp3_x86_professional_en-us", "WINXPSP3", "Microsoft Windows XP Professional", "5.1.2600", nil),
    ] as [(String, String?, String?, String, Int?)]
  )
  func `systeminfo of every release`(
    name: String,
    host: String?,
    product: String?,
    version: String,
    updates: Int?
  ) throws {
    let inventory = try #require(try real(name + "_systeminfo.txt").first)
    #expect(inventory.version == version)
    if let host { #expect(inventory.hostName == host) }
    if let product { #expect(inventory.product == product) }
    if let updates { #expect(inventory.updates.count == updates) }
    #expect(inventory.hostName?.isEmpty == false)
    #expect(inventory.product?.hasPrefix("Microsoft Windows") == true)
    #expect(inventory.architecture == (name.hasPrefix("xp") ? .x86 : .x64))
    #expect(inventory.revision == nil)
    // The command counts 273 updates on the old machine and breaks its list off behind the 245th.
    if updates != nil { #expect(inventory.listsAllUpdates == !name.hasPrefix("7")) }
    #expect((inventory.servicePack ?? 0) == (name.hasPrefix("xp") ? 3 : name.hasPrefix("7") ? 1 : 0))
  }

  @Test(
    .enabled(if: TestData.isPresent),
    arguments: [
      "10_1809_x64_pro_en-us_20190307", "7_sp1_x64_enterprise_en-us_20190305", "srv_2012r2_u1",
      "xp_sp3_x86_professional_en-us",
    ]
  )
  func `lists of hotfixes`(name: String) throws {
    let inventory = try #require(try real(name + "_qfe.txt").first)
    #expect(!inventory.updates.isEmpty)
    #expect(Set(inventory.updates).count == inventory.updates.count)
    if name == "srv_2012r2_u1" {
      #expect(inventory.hostName == "SRV12R2U1X64")
      #expect(inventory.updates.prefix(2) == ["2894852", "2919355"])
    }
  }

  @Test(arguments: [TextEncoding.utf8, .cp932, .utf16LE]) func `Japanese labels in every encoding`(
    encoding: TextEncoding
  ) throws {
    let text = try Samples.text("windowsInventory/systeminfo.txt")
    let source = FeedSource(name: "systeminfo.txt", bytes: encoding.encode(text).bytes)
    let inventory = try #require(try WindowsInventoryReader.read(source).first)
    #expect(inventory.hostName == "PC-GAZOU-01")
    #expect(inventory.product == "Microsoft Windows 10 Pro")
    #expect(inventory.version == "10.0.19045")
    #expect(inventory.architecture == .x64)
    #expect(inventory.updates == ["5022502", "5031356"])
  }

  @Test func `several machines in one list`() throws {
    let machines = try WindowsInventoryReader.read(Samples.source("windowsInventory/hotfix.txt"))
    #expect(machines.map(\.hostName) == ["PC-01", "PC-02"])
    #expect(machines.map(\.updates) == [["5022502", "5031356"], ["5031356"]])
    #expect(machines.map(\.updatedOn?.iso) == ["2023-10-11", "2023-10-11"])
  }

  @Test(
    arguments: [
      (["11/14/2026 12:00:00 AM", "10/14/2026 12:00:00 AM"], "2026-11-14"),
      (["14/11/2026", "05/06/2026"], "2026-11-14"),
      (["14.11.2026 00:00:00"], "2026-11-14"), (["05/06/2026"], "2026-05-06"), ([""], nil), (["99/99/2026"], nil),
    ] as [([String], String?)]
  ) func `the day of the last hotfix in every region`(days: [String], last: String?) throws {
    let rows = days.enumerated().map { "PC0433        Update           KB505415\($0)     NT AUTHORITY\\SYSTEM  \($1)" }
    let head = "Source        Description      HotFixID      InstalledBy          InstalledOn"
    let text = ([head, "------        -----------      --------      -----------          -----------"] + rows)
      .joined(separator: "\r\n")
    let machine = try WindowsInventoryReader.read(FeedSource(name: "PC0433.txt", bytes: Array(text.utf8))).first
    #expect(machine?.updatedOn?.iso == last)
    #expect(machine?.updates.count == days.count)
  }

  @Test func `builds from the registry`() throws {
    let machines = try WindowsInventoryReader.read(Samples.source("windowsInventory/registry.csv"))
    #expect(machines.map(\.version) == ["10.0.22631", "10.0.17763"])
    #expect(machines.map(\.revision) == [4037, 0x1643])
    #expect(machines.map(\.release) == ["23H2", "1809"])
    #expect(machines.map(\.listsAllUpdates) == [false, false])
    let one = try #require(try WindowsInventoryReader.read(Samples.source("windowsInventory/reg.txt")).first)
    #expect(one.version == "10.0.19045")
    #expect(one.revision == 0x1103)
    #expect(one.architecture == .x64)
  }

  @Test func `what WSUS reports as installed`() throws {
    let machines = try WindowsInventoryReader.read(Samples.source("windowsInventory/wsus.csv"))
    #expect(machines.map(\.hostName) == ["pc-01.example.jp", "pc-02.example.jp"])
    #expect(machines.map(\.updates) == [["5031356"], ["5031354"]])
    #expect(machines.map(\.product) == ["Windows 10 Pro", "Windows 11 Pro"])
  }

  @Test func `what PowerShell says of the computer`() throws {
    let one = try #require(try WindowsInventoryReader.read(Samples.source("windowsInventory/computerinfo.txt")).first)
    #expect(one.hostName == "PC-03")
    // The registry's product name says Windows 10 on Windows 11 too.
    #expect(one.product == "Microsoft Windows 11 Pro")
    #expect(one.version == "10.0.22631")
    #expect(one.architecture == .x64)
    #expect(one.updates == ["5031455", "5027397"])
  }
}
