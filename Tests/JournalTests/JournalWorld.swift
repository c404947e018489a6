import SQL
import Sealing
import Support
import Time

@testable import Journal

/// A journal with a clock that stands still, a key of its own and entries by chance.
struct JournalWorld {
  let database: any Database
  let clock = FixedClock()
  let key = SigningKey()
  let ids = IDMaker.sequential("entry")

  init(_ engine: Engine, _ more: [Migration] = []) async throws {
    database = try await TestDatabase.make(engine, JournalMigrations.all + more)
  }

  init(database: any Database) { self.database = database }

  var reader: JournalReader { JournalReader(database: database) }

  func sealer(_ holder: String = "test") -> Sealer {
    Sealer(database: database, key: key, clock: clock.clock, holder: holder)
  }

  func verify() async throws -> VerifyReport { try await Sealer.verify(database, publicKey: key.publicKey) }

  func write(_ entries: [JournalEntry]) async throws {
    for (facility, entries) in Dictionary(grouping: entries, by: \.facility) {
      try await database.write(.facility(facility)) { tx in try tx.record(entries) }
    }
  }

  /// Writes that many entries in a few transactions, with a seal now and then and one at the end.
  func grow(_ count: Int, facility: String = "aoba", using chance: inout SplitMix64) async throws {
    var left = count
    while left > 0 {
      let part = min(left, Int.random(in: 1...8, using: &chance))
      try await write((0..<part).map { _ in entry(facility, using: &chance) })
      left -= part
      clock.advance(seconds: Int.random(in: 0...3, using: &chance))
      if Int.random(in: 0..<3, using: &chance) == 0 { try await sealer().seal() }
    }
    try await sealer().seal()
  }

  func entry(_ facility: String = "aoba", using chance: inout SplitMix64) -> JournalEntry {
    let words = ["", "青葉", "\"引用\" \\ と\n改行", "null", "192.0.2.1", "e\u{301}", "\u{1F469}\u{200D}\u{1F52C}", "不明"]
    func word() -> String? { Bool.random(using: &chance) ? words.randomElement(using: &chance) : nil }
    let actor = ["ito", "sato", "system"][Int.random(in: 0..<3, using: &chance)]
    return JournalEntry(
      id: ids.next(),
      facility: facility,
      at: Instant(milliseconds: clock.now.milliseconds - Int64.random(in: 0...3, using: &chance) * 500),
      actorID: actor,
      actorName: actor + " さん",
      request: "request-\(Int.random(in: 0..<5, using: &chance))",
      set: Bool.random(using: &chance) ? "set-\(Int.random(in: 0..<4, using: &chance))" : nil,
      kind: ["asset.changed", "asset.created", "vendor.changed"][Int.random(in: 0..<3, using: &chance)],
      subjectType: ["asset", "vendor"][Int.random(in: 0..<2, using: &chance)],
      subjectID: "subject-\(Int.random(in: 0..<6, using: &chance))",
      subjectTitle: word() ?? "PC-01",
      changes: (0..<Int.random(in: 0...4, using: &chance)).map { _ in
        FieldChange(field: ["name", "owner", "note"][Int.random(in: 0..<3, using: &chance)], from: word(), to: word())
      },
      reason: word()
    )
  }
}

/// What an intruder with the owner's rights does first.
let withoutGuards = Migration(
  "test-without-guards",
  [],
  change: { tx in
    switch tx.engine {
    case .sqlite:
      for name in ["journal_keeps", "journal_stays", "journal_checkpoint_keeps", "journal_checkpoint_stays"] {
        try tx.run("DROP TRIGGER \(name: name)")
      }
    case .postgres:
      try tx.run("ALTER TABLE journal DISABLE TRIGGER USER")
      try tx.run("ALTER TABLE journal_checkpoint DISABLE TRIGGER USER")
    }
  }
)
