import Journal
import Nouns
import Packs
import SQL
import Sealing
import Support
import Tabular
import Testing
import Text
import Time

@testable import Assessment

/// A facility's own packs: taken whole or refused with the line, kept as they came, answered beside the others.
@Suite struct OwnChecklistTests {
  static func yaml(_ pack: String = "own-radiology", edition: Int = 1, title: String = "放射線科の点検") -> String {
    """
    pack: \(pack)
    edition: \(edition)
    title: {ja: \(title), en: Radiology check}
    valid: {from: 2020-04-01}
    publisher: 放射線科
    source: {title: 院内規程 12}
    verification: {by: 他院の人, on: 2026-01-01}
    entries:
      - form: checklist
        cycle: month
      - section: "1"
        title: {ja: 撮影室, en: Rooms}
      - item: 1
        topic: own.lockers
        text: {ja: 媒体の棚に鍵がかかっている, en: Media are locked away}
      - item: 2
        topic: backup
        text: {ja: 画像の複製がある, en: Images are copied}
      - topic: own.lockers
        title: {ja: 媒体の棚, en: Lockers}
        decides:
          - {fact: ledger.connections.unknown, is: none}
        needs: {ja: 台帳に書くと分かります。, en: Enter it.}
    """
  }

  private static func arrival(_ text: String) -> OwnChecklistStore.Arrival {
    OwnChecklistStore.Arrival(source: text, fileName: "a.yaml")
  }

  @Test(arguments: Engine.available)
  func anOwnPackIsAnsweredLikeOthersAndCarriesOverToItsNextEdition(engine: Engine) async throws {
    let world = try await RoundTests.World(engine)
    let assessment = world.assessment
    let store = assessment.packs
    let facility = SuggestionTests.facility
    #expect(try await store.load([Self.arrival(Self.yaml())], in: world.scope).map(\.isNew) == [true])
    // Word for word the same again is no mistake; another text of the same edition is.
    #expect(try await store.load([Self.arrival(Self.yaml())], in: world.scope).map(\.isNew) == [false])
    let taken = await #expect(throws: OwnChecklistProblem.self) {
      try await store.load([Self.arrival(Self.yaml(title: "別の点検"))], in: world.scope)
    }
    #expect(taken == .editionTaken(pack: "own-radiology", edition: 1, newest: 1))
    let first = try #require(try await assessment.checklist("own-radiology.1", facility))
    // What another hospital's file says of its verification does not count here.
    #expect(first.pack.verification == .unverified && first.isOwn && first.provable == 1)
    #expect(try await assessment.checklist("own-radiology", FacilityID(rawValue: "f-2")) == nil)
    #expect(try await assessment.checklist("own-radiology.01", facility) == nil)

    // The topic of its own is proved by the fact it names.
    world.say(SuggestionTests.fact("ledger.connections.unknown", 0, of: 46))
    #expect(try await assessment.standing(first, facility)["1"]?.suggestion.answer == .yes)
    world.say(SuggestionTests.fact("ledger.connections.unknown", 3, of: 46))
    #expect(try await assessment.standing(first, facility)["1"]?.suggestion.answer == .no)
    world.say()
    #expect(try await assessment.standing(first, facility)["1"]?.suggestion.answer == nil)
    #expect(try await assessment.unknownFacts(first, facility) == ["ledger.connections.unknown"])
    try await assessment.answer(AnswerDraft(.yes), "1", of: first, in: world.scope)
    #expect(try await assessment.schedule.duties(facility).contains { $0.id.contains("own-radiology.1") })

    // The next edition stands beside it, is the one in use, and knows the answer by its topic.
    try await store.load([Self.arrival(Self.yaml(edition: 2))], in: world.scope)
    let shelf = try await assessment.shelf(facility)
    #expect(shelf.own.map(\.checklist.id) == ["own-radiology.2", "own-radiology.1"])
    #expect(shelf.checklist("own-radiology")?.id == "own-radiology.2")
    // Two editions are told apart wherever they are called by name; one alone needs no number.
    #expect(first.name == first.title)
    #expect(shelf.own.map(\.checklist.name.ja) == ["放射線科の点検（第2版）", "放射線科の点検（第1版）"])
    let again = try await assessment.checklist("own-radiology.1", facility)
    #expect(again?.name.en == "Radiology check (edition 1)")
    let heading = try await assessment.standing(try #require(again), facility).heading(.ja)
    #expect(heading.hasPrefix("放射線科の点検（第1版）"))
    #expect(shelf.inUse(on: assessment.today).filter(\.isOwn).map(\.id) == ["own-radiology.2"])
    let second = try #require(shelf.checklist("own-radiology.2"))
    let line = try #require(try await assessment.standing(second, facility)["1"])
    #expect(line.answer == nil && line.earlier?.pack == "own-radiology.1" && line.earlier?.value == .yes)
    #expect(try await assessment.standing(first, facility)["1"]?.answer?.value == .yes)
  }

  @Test(arguments: Engine.available)
  func aNamedPersonConfirmsOnceAndWithAReason(engine: Engine) async throws {
    let world = try await RoundTests.World(engine)
    let store = world.assessment.packs
    let facility = SuggestionTests.facility
    try await store.load([Self.arrival(Self.yaml())], in: world.scope)
    let own = try #require(try await store.find("own-radiology", facility))
    let person = Actor(id: "a-1", name: "佐藤 美咲")
    await #expect(throws: OwnChecklistProblem.reasonMissing) {
      try await store.confirm(own.checklist, by: person, reason: "", in: world.scope)
    }
    try await store.confirm(own.checklist, by: person, reason: "院内規程と照らした", in: world.scope)
    await #expect(throws: OwnChecklistProblem.isConfirmed(by: "佐藤 美咲")) {
      try await store.confirm(own.checklist, by: person, reason: "もう一度", in: world.scope)
    }
    let now = try #require(try await store.find("own-radiology.1", facility))
    #expect(now.checklist.confirmation?.by == "佐藤 美咲" && now.source == Self.yaml())
    #expect(now.checklist.pack.verification == .verified(by: "佐藤 美咲", on: world.assessment.today.iso))
    let entries = try await JournalReader(database: world.database).history(
      of: "assessment",
      id: "own-radiology.1/pack",
      facility: facility.rawValue
    )
    #expect(Set(entries.map(\.kind)) == ["assessment.pack.loaded", "assessment.pack.confirmed"])
    #expect(entries.contains { $0.reason == "院内規程と照らした" })
  }

  /// What is shipped is confirmed by a facility for itself, and only the text that it compared.
  @Test(arguments: Engine.available)
  func aShippedEditionIsConfirmedByAFacility(engine: Engine) async throws {
    let world = try await RoundTests.World(engine)
    let assessment = world.assessment
    let facility = SuggestionTests.facility
    func known(_ facility: FacilityID = facility) async throws -> Checklist {
      try #require(try await assessment.checklist(world.checklist.id, facility))
    }
    #expect(try await known().pack.verification == .unverified)
    let person = Actor(id: "a-1", name: "佐藤 美咲")
    await #expect(throws: OwnChecklistProblem.reasonMissing) {
      try await assessment.confirm(world.checklist, by: person, reason: "", in: world.scope)
    }
    try await assessment.confirm(world.checklist, by: person, reason: "公式のファイルと照らした", in: world.scope)
    await #expect(throws: OwnChecklistProblem.isConfirmed(by: "佐藤 美咲")) {
      try await assessment.confirm(world.checklist, by: person, reason: "もう一度", in: world.scope)
    }
    let day = assessment.today.iso
    #expect(try await known().pack.verification == .verified(by: "佐藤 美咲", on: day))
    #expect(try await known().confirmation?.reason == "公式のファイルと照らした")
    let shelf = try await assessment.shelf(facility)
    #expect(shelf.shipped.filter { $0.pack.verification != .unverified }.map(\.id) == [world.checklist.id])
    #expect(try await known(FacilityID(rawValue: "f-2")).pack.verification == .unverified)
    let entries = try await JournalReader(database: world.database).history(
      of: "assessment",
      id: "\(world.checklist.id)/pack",
      facility: facility.rawValue
    )
    #expect(entries.map(\.kind) == ["assessment.pack.confirmed"] && entries[0].reason == "公式のファイルと照らした")

    // An update that brings another text is unverified, and may be confirmed again.
    try await world.database.write(.facility(facility.rawValue)) { tx in
      try tx.run("UPDATE assessment_shipped_confirmation SET hash = 'of before' WHERE facility = \(facility.rawValue)")
    }
    #expect(try await known().pack.verification == .unverified)
    try await assessment.confirm(world.checklist, by: person, reason: "新しい文と照らした", in: world.scope)
    #expect(try await known().confirmation?.reason == "新しい文と照らした")
  }

  /// Mistakes are looked for in every pack; that a name begins with `own-` is asked of what is loaded.
  @Test func whatIsShippedOrNamedOtherwiseIsCheckedToo() throws {
    for checklist in Checklists.all {
      let text = try #require(Checklists.text(checklist.id))
      #expect(try OwnChecklist.check(text, file: "a.yaml").items.count == checklist.items.count, "\(checklist.id)")
      #expect(throws: PackError.self) { try OwnChecklist.read(text, file: "a.yaml") }
    }
    #expect(try OwnChecklist.check(Self.yaml("radiology"), file: "a.yaml").items.count == 2)
    for text in [Self.yaml("own-Radiology"), Self.yaml("radiology").replacing("topic: backup", with: "topic: bakcup")] {
      #expect(throws: PackError.self) { try OwnChecklist.check(text, file: "a.yaml") }
    }
  }

  @Test(arguments: [
    ("own-radiology", "radiology", 1, "own-"), ("own-radiology", "own-放射線", 1, "own-"),
    ("own-radiology", "holiday-9", 1, "組み込みの点検表の名前"), ("topic: backup", "topic: own-x", 17, "「own.」で始め"),
    ("topic: backup", "topic: bakcup", 17, "bakcup"), ("- topic: own.lockers", "- topic: lockers", 19, "own."),
    ("2020-04-01", "2020-04-31", 4, "2020-04-31"), ("- item: 2", "- item: 1", 16, "1"),
    ("is: none", "is: nought", 22, "nought"),
  ])
  func aBrokenPackIsRefusedWithItsLine(old: String, new: String, line: Int, word: String) throws {
    let text = Self.yaml().replacing(old, with: new, maxReplacements: 1)
    let error = #expect(throws: PackError.self) { try OwnChecklist.read(text, file: "a.yaml") }
    #expect(error?.line == line && error?.reason.ja.contains(word) == true, "\(String(describing: error))")
  }

  /// One broken file of a bundle keeps all of them out.
  @Test(arguments: Engine.available)
  func aBundleComesWholeOrNotAtAll(engine: Engine) async throws {
    let world = try await RoundTests.World(engine)
    let assessment = world.assessment
    let facility = SuggestionTests.facility
    let key = SigningKey()
    try await assessment.packs.load(
      [Self.arrival(Self.yaml()), Self.arrival(Self.yaml("own-ward"))],
      in: world.scope
    )
    let bytes = try ChecklistBundle.write(
      try await assessment.packs.all(facility),
      maker: "青空病院",
      key: key,
      at: world.clock.now
    )
    // A key that nobody registered, or that was removed, brings nothing, and the words say what to do.
    for (trust, word) in [
      (BundleTrust.unknown, key.publicKey.fingerprint),
      (.removed("青空病院", on: LocalDate(iso: "2026-10-01")), "2026-10-01"),
    ] {
      let stranger = try await RoundTests.World(engine, trust: trust)
      let error = await #expect(throws: TabularError.self) {
        try await stranger.assessment.load(bytes, name: "b.zip", in: stranger.scope)
      }
      #expect(error?.text.ja.contains(word) == true && error?.text.en.contains(word) == true)
      #expect(try await stranger.assessment.packs.all(facility).isEmpty)
    }
    let other = try await RoundTests.World(engine, trust: .trusted("青空病院"))
    let loaded = try await other.assessment.load(bytes, name: "b.zip", in: other.scope)
    #expect(loaded.map(\.checklist.id) == ["own-radiology.1", "own-ward.1"])
    let own = try #require(try await other.assessment.packs.find("own-ward", facility))
    #expect(own.sender?.contains("青空病院") == true && own.sender?.contains(key.publicKey.fingerprint) == true)
    #expect(own.source == Self.yaml("own-ward"))

    let archive = try ZipArchive(bytes)
    let members = try archive.entries.map { ($0.name, try archive.read($0)) }
    for (index, member) in members.enumerated() {
      var changed = members
      changed[index].1 = Array(String(decoding: member.1, as: UTF8.self).replacing("a", with: "e").utf8)
      let zip = try Self.zip(changed)
      let refused = try await RoundTests.World(engine, trust: .trusted("青空病院"))
      await #expect(throws: (any Error).self, "\(member.0)") {
        try await refused.assessment.load(zip, name: "b.zip", in: refused.scope)
      }
      #expect(try await refused.assessment.packs.all(facility).isEmpty)
    }
    let extra = try Self.zip(members + [("more.yaml", Array("pack: x".utf8))])
    #expect(throws: TabularError.self) { try ChecklistBundle(extra) }
  }

  private static func zip(_ members: [(String, [UInt8])]) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    var writer = try ZipWriter(folder.file("a.zip"))
    for member in members { try writer.add(member.0, member.1) }
    try writer.finish()
    return try TableReader.fileBytes(folder.file("a.zip"), limit: 1 << 20)
  }
}
