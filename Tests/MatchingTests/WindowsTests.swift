import Advisories
import Foundation
import Matching
import Support
import Testing

@Suite struct WindowsTests {
  static let index: WindowsUpdateIndex? = {
    guard TestData.isPresent else { return nil }
    var builder = WindowsUpdateIndexBuilder()
    let file = FeedSource(path: TestData.path + "/vuln/windows-kb/definitions.zip")
    // A file that cannot be read leaves the index empty, and every test below fails on that.
    _ = try? WindowsUpdatesReader.read(file) { record in
      if case .update(let update) = record { builder.add(update) }
    }
    return builder.finish()
  }()

  static func machine(_ sample: String) throws -> WindowsMachine {
    let path = TestData.path + "/vuln/windows-kb/samples/\(sample)_systeminfo.txt"
    var inventory = try #require(try WindowsInventoryReader.read(FeedSource(path: path)).first)
    if !inventory.listsAllUpdates {
      // systeminfo broke its list off; the list of hotfixes taken beside it goes on.
      let rest = FeedSource(path: path.replacing("_systeminfo", with: "_qfe"))
      inventory.updates = try #require(try WindowsInventoryReader.read(rest).first).updates
      inventory.listsAllUpdates = true
    }
    return try #require(WindowsMachine(inventory), "\(sample)")
  }

  static func machine(_ build: String, revision: Int?, _ product: String, _ updates: [String]) throws -> WindowsMachine
  {
    var inventory = WindowsInventory(listsAllUpdates: !updates.isEmpty)
    inventory.version = build
    inventory.revision = revision
    inventory.product = product
    inventory.architecture = .x64
    inventory.servicePack = 1
    inventory.updates = updates
    return try #require(WindowsMachine(inventory))
  }

  static let samples: [(String, String)] = [
    ("10_1809_x64_pro_en-us_20190307", "windows 10 version 1809"),
    ("10_1809_x64_enterprise_zh-cn", "windows 10 version 1809"),
    ("10_21H2_x64_pro", "windows 10 version 21h2"), ("10_22H2_x64_enterprise_en-us", "windows 10 version 22h2"),
    ("11_23H2_x64_enterprise", "windows 11 version 23h2"), ("11_24H2_x64_enterprise", "windows 11 version 24h2"),
    ("7_sp1_x64_enterprise_en-us_20190305", "windows 7"), ("srv_2012r2_u1", "windows server 2012 r2"),
    ("srv_2016_1607_datacenter_en-us", "windows server 2016"), ("srv_2019_rtm_datacenter_en-us", "windows server 2019"),
    ("srv_2022", "windows server 2022"), ("xp_sp3_x86_professional_en-us", "windows xp"),
  ]

  /// Acceptance test 3: the release is told by the build, and no KB is shown that an installed one replaces.
  @Test(.enabled(if: TestData.isPresent), arguments: samples)
  func samplesShowNoReplacedUpdate(_ sample: String, _ base: String) throws {
    let index = try #require(Self.index)
    #expect(index.count > 190_000)
    let machine = try Self.machine(sample)
    #expect(machine.base == base)
    let assessment = index.assess(machine)
    let shown = Set(assessment.missing.map(\.kb))
    #expect(shown.isDisjoint(with: machine.updates))
    #expect(!assessment.missingCVEs.isEmpty)
    #expect(assessment.missingCVEs.isDisjoint(with: assessment.fixed))
    for update in assessment.missing {
      // With that KB installed, what it is shown for is gone.
      let better = try Self.with(update.kb, machine)
      #expect(index.assess(better).missingCVEs.isDisjoint(with: update.cves), "KB\(update.kb)")
      if assessment.missing.first == update { break }
    }
    print(
      sample,
      "missing",
      assessment.missing.prefix(4).map { "KB\($0.kb)(\($0.cves.count))" },
      "of",
      assessment.missing.count,
      "fixed",
      assessment.fixed.count
    )
  }

  static func with(_ kb: String, _ machine: WindowsMachine) throws -> WindowsMachine {
    var inventory = WindowsInventory(listsAllUpdates: true)
    inventory.version = "10.0.\(machine.build)"
    inventory.product = machine.base
    inventory.architecture = machine.architecture
    inventory.servicePack = machine.servicePack
    inventory.updates = machine.updates.sorted() + [kb]
    return try #require(WindowsMachine(inventory))
  }

  /// MS17-010 on machines without updates since, not on those with a later rollup.
  @Test(.enabled(if: TestData.isPresent)) func eternalBlueIsFoundWhereItIs() throws {
    let index = try #require(Self.index)
    let cve = "CVE-2017-0144"
    // Its whole list holds the monthly rollup of November 2018 (KB4467107), which replaces the update of MS17-010.
    #expect(!index.assess(try Self.machine("7_sp1_x64_enterprise_en-us_20190305")).missingCVEs.contains(cve))
    #expect(!index.assess(try Self.machine("srv_2012r2_u1")).missingCVEs.contains(cve))
    let old = try Self.machine("6.1.7601", revision: nil, "Microsoft Windows 7 Professional", ["976902"])
    #expect(index.assess(old).missingCVEs.contains(cve))
    let rolledUp = try Self.machine(
      "6.1.7601",
      revision: nil,
      "Microsoft Windows 7 Professional",
      ["976902", "4499164"]
    )
    #expect(index.assess(rolledUp).fixed.contains(cve))
    let only = try Self.machine("6.1.7601", revision: nil, "Microsoft Windows 7 Professional", ["976902", "4012212"])
    #expect(index.assess(only).fixed.contains(cve))
    // Nothing known is not missing, and not fixed either.
    let silent = try Self.machine("6.1.7601", revision: nil, "Microsoft Windows 7 Professional", [])
    let assessment = index.assess(silent)
    #expect(assessment.missing.isEmpty && assessment.fixed.isEmpty && assessment.unknown.contains(cve))
  }

  @Test func theRevisionGoesFirst() throws {
    var builder = WindowsUpdateIndexBuilder()
    func update(
      _ cve: String,
      _ kb: String,
      _ product: String,
      _ build: String?,
      _ older: [String] = []
    ) -> WindowsUpdate {
      WindowsUpdate(cve: cve, kb: kb, product: product, supersedes: older, fixedBuild: build)
    }
    let home = "Windows 10 Version 22H2 for x64-based Systems"
    builder.add(update("CVE-2024-0001", "5036892", home, "10.0.19045.4291"))
    builder.add(update("CVE-2024-0001", "5036892", "Windows 10 Version 21H2 for x64-based Systems", "10.0.19044.4291"))
    builder.add(update("CVE-2024-0002", "5036893", home, "10.0.19045..2762"))
    builder.add(update("CVE-2024-0003", "5036894", ".NET Framework 4.8 on Windows 10 Version 22H2", nil))
    let index = builder.finish()
    let old = index.assess(try Self.machine("10.0.19045", revision: 4170, "Microsoft Windows 10 Pro", []))
    #expect(old.missing == [MissingUpdate(kb: "5036892", cves: ["CVE-2024-0001"])])
    #expect(old.unknown == ["CVE-2024-0002"])
    let new = index.assess(try Self.machine("10.0.19045", revision: 4291, "Microsoft Windows 10 Pro", []))
    #expect(new.fixed == ["CVE-2024-0001"])
    // One KB, several builds: the other line has its own.
    let other = index.assess(try Self.machine("10.0.19044", revision: 4291, "Microsoft Windows 10 Pro", []))
    #expect(other.fixed == ["CVE-2024-0001"])
    #expect(WindowsInventory().build == nil)
  }

  /// One vulnerability at a time says the same as all at once.
  @Test(.enabled(if: TestData.isPresent)) func singleVerdictsAgreeWithTheIndex() throws {
    let index = try #require(Self.index)
    var supersedence = WindowsSupersedence()
    var updates: [String: [WindowsUpdate]] = [:]
    _ = try WindowsUpdatesReader.read(
      FeedSource(path: TestData.path + "/vuln/windows-kb/definitions.zip")
    ) { record in
      guard case .update(let update) = record else { return }
      supersedence.add(kb: update.kb, supersedes: update.supersedes)
      if update.cve.hasPrefix("CVE-2017-0"), update.product.contains("Windows") {
        updates[update.cve, default: []].append(update)
      }
    }
    for sample in ["7_sp1_x64_enterprise_en-us_20190305", "srv_2012r2_u1", "srv_2016_1607_datacenter_en-us"] {
      let machine = try Self.machine(sample)
      let assessment = index.assess(machine)
      let installed = supersedence.closure(of: machine.updates)
      var told = 0
      for (cve, updates) in updates {
        switch machine.verdict(updates.compactMap(WindowsOffer.init), installed: installed) {
        case .fixed: #expect(assessment.fixed.contains(cve), "\(sample) \(cve)")
        case .missing: #expect(assessment.missingCVEs.contains(cve), "\(sample) \(cve)")
        case .unknown: #expect(assessment.unknown.contains(cve), "\(sample) \(cve)")
        case .notListed:
          #expect(!assessment.fixed.contains(cve) && !assessment.missingCVEs.contains(cve), "\(sample) \(cve)")
          continue
        }
        told += 1
      }
      #expect(told > 50, "\(sample)")
    }
  }
}
