import Text
import Time

extension NetworkFiles {
  /// The leases of an ISC DHCP server (`dhcpd.leases`). The file is a log: of one address the last lease counts, and of
  /// one machine the lease that began last. Its times are UTC.
  package static func dhcpLeases(
    _ bytes: [UInt8],
    limits: ReadLimits = ReadLimits()
  ) throws(TabularError) -> NetworkReading {
    try checkSize(bytes, limits)
    var reader = LeaseReader(bytes, limits)
    reader.read()
    guard reader.sawLease else { throw nothingFound("dhcpd.leases", "dhcpd.leases") }
    return NetworkReading(hosts: reader.latest(), problems: reader.problems)
  }
}

private struct LeaseReader {
  private struct Lease {
    var host: SeenHost
    var startsAt: Instant?
    var order: Int
  }

  private enum Token: Equatable {
    case word(String)
    case open, close, end
  }

  private let bytes: [UInt8]
  private let limits: ReadLimits
  private var position = 0
  private var line = 1
  private var leases: [Lease] = []
  private(set) var sawLease = false
  private(set) var problems: [LineProblem] = []

  init(_ bytes: [UInt8], _ limits: ReadLimits) {
    self.bytes = bytes
    self.limits = limits
  }

  /// One host per address and per machine, in the order of the file.
  func latest() -> [SeenHost] {
    var byAddress: [String: Lease] = [:]
    for lease in leases { byAddress[lease.host.ip ?? ""] = lease }
    var byMachine: [String: Lease] = [:]
    for lease in byAddress.values.sorted(by: { $0.order < $1.order }) {
      let mac = lease.host.mac ?? ""
      if let other = byMachine[mac], let before = other.startsAt, let now = lease.startsAt, now < before { continue }
      byMachine[mac] = lease
    }
    return byMachine.values.sorted { $0.order < $1.order }.map(\.host)
  }

  /// Statements outside of leases, as those of a failover peer, are passed over, whatever they nest.
  mutating func read() {
    var statement: [String] = []
    while let token = next() {
      switch token {
      case .word(let word): if statement.count < 8 { statement.append(word) }
      case .end: statement = []
      case .close: statement = []
      case .open:
        if statement.first == "lease" { readLease(statement) } else { skipBlock() }
        statement = []
      }
    }
  }

  private mutating func readLease(_ head: [String]) {
    sawLease = true
    var host = SeenHost(line: line)
    var times: [String: Instant] = [:]
    var statement: [String] = []
    var isWhole = false
    loop: while let token = next() {
      switch token {
      case .word(let word): if statement.count < 8 { statement.append(word) }
      case .end:
        take(statement, into: &host, &times)
        statement = []
      case .open:
        if statement.first == "lease" {
          report("\(host.line)行目の貸し出しが閉じていません。", "The lease of line \(host.line) is not closed.", at: line)
          readLease(statement)
          isWhole = true
          break loop
        }
        skipBlock()
        statement = []
      case .close:
        isWhole = true
        break loop
      }
    }
    if !isWhole { report("貸し出しの途中で切れています。", "The file breaks off within a lease.", at: host.line) }
    guard head.count == 2, let address = IPAddress(reading: head[1]) else {
      report("IPアドレスが読めません。", "The IP address cannot be read.", at: host.line)
      return
    }
    // Addresses that are merely set aside have no machine.
    guard host.mac != nil else { return }
    host.ip = address.text
    host.seenAt = times["cltt"] ?? times["starts"]
    leases.append(Lease(host: host, startsAt: times["starts"] ?? times["cltt"], order: leases.count))
  }

  private mutating func take(_ statement: [String], into host: inout SeenHost, _ times: inout [String: Instant]) {
    switch statement.first {
    case "hardware" where statement.count >= 3:
      if let mac = MACAddress(reading: statement[2]) {
        host.mac = mac.text
      } else {
        report("MACアドレス「\(statement[2])」が読めません。", "The MAC address “\(statement[2])” cannot be read.", at: line)
      }
    case "client-hostname" where statement.count >= 2:
      host.hostName = statement[1].isEmpty ? nil : statement[1]
    case "starts", "cltt":
      guard let moment = Self.moment(statement.dropFirst()) else {
        report("日時が読めません。", "The time cannot be read.", at: line)
        return
      }
      times[statement[0]] = moment
    default: return
    }
  }

  /// Weekday, `2026/11/20`, `01:12:33`; or `epoch` and seconds.
  private static func moment(_ words: ArraySlice<String>) -> Instant? {
    let words = Array(words)
    guard words.count >= 2 else { return nil }
    if words[0] == "epoch" {
      return Int64(words[1]).flatMap { (0..<(1 << 40)).contains($0) ? Instant(milliseconds: $0 * 1000) : nil }
    }
    guard words.count >= 3, words[1].utf8.count == 10,
      let day = LocalDate(iso: words[1].replacing("/", with: "-"))
    else { return nil }
    let clock = words[2].split(separator: ":").map { Int($0) ?? -1 }
    guard clock.count == 3, (0..<24).contains(clock[0]), (0..<60).contains(clock[1]), (0...60).contains(clock[2])
    else { return nil }
    let seconds = day.dayNumber * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
    return Instant(milliseconds: Int64(seconds) * 1000)
  }

  private mutating func skipBlock() {
    var depth = 1
    while depth > 0, let token = next() {
      if token == .open { depth += 1 } else if token == .close { depth -= 1 }
    }
  }

  private mutating func report(_ ja: String, _ en: String, at line: Int) {
    guard problems.count < limits.problems else { return }
    problems.append(LineProblem(line: line, reason: Localized(ja: ja, en: en)))
  }
}

// MARK: - Tokens

extension LeaseReader {
  private mutating func next() -> Token? {
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case 10:
        line += 1
        position += 1
      case 0...32: position += 1
      case UInt8(ascii: "#"):
        while position < bytes.count, bytes[position] != 10 { position += 1 }
      case UInt8(ascii: "{"):
        position += 1
        return .open
      case UInt8(ascii: "}"):
        position += 1
        return .close
      case UInt8(ascii: ";"):
        position += 1
        return .end
      case UInt8(ascii: "\""): return .word(quoted())
      default: return .word(plain())
      }
    }
    return nil
  }

  private mutating func plain() -> String {
    let start = position
    while position < bytes.count, bytes[position] > 32, !"{};\"".utf8.contains(bytes[position]) { position += 1 }
    return String(decoding: bytes[start..<position].prefix(1024), as: UTF8.self)
  }

  /// Bytes outside ASCII stand as `\303\251`. A quotation that is not closed ends with its line.
  private mutating func quoted() -> String {
    position += 1
    var content: [UInt8] = []
    while position < bytes.count, bytes[position] != 10 {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") { break }
      guard byte == UInt8(ascii: "\\"), position < bytes.count, bytes[position] != 10 else {
        content.append(byte)
        continue
      }
      let digits = bytes[position...].prefix(3).prefix { (48...55).contains($0) }
      if digits.count == 3 {
        content.append(UInt8(truncatingIfNeeded: digits.reduce(0) { $0 * 8 + Int($1 - 48) }))
        position += 3
      } else {
        content.append(bytes[position])
        position += 1
      }
    }
    return String(decoding: content.prefix(1024), as: UTF8.self)
  }
}
