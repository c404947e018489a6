import Nouns
import Records
import SQL
import Text

/// From where a device can be reached, as far as the ledger's external connections and zones say. A later map of the
/// network answers the same question better; until then this rule does:
///
/// 1. The boundary device of an external connection stands on the boundary.
/// 2. A device that a connection's destination names (by name, host name, number or address), and the servers, virtual
///    machines and medical devices of the system a connection serves, can be reached from outside. Terminals of that
///    system only where they are named: a maintenance line leads to the apparatus, not to every PC of the department.
/// 3. A device whose zone is recorded (by its interface, or its address lies in the zone's range) and to which no line
///    leads is inside.
/// 4. Everything else is unknown. What is not recorded is never inside.
///
/// Connections that are archived, said not to exist, or media carried by hand lead nowhere.
package struct LedgerExposure: Sendable, Hashable {
  package enum Reach: String, Sendable, CaseIterable { case boundary, reachable, inside, unknown }

  package let reach: Reach
  /// The connection that leads there.
  package let connection: Record?
  /// The zone the device stands in.
  package let zone: Record?

  init(_ reach: Reach, connection: Record? = nil, zone: Record? = nil) {
    self.reach = reach
    self.connection = connection
    self.zone = zone
  }

  /// Of a boundary device that only the list of connections knows.
  package static func boundary(of line: Record) -> LedgerExposure { LedgerExposure(.boundary, connection: line) }

  /// The records the rule reads.
  package struct Records: Sendable {
    let assets: [Record]
    let connections: [Record]
    let systems: [Record]
    let zones: [Record]
    let interfaces: [Record]

    package init(
      assets: [Record],
      connections: [Record],
      systems: [Record] = [],
      zones: [Record] = [],
      interfaces: [Record] = []
    ) {
      self.assets = assets
      self.connections = connections
      self.systems = systems
      self.zones = zones
      self.interfaces = interfaces
    }
  }

  /// By the id of the device. Pure.
  package static func all(_ records: Records) -> [String: LedgerExposure] {
    let lines = records.connections.filter { leadsSomewhere($0) }
    let boundaries = first(lines) { $0.known("boundary_asset") }
    let served = linesBySystem(lines, records.systems)
    let named = namedIn(lines)
    let zones = zonesByAsset(records)
    let ranges = records.zones.compactMap { zone in
      zone.known("address_range").flatMap { AddressRange(reading: $0) }.map { (range: $0, zone: zone) }
    }
    var answer: [String: LedgerExposure] = [:]
    for asset in records.assets {
      let zone =
        zones[asset.id]
        ?? asset.known("ip_address").flatMap { IPAddress(reading: $0) }.flatMap { address in
          ranges.first { $0.range.contains(address) }?.zone
        }
      if let line = boundaries[asset.id] {
        answer[asset.id] = LedgerExposure(.boundary, connection: line, zone: zone)
      } else if let line = names(of: asset).lazy.compactMap({ named[$0] }).first {
        answer[asset.id] = LedgerExposure(.reachable, connection: line, zone: zone)
      } else if apparatus.contains(asset["category"] ?? ""), let line = asset.known("system").flatMap({ served[$0] }) {
        answer[asset.id] = LedgerExposure(.reachable, connection: line, zone: zone)
      } else {
        answer[asset.id] = LedgerExposure(zone == nil ? .unknown : .inside, zone: zone)
      }
    }
    return answer
  }

  private static let apparatus: Set<String> = ["server", "virtual", "medical"]

  package static func leadsSomewhere(_ line: Record) -> Bool {
    line.archivedAt == nil && line["has_connection"] != "no" && line["has_connection"] != "na"
      && line["line_type"] != "media"
  }

  private static func first(_ lines: [Record], _ key: (Record) -> String?) -> [String: Record] {
    var found: [String: Record] = [:]
    for line in lines {
      if let key = key(line), found[key] == nil { found[key] = line }
    }
    return found
  }

  /// A line serves the system it points to, or whose name its own begins with: 「透析管理 保守回線」.
  private static func linesBySystem(_ lines: [Record], _ systems: [Record]) -> [String: Record] {
    var served = first(lines) { $0.known("system") }
    let byName = systems.map { (id: $0.id, key: Fold.key($0.title)) }.filter { $0.key.count > 1 }
      .sorted { $0.key.count > $1.key.count }
    for line in lines where line.known("system") == nil {
      guard let name = line.known("system_name").map(Fold.key) else { continue }
      if let system = byName.first(where: { name.hasPrefix($0.key) }), served[system.id] == nil {
        served[system.id] = line
      }
    }
    return served
  }

  /// What the destinations of lines name, each word by itself.
  private static func namedIn(_ lines: [Record]) -> [String: Record] {
    var named: [String: Record] = [:]
    for line in lines {
      guard let text = line.known("destination") else { continue }
      for word in [text] + text.split(whereSeparator: { "、,，/／ 　;；\n".contains($0) }).map(String.init) {
        let key = Fold.key(word)
        if key.count > 2, named[key] == nil { named[key] = line }
      }
    }
    return named
  }

  private static func names(of asset: Record) -> [String] {
    ["name", "host_name", "asset_number", "ip_address"].compactMap { asset.known($0) }.map(Fold.key)
  }

  private static func zonesByAsset(_ records: Records) -> [String: Record] {
    let zones = Dictionary(records.zones.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var found: [String: Record] = [:]
    for interface in records.interfaces {
      guard let asset = interface.known("asset"), let zone = interface.known("zone") else { continue }
      if found[asset] == nil { found[asset] = zones[zone] }
    }
    return found
  }
}

/// `10.20.0.0/16`, or one address.
struct AddressRange: Hashable {
  private let start: [UInt8]
  private let bits: Int

  init?(reading text: String) {
    let parts = Width.halved(text).split(separator: "/", maxSplits: 1)
    guard let first = parts.first, let address = IPAddress(reading: first.trimmingCharactersOfSpace) else { return nil }
    start = address.bytes
    let whole = address.bytes.count * 8
    guard parts.count == 2 else {
      bits = whole
      return
    }
    guard let length = Int(parts[1].trimmingCharactersOfSpace), (0...whole).contains(length) else { return nil }
    bits = length
  }

  func contains(_ address: IPAddress) -> Bool {
    guard address.bytes.count == start.count else { return false }
    for (index, byte) in address.bytes.enumerated() {
      let left = bits - index * 8
      if left <= 0 { return true }
      let mask: UInt8 = left >= 8 ? 255 : ~(255 >> UInt8(left))
      if byte & mask != start[index] & mask { return false }
    }
    return true
  }
}

extension Substring {
  fileprivate var trimmingCharactersOfSpace: String { Width.trimmed(String(self)) }
}

extension Ledger {
  /// The exposure of every device in use.
  package func exposures(in scope: Scope<ReadLedger>) async throws -> [String: LedgerExposure] {
    func all(_ kind: Kind) async throws -> [Record] {
      try await records.all(kind, limit: 1_000_000, in: scope).records
    }
    return LedgerExposure.all(
      LedgerExposure.Records(
        assets: try await all(.asset),
        connections: try await all(.connection),
        systems: try await all(.system),
        zones: try await all(.zone),
        interfaces: try await all(.interface)
      )
    )
  }
}
