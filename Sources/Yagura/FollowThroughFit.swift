import Ledger
import Nouns
import Records
import Text
import Time
import Vulnerability
import Web

/// The ledger's functions as the follow-through of vulnerabilities wants them.
extension Capabilities {
  static func followThroughNeeds(_ ledger: Ledger) -> FollowThroughNeeds {
    FollowThroughNeeds(
      devices: { try await triageDevices(ledger, $0) },
      exposures: { try await exposures(ledger, $0) },
      contracts: { try await vendorContracts(ledger, $0) },
      vendors: { try await ledger.records.choices(.vendor, in: $0) },
      systems: { try await ledger.records.choices(.system, in: $0) },
      workingDay: { HolidayCalendar.standard.nextWorkingDay(onOrAfter: $0) },
      supportEnd: { text in House.endOfSupport(text).map { ($0.product, $0.date) } }
    )
  }

  /// Devices in use, and the boundary devices that only the list of external connections knows.
  private static func triageDevices(_ ledger: Ledger, _ scope: Scope<ReadLedger>) async throws -> [TriageDevice] {
    let assets = try await ledger.records.all(.asset, showing: deviceFields, limit: 1_000_000, in: scope)
    let systems = try await ledger.records.all(.system, showing: ["vendor", "importance"], limit: 100_000, in: scope)
    let bySystem = Dictionary(systems.records.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let titles = assets.titles.merging(systems.titles) { first, _ in first }
    let devices = assets.records.filter { isInUse($0) }.map { device($0, bySystem, titles) }
    let lines = try await ledger.records.all(.connection, showing: boundaryFields, limit: 100_000, in: scope)
    return devices + lines.records.filter { isUnlistedBoundary($0) }.map { boundary($0, lines.titles) }
  }

  /// What `device` and `isInUse` look at.
  private static let deviceFields = [
    "system", "maintenance_vendor", "category", "model", "os", "location", "department", "host_name", "serial_number",
    "asset_number", "last_patched_on", "last_seen_on", "support_ends_on", "antivirus", "state",
  ]

  /// What `boundary` and `isUnlistedBoundary` look at.
  static let boundaryFields = [
    "has_connection", "line_type", "boundary_device", "boundary_asset", "firmware", "firmware_support_ends_on", "place",
    "department", "system", "vendor",
  ]

  static func isInUse(_ asset: Record) -> Bool { !["disposed", "returned"].contains(asset.known("state") ?? "") }

  /// A way in whose device nobody has entered in the device ledger: forgotten lines are such.
  static func isUnlistedBoundary(_ line: Record) -> Bool {
    LedgerExposure.leadsSomewhere(line) && line.known("boundary_asset") == nil && line.known("boundary_device") != nil
  }

  private static func device(
    _ record: Record,
    _ systems: [String: Record],
    _ titles: [String: String]
  ) -> TriageDevice {
    var device = TriageDevice(id: record.id, title: record.title, link: "/ledger/asset/\(record.id)")
    let system = record.known("system").flatMap { systems[$0] }
    let vendor = record.known("maintenance_vendor") ?? system?.known("vendor")
    device.category = record.known("category") ?? ""
    device.model = record.known("model") ?? ""
    device.os = record.known("os") ?? ""
    device.place = record.known("location").flatMap { titles[$0] } ?? ""
    device.department = record.known("department") ?? ""
    device.departmentTitle = titles[device.department] ?? ""
    device.system = system?.id ?? ""
    device.systemTitle = system?.title ?? ""
    device.importance = system?.known("importance") ?? ""
    device.vendor = vendor ?? ""
    device.vendorTitle = vendor.flatMap { titles[$0] } ?? ""
    device.hostName = record.known("host_name") ?? ""
    device.serialNumber = record.known("serial_number") ?? ""
    device.assetNumber = record.known("asset_number") ?? ""
    device.lastPatchedOn = record.date("last_patched_on")
    device.lastSeenOn = record.date("last_seen_on")
    device.supportEndsOn = record.date("support_ends_on")
    device.antivirus = record["antivirus"] ?? ""
    let choice = Kind.systemImportance.first { $0.key == device.importance }
    device.importanceTitle = choice?.label ?? Localized(both: "")
    return device
  }

  private static func boundary(_ line: Record, _ titles: [String: String]) -> TriageDevice {
    let model = line.known("boundary_device") ?? ""
    var device = TriageDevice(
      id: line.id,
      title: "\(model)（\(line.title)）",
      link: "/ledger/connection/\(line.id)"
    )
    device.category = "network"
    device.model = model
    device.os = line.known("firmware") ?? ""
    device.place = line.known("place") ?? ""
    device.department = line.known("department") ?? ""
    device.departmentTitle = titles[device.department] ?? ""
    device.system = line.known("system") ?? ""
    device.systemTitle = titles[device.system] ?? ""
    device.vendor = line.known("vendor") ?? ""
    device.vendorTitle = titles[device.vendor] ?? ""
    device.supportEndsOn = line.date("firmware_support_ends_on")
    device.antivirus = "impossible"
    device.isBoundaryOnly = true
    return device
  }

  private static func exposures(_ ledger: Ledger, _ scope: Scope<ReadLedger>) async throws -> [String: DeviceExposure] {
    var answer = try await ledger.exposures(in: scope).mapValues(exposure)
    for line in try await ledger.records.all(.connection, limit: 100_000, in: scope).records
    where isUnlistedBoundary(line) {
      answer[line.id] = exposure(LedgerExposure.boundary(of: line))
    }
    return answer
  }

  private static func exposure(_ found: LedgerExposure) -> DeviceExposure {
    let line = found.connection?.title ?? ""
    let kind = found.connection?["line_type"].flatMap { key in Kind.lineTypes.first { $0.key == key }?.label }
    let zone = found.zone?.title ?? ""
    switch found.reach {
    case .boundary:
      return DeviceExposure(
        .boundary,
        reason: Localized(
          ja: "外部接続「\(line)」の接点の機器です。",
          en: "It is the boundary device of the external connection “\(line)”."
        ),
        connection: found.connection?.id,
        connectionTitle: line,
        line: kind ?? Localized(both: "")
      )
    case .reachable:
      return DeviceExposure(
        .reachable,
        reason: Localized(ja: "外部接続「\(line)」から届きます。", en: "The external connection “\(line)” leads to it."),
        connection: found.connection?.id,
        connectionTitle: line,
        line: kind ?? Localized(both: "")
      )
    case .inside:
      return DeviceExposure(
        .inside,
        reason: Localized(
          ja: "区画「\(zone)」にあり、外部接続の記録はありません。",
          en: "It stands in the zone “\(zone)”, and no external connection leads to it."
        )
      )
    case .unknown: return .unknown
    }
  }

  private static func vendorContracts(
    _ ledger: Ledger,
    _ scope: Scope<ReadLedger>
  ) async throws -> [VendorContract] {
    let contracts = try await ledger.records.all(.contract, in: scope).records
    let covers = Dictionary(
      grouping: try await ledger.records.all(.contractCover, in: scope).records,
      by: { $0["contract"] ?? "" }
    )
    let clauses = try await ledger.records.all(.contractClause, limit: 1_000_000, in: scope).records
    let updates = Dictionary(
      clauses.filter { $0["clause"] == "updates" }.map { ($0["contract"] ?? "", $0) },
      uniquingKeysWith: { first, _ in first }
    )
    return contracts.map { record in
      let clause = updates[record.id]
      return VendorContract(
        id: record.id,
        title: record.title,
        vendor: record.known("vendor") ?? "",
        link: "/ledger/contract/\(record.id)",
        updates: record["security_updates"] ?? "",
        updatesOwner: clause?.known("owner").flatMap(ClauseOwner.init(rawValue:))?.label ?? Localized(both: ""),
        wording: clause?.known("wording") ?? "",
        endsOn: record.date("ends_on"),
        telephone: record.known("support_phone") ?? "",
        systems: Set((covers[record.id] ?? []).compactMap { $0.known("system") }),
        assets: Set(
          (covers[record.id] ?? []).flatMap { [$0.known("asset"), $0.known("connection")] }.compactMap { $0 }
        )
      )
    }
  }
}

extension Capabilities {
  /// Changes of findings, requests and patches, as the list of all changes tells of them.
  static func triageChanges(_ house: House) -> OtherChanges {
    .kept(
      label: KeptChanges.label,
      link: KeptChanges.link,
      lines: KeptChanges.lines,
      undo: { try await house.vulnerability.triage.undo($0, in: try $1.scope(EditVulnerabilities.self)) }
    )
  }
}
