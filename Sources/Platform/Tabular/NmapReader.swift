import Text
import Time

extension NetworkFiles {
  /// The XML report of nmap (`-oX`). Hosts that were down are left out. A report that breaks off, as after an
  /// interrupted scan, yields the hosts it has and a problem.
  package static func nmap(
    _ bytes: [UInt8],
    limits: ReadLimits = ReadLimits()
  ) throws(TabularError) -> NetworkReading {
    try checkSize(bytes, limits)
    var reader = NmapReader(try XMLScanner(bytes, allowsDoctype: true), limits)
    return try reader.read()
  }
}

private struct NmapReader: ~Copyable {
  private var scanner: XMLScanner
  private let limits: ReadLimits
  private var hosts: [SeenHost] = []
  private var problems: [LineProblem] = []

  init(_ scanner: consuming XMLScanner, _ limits: ReadLimits) {
    self.scanner = scanner
    self.limits = limits
  }

  mutating func read() throws(TabularError) -> NetworkReading {
    do throws(TabularError) {
      guard try firstElement() else { throw NetworkFiles.nothingFound("nmapの結果（XML）", "the XML report of nmap") }
      try readHosts()
    } catch {
      // Only what breaks off is read as far as it goes. Anything odd, as a definition of entities, stays refused.
      guard error == XMLScanner.cutOff, !hosts.isEmpty else { throw error }
      report("ファイルが途中で切れています。ここまでのホストを取り込みました。", "The file breaks off here; the hosts before were read.")
    }
    return NetworkReading(hosts: hosts, problems: problems)
  }

  private mutating func firstElement() throws(TabularError) -> Bool {
    try scanner.next() == .open && scanner.isNamed("nmaprun")
  }

  private mutating func readHosts() throws(TabularError) {
    while true {
      switch try scanner.next() {
      case .open: if scanner.isNamed("host") { try readHost() } else { try scanner.skipElement() }
      case .close, .text: continue
      case .end: return
      }
    }
  }

  private mutating func readHost() throws(TabularError) {
    let outside = scanner.depth - 1
    var host = SeenHost(line: scanner.line)
    for name in ["starttime", "endtime"] as [StaticString] {
      guard let seconds = try scanner.string(name).flatMap({ Int64($0) }) else { continue }
      host.seenAt = Self.moment(seconds)
    }
    var isUp = true
    var isWhole = false
    var hasGuess = false
    while !isWhole {
      switch try scanner.next() {
      case .open:
        if scanner.isNamed("status") {
          isUp = try scanner.string("state") != "down"
        } else if scanner.isNamed("address") {
          try readAddress(into: &host)
        } else if host.hostName == nil, scanner.isNamed("hostname") {
          host.hostName = try Self.filled(scanner.string("name"))
        } else if scanner.isNamed("port") {
          try readPort(into: &host)
        } else if !hasGuess, scanner.isNamed("osmatch") {
          // The best guess comes first, and is better than what a service says of itself.
          host.os = try Self.filled(scanner.string("name"))
          hasGuess = true
        }
      case .close: isWhole = scanner.depth == outside
      case .text: continue
      case .end: throw XMLScanner.cutOff
      }
    }
    guard isUp else { return }
    guard host.ip != nil || host.mac != nil else {
      report("アドレスのないホストです。", "A host without an address.", at: host.line)
      return
    }
    hosts.append(host)
  }

  private mutating func readAddress(into host: inout SeenHost) throws(TabularError) {
    guard let address = try scanner.string("addr") else { return }
    if try scanner.string("addrtype") == "mac" {
      guard let mac = MACAddress(reading: address) else {
        report("MACアドレス「\(address)」が読めません。", "The MAC address “\(address)” cannot be read.")
        return
      }
      host.mac = mac.text
      host.vendor = try Self.filled(scanner.string("vendor"))
    } else {
      guard let ip = IPAddress(reading: address) else {
        report("IPアドレス「\(address)」が読めません。", "The IP address “\(address)” cannot be read.")
        return
      }
      // Where both are given the older one identifies.
      if host.ip == nil || !ip.isV6 { host.ip = ip.text }
    }
  }

  private mutating func readPort(into host: inout SeenHost) throws(TabularError) {
    let outside = scanner.depth - 1
    let number = scanner.integer("portid")
    var port = SeenPort(number: number ?? 0, transport: try scanner.string("protocol") ?? "tcp")
    var systemKind: String?
    var isWhole = false
    var bytes: [UInt8] = []
    while !isWhole {
      switch try scanner.next() {
      case .open:
        if scanner.isNamed("state") {
          port.state = try scanner.string("state") ?? ""
        } else if scanner.isNamed("service") {
          port.service = try Self.filled(scanner.string("name"))
          port.product = try Self.filled(scanner.string("product"))
          port.version = try Self.filled(scanner.string("version"))
          systemKind = try Self.filled(scanner.string("ostype"))
        } else if scanner.isNamed("cpe") {
          bytes.removeAll(keepingCapacity: true)
          try scanner.gatherText(into: &bytes, limit: 4096)
          if !bytes.isEmpty, port.products.count < 20 { port.products.append(String(decoding: bytes, as: UTF8.self)) }
        }
      case .close: isWhole = scanner.depth == outside
      case .text: continue
      case .end: throw XMLScanner.cutOff
      }
    }
    guard let number, (0...65_535).contains(number) else {
      report("ポート番号が読めません。", "A port number cannot be read.")
      return
    }
    host.ports.append(port)
    if host.os == nil { host.os = systemKind }
  }

  private mutating func report(_ ja: String, _ en: String, at line: Int? = nil) {
    guard problems.count < limits.problems else { return }
    problems.append(LineProblem(line: line ?? scanner.line, reason: Localized(ja: ja, en: en)))
  }

  private static func filled(_ text: String?) -> String? { text?.isEmpty == false ? text : nil }

  private static func moment(_ seconds: Int64) -> Instant? {
    (1..<(1 << 40)).contains(seconds) ? Instant(milliseconds: seconds * 1000) : nil
  }
}
