import Text
import Time

/// What the network itself shows: the lists that scanners, DHCP servers, routers and PCs keep of who is there.
///
/// These files are read with tolerance, line by line: what cannot be understood is listed and the rest is read. Only a
/// file without a single host, or one that is not what it should be, is refused.
package enum NetworkFiles {
  package enum Kind: String, Sendable, CaseIterable {
    /// `nmap -oX`.
    case nmap
    /// `dhcpd.leases` of ISC DHCP.
    case dhcpLeases
    /// `arp -a`, `ip neigh`, `show ip arp`.
    case arpTable
  }

  /// What kind of file this is, or nil if it is none of them.
  package static func kind(of bytes: [UInt8]) -> Kind? {
    let start = Array(bytes.prefix(64 << 10))
    let text = TextEncoding.detect(start).decode(start).text
    if text.utf8.first == UInt8(ascii: "<") || text.hasPrefix("\u{FEFF}<") {
      return text.contains("<nmaprun") ? .nmap : nil
    }
    let lines = text.split(whereSeparator: \.isNewline).prefix(200)
    if lines.contains(where: { $0.hasPrefix("lease ") && $0.hasSuffix("{") }) { return .dhcpLeases }
    let hosts = lines.count { if case .host = ARPReader.reading(of: $0) { true } else { false } }
    return hosts > 0 && hosts * 2 >= lines.count ? .arpTable : nil
  }

  package static func read(
    _ bytes: [UInt8],
    as kind: Kind,
    limits: ReadLimits = ReadLimits()
  ) throws(TabularError) -> NetworkReading {
    switch kind {
    case .nmap: try nmap(bytes, limits: limits)
    case .dhcpLeases: try dhcpLeases(bytes, limits: limits)
    case .arpTable: try arpTable(bytes, limits: limits)
    }
  }

  static func nothingFound(_ ja: String, _ en: String) -> TabularError {
    TabularError(
      reason: Localized(ja: "\(ja)として読めるものがありません。", en: "There is nothing in it that reads as \(en)."),
      remedy: Localized(
        ja: "ファイルの種類を確かめ、出力し直してください。",
        en: "Check what kind of file it is and export it again."
      )
    )
  }

  static func checkSize(_ bytes: [UInt8], _ limits: ReadLimits) throws(TabularError) {
    guard !bytes.isEmpty else { throw .empty }
    guard bytes.count <= limits.fileBytes else {
      throw .tooLarge("\(bytes.count >> 20) MB", "\(bytes.count >> 20) MB")
    }
  }
}

/// The hosts of a file, and the lines that were not understood.
package struct NetworkReading: Sendable {
  package let hosts: [SeenHost]
  package let problems: [LineProblem]
}

/// A machine that was seen on the network.
package struct SeenHost: Sendable, Hashable {
  package var ip: String?
  /// `AA:BB:CC:DD:EE:FF`
  package var mac: String?
  package var hostName: String?
  /// The maker of the network interface, as the scanner names it.
  package var vendor: String?
  package var ports: [SeenPort] = []
  /// The scanner's best guess.
  package var os: String?
  /// When it was last seen; nil where the file does not tell.
  package var seenAt: Instant?
  /// Line of the file, from 1.
  package var line: Int

  package init(line: Int) { self.line = line }
}

/// A port that answered.
package struct SeenPort: Sendable, Hashable {
  package var number: Int
  /// `tcp` or `udp`
  package var transport: String
  /// `open`, `open|filtered`, `closed` …
  package var state = ""
  package var service: String?
  package var product: String?
  package var version: String?
  /// Names of products as `cpe:/a:openbsd:openssh:7.4`.
  package var products: [String] = []

  package init(number: Int, transport: String) {
    self.number = number
    self.transport = transport
  }
}
