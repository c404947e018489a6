import Nouns
import Ledger
import Records
import SQL
import Support
import Testing
import Text
import Time

@Suite struct SightingTests {
  static func match(_ seen: Seen) -> SightingMatch.Answer {
    let assets = [
      QualityTests.record(
        .asset,
        "a",
        ["serial_number": "S1", "mac_address": "00:00:00:00:00:01", "host_name": "PC01", "ip_address": "10.0.0.1"]
      ),
      QualityTests.record(.asset, "b", ["serial_number": "S2", "host_name": "PC02", "ip_address": "10.0.0.2"]),
      QualityTests.record(.asset, "c", ["serial_number": "S9", "mac_address": "00:00:00:00:00:09"]),
      QualityTests.record(.asset, "d", ["serial_number": "S9", "host_name": "PC09"]),
    ]
    let interfaces = [QualityTests.record(.interface, "i", ["asset": "b", "mac_address": "00:00:00:00:00:22"])]
    return SightingMatch(assets: assets, interfaces: interfaces).answer(seen)
  }

  static func seen(
    _ ip: String? = nil,
    mac: String? = nil,
    host: String? = nil,
    serial: String? = nil,
    at: Instant = Instant(WorryTests.today)
  ) -> Seen {
    Seen(ipAddress: ip, macAddress: mac, hostName: host, serialNumber: serial, seenAt: at)
  }

  @Test(arguments: [
    (seen(serial: "s1"), SightingMatch.Answer.matched(asset: "a", by: .serialNumber)),
    // The serial number is stronger than the address of the card that was moved.
    (seen(mac: "00:00:00:00:00:22", serial: "S1"), .matched(asset: "a", by: .serialNumber)),
    (seen(mac: "00:00:00:00:00:01"), .matched(asset: "a", by: .macAddress)),
    (seen(mac: "00:00:00:00:00:22"), .matched(asset: "b", by: .macAddress)),
    (seen(host: "pc02.hosp.test"), .matched(asset: "b", by: .hostName)),
    // A serial number on two assets decides nothing; the host name does.
    (seen(host: "PC09", serial: "S9"), .matched(asset: "d", by: .hostName)),
    (seen("10.0.0.2"), .unmatched(hint: "b")), (seen("10.0.0.2", mac: "00:00:00:00:00:77"), .unmatched(hint: "b")),
    (seen("10.9.9.9"), .unmatched(hint: nil)),
  ])
  func theSurestSignDecidesAndAnAddressNever(_ seen: Seen, _ answer: SightingMatch.Answer) {
    #expect(Self.match(seen) == answer)
  }

  @Test(arguments: Engine.available) func twoListsAreWorkedThrough(_ engine: Engine) async throws {
    let world = try await World(engine)
    let known = try await world.records.create(
      .asset,
      ["name": "端末1", "mac_address": "00:00:00:00:00:01", "serial_number": "S1"],
      in: world.edit
    )
    let lost = try await world.records.create(.asset, ["name": "端末2", "host_name": "PC02"], in: world.edit)
    _ = try await world.records.create(.asset, ["name": "アドレスのない機器"], in: world.edit)
    #expect(try await world.sightings.unseen(in: world.read) == nil)
    let now = world.clock.now
    let outcome = try await world.sightings.take(
      [
        Self.seen("10.0.0.1", mac: "00:00:00:00:00:01", at: now),
        Self.seen("10.0.0.5", mac: "00:00:00:00:00:05", at: now),
        Self.seen(at: now), Self.seen("10.0.0.6", mac: "00:00:00:00:00:05", at: now),
      ],
      from: .arp,
      title: "arp-table.txt",
      in: world.load
    )
    #expect(outcome.new == 2 && outcome.repeated == 1 && outcome.nameless.count == 1 && outcome.unlisted == 1)
    _ = try await world.sightings.take(
      [Self.seen("10.0.0.5", mac: "00:00:00:00:00:05", host: "printer-3f", at: now)],
      from: .dhcp,
      title: "dhcpd.leases",
      in: world.load
    )

    let unlisted = try await world.sightings.unlisted(in: world.read)
    #expect(unlisted.map(\.title) == ["printer-3f"])
    try #require(unlisted.first?.sightings.count == 2)
    let unseen = try #require(try await world.sightings.unseen(in: world.read))
    #expect(unseen.records.map(\.id) == [lost.id])
    #expect(unseen.total == 1 && unseen.population == 2)
    let around = try await world.sightings.of(asset: known.id, in: world.read)
    #expect(around.map(\.matchedBy) == [.macAddress])

    let made = try await world.sightings.accept(
      unlisted[0].sightings.map(\.id),
      typed: ["name": "3階のプリンタ", "category": "プリンタ"],
      in: world.edit
    )
    #expect(
      made["mac_address"] == "00:00:00:00:00:05" && made["host_name"] == "printer-3f" && made["category"] == "printer"
    )
    #expect(try await world.sightings.unlisted(in: world.read).isEmpty)
    // Undoing the asset puts what was seen back on the list.
    _ = try await world.records.undo(try #require(made.lastSet), in: world.edit)
    let again = try await world.sightings.unlisted(in: world.read)
    try #require(again.count == 1)
    try await world.sightings.ignore(again[0].sightings.map(\.id), reason: "業者の試験機", in: world.edit)
    #expect(try await world.sightings.unlisted(in: world.read).isEmpty)
    #expect(try await world.sightings.unlisted(UnlistedQuery(.ignored), in: world.read).count == 1)
    try await world.sightings.reopen(again[0].sightings.map(\.id), in: world.edit)
    try await world.sightings.link(again[0].sightings.map(\.id), to: lost.id, in: world.edit)
    #expect(try await world.sightings.unseen(in: world.read)?.total == 0)
  }

  /// What several sources saw of one device is one of the list, of the fact and of what it is a part of; words and sources
  /// narrow the list, and several are added by one change that is undone as one.
  @Test(arguments: Engine.available) func aLongListIsNarrowedAndDecidedAtOnce(_ engine: Engine) async throws {
    let world = try await World(engine)
    let now = world.clock.now
    _ = try await world.records.create(.asset, ["name": "端末1", "mac_address": "00:00:00:00:00:01"], in: world.edit)
    func device(_ number: Int) -> Seen {
      Self.seen("10.0.0.\(number)", mac: "00:00:00:00:00:0\(number)", host: "ＰＣ\(number)", at: now)
    }
    _ = try await world.sightings.take((1...6).map(device), from: .nmap, title: "nmap.xml", in: world.load)
    _ = try await world.sightings.take((1...4).map(device), from: .arp, title: "arp.txt", in: world.load)
    let all = try await world.sightings.unlisted(in: world.read)
    #expect(all.count == 5 && all.map(\.sightings.count).reduce(0, +) == 8)
    let facts = try await world.ledger.facts.facts(in: world.read)
    let fact = try #require(facts.first { $0.key == "ledger.sightings.unlisted" })
    #expect(fact.value == 5 && fact.population == 6)
    let matched = try #require(try await world.sightings.unseen(in: world.read))
    #expect(matched.total == 0 && !matched.isWithoutMatch)
    let elsewhere = try await World(engine)
    _ = try await elsewhere.records.create(.asset, ["name": "別の機器", "host_name": "X1"], in: elsewhere.edit)
    _ = try await elsewhere.sightings.take([device(2)], from: .nmap, title: "nmap.xml", in: elsewhere.load)
    let none = try #require(try await elsewhere.sightings.unseen(in: elsewhere.read))
    #expect(none.total == 1 && none.records.count == 1 && none.isWithoutMatch)
    func titles(_ query: UnlistedQuery) async throws -> [String] {
      try await world.sightings.unlisted(query, in: world.read).map(\.title).sorted()
    }
    #expect(try await titles(UnlistedQuery(text: "pc3")) == ["ＰＣ3"])
    #expect(try await titles(UnlistedQuery(text: "00:05 pc")) == ["ＰＣ5"])
    #expect(try await titles(UnlistedQuery(source: .arp)) == ["ＰＣ2", "ＰＣ3", "ＰＣ4"])
    #expect(try await titles(UnlistedQuery(text: "pc6", source: .arp)).isEmpty)

    let chosen = try await world.sightings.unlisted(UnlistedQuery(source: .arp), in: world.read)
    let made = try await world.sightings.accept(
      chosen.map { ($0.sightings.map(\.id), ["name": $0.title]) },
      in: world.edit
    )
    #expect(made.count == 3 && Set(made.map(\.lastSet)).count == 1)
    #expect(try await titles(UnlistedQuery()) == ["ＰＣ5", "ＰＣ6"])
    // One of them is not there any more: nothing of it happens.
    let left = try await world.sightings.unlisted(in: world.read)
    await #expect(throws: RecordError.self) {
      try await world.sightings.accept([(left[0].sightings.map(\.id), [:]), (["gone"], [:])], in: world.edit)
    }
    #expect(try await titles(UnlistedQuery()) == ["ＰＣ5", "ＰＣ6"])
    _ = try await world.records.undo(try #require(made[0].lastSet), in: world.edit)
    #expect(try await titles(UnlistedQuery()) == ["ＰＣ2", "ＰＣ3", "ＰＣ4", "ＰＣ5", "ＰＣ6"])
  }

  @Test func theSameFileTwiceChangesNothingAndAnOlderOneNeither() async throws {
    let world = try await World()
    let first = Self.seen("10.0.0.1", mac: "00:00:00:00:00:01", at: world.clock.now)
    _ = try await world.sightings.take([first], from: .nmap, title: "nmap.xml", in: world.load)
    let again = try await world.sightings.take([first], from: .nmap, title: "nmap.xml", in: world.load)
    #expect(again.same == 1 && again.new == 0 && again.changed == 0)
    let older = Self.seen("10.0.0.9", mac: "00:00:00:00:00:01", at: world.clock.now.adding(days: -3))
    _ = try await world.sightings.take([older], from: .nmap, title: "old.xml", in: world.load)
    #expect(try await world.sightings.unlisted(in: world.read)[0].sightings[0].seen.ipAddress == "10.0.0.1")
    // An asset entered later is recognised at once, and no longer once it is in the archive.
    let asset = try await world.records.create(
      .asset,
      ["name": "x", "mac_address": "00:00:00:00:00:01"],
      in: world.edit
    )
    #expect(try await world.sightings.unlisted(in: world.read).isEmpty)
    let archived = try await world.records.archive(.asset, .ids([asset.id]), reason: "廃棄", in: world.edit)
    #expect(try await world.sightings.unlisted(in: world.read).count == 1)
    _ = try await world.records.undo(try #require(archived.set), in: world.edit)
    #expect(try await world.sightings.unlisted(in: world.read).isEmpty)
    #expect(try await world.sightings.rematch(in: world.edit) == 0)
  }
}
