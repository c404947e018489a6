import Advisories
import Matching
import Packs
import Testing
import Text
import Time

@Suite struct TriageTests {
  static let day = LocalDate(iso: "2026-11-28")

  static func exploited(ransomware: Bool = false) throws -> Lookup<ExploitedEntry> {
    .found(
      ExploitedEntry(
        cve: "CVE-2024-21762",
        vendor: "Fortinet",
        product: "FortiOS",
        name: "Out-of-Bound Write",
        added: try #require(LocalDate(iso: "2024-02-09")),
        due: nil,
        action: "",
        isUsedByRansomware: ransomware
      ),
      asOf: day
    )
  }

  static func clean(_ certainty: Certainty, _ zone: ExposureZone) -> TriageInput {
    var input = TriageInput(certainty)
    input.exploited = .clean(asOf: day)
    input.decision = .clean(asOf: day)
    input.probability = .clean(asOf: day)
    input.severity = .clean(asOf: day)
    input.alerts = .clean(asOf: day)
    input.endOfSupport = .clean(asOf: day)
    input.exposure = zone
    return input
  }

  @Test func aScoreThatOnlyAScannerGivesIsNamedAsItsOwn() {
    var input = Self.clean(.confirmed, .inside)
    input.severity = .found(98, asOf: nil)
    #expect(TriageRules.shared.triage(input).reasons.contains { $0.ja == "深刻度はCVSS 9.8です。" })
    input.severityScanner = "Nessus"
    #expect(TriageRules.shared.triage(input).reasons.contains { $0.ja == "深刻度はCVSS 9.8です（Nessus の評価）。" })
  }

  @Test func exploitedAndExposedComesFirst() throws {
    var input = Self.clean(.confirmed, .remoteMaintenance)
    input.exploited = try Self.exploited(ransomware: true)
    let result = TriageRules.shared.triage(input)
    #expect(result.tier == .p0 && !result.isQuestion && result.days == 3)
    #expect(result.reasons.contains { $0.ja.contains("ランサムウェア") })
    #expect(result.reasons.contains { $0.ja.contains("保守回線から届く") })
    #expect(result.gaps.isEmpty)
    input.exposure = .inside
    #expect(TriageRules.shared.triage(input).tier == .p1)
  }

  /// 「修正は出ない見込み」 does not stand beside a version that mends it.
  @Test func endedSupportSaysNothingOfAKnownFix() throws {
    var input = Self.clean(.confirmed, .inside)
    input.endOfSupport = .found(try #require(Self.day), asOf: Self.day)
    func told(_ input: TriageInput) -> String { TriageRules.shared.triage(input).reasons.map(\.ja).joined() }
    #expect(told(input).contains("修正は出ない見込み"))
    input.isFixKnown = true
    #expect(told(input).contains("サポートは") && !told(input).contains("修正は出ない見込み"))
  }

  @Test func theTableOfTiers() throws {
    let rules = TriageRules.shared
    var active = Self.clean(.confirmed, .vpn)
    active.decision = .found(
      StakeholderDecision(cve: "", exploitation: .active, isAutomatable: true, isImpactTotal: true, at: nil),
      asOf: Self.day
    )
    #expect(rules.triage(active).tier == .p0)
    var probable = Self.clean(.confirmed, .internet)
    probable.probability = .found(10_000, asOf: Self.day)
    #expect(rules.triage(probable).tier == .p1)
    probable.exposure = .inside
    #expect(rules.triage(probable).tier == .p2)
    probable.probability = .found(9_999, asOf: Self.day)
    #expect(rules.triage(probable).tier == .p3)
    var severe = Self.clean(.confirmed, .inside)
    severe.severity = .found(90, asOf: nil)
    #expect(rules.triage(severe).tier == .p2)
    severe.severity = .found(89, asOf: nil)
    #expect(rules.triage(severe).tier == .p3)
    var alert = Self.clean(.confirmed, .internet)
    alert.alerts = .found(
      [AlertEntry(id: "JPCERT-AT-2024-0004", title: "注意喚起", address: "", published: nil, cves: [], isUrgent: true)],
      asOf: Self.day
    )
    #expect(rules.triage(alert).tier == .p1)
    alert.importance = .critical
    #expect(rules.triage(alert).days < 14)
  }

  @Test func questionsHaveTheirOwnLane() throws {
    var input = Self.clean(.conditional, .internet)
    input.severity = .found(100, asOf: nil)
    let result = TriageRules.shared.triage(input)
    #expect(result.isQuestion && result.tier == .p3)
    input.exploited = try Self.exploited()
    #expect(TriageRules.shared.triage(input).tier == .p2)
    #expect(TriageRules.shared.triage(input).isQuestion)
  }

  @Test func notLookedUpIsNotClean() throws {
    let nothing = TriageRules.shared.triage(TriageInput(.confirmed))
    #expect(nothing.gaps.count == 7)
    #expect(nothing.tier == .p3)
    #expect(TriageRules.shared.triage(Self.clean(.confirmed, .inside)).gaps.isEmpty)
    var unknown = Self.clean(.confirmed, .unknown)
    unknown.exploited = try Self.exploited()
    let result = TriageRules.shared.triage(unknown)
    #expect(result.tier == .p1 && result.tierIfExposed == .p0 && result.gaps.count == 1)
  }

  @Test func aPackWithAnUnknownConditionIsRefused() throws {
    let text = try #require(Packs.text(TriageRules.path)).replacing("[active, exposed]", with: "[furious, exposed]")
    #expect(throws: PackError.self) { try TriageRules(reading: try Pack(reading: text, file: "own.yaml")) }
  }
}
