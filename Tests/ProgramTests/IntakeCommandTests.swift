import Foundation
import Support
import Testing

@testable import Program

/// What comes in beside feeds, as people call it: reports of scanners, files of devices, signed bundles.
@Suite struct IntakeCommandTests {
  private static func corpus(_ name: String) -> String {
    #filePath.replacing("ProgramTests/IntakeCommandTests.swift", with: "Corpus/advisories/" + name)
  }

  private func made() async throws -> Hospital {
    let hospital = try Hospital()
    try #require(try await hospital.initialize().code == 0)
    let table = hospital.folder.file("assets.csv")
    try Data(
      "管理番号,機器名称,ホスト名,IPアドレス\nA-1,PACS サーバー,pacs,192.0.2.10\nA-2,RIS サーバー,,192.0.2.11\n".utf8
    ).write(to: URL(filePath: table))
    try #require(try await hospital.run(["import", "--kind", "assets", table, "--json"]).code == 0)
    return hospital
  }

  @Test func whatScannersSawIsTiedToTheLedger() async throws {
    let hospital = try await made()
    let outcome = try await hospital.run([
      "vuln", "import", "--json", "--carrier", "鈴木 一郎", Self.corpus("nessus/one.nessus"),
      Self.corpus("greenbone/one.xml"), Self.corpus("nmap/vulners.xml"),
    ])
    #expect(outcome.code == 0, "\(outcome.errors)")
    let answer = try #require(outcome.json as? [String: Any])
    let scans = try #require(answer["scans"] as? [[String: Any]])
    #expect(Set(scans.compactMap { $0["scanner"] as? String }) == ["Nessus", "Greenbone", "nmap"])
    // By host name, by address, and one that is in no ledger.
    #expect(scans.compactMap { $0["unlisted"] as? Int }.reduce(0, +) == 1, "\(scans)")
    let preview = try await hospital.run(["vuln", "import", "--dry-run", Self.corpus("nessus/one.nessus")])
    #expect(preview.code == 0 && preview.output.contains("Nessus"))
  }

  /// The ledger knows the second of two cards; neither name nor address of the host.
  @Test func anyCardOfAHostTiesItToItsDevice() async throws {
    let hospital = try Hospital()
    try #require(try await hospital.initialize().code == 0)
    let table = hospital.folder.file("assets.csv")
    try Data("管理番号,機器名称,MACアドレス\nA-1,検査サーバー,02:BB:30:90:60:2B\n".utf8).write(to: URL(filePath: table))
    try #require(try await hospital.run(["import", "--kind", "assets", table, "--json"]).code == 0)
    let report = hospital.folder.file("cards.nessus")
    let text = """
      <?xml version="1.0" ?><NessusClientData_v2><Report name="x"><ReportHost name="192.0.2.3"><HostProperties>
      <tag name="mac-address">02:AA:AA:AA:AA:01
      02:BB:30:90:60:2B</tag><tag name="host-ip">192.0.2.3</tag></HostProperties></ReportHost></Report>
      </NessusClientData_v2>
      """
    try Data(text.utf8).write(to: URL(filePath: report))
    let outcome = try await hospital.run(["vuln", "import", "--json", report])
    #expect(outcome.code == 0, "\(outcome.errors)")
    let scans = try #require((outcome.json as? [String: Any])?["scans"] as? [[String: Any]])
    #expect(scans.first?["unlisted"] as? Int == 0, "\(scans)")
  }

  @Test func filesAreAttachedToADevice() async throws {
    let hospital = try await made()
    let outcome = try await hospital.run([
      "vuln", "attach", "--asset", "A-1", "--json", Self.corpus("billOfMaterials/one.csv"),
      Self.corpus("disclosure/one.csv"), Self.corpus("windowsInventory/computerinfo.txt"),
    ])
    #expect(outcome.code == 0, "\(outcome.errors)")
    let files = try #require(outcome.json as? [[String: Any]])
    #expect(files.compactMap { $0["kind"] as? String } == ["materials", "disclosure", "windows"])
    for wrong in [["--asset", "A-9"], ["--asset", "A-1"]] {
      let refused = try await hospital.run(["vuln", "attach"] + wrong + [Self.corpus("kev/one.json")])
      #expect(refused.code == 2 && !refused.errors.isEmpty)
    }
  }

  @Test func aBundleGoesFromOneHospitalToAnother() async throws {
    let sender = try await made()
    let receiver = try Hospital()
    try #require(try await receiver.initialize().code == 0)
    let file = sender.folder.file("feeds.zip")
    let made = try await sender.run([
      "vuln", "bundle", "--json", "--out", file, Self.corpus("kev"), Self.corpus("epss"),
    ])
    #expect(made.code == 0, "\(made.errors)")
    let bundle = try #require(made.json as? [String: Any])
    let key = try #require(bundle["key"] as? String)
    let fingerprint = try #require(bundle["fingerprint"] as? String)
    let unknown = try await receiver.run(["vuln", "import", file])
    #expect(unknown.code == 2 && unknown.errors.contains(fingerprint), "\(unknown.errors)")
    let wrong = try await receiver.run(["vuln", "keys", "--add", key, "--name", "県庁", "--fingerprint", "0000"])
    #expect(wrong.code == 2)
    let trusted = try await receiver.run(["vuln", "keys", "--add", key, "--name", "県庁", "--fingerprint", fingerprint])
    #expect(trusted.code == 0, "\(trusted.errors)")
    let taken = try await receiver.run(["vuln", "import", "--json", "--confirm", file])
    #expect(taken.code == 0, "\(taken.errors)")
    let imported = ((taken.json as? [String: Any])?["imported"] as? [[String: Any]]) ?? []
    #expect(imported.count == 3 && imported.allSatisfy { ($0["checkedBy"] as? String)?.contains("県庁") == true })
    // Fetching is off until the operator says otherwise.
    let fetch = try await receiver.run(["vuln", "fetch"])
    #expect(fetch.code == 2 && fetch.errors.contains("feeds.download"))
  }

  /// What `make dist` writes of the program's own parts is compared like any bill of materials.
  @Test(.enabled(if: TestData.isPresent && FileManager.default.isExecutableFile(atPath: "/usr/bin/dpkg-query")))
  func theProgramsOwnBillIsMatched() async throws {
    let hospital = try await made()
    let bill = hospital.folder.file("sbom.cdx.json")
    let none = try await hospital.run(["vuln", "match", "--bill", Self.corpus("billOfMaterials/one.cdx.json")])
    #expect(none.code == 2, "matching against nothing would say that all is well")
    let root = #filePath.replacing("/Tests/ProgramTests/IntakeCommandTests.swift", with: "")
    try FileManager.default.createDirectory(atPath: hospital.folder.file("tree/lib"), withIntermediateDirectories: true)
    try Data("x".utf8).write(to: URL(filePath: hospital.folder.file("tree/lib/libz.so.1")))
    let child = try Spawned(
      "/usr/bin/python3",
      [root + "/scripts/make-sbom", hospital.folder.file("tree"), "0.1.0"],
      environment: ["LC_ALL": "C.UTF-8", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"],
      output: bill,
      errors: hospital.folder.file("errors")
    )
    #expect(await child.ended() == 0)
    let nvd = TestData.path + "/vuln/nvd/nvdcve-2.0-2016.json.gz"
    try #require(try await hospital.run(["vuln", "import", nvd]).code == 0)
    let outcome = try await hospital.run(["vuln", "match", "--json", "--bill", bill])
    #expect(outcome.code < 2, "\(outcome.errors)")
    let parts = try #require(outcome.json as? [[String: Any]])
    #expect(parts.contains { ($0["written"] as? String)?.contains("zlib1g") == true }, "\(parts)")
    // The same by hand: a version that NVD's 2016 file names is found.
    let old = hospital.folder.file("old.json")
    let text = #"""
      {"bomFormat":"CycloneDX","specVersion":"1.5","components":[{"type":"library","name":"openssl","version":"1.0.2c",
      "cpe":"cpe:2.3:a:openssl:openssl:1.0.2c:*:*:*:*:*:*:*"}]}
      """#
    try Data(text.utf8).write(to: URL(filePath: old))
    let found = try await hospital.run(["vuln", "match", "--json", "--bill", old])
    #expect(found.code == 1)
    let first = try #require((found.json as? [[String: Any]])?.first)
    #expect((first["affected"] as? [String])?.contains("CVE-2016-2176") == true, "\(first)")
  }
}
