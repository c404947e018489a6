import SQL
import Support
import Testing
import Text
import Time

@testable import Journal

@Suite struct HistoryTests {
  @Test(arguments: Engine.available)
  func pagesOfAnyFilterTogetherGiveWhatANaiveReaderFinds(engine: Engine) async throws {
    var chance = SplitMix64(seed: 1)
    let world = try await JournalWorld(engine)
    try await world.grow(120, using: &chance)
    try await world.grow(10, facility: "sumire", using: &chance)
    let all = try await world.reader.latest(facility: "aoba", limit: 1000)
    #expect(all.count == 120)
    let ordered = all.sorted { ($1.at, $1.place, $1.id) < ($0.at, $0.place, $0.id) }
    #expect(all.map(\.id) == ordered.map(\.id))
    let middle = all[60].at
    let filters = [
      JournalFilter(actorID: "ito"), JournalFilter(kind: "asset.changed"), JournalFilter(subjectType: "vendor"),
      JournalFilter(set: "set-1"), JournalFilter(from: middle), JournalFilter(until: middle),
      JournalFilter(actorID: "sato", kind: "asset.created", subjectType: "asset", from: middle),
    ]
    for filter in filters {
      var pages: [String] = []
      var cursor: JournalCursor?
      while true {
        let page = try await world.reader.latest(filter, facility: "aoba", before: cursor, limit: 7)
        pages += page.map(\.id)
        guard let last = page.last else { break }
        cursor = JournalCursor(reading: JournalCursor(after: last).text)
      }
      let naive = all.filter { entry in
        (filter.actorID.map { $0 == entry.actorID } ?? true) && (filter.kind.map { $0 == entry.kind } ?? true)
          && (filter.subjectType.map { $0 == entry.subjectType } ?? true)
          && (filter.set.map { $0 == entry.set } ?? true) && (filter.from.map { entry.at >= $0 } ?? true)
          && (filter.until.map { entry.at < $0 } ?? true)
      }
      #expect(pages == naive.map(\.id))
    }
  }

  @Test(arguments: Engine.available)
  func theHistoryOfAFieldHoldsItsChangesOnly(engine: Engine) async throws {
    var chance = SplitMix64(seed: 2)
    let world = try await JournalWorld(engine)
    try await world.grow(200, using: &chance)
    let history = try await world.reader.history(of: "asset", id: "subject-2", facility: "aoba")
    #expect(history.allSatisfy { $0.subjectType == "asset" && $0.subjectID == "subject-2" })
    let ofField = try await world.reader.history(
      ofField: "owner",
      of: "asset",
      id: "subject-2",
      facility: "aoba"
    )
    #expect(ofField.map(\.entry.id) == history.filter { $0.changes.contains { $0.field == "owner" } }.map(\.id))
    #expect(!ofField.isEmpty)
  }

  @Test(arguments: Engine.available)
  func entriesOfOneMomentKeepTheirOrderAndComeBackLastFirst(engine: Engine) async throws {
    let world = try await JournalWorld(engine)
    let names = ["c", "a", "b", "d"]
    try await world.write(
      names.map { name in
        JournalEntry(
          id: name,
          facility: "aoba",
          at: world.clock.now,
          actorID: "ito",
          actorName: "伊藤",
          request: "r",
          set: "s",
          kind: "asset.changed",
          subjectType: "asset",
          subjectID: "1",
          subjectTitle: "PC",
          changes: [FieldChange(field: "name", from: name, to: name + "2")]
        )
      }
    )
    let (entries, streamed) = try await world.database.read(.facility("aoba")) { tx in
      var streamed: [JournalEntry] = []
      try ChangeSets.each(of: "s", facility: "aoba", in: tx) { streamed.append($0) }
      return (try ChangeSets.entries(of: "s", facility: "aoba", in: tx), streamed)
    }
    #expect(entries.map(\.id) == ["d", "b", "a", "c"])
    #expect(entries == streamed)
    #expect(entries[0].inverse == [FieldChange(field: "name", from: "d2", to: "d")])
  }

  @Test(arguments: Engine.available)
  func aChangeSetIsFoundListedAndTakenBack(engine: Engine) async throws {
    let world = try await JournalWorld(engine)
    let now = world.clock.now
    let found = try await world.database.write(.facility("aoba")) { tx in
      for number in 1...3 {
        try ChangeSets.open(
          id: "set-\(number)",
          facility: "aoba",
          kind: .import,
          title: Localized(ja: "端末一覧.xlsx", en: "terminals.xlsx"),
          actor: "伊藤",
          at: now.adding(seconds: number),
          count: number,
          in: tx
        )
      }
      try ChangeSets.markUndone("set-2", by: "set-3", facility: "aoba", in: tx)
      return try ChangeSets.find("set-2", facility: "aoba", in: tx)
    }
    #expect(found?.undoneBy == "set-3" && found?.title == Localized(ja: "端末一覧.xlsx", en: "terminals.xlsx"))
    #expect(found?.undoUntil == now.adding(seconds: 2).adding(days: 7))
    let page = try await world.reader.changeSets(facility: "aoba", limit: 2)
    #expect(page.map(\.id) == ["set-3", "set-2"])
    #expect(try await world.reader.changeSets(facility: "aoba", before: "set-2").map(\.id) == ["set-1"])
    #expect(try await world.reader.changeSets(facility: "sumire").isEmpty)
  }

  @Test(arguments: Engine.available)
  func noQueryReadsTheWholeJournal(engine: Engine) async throws {
    var chance = SplitMix64(seed: 3)
    let world = try await JournalWorld(engine)
    try await world.write((0..<500).map { _ in world.entry(using: &chance) })
    let cursor = JournalCursor(reading: "5_0_x")
    let queries = [
      JournalReader.ofSubject("asset", "subject-1", "aoba", before: cursor, limit: 50),
      JournalReader.latest(JournalFilter(), "aoba", before: cursor, limit: 50),
      JournalReader.latest(JournalFilter(actorID: "ito"), "aoba", before: cursor, limit: 50),
      JournalReader.latest(JournalFilter(set: "set-1"), "aoba", before: nil, limit: 50),
    ]
    for query in queries {
      let plan = try await world.database.plan(of: query)
      #expect(plan.fullScans.isEmpty, "\(plan.text)")
      #expect(!plan.text.contains("TEMP B-TREE"), "\(plan.text)")
    }
  }

  @Test(arguments: UInt64(0)..<500)
  func anyPayloadIsReadAsItWasWritten(seed: UInt64) {
    var chance = SplitMix64(seed: seed)
    func text() -> String? {
      guard Int.random(in: 0..<5, using: &chance) > 0 else { return nil }
      var text = ""
      for _ in 0..<Int.random(in: 0...12, using: &chance) {
        let highest: UInt32 = Bool.random(using: &chance) ? 127 : 0x10ffff
        if let scalar = Unicode.Scalar(UInt32.random(in: 0...highest, using: &chance)) {
          text.unicodeScalars.append(scalar)
        }
      }
      return text
    }
    let changes = (0..<Int.random(in: 0...5, using: &chance)).map { _ in
      FieldChange(field: text() ?? "", from: text(), to: text())
    }
    let reason = text()
    let written = Payload.text(changes, reason)
    let read = Payload.read(written)
    #expect(
      read?.changes.map { [$0.field, $0.from, $0.to].map { $0.map { Array($0.utf8) } } }
        == changes.map { [$0.field, $0.from, $0.to].map { $0.map { Array($0.utf8) } } }
    )
    #expect(read?.reason.map { Array($0.utf8) } == reason.map { Array($0.utf8) })
    // Cut or changed anywhere it is refused or read as something else; it never stops the program.
    var bytes = Array(written.utf8)
    let index = Int.random(in: 0..<bytes.count, using: &chance)
    bytes[index] = UInt8.random(in: 0...255, using: &chance)
    _ = Payload.read(String(decoding: bytes, as: UTF8.self))
    _ = Payload.read(String(decoding: bytes[..<index], as: UTF8.self))
  }
}
