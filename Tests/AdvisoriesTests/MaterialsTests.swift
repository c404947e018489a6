import Support
import Testing

@testable import Advisories

@Suite struct `Bills of materials` {
  private static let real = ["sample.cdx.json", "sample.cdx.xml", "sample.spdx", "sample.spdx.json"]

  @Test(.enabled(if: TestData.isPresent)) func `four formats of one thing say the same`() throws {
    let bills = try Self.real.map { try MaterialsReader.read(VulnData.source("sbom-samples/" + $0)) }
    #expect(bills.map(\.format) == [.cycloneDX, .cycloneDX, .spdx, .spdx])
    #expect(bills.map(\.edition) == ["1.6", "1.6", "SPDX-2.3", "SPDX-2.3"])
    let lists = bills.map { bill in
      Set(bill.items.filter { $0.packageURL != nil }.map { "\($0.name) \($0.version ?? "") \($0.packageURL ?? "")" })
    }
    #expect(lists[0].count == 6)
    #expect(lists.allSatisfy { $0 == lists[0] })
    for bill in bills {
      let certifi = try #require(bill.items.first { $0.name == "certifi" })
      #expect(certifi.identity?.product == ProductName(.application, vendor: "kennethreitz", product: "certifi"))
      #expect(certifi.identity?.targetSoftware == .value("python"))
      let jinja = try #require(bill.items.first { $0.name == "jinja2" })
      // What syft guesses are hints.
      #expect(jinja.hints.count >= 5)
      #expect(bill.made != nil)
      #expect(bill.problems.isEmpty)
    }
  }

  @Test(arguments: ["one.cdx.json", "one.cdx.xml"]) func `CycloneDX with parts in parts and statements`(
    name: String
  ) throws {
    let bill = try MaterialsReader.read(Samples.source("billOfMaterials/" + name))
    #expect(bill.subject?.name == "CT Console")
    #expect(bill.items.map(\.parent) == [nil, 0])
    #expect(bill.items[1].name == "org/openssl")
    #expect(bill.items[1].version == "1.1.1k")
    let statement = try #require(bill.statements.first)
    #expect(statement.vulnerability == "CVE-2099-0001")
    #expect(statement.items == [1])
    #expect(statement.verdict == (name.hasSuffix("json") ? .notAffected : .affected))
    #expect(statement.justification == (name.hasSuffix("json") ? "code_not_reachable" : "x"))
  }

  @Test func `SPDX of three editions`() throws {
    let two = try MaterialsReader.read(Samples.source("billOfMaterials/one.spdx.json"))
    #expect(two.edition == "SPDX-2.2")
    #expect(two.subject?.supplier == "Mihon")
    #expect(two.items.map(\.name) == ["Windows 10", "openssl"])
    #expect(two.items.map(\.parent) == [nil, 0])
    #expect(two.items[0].packageURL == "pkg:generic/windows")
    let text = try MaterialsReader.read(Samples.source("billOfMaterials/one.spdx"))
    #expect(text.edition == "SPDX-2.3")
    #expect(text.subject?.name == "CT Console")
    #expect(text.items.map(\.name) == ["openssl"])
    #expect(text.items[0].identity?.version == .value("1.1.1k"))
    let three = try MaterialsReader.read(Samples.source("billOfMaterials/three.spdx.json"))
    #expect(three.edition == "SPDX-3.0.1")
    #expect(three.subject?.supplier == "Mihon")
    #expect(three.items.map(\.name) == ["openssl", "zlib"])
    #expect(three.items.map(\.parent) == [nil, 0])
    #expect(three.items[0].supplier == "Mihon")
    #expect(three.items[0].identity?.product.product == "openssl")
  }

  @Test func `a SWID tag`() throws {
    let bill = try MaterialsReader.read(Samples.source("billOfMaterials/one.swidtag"))
    #expect(bill.subject?.supplier == "Mihon")
    #expect(bill.subject?.tag == "jp.example.ct-5.0")
    #expect(bill.items.map(\.tag) == ["jp.example.viewer"])
    #expect(bill.items.map(\.parent) == [nil])
  }

  @Test func `a table as the guidance shows it`() throws {
    let bill = try MaterialsReader.read(Samples.source("billOfMaterials/one.csv"))
    #expect(bill.items.map(\.name) == ["CT Console", "Windows 10 IoT", "openssl"])
    #expect(bill.items.map(\.parent) == [nil, 0, 1])
    #expect(bill.items[1].identity?.product.product == "windows_10")
    #expect(bill.items[2].packageURL == "pkg:generic/openssl@1.1.1k")
    #expect(bill.problems.map(\.row) == [6])
  }

  @Test func `an MDS2 form tells what matters`() throws {
    let form = try DisclosureReader.read(Samples.source("disclosure/one.csv"))
    #expect(form.manufacturer == "Mihon Medical")
    #expect(form.model == "CT-5000")
    #expect(form.hasOperatingSystem == .yes)
    #expect(form["CSUP-2"]?.note == "Windows 10 IoT Enterprise LTSC 2021")
    #expect(form.ownerMayPatch == .no)
    #expect(form.onlyVendorPatches == .yes)
    #expect(form.patchesRemotely == .seeNote)
    #expect(form["CSUP-2.3"]?.note == "by appointment")
    #expect(form.supportsAntimalware == .notApplicable)
    #expect(form.allowsRemoteService == .yes)
    #expect(form.hasBillOfMaterials == .yes)
    #expect(form.allowsRemoteMonitoring == nil)
    #expect(throws: FeedError.self) { try DisclosureReader.read(Samples.source("billOfMaterials/one.csv")) }
  }
}
