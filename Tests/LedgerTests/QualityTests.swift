import Ledger
import Organization
import Records
import Testing
import Text
import Time

@Suite struct QualityTests {
  static func record(_ kind: Kind, _ id: String, _ values: [String: String]) -> Record {
    let now = Instant(WorryTests.today)
    return Record(id: id, of: kind, values: values, createdAt: now, updatedAt: now, updatedBy: "")
  }

  static func report(_ kind: Kind, _ records: [Record]) -> QualityReport {
    QualityCheck(today: WorryTests.today, endOfSupport: World.endOfSupport).report(kind, records)
  }

  @Test func aNumberOnTwoDevicesIsReusedAndOneDeviceTwiceIsADuplicate() {
    let report = Self.report(
      .asset,
      [
        Self.record(.asset, "a", ["asset_number": "KZ1", "serial_number": "S1"]),
        Self.record(.asset, "b", ["asset_number": "kz1", "serial_number": "S2"]),
        Self.record(.asset, "c", ["asset_number": "KZ2", "serial_number": "S3"]),
        Self.record(.asset, "d", ["asset_number": "KZ2", "serial_number": "S3"]),
        Self.record(.asset, "e", ["asset_number": "?", "mac_address": "?"]),
        Self.record(.asset, "f", ["asset_number": "?", "mac_address": "?"]),
      ]
    )
    #expect(report.finding(.numberReused)?.records == ["a", "b"])
    #expect(report.finding(.duplicate, field: "asset_number")?.records == ["c", "d"])
    #expect(report.finding(.duplicate, field: "serial_number")?.records == ["c", "d"])
    #expect(report.finding(.duplicate, field: "mac_address") == nil)
  }

  @Test func aMACSharedByTwoRecordsIsFoundAmongSeveral() {
    let report = Self.report(
      .asset,
      [
        Self.record(.asset, "a", ["mac_address": "00:00:00:00:00:01, 00:00:00:00:00:02"]),
        Self.record(.asset, "b", ["mac_address": "00:00:00:00:00:02"]),
      ]
    )
    #expect(report.finding(.duplicate, field: "mac_address")?.records == ["a", "b"])
  }

  @Test func missingAndUnknownAreDifferentThings() {
    let report = Self.report(
      .asset,
      [
        Self.record(.asset, "a", ["os": "?"]), Self.record(.asset, "b", [:]),
        Self.record(.asset, "c", ["category": "printer"]),
      ]
    )
    #expect(report.finding(.essentialUnknown, field: "os")?.records == ["a"])
    // A printer needs neither an OS nor antivirus.
    #expect(report.finding(.essentialMissing, field: "os")?.records == ["b"])
    #expect(report.finding(.essentialMissing, field: "antivirus")?.records == ["a", "b"])
    #expect(report.population == 3)
  }

  @Test(arguments: [
    (["os": "Ｗｉｎｄｏｗｓ７ Professional"], true), (["os": "Windows 11 Pro 23H2"], false), (["os": "FortiOS 6.4.5"], true),
    (["os": "syngo"], false), (["os": "Windows 7", "support_ends_on": "2027-03-31"], false),
    (["os": "syngo", "support_ends_on": "2020-03-31"], true), (["os": "?"], false),
  ])
  func supportEnds(_ values: [String: String], _ isPast: Bool) {
    let check = QualityCheck(today: WorryTests.today, endOfSupport: World.endOfSupport)
    #expect(check.isPastSupport(Self.record(.asset, "a", values)) == isPast)
  }

  @Test func oldConfirmationsPrivateCharactersAndReadingsAreNamed() {
    let assets = Self.report(
      .asset,
      [
        Self.record(.asset, "a", ["last_seen_on": "2025-11-20", "remarks": "外字\u{e000}あり"]),
        Self.record(.asset, "b", ["last_seen_on": "2025-11-22"]),
        Self.record(.asset, "c", ["state": "disposed", "last_seen_on": "2010-01-01"]),
      ]
    )
    #expect(assets.finding(.stale)?.records == ["a"])
    #expect(assets.finding(.privateUse)?.records == ["a"])
    let people = Self.report(
      .person,
      [
        Self.record(.person, "a", ["name": "渡辺", "staff_number": "1", "reading": "ワタナベ"]),
        Self.record(.person, "b", ["name": "林", "staff_number": "2"]),
        Self.record(.person, "c", ["name": "別人", "staff_number": "2"]),
      ]
    )
    #expect(people.finding(.readingMissing)?.records == ["b", "c"])
    #expect(people.finding(.numberReused)?.records == ["b", "c"])
  }

  @Test func everyFindingSpeaksBothLanguagesAndComesInOrder() {
    let report = Self.report(.asset, [Self.record(.asset, "a", [:]), Self.record(.asset, "b", ["os": "Windows 7"])])
    let order = report.findings.compactMap { QualityRule.allCases.firstIndex(of: $0.rule) }
    #expect(order == order.sorted())
    for finding in report.findings {
      #expect(!finding.text.ja.isEmpty && !finding.text.en.isEmpty && finding.count > 0)
    }
  }
}
