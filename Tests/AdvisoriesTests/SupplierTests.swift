import Support
import Testing
import Time

@testable import Advisories

@Suite struct `Advisories of suppliers` {
  @Test(.enabled(if: TestData.isPresent)) func `Fortinet's CSAF lists version by version`() throws {
    let file = "vendor-advisories/fortinet_csaf_happy_csaf_authenticated-heap-overflow-in-ssl-vpn-bookmarks.json"
    let (reading, collected) = try VulnData.read(CSAFReader.self, file)
    #expect(reading.head.part == "Fortinet")
    let advisory = try #require(collected.advisories.first)
    #expect(advisory.id == "FG-IR-25-756")
    #expect(advisory.scores.map(\.tenths) == [67])
    let fortios = try #require(advisory.affected.first { $0.product == "FortiOS" })
    #expect(fortios.vendor == "Fortinet")
    #expect(fortios.source == "csaf:Fortinet")
    #expect(fortios.statements.contains(.init(.single("7.0.13"), status: .affected)))
    // The fixed versions are named by ids that the product tree does not define.
    #expect(fortios.statements.contains(.init(.single("7.2.11"), status: .unaffected)))
    let affected = try #require(
      advisory.statements.first { $0.verdict == .affected && $0.product.product == "FortiOS" }
    )
    #expect(affected.remedy?.contains("Upgrade to 7.6.3") == true)
    #expect(affected.product.statements.count == 57)
    #expect(advisory.statements.contains { $0.verdict == .notAffected })
  }

  @Test(.enabled(if: TestData.isPresent)) func `a CSAF file against the schema is read all the same`() throws {
    let file = "vendor-advisories/fortinet_csaf_invalid-csaf_csaf_apache-tika-cve-2025-54988.json"
    let (_, collected) = try VulnData.read(CSAFReader.self, file)
    let advisory = try #require(collected.advisory("CVE-2025-54988"))
    #expect(advisory.aliases == ["FG-IR-25-771"])
    let product = try #require(advisory.affected.first { $0.product == "FortiDLP" })
    #expect(
      product.statements.first?.extent
        == .range(
          VersionRange(lower: VersionBound("12.2.1", isIncluded: true), upper: VersionBound("12.2.2", isIncluded: true))
        )
    )
    #expect(product.statements.contains(.init(.single("12.2.3"), status: .unaffected)))
    let branch = VersionRange(
      lower: VersionBound("12.1", isIncluded: true),
      upper: VersionBound("12.1.*", isIncluded: true)
    )
    #expect(product.statements.contains(.init(.range(branch), status: .affected)))
  }

  @Test(.enabled(if: TestData.isPresent)) func `Microsoft's CSAF`() throws {
    let (_, collected) = try VulnData.read(
      CSAFReader.self,
      "vendor-advisories/microsoft_csaf_happy_2025_msrc_cve-2025-29795.json"
    )
    let advisory = try #require(collected.advisory("CVE-2025-29795"))
    let statement = try #require(advisory.statements.first { $0.verdict == .affected })
    #expect(
      statement.product.statements.first?.extent
        == .range(VersionRange(upper: VersionBound("1.3.195.45", isIncluded: false)))
    )
    #expect(statement.remedy?.contains("Security Update") == true)
    #expect(advisory.statements.contains { $0.verdict == .fixed })
  }

  @Test func `VEX gives the reason why something is not affected`() throws {
    let text = #"""
      {"document":{"category":"csaf_vex","csaf_version":"2.0","title":"x","publisher":{"name":"Mihon PSIRT"},
      "tracking":{"id":"MIHON-1","current_release_date":"2099-01-02T00:00:00Z"}},
      "product_tree":{"branches":[{"category":"vendor","name":"Mihon","branches":[{"category":"product_name",
      "name":"CT Console","branches":[{"category":"product_version_range","name":"vers:generic/<5.0",
      "product":{"product_id":"P1","name":"CT Console <5.0"}}]}]}],
      "relationships":[{"category":"installed_on","product_reference":"P1","relates_to_product_reference":"OS",
      "full_product_name":{"product_id":"P1OS","name":"CT Console on Windows 10"}}],
      "full_product_names":[{"product_id":"OS","name":"Windows 10"}],
      "product_groups":[{"group_id":"G2","product_ids":["P1OS"]}]},
      "vulnerabilities":[{"cve":"CVE-2099-0001","product_status":{"known_not_affected":["P1","P1OS"],
      "under_investigation":["GONE"]},"flags":[{"label":"vulnerable_code_not_in_execute_path","group_ids":["G2"]}],
      "threats":[{"category":"impact","details":"The parser is not built in.","product_ids":["P1"]}]}]}
      """#
    let (reading, collected) = try VulnData.read(CSAFReader.self, text: text)
    #expect(reading.badParts == 1)
    let advisory = try #require(collected.advisory("CVE-2099-0001"))
    #expect(advisory.affected.isEmpty)
    #expect(advisory.statements.map(\.verdict) == [.notAffected, .notAffected])
    #expect(
      advisory.statements.map(\.justification) == [
        "The parser is not built in.", "vulnerable_code_not_in_execute_path",
      ]
    )
    #expect(advisory.statements.map(\.product.platforms) == [[], ["Windows 10"]])
    #expect(
      advisory.statements.first?.product.statements.first
        == .init(.range(VersionRange(upper: VersionBound("5.0", isIncluded: false))), status: .unaffected)
    )
  }

  @Test(.enabled(if: TestData.isPresent)) func `Fortinet's CVRF`() throws {
    let (_, collected) = try VulnData.read(CVRFReader.self, "vendor-advisories/fortinet_cvrf_FG-IR-23-392.xml")
    let advisory = try #require(collected.advisory("CVE-2023-45585"))
    #expect(advisory.aliases == ["FG-IR-23-392"])
    #expect(advisory.affected.first?.product == "FortiSIEM")
    #expect(advisory.affected.first?.vendor == "Fortinet")
    #expect(advisory.affected.first?.statements.count == 31)
    #expect(advisory.scores.map(\.tenths) == [21])
    let (_, old) = try VulnData.read(CVRFReader.self, "vendor-advisories/fortinet_cvrf_FG-IR-13-008.xml")
    #expect(old.advisories.map(\.id) == ["FG-IR-13-008"])
    #expect(old.advisories.first?.remedy?.contains("Solutions have been available") == true)
  }

  @Test(.enabled(if: TestData.isPresent)) func `Microsoft's CVRF tells updates with their builds`() throws {
    let (_, collected) = try VulnData.read(CVRFReader.self, "vendor-advisories/microsoft_cvrf_happy_cvrf_2024-Mar")
    let advisory = try #require(collected.advisory("CVE-2024-21392"))
    #expect(advisory.affected.contains { $0.product == ".NET 7.0" })
    let updates = collected.records.compactMap { if case .update(let update) = $0 { update } else { nil } }
    let update = try #require(updates.first { $0.kb == "5036451" })
    #expect(update.product == ".NET 7.0")
    #expect(update.severity == "Important")
    let (_, april) = try VulnData.read(CVRFReader.self, "vendor-advisories/microsoft_cvrf_happy_cvrf_2016-Apr")
    #expect(!april.advisories.isEmpty)
  }

  @Test(.enabled(if: TestData.isPresent)) func `Palo Alto Networks and Cisco`() throws {
    let (_, panos) = try VulnData.read(CVEReader.self, "vendor-advisories/paloalto_json_CVE-2025-0114")
    #expect(panos.advisory("CVE-2025-0114")?.affected.first?.product == "PAN-OS")
    let (_, chromium) = try VulnData.read(CVEReader.self, "vendor-advisories/paloalto_json_PAN-SA-2025-0007")
    #expect(chromium.advisory("PAN-SA-2025-0007") != nil)
    let (reading, cisco) = try VulnData.read(CiscoReader.self, "vendor-advisories/cisco_json_all.json")
    #expect(reading.read == 3)
    let snmp = try #require(cisco.advisory("CVE-2025-20169"))
    #expect(snmp.aliases == ["cisco-sa-snmp-dos-sdxnSUcW"])
    #expect(snmp.scores.map(\.tenths) == [77])
    #expect(snmp.affected.first { $0.product == "IOS" }?.statements.contains(.init(.single("12.2(4)B"))) == true)
    #expect(cisco.advisory("cisco-sa-anyconnect-mac-priv-esc-VqST2nrT") != nil)
  }

  @Test(.enabled(if: TestData.isPresent)) func `six hundred thousand rows of Windows updates`() throws {
    var rows = 0
    var replacing = 0
    var ms17010: Set<String> = []
    let reading = try WindowsUpdatesReader.read(VulnData.source("windows-kb/definitions.zip")) { record in
      guard case .update(let update) = record else { return }
      rows += 1
      if !update.supersedes.isEmpty { replacing += 1 }
      if update.cve == "CVE-2017-0144" { ms17010.insert(update.kb) }
    }
    // Counted by Python's csv: both tables without the notes; then without the packages of Azure Linux.
    #expect(reading.read == 608_900)
    #expect(rows == 550_181)
    // Some more name only service packs (SP81X86) or nothing that is a number.
    #expect(replacing == 241_740)
    #expect(ms17010.contains("4012212"))
    #expect(reading.head.made?.day.iso == "2026-06-28")
    #expect(reading.bad == 0)
  }

  @Test(.enabled(if: TestData.isPresent)) func `ends of support from both forms`() throws {
    let (reading, collected) = try VulnData.read(SupportCycleReader.self, "endoflife/endoflife-products.json")
    #expect(reading.read == 464)
    #expect(reading.checks.map(\.holds) == [true])
    let cycles = collected.records.compactMap { if case .cycle(let cycle) = $0 { cycle } else { nil } }
    #expect(cycles.count == 8351)
    let fortios = try #require(cycles.first { $0.product == "fortios" && $0.cycle == "7.2" })
    #expect(fortios.endOfSupport?.iso == "2026-09-30")
    #expect(fortios.names.contains(ProductName(.operatingSystem, vendor: "fortinet", product: "fortios")))
    #expect(cycles.contains { $0.endOfSupport == nil && $0.isOver == false })
    let (api, fromAPI) = try VulnData.read(SupportCycleReader.self, "endoflife/sample-api-v1-full.json")
    #expect(api.read == 2)
    let ubuntu = fromAPI.records.compactMap { if case .cycle(let cycle) = $0 { cycle } else { nil } }
    let noble = try #require(ubuntu.first { $0.cycle == "24.04" })
    #expect(noble.endOfSupport?.iso == "2029-04-25")
    #expect(noble.endOfExtendedSupport?.iso == "2036-04-25")
    #expect(noble.latest == "24.04.2")
    #expect(noble.names.map(\.product) == ["ubuntu_linux"])
  }
}
