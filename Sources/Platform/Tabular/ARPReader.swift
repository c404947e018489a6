import Text
import Time

extension NetworkFiles {
  /// The table of neighbours of a PC, server or router: `arp -a` of Linux, BSD and Windows (Japanese and English),
  /// `ip neigh`, `show ip arp` of Cisco. One kind or several, one after the other.
  package static func arpTable(
    _ bytes: [UInt8],
    limits: ReadLimits = ReadLimits()
  ) throws(TabularError) -> NetworkReading {
    try checkSize(bytes, limits)
    let text = TextEncoding.detect(bytes).decode(bytes).text
    var hosts: [SeenHost] = []
    var known: Set<String> = []
    var problems: [LineProblem] = []
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      switch ARPReader.reading(of: line) {
      case .host(var host):
        host.line = index + 1
        // Windows lists a neighbour once for each interface.
        if known.insert("\(host.ip ?? "") \(host.mac ?? "")").inserted { hosts.append(host) }
      case .nothing: continue
      case .unknown:
        guard problems.count < limits.problems else { continue }
        problems.append(
          LineProblem(
            line: index + 1,
            reason: Localized(
              ja: "IPアドレスとMACアドレスの組が見つかりません。",
              en: "There is no pair of IP and MAC address in this line."
            )
          )
        )
      }
    }
    guard !hosts.isEmpty else { throw nothingFound("ARP表", "an ARP table") }
    return NetworkReading(hosts: hosts, problems: problems)
  }
}

enum ARPReader {
  enum Reading {
    case host(SeenHost)
    /// A header, an empty line, or an address nobody answered for.
    case nothing
    case unknown
  }

  /// All these tables have the address and the hardware address as words of their own, in this order.
  static func reading(of line: Substring) -> Reading {
    let words = line.utf8.prefix(1000).split { $0 <= 32 }.map { String(decoding: $0, as: UTF8.self) }
    guard !words.isEmpty, !isHeading(words, line) else { return .nothing }
    guard let place = words.firstIndex(where: { address($0) != nil }), let ip = address(words[place]) else {
      return .unknown
    }
    guard let mac = words[(place + 1)...].lazy.compactMap({ MACAddress(reading: $0) }).first else {
      let isSilent = words.contains { word in
        ["incomplete", "failed", "none"].contains { word.asciiLowercased.contains($0) }
      }
      return isSilent ? .nothing : .unknown
    }
    guard !isForMany(ip, mac) else { return .nothing }
    var host = SeenHost(line: 1)
    host.ip = ip.text
    host.mac = mac.text
    if place == 1, words[1].hasPrefix("("), words[0] != "?" { host.hostName = words[0] }
    return .host(host)
  }

  private static func address(_ word: String) -> IPAddress? {
    let inner = word.hasPrefix("(") && word.hasSuffix(")") ? String(word.dropFirst().dropLast()) : word
    return IPAddress(reading: inner)
  }

  /// `インターフェイス: 192.168.1.5 --- 0xb` holds the address of the PC that was asked; titles and prompts hold none.
  private static func isHeading(_ words: [String], _ line: Substring) -> Bool {
    let first = words[0].asciiLowercased
    if ["interface", "interface:", "インターフェイス:", "インターフェース:", "インターフェイス", "protocol", "address"].contains(first) {
      return true
    }
    if words.contains("---") { return true }
    let text = String(line)
    return text.contains("アドレス") || text.contains("Physical Address") || text.hasSuffix("show ip arp")
      || text.contains("arp -") || text.contains("ip neigh")
  }

  /// Broadcast and multicast addresses belong to no machine.
  private static func isForMany(_ ip: IPAddress, _ mac: MACAddress) -> Bool {
    if mac.bits == 0 || mac.bits == 0xffff_ffff_ffff { return true }
    guard let first = ip.bytes.first else { return true }
    return ip.isV6 ? first == 0xff : first >= 224
  }
}
