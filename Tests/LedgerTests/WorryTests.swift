import Ledger
import Records
import Testing
import Text
import Time

@Suite struct WorryTests {
  static let today = LocalDate(iso: "2026-11-21") ?? LocalDate(dayNumber: 0)

  static func connection(_ values: [String: String]) -> Record {
    let now = Instant(today)
    return Record(
      id: "c",
      of: .connection,
      values: ["has_connection": "yes"].merging(values) { $1 },
      createdAt: now,
      updatedAt: now,
      updatedBy: ""
    )
  }

  static func worry(_ values: [String: String], boundary: Record? = nil) -> ConnectionWorry {
    ConnectionWorry.score(connection(values), boundary: boundary, today: today, endOfSupport: World.endOfSupport)
  }

  /// Everything known and in order.
  static let sound = [
    "system_name": "オンライン資格確認", "line_type": "ip_vpn", "mechanism": "ipsec", "mode": "always",
    "source_restriction": "yes",
    "authentication": "certificate", "boundary_device": "終端装置", "firmware": "支給品", "last_confirmed_on": "2026-10-20",
    "checklist_state": "submitted",
  ]

  /// The five lines of the design's page, and one that is not there.
  @Test(arguments: [
    (
      [
        "line_type": "fibre", "mechanism": "ssl_vpn", "mode": "always", "source_restriction": "no",
        "authentication": "shared_id",
        "boundary_device": "FortiGate 60F", "firmware": "FortiOS 6.4.5", "last_confirmed_on": "2024-03-08",
      ], ConnectionWorry.Level.high
    ),
    (
      [
        "line_type": "lte", "mode": "always", "boundary_device": "USBドングル", "source_restriction": "?",
        "authentication": "?",
      ], .high
    ),
    (
      [
        "line_type": "leased", "mechanism": "rdp", "mode": "on_demand", "source_restriction": "yes",
        "authentication": "password",
        "boundary_device": "業者ルータ", "firmware": "RTX810 Rev.11.01.34", "last_confirmed_on": "2026-06-02",
      ], .fairlyHigh
    ),
    (sound, .low), (["has_connection": "no"], .low), (["has_connection": "na"], .low), (["has_connection": "?"], .high),
    (["has_connection": "no", "line_type": "lte", "boundary_device": "SIMルータ"], .medium),
  ])
  func connectionsHaveTheLevelPeopleExpect(_ values: [String: String], _ level: ConnectionWorry.Level) {
    let worry = Self.worry(values)
    #expect(worry.level == level, "\(worry.score): \(worry.reasons.map(\.text.ja))")
    #expect(worry.score == worry.reasons.reduce(0) { $0 + $1.points })
    #expect(worry.reasons.map(\.points) == worry.reasons.map(\.points).sorted(by: >))
  }

  /// Each change for the worse to a sound connection brings its own reason, in both languages.
  @Test(arguments: [
    ("has_connection", "?", WorryRule.existenceUnknown), ("has_connection", "", .existenceUnrecorded),
    ("source_restriction", "no", .unrestricted), ("source_restriction", "?", .restrictionUnknown),
    ("source_restriction", "", .restrictionUnrecorded), ("authentication", "none", .noAuthentication),
    ("authentication", "shared_id", .sharedID), ("authentication", "password", .passwordOnly),
    ("authentication", "?", .authenticationUnknown), ("authentication", "", .authenticationUnrecorded),
    ("boundary_device", "?", .deviceUnknown), ("boundary_device", "", .deviceUnrecorded),
    ("firmware", "", .firmwareUnknown),
    ("firmware", "FortiOS 6.4.5", .unsupported), ("firmware_support_ends_on", "2026-11-20", .unsupported),
    ("firmware_support_ends_on", "2027-01-31", .supportEndsSoon), ("mechanism", "rdp", .remoteDesktop),
    ("mechanism", "remote_tool", .remoteTool), ("mechanism", "ssl_vpn", .remoteAccessVPN),
    ("mechanism", "?", .mechanismUnknown),
    ("encrypted", "no", .plain), ("line_type", "lte", .mobileLine), ("line_type", "isdn", .isdnLine),
    ("line_type", "phone", .telephoneLine), ("line_type", "media", .mediaByHand), ("line_type", "?", .lineUnknown),
    ("vulnerability_state", "指摘あり・未適用", .unpatched), ("patch_state", "?", .patchUnknown),
    ("destination", "全体", .reachesEverything),
    ("last_confirmed_on", "", .neverConfirmed), ("last_confirmed_on", "2025-11-20", .confirmedLongAgo),
    ("checklist_state", "not_submitted", .noChecklist),
  ])
  func whatIsWorseHasItsReason(_ field: String, _ value: String, _ rule: WorryRule) throws {
    var values = Self.sound
    values[field] = value.isEmpty ? nil : value
    var record = Self.connection(values)
    if value.isEmpty { record.values[field] = nil }
    let worry = ConnectionWorry.score(record, today: Self.today, endOfSupport: World.endOfSupport)
    let reason = try #require(worry.reasons.first { $0.rule == rule }, "\(worry.reasons.map(\.rule))")
    #expect(reason.text.ja.hasSuffix("。") && !reason.text.en.isEmpty)
    #expect(worry.score > Self.worry(Self.sound).score)
  }

  @Test func whatIsUnknownWorriesAtLeastAsMuchAsWhatIsKnownToBeBad() {
    let weights = WorryWeights.standard.points
    #expect(WorryRule.allCases.allSatisfy { weights[$0] != nil })
    #expect((weights[.restrictionUnknown] ?? 0) >= (weights[.unrestricted] ?? 0))
    #expect((weights[.authenticationUnknown] ?? 0) >= (weights[.sharedID] ?? 0))
    #expect((weights[.existenceUnknown] ?? 0) >= WorryWeights.standard.high)
  }

  @Test func theBoundaryAssetSpeaksWhereTheConnectionDoesNot() {
    let now = Instant(Self.today)
    let asset = Record(
      id: "a",
      of: .asset,
      values: ["name": "FortiGate 60F", "os": "FortiOS 6.4.5"],
      createdAt: now,
      updatedAt: now,
      updatedBy: ""
    )
    var values = Self.sound
    values["boundary_device"] = nil
    values["firmware"] = nil
    let worry = Self.worry(values, boundary: asset)
    #expect(worry.reasons.contains { $0.rule == .unsupported && $0.text.ja.contains("令和6年9月30日") })
    #expect(!worry.reasons.contains { $0.rule == .deviceUnrecorded })
  }

  @Test func forgottenLinesAreCalledSo() {
    var values = Self.sound
    values["line_type"] = "isdn"
    #expect(!Self.worry(values).reasons.contains { $0.rule == .forgottenLine })
    values["last_confirmed_on"] = "2023-01-10"
    #expect(Self.worry(values).reasons.contains { $0.rule == .forgottenLine })
  }

  @Test func theUnknownStandsFirstWithinItsLevel() {
    let bad = Self.worry([
      "line_type": "fibre", "mechanism": "rdp", "mode": "always", "source_restriction": "no", "authentication": "none",
      "boundary_device": "ルータ", "firmware": "FortiOS 6.4.5", "last_confirmed_on": "2020-01-01",
    ])
    let unknown = Self.worry(["has_connection": "?", "authentication": "multi_factor", "source_restriction": "yes"])
    #expect(bad.level == .high && unknown.level == .high && bad.score > unknown.score - 100)
    #expect(ConnectionWorry.isBefore(unknown, bad) && !ConnectionWorry.isBefore(bad, unknown))
  }

  @Test func theListIsInOrderOfWorry() async throws {
    let world = try await World()
    for (name, values) in [
      ("安心", Self.sound), ("謎の回線", ["has_connection": "?"]),
      (
        "危険",
        [
          "mechanism": "rdp", "source_restriction": "no", "authentication": "none", "boundary_device": "x",
          "line_type": "fibre",
        ]
      ),
    ] {
      let typed = ["has_connection": "yes"].merging(values) { $1 }.merging(["system_name": name]) { $1 }
      _ = try await world.records.create(.connection, typed, in: world.edit)
    }
    let list = try await world.records.worries(endOfSupport: World.endOfSupport, in: world.read)
    #expect(list.connections.map(\.record.title) == ["謎の回線", "危険", "安心"])
    #expect(list.count(.high) == 2)
  }
}
