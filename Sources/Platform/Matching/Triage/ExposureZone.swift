import Text

/// From where an asset can be reached, by the external connections and zones of the ledger.
package enum ExposureZone: String, Sendable, Hashable, CaseIterable, Codable {
  case internet
  case vpn
  case remoteMaintenance = "remote-maintenance"
  case inside
  case isolated
  /// Nobody recorded it. Never taken for inside.
  case unknown

  package var title: Localized {
    switch self {
    case .internet: Localized(ja: "インターネットから届く", en: "reachable from the internet")
    case .vpn: Localized(ja: "VPNの入口にある", en: "at the entrance of a VPN")
    case .remoteMaintenance: Localized(ja: "保守回線から届く", en: "reachable by remote maintenance")
    case .inside: Localized(ja: "院内だけから届く", en: "reachable from inside only")
    case .isolated: Localized(ja: "どこからも切り離されている", en: "isolated")
    case .unknown: Localized(ja: "外部から届くか不明", en: "not known whether it can be reached from outside")
    }
  }
}
