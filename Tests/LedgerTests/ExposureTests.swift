import Records
import Testing
import Text
import Time

@testable import Ledger

/// From where a device can be reached, by the records of the ledger.
@Suite struct ExposureTests {
  private func record(_ kind: Kind, _ id: String, _ values: [String: String]) -> Record {
    let at = Instant(milliseconds: 0)
    return Record(id: id, of: kind, values: values, createdAt: at, updatedAt: at, updatedBy: "")
  }

  private func exposures(_ connections: [Record]) -> [String: LedgerExposure.Reach] {
    let assets = [
      record(.asset, "gate", ["name": "FortiGate 60F", "category": "network"]),
      record(.asset, "server", ["name": "透析サーバ", "category": "server", "system": "dialysis"]),
      record(.asset, "pc", ["name": "透析 端末01", "category": "terminal", "system": "dialysis", "host_name": "PC0001"]),
      record(.asset, "inside", ["name": "事務端末", "category": "terminal", "ip_address": "10.20.20.7"]),
      record(.asset, "lost", ["name": "不明機", "category": "iot", "ip_address": "192.168.0.9"]),
    ]
    return LedgerExposure.all(
      LedgerExposure.Records(
        assets: assets,
        connections: connections,
        systems: [record(.system, "dialysis", ["name": "透析管理"])],
        zones: [record(.zone, "office", ["name": "事務系", "address_range": "10.20.16.0/20", "internet": "no"])]
      )
    ).mapValues(\.reach)
  }

  private func line(_ more: [String: String]) -> Record {
    record(
      .connection,
      "line",
      ["system_name": "透析管理 保守回線", "has_connection": "yes", "line_type": "fibre"].merging(more) { $1 }
    )
  }

  @Test func withoutLinesNothingIsInsideButWhatHasAZone() {
    #expect(
      exposures([]) == ["gate": .unknown, "server": .unknown, "pc": .unknown, "inside": .inside, "lost": .unknown]
    )
  }

  @Test func aLineReachesItsBoundaryAndTheApparatusOfItsSystem() {
    let found = exposures([line(["boundary_asset": "gate"])])
    #expect(found["gate"] == .boundary && found["server"] == .reachable)
    // A maintenance line leads to the apparatus, not to every PC of the department.
    #expect(found["pc"] == .unknown && found["inside"] == .inside)
  }

  @Test func whatALineNamesIsReachable() {
    #expect(exposures([line(["destination": "ＰＣ０００１、プリンタ"])])["pc"] == .reachable)
    #expect(exposures([line(["destination": "10.20.20.7"])])["inside"] == .reachable)
    #expect(exposures([line(["destination": "PC00012"])])["pc"] == .unknown)
  }

  @Test func whatLeadsNowhereReachesNothing() {
    for none in [["has_connection": "no"], ["line_type": "media"]] {
      #expect(exposures([line(none.merging(["boundary_asset": "gate"]) { $1 })])["gate"] == .unknown)
    }
    // Not knowing whether it exists is no proof that it does not.
    #expect(exposures([line(["has_connection": "?", "boundary_asset": "gate"])])["gate"] == .boundary)
  }

  @Test func rangesHoldTheirAddresses() throws {
    let range = try #require(AddressRange(reading: "１０．２０．１６．０／２０"))
    for (text, holds) in [("10.20.16.0", true), ("10.20.31.255", true), ("10.20.32.0", false), ("fe80::1", false)] {
      #expect(range.contains(try #require(IPAddress(reading: text))) == holds, "\(text)")
    }
    #expect(AddressRange(reading: "10.20.0.0/33") == nil && AddressRange(reading: "事務系") == nil)
  }
}
