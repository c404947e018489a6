import Text
import Time

/// Reports of Greenbone/OpenVAS, as XML or CSV.
package enum GreenboneReader: FeedReader {
  /// Stands before the scanner's own numbers.
  static let checker = "openvas:"

  package static func read(
    _ source: FeedSource,
    limits: FeedLimits = FeedLimits(),
    into: (FeedRecord) throws -> Void
  ) throws -> FeedReading {
    try source.firstSign(limits) == "<" ? readXML(source, limits, into) : readTable(source, limits, into)
  }

  private static func readXML(
    _ source: FeedSource,
    _ limits: FeedLimits,
    _ into: (FeedRecord) throws -> Void
  ) throws -> FeedReading {
    var stream = try XMLStream.open(source, limits)
    var tally = FeedTally(limits)
    var made: Instant?
    try stream.read(
      isRecord: { $0 == "result" || $0 == "scan_end" || $0 == "host" },
      root: { node in
        guard node.name == "report" || node.name == "get_reports_response" else { throw notOne }
      },
      record: { node in
        if node.name == "scan_end" {
          made = node.trimmed.flatMap { FeedDate.instant($0) } ?? made
          return
        }
        if node.name == "host" {
          if let host = host(node) { try into(.host(host)) }
          return
        }
        guard let address = node.text("host") else {
          tally.skip(node["id"], row: node.line, "ホストのない結果です。", "A result without a host.")
          return
        }
        tally.count()
        if let observation = observation(node, address) {
          try into(.host(host(of: observation)))
          try into(.observation(observation))
        }
      }
    )
    return tally.reading(FeedHead(kind: .vulnerabilityScan, part: "Greenbone", made: made, isDelta: true))
  }

  /// The list of hosts behind the results. Nil for the other things of that name, which have no address.
  private static func host(_ node: XMLNode) -> ScannedHost? {
    guard let address = node.text("ip") else { return nil }
    func detail(_ name: String) -> String? {
      node.children("detail").first { $0.text("name") == name }?.text("value")
    }
    return ScannedHost(
      address: address,
      hostName: detail("hostname"),
      macAddresses: node.children("detail").filter { $0.text("name") == "MAC" }.compactMap { $0.text("value") },
      scanner: "Greenbone",
      at: (node.text("end") ?? node.text("start")).flatMap { FeedDate.instant($0) }
    )
  }

  private static func host(of observation: ScanObservation) -> ScannedHost {
    ScannedHost(
      address: observation.address,
      hostName: observation.hostName,
      macAddresses: [],
      scanner: observation.scanner,
      at: observation.at
    )
  }

  /// Nil for what only informs (severity 0).
  private static func observation(_ node: XMLNode, _ address: String) -> ScanObservation? {
    let nvt = node.child("nvt")
    var cves = (nvt?.child("refs")?.children("ref") ?? []).filter { $0["type"] == "cve" }.compactMap { $0["id"] }
    // Reports before version 20 list them in one element.
    if cves.isEmpty { cves = CVENumber.all(in: nvt?.text("cve") ?? "") }
    let tenths = JVNFields.tenths(node.text("severity")) ?? JVNFields.tenths(nvt?.text("cvss_base"))
    guard !cves.isEmpty || (tenths ?? 0) > 0 else { return nil }
    let port = node.text("port").flatMap { $0.hasPrefix("general") ? nil : $0 }
    return ScanObservation(
      address: address,
      hostName: node.text("host", "hostname"),
      port: port,
      cves: cves.filter { CVENumber.isOne($0) },
      check: nvt?["oid"].map { checker + $0 },
      title: nvt?.text("name") ?? node.text("name") ?? "",
      tenths: tenths,
      evidence: String((node.text("description") ?? "").prefix(4000)),
      remedy: nvt?.text("solution") ?? tag("solution", nvt?.text("tags")),
      scanner: "Greenbone",
      at: (node.text("modification_time") ?? node.text("creation_time")).flatMap { FeedDate.instant($0) }
    )
  }

  /// `solution=…` of `summary=…|solution=…`.
  private static func tag(_ name: String, _ tags: String?) -> String? {
    guard let tags else { return nil }
    for part in tags.split(separator: "|") where part.hasPrefix(name + "=") {
      return part.dropFirst(name.count + 1).trimmed
    }
    return nil
  }

  private static func readTable(
    _ source: FeedSource,
    _ limits: FeedLimits,
    _ into: (FeedRecord) throws -> Void
  ) throws -> FeedReading {
    var rows = try CSVRows.open(source, limits)
    guard try rows.next() else { throw FeedError.empty }
    let columns = rows.header()
    guard let ip = columns["ip"], let title = columns["nvtname"] else { throw notOne }
    var tally = FeedTally(limits)
    var made: Instant?
    while try rows.next() {
      guard let address = rows.filled(ip) ?? rows.filled(columns["hostname"]) else {
        tally.skip(row: rows.row, "ホストのない結果です。", "A result without a host.")
        continue
      }
      tally.count()
      let cves = CVENumber.all(in: rows.text(columns["cves"]))
      let tenths = JVNFields.tenths(rows.filled(columns["cvss"]))
      let at = rows.filled(columns["timestamp"]).flatMap { FeedDate.instant($0) }
      if let at { made = max(made ?? at, at) }
      let hostName = rows.filled(columns["hostname"])
      try into(
        .host(ScannedHost(address: address, hostName: hostName, macAddresses: [], scanner: "Greenbone", at: at))
      )
      guard !cves.isEmpty || (tenths ?? 0) > 0 else { continue }
      let port = rows.filled(columns["port"]).map { $0 + "/" + (rows.filled(columns["portprotocol"]) ?? "tcp") }
      let evidence = [columns["specificresult"], columns["summary"]].compactMap { rows.filled($0) }
      let observation = ScanObservation(
        address: address,
        hostName: hostName,
        port: port,
        cves: cves,
        check: rows.filled(columns["nvtoid"]).map { checker + $0 },
        title: rows.text(title),
        tenths: tenths,
        evidence: String(evidence.joined(separator: "\n").prefix(4000)),
        remedy: rows.filled(columns["solution"]),
        scanner: "Greenbone",
        at: at
      )
      try into(.observation(observation))
    }
    return tally.reading(FeedHead(kind: .vulnerabilityScan, part: "Greenbone", made: made, isDelta: true))
  }

  private static var notOne: FeedError {
    .notA("Greenbone（OpenVAS）の結果", "a report of Greenbone (OpenVAS)")
  }
}
