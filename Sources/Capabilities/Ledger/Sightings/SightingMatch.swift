import Records
import Text

/// Which asset something seen on the network is. Serial number, then hardware address, then host name; a network address
/// alone proves nothing and only gives a hint. Pure.
package struct SightingMatch: Sendable {
  package enum Rule: String, Sendable, CaseIterable, Codable {
    case serialNumber = "serial_number"
    case macAddress = "mac_address"
    case hostName = "host_name"
    /// Somebody said so.
    case hand

    package var label: Localized {
      switch self {
      case .serialNumber: Localized(ja: "製造番号が一致", en: "same serial number")
      case .macAddress: Localized(ja: "MACアドレスが一致", en: "same MAC address")
      case .hostName: Localized(ja: "ホスト名が一致", en: "same host name")
      case .hand: Localized(ja: "担当者が結び付け", en: "linked by hand")
      }
    }
  }

  package enum Answer: Sendable, Hashable {
    case matched(asset: String, by: Rule)
    /// Nothing but perhaps an asset with the same address.
    case unmatched(hint: String?)
  }

  private var serials: [String: Set<String>] = [:]
  private var macs: [String: Set<String>] = [:]
  private var hosts: [String: Set<String>] = [:]
  private var addresses: [String: Set<String>] = [:]

  package init(assets: [Record], interfaces: [Record] = []) {
    for asset in assets { add(asset, id: asset.id) }
    for interface in interfaces {
      if let asset = interface.known("asset") { add(interface, id: asset) }
    }
  }

  private mutating func add(_ record: Record, id: String) {
    if let serial = record.known("serial_number") { serials[Fold.exactKey(serial), default: []].insert(id) }
    for mac in Self.parts(record.known("mac_address")) { macs[mac, default: []].insert(id) }
    for address in Self.parts(record.known("ip_address")) where address != "DHCP" {
      addresses[address, default: []].insert(id)
    }
    if let host = record.known("host_name") { hosts[Self.hostKey(host), default: []].insert(id) }
  }

  /// A sign that two assets share decides nothing, and the next weaker one is asked.
  package func answer(_ seen: Seen) -> Answer {
    if let serial = seen.serialNumber, let asset = only(serials[Fold.exactKey(serial)]) {
      return .matched(asset: asset, by: .serialNumber)
    }
    if let mac = seen.macAddress, let asset = only(macs[mac]) { return .matched(asset: asset, by: .macAddress) }
    // A host name is the weakest: where both sides have a stronger sign and it differs, it is another device.
    if let host = seen.hostName, let asset = only(hosts[Self.hostKey(host)]) {
      return .matched(asset: asset, by: .hostName)
    }
    return .unmatched(hint: seen.ipAddress.flatMap { only(addresses[$0]) })
  }

  private func only(_ ids: Set<String>?) -> String? {
    guard let ids, ids.count == 1 else { return nil }
    return ids.first
  }

  /// Host names are compared by their first part: `PC0001` and `pc0001.hosp.test` are one.
  static func hostKey(_ name: String) -> String {
    let key = Fold.exactKey(name)
    guard let dot = key.firstIndex(of: "."), dot > key.startIndex, IPAddress(reading: key) == nil else { return key }
    return String(key[..<dot])
  }

  static func parts(_ value: String?) -> [String] {
    guard let value else { return [] }
    return value.split(separator: ",").map { Width.trimmed(String($0)) }.filter { !$0.isEmpty }
  }
}
