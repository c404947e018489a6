import Text
import Time

/// What scripts of nmap (vulners, vulscan, vuln) found, in its XML report. Services without a finding are the business
/// of the ledger's import.
package enum NmapScanReader: FeedReader {
  static let scanner = "nmap"

  package static func read(
    _ source: FeedSource,
    limits: FeedLimits = FeedLimits(),
    into: (FeedRecord) throws -> Void
  ) throws -> FeedReading {
    var stream = try XMLStream.open(source, limits, allowsDoctype: true)
    var tally = FeedTally(limits)
    var made: Instant?
    try stream.read(
      isRecord: { $0 == "host" },
      root: { node in
        guard node.name == "nmaprun" else { throw FeedError.notA("nmapの結果（XML）", "an XML report of nmap") }
        made = node["start"].flatMap(ScanFields.moment)
      },
      record: { host in
        let address = host.children("address").first { $0["addrtype"] != "mac" }?["addr"]
        let name = host.child(["hostnames", "hostname"])?["name"]
        guard address != nil || name != nil else {
          tally.skip(row: host.line, "アドレスのないホストです。", "A host without an address.")
          return
        }
        tally.count()
        let at = (host["endtime"] ?? host["starttime"]).flatMap(ScanFields.moment) ?? made
        let macs = host.children("address").filter { $0["addrtype"] == "mac" }.compactMap { $0["addr"] }
        try into(
          .host(ScannedHost(address: address, hostName: name, macAddresses: macs, scanner: scanner, at: at))
        )
        for script in host.child("hostscript")?.children("script") ?? [] {
          try read(script, nil, address, name, at, into)
        }
        for port in host.child("ports")?.children("port") ?? [] {
          let number = port["portid"].map { $0 + "/" + (port["protocol"] ?? "tcp") }
          for script in port.children("script") { try read(script, number, address, name, at, into) }
        }
      }
    )
    return tally.reading(FeedHead(kind: .vulnerabilityScan, part: "nmap", made: made, isDelta: true))
  }

  private static func read(
    _ script: XMLNode,
    _ port: String?,
    _ address: String?,
    _ name: String?,
    _ at: Instant?,
    _ into: (FeedRecord) throws -> Void
  ) throws {
    let output = script["output"] ?? script.allText
    let cves = CVENumber.all(in: output)
    // The scripts of the group vuln say NOT VULNERABLE with the number of what they looked for.
    guard !cves.isEmpty, !output.contains("NOT VULNERABLE") else { return }
    let observation = ScanObservation(
      address: address,
      hostName: name,
      port: port,
      cves: cves,
      title: script["id"] ?? "nmap",
      tenths: scores(output).values.max(),
      evidence: String(output.prefix(4000)),
      remedy: nil,
      scanner: scanner,
      at: at
    )
    try into(.observation(observation))
  }

  /// vulners writes `CVE-2018-15473	5.0	https://…`, a line each.
  static func scores(_ output: String) -> [String: Int] {
    var scores: [String: Int] = [:]
    for line in output.split(whereSeparator: \.isNewline) {
      let fields = line.split(whereSeparator: \.isWhitespace)
      guard fields.count >= 2, fields[0].hasPrefix("CVE-"), fields[1].contains("."),
        let tenths = JVNFields.tenths(String(fields[1]))
      else { continue }
      let cve = String(fields[0])
      scores[cve] = max(scores[cve] ?? 0, tenths)
    }
    return scores
  }
}
