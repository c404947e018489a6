import Records
import SQL
import Text
import Time

/// Something that the network or a tool saw: a host of a scan, a lease, a line of an ARP table, a row of an asset tool.
/// One row for each thing and source, kept up to date by the next file.
package struct Sighting: Sendable, Hashable, Identifiable {
  package let id: String
  package let source: Source
  package var seen: Seen
  package var importSet: String?
  /// The asset it is taken for.
  package var asset: String?
  package var matchedBy: SightingMatch.Rule?
  /// The asset that has the same address in the ledger. A hint and no more: addresses are given anew.
  package var hint: String?
  package var state: State
  /// Why it was ignored.
  package var reason: String?
  package var updatedBy: String

  package enum Source: String, Sendable, CaseIterable, Codable {
    case inventory, nmap, dhcp, arp

    package var label: Localized {
      switch self {
      case .inventory: Localized(ja: "資産管理ツール", en: "Asset tool")
      case .nmap: Localized(ja: "ネットワーク走査（nmap など）", en: "Network scan (nmap and others)")
      case .dhcp: Localized(ja: "アドレスの貸し出し（DHCP）", en: "DHCP leases")
      case .arp: Localized(ja: "ARPテーブル", en: "ARP table")
      }
    }
  }

  package enum State: String, Sendable, CaseIterable, Codable { case open, accepted, ignored }
}

/// What was seen of one thing, in stored forms (`AA:BB:…`, plain addresses); nil where the source does not say.
package struct Seen: Sendable, Hashable {
  package var ipAddress: String?
  package var macAddress: String?
  package var hostName: String?
  package var serialNumber: String?
  package var os: String?
  package var user: String?
  /// The maker by the address's first three bytes, where the source says so.
  package var maker: String?
  /// What else the source says: open ports, build number, antivirus.
  package var details: [String: String]
  package var seenAt: Instant
  /// Where in the file, for problems.
  package var line: Int

  package init(
    ipAddress: String? = nil,
    macAddress: String? = nil,
    hostName: String? = nil,
    serialNumber: String? = nil,
    os: String? = nil,
    user: String? = nil,
    maker: String? = nil,
    details: [String: String] = [:],
    seenAt: Instant,
    line: Int = 0
  ) {
    self.ipAddress = ipAddress
    self.macAddress = macAddress
    self.hostName = hostName
    self.serialNumber = serialNumber
    self.os = os
    self.user = user
    self.maker = maker
    self.details = details
    self.seenAt = seenAt
    self.line = line
  }

  /// The strongest sign there is, by which the same thing is known in the source's next file; nil when it has none.
  package var key: String? {
    if let serialNumber { return "serial:" + Fold.exactKey(serialNumber) }
    if let macAddress { return "mac:" + macAddress }
    if let hostName { return "host:" + SightingMatch.hostKey(hostName) }
    return ipAddress.map { "ip:" + $0 }
  }

  /// What a filter's words are looked for in, folded.
  var folded: String {
    let found = [ipAddress, macAddress, hostName, serialNumber, os, user, maker]
    return Fold.key(found.compactMap { $0 }.joined(separator: "|"))
  }

  /// What people call it.
  package var title: String { hostName ?? macAddress ?? serialNumber ?? ipAddress ?? Record.nameless.ja }
}

extension Sighting {
  init(id: String, source: Source, seen: Seen, importSet: String?, state: State, updatedBy: String) {
    self.init(
      id: id,
      source: source,
      seen: seen,
      importSet: importSet,
      asset: nil,
      matchedBy: nil,
      hint: nil,
      state: state,
      reason: nil,
      updatedBy: updatedBy
    )
  }

  mutating func match(_ answer: SightingMatch.Answer) {
    switch answer {
    case .matched(let asset, let rule):
      self.asset = asset
      matchedBy = rule
      hint = nil
    case .unmatched(let hint):
      asset = nil
      matchedBy = nil
      self.hint = hint
    }
  }
}

extension Seen {
  /// Whether both say the same, wherever in the file.
  func says(_ other: Seen) -> Bool {
    var other = other
    other.line = line
    return self == other
  }
}
