import Text
import Time

/// Reports of Nessus (`.nessus`, NessusClientData_v2).
package enum NessusReader: FeedReader {
  /// Stands before the scanner's own numbers.
  static let checker = "nessus:"

  package static func read(
    _ source: FeedSource,
    limits: FeedLimits = FeedLimits(),
    into: (FeedRecord) throws -> Void
  ) throws -> FeedReading {
    var stream = try XMLStream.open(source, limits)
    var tally = FeedTally(limits)
    var made: Instant?
    try stream.read(
      isRecord: { $0 == "ReportHost" },
      root: { node in
        guard node.name == "NessusClientData_v2" else { throw FeedError.notA("Nessusの結果", "a report of Nessus") }
      },
      record: { host in
        var properties: [String: String] = [:]
        for tag in host.child("HostProperties")?.children("tag") ?? [] {
          if let name = tag["name"], let value = tag.trimmed { properties[name] = value }
        }
        let name = properties["host-fqdn"] ?? properties["hostname"] ?? properties["netbios-name"]
        guard let address = properties["host-ip"] ?? host["name"] else {
          tally.skip(row: host.line, "アドレスのないホストです。", "A host without an address.")
          return
        }
        tally.count()
        let at = (properties["HOST_END"] ?? properties["HOST_START"]).flatMap(ScanFields.asctime)
        if let at { made = max(made ?? at, at) }
        // Several cards of one machine stand in lines of their own.
        let macs = (properties["mac-address"] ?? "").split(whereSeparator: \.isWhitespace).map(String.init)
        try into(
          .host(ScannedHost(address: address, hostName: name, macAddresses: macs, scanner: "Nessus", at: at))
        )
        for item in host.children("ReportItem") {
          if let observation = observation(item, address, name, at) { try into(.observation(observation)) }
        }
      }
    )
    return tally.reading(FeedHead(kind: .vulnerabilityScan, part: "Nessus", made: made, isDelta: true))
  }

  /// Nil for what only informs: severity 0 without a CVE number.
  private static func observation(
    _ item: XMLNode,
    _ address: String,
    _ name: String?,
    _ at: Instant?
  ) -> ScanObservation? {
    let cves = item.children("cve").compactMap(\.trimmed).filter { CVENumber.isOne($0) }
    guard !cves.isEmpty || item["severity"] != "0" else { return nil }
    let port = item["port"] == "0" ? nil : item["port"].map { $0 + "/" + (item["protocol"] ?? "tcp") }
    let evidence = [item.text("synopsis"), item.text("plugin_output")].compactMap(\.self).joined(separator: "\n")
    return ScanObservation(
      address: address,
      hostName: name,
      port: port,
      cves: cves,
      check: item["pluginID"].map { checker + $0 },
      title: item["pluginName"] ?? item["pluginID"] ?? "",
      tenths: JVNFields.tenths(item.text("cvss3_base_score")) ?? JVNFields.tenths(item.text("cvss_base_score")),
      evidence: String(evidence.prefix(4000)),
      remedy: item.text("solution"),
      scanner: "Nessus",
      at: at
    )
  }
}
