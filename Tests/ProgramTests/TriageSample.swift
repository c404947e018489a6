import Nouns
import Records
import Text
import Time
import Vulnerability

@testable import Program

/// One of everything that follows from vulnerabilities, made through the doors of the capability.
enum TriageSample {
  /// Ids by the part of the address that stands before them.
  static func make(in installation: Installation) async throws -> [String: String] {
    let triage = installation.house.vulnerability.triage
    let read: Scope<ReadVulnerabilities> = installation.scope()
    let edit: Scope<EditVulnerabilities> = installation.scope()
    let devices = try await installation.house.vulnerability.needs.followThrough.devices(read.ledger)
      .filter { !$0.vendor.isEmpty }
    let some = Array(devices.prefix(3))
    let stamp = installation.house.ids.next().suffix(6)
    let gaps = some.flatMap { device in
      [
        gap(device.id, "CVE-2024-21762", .p0), gap(device.id, "CVE-2024-1\(stamp)", .p2),
        gap(device.id, "CVE-2024-2\(stamp)", .check),
      ]
    }
    _ = try await triage.findings.sync(
      gaps,
      devices: Dictionary(devices.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }),
      comparedAt: nil,
      workingDay: { $0 },
      in: read
    )
    let findings = try await triage.findings.all(FindingQuery(), in: read)
    var ids: [String: String] = ["findings": findings[0].id]
    let (_, set) = try await triage.findings.decide(
      .ids([findings[0].id]),
      .init(state: "new", owner: "佐藤 \(stamp)"),
      in: edit
    )
    ids["changes"] = set
    let asked = findings.filter { $0.advisory == "CVE-2024-1\(stamp)" }
    ids["requests"] = try await triage.requests.make(from: Array(asked.prefix(1)), in: edit).ids[0]
    if let other = findings.first(where: { $0.advisory == "CVE-2024-2\(stamp)" }) {
      _ = try await triage.findings.suppress(other, everywhere: false, reason: "使っていない機能", expiresOn: "", in: edit)
    }
    ids["suppressions"] = try await triage.findings.suppressions(in: read).last { $0.endedOn == nil }?.id
    var draft = PatchStore.RolloutDraft()
    draft.title = "更新 \(stamp)"
    draft.pilots = [some[0].id]
    let rollout = try await triage.patches.rollout(try await triage.patches.plan(draft, some, in: edit), in: read)
    ids["rollouts"] = rollout.id
    ids["stage"] = rollout.stages[0].id
    ids["device"] = rollout.stages[0].devices[0].id
    let supplies = try await triage.patches.record(
      product: ["name": "Apex One", "licences": "900", "expires_on": "2026-12-20"],
      carried: ["product": "Apex One", "pattern_on": "2026-11-20", "medium": "USB-012"],
      guarantee: ["product": "Windows Server 2019", "versions": "2026年9月の更新まで", "system_title": "PACS"],
      in: edit
    )
    ids["antivirus"] = supplies.product
    ids["patterns"] = supplies.carried
    ids["guarantees"] = supplies.guarantee
    // What the pages take away, the interface cannot take away once more.
    let others = try await triage.patches.record(
      product: ["name": "Defender", "licences": "10", "expires_on": "2027-12-20"],
      carried: ["product": "Defender", "pattern_on": "2026-11-19", "medium": "USB-013"],
      guarantee: ["product": "Windows Server 2022", "versions": "2026年10月の更新まで", "system_title": "RIS"],
      in: edit
    )
    ids["api/antivirus"] = others.product
    ids["api/guarantees"] = others.guarantee
    return ids
  }

  private static func gap(_ asset: String, _ advisory: String, _ tier: Tier) -> Gap {
    Gap(
      asset: asset,
      advisory: advisory,
      evidence: advisory,
      isConfirmed: tier != .check,
      title: "試験用弱点 <b>\"&'",
      component: "FortiOS 7.2.8",
      version: "7.2.8",
      fix: FixChoice(version: "7.2.9", key: "fortinet:fortios:7.2", title: "FortiOS 7.2"),
      tier: tier,
      days: 14,
      reasons: [Localized(ja: "試験", en: "test")],
      exposure: tier == .p0 ? .boundary : .unknown,
      isExploited: tier == .p0,
      tenths: 98
    )
  }
}
