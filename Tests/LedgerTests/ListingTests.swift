import Ledger
import Nouns
import Organization
import Records
import SQL
import Support
import Testing
import Text
import Time

/// Lists keep what stands around their rows, and must say what a store says that keeps nothing.
@Suite struct ListingTests {
  @Test(arguments: Engine.available) func whatIsKeptIsWhatTheLedgerSays(_ engine: Engine) async throws {
    let world = try await World(engine)
    let kept = world.records
    // Another process, as far as the shelf can tell: a database of its own in front of the same rows.
    let other = World(AnotherProcess(world.database)).records
    var random = SplitMix64(seed: 20_261_130)
    var assets: [String] = []
    var departments = [try await kept.create(.department, ["name": "放射線科"], in: world.edit).id]
    let narrow: Scope<ReadLedger> = try world.edit(in: departments[0]).reading
    for step in 0..<60 {
      let writer = Bool.random(using: &random) ? kept : other
      try await Self.change(writer, &assets, &departments, step, world, &random)
      // Told to the other by the journal; two changes at one moment are told apart once they are sealed.
      world.clock.advance(seconds: 1)
      for scope in [world.read, narrow] {
        for query in [ListQuery(), ListQuery(search: "端末"), ListQuery(archived: .only)] {
          let now = try await Self.listing(kept, query, scope)
          let fresh = try await Self.listing(world.records, query, scope)
          #expect(now == fresh, "after step \(step)")
        }
      }
    }
    #expect(assets.count > 10 && departments.count > 5)
  }

  @Test(arguments: Engine.available) func aListIsCountedOnceAChange(_ engine: Engine) async throws {
    let world = try await World(engine)
    let recording = RecordingDatabase(world.database)
    let records = world.engine(on: recording).store
    let department = try await records.create(.department, ["name": "放射線科"], in: world.edit)
    _ = try await records.create(.asset, ["name": "CT", "department": department.id], in: world.edit)
    func around() -> [String] {
      recording.statements.map { $0.printed(for: engine).text }
        .filter { $0.contains("count(*) FROM asset") || $0.contains(" FROM department") }
    }
    let first = try await Self.listing(records, ListQuery(), world.read)
    #expect(around().count == 3, "the rows' number, the choices, the names: \(around())")
    recording.clear()
    let second = try await Self.listing(records, ListQuery(), world.read)
    #expect(second == first && around().isEmpty, "\(around())")
    _ = try await records.change(
      .department,
      id: department.id,
      expectedVersion: department.version,
      ["name": "放射線部"],
      in: world.edit
    )
    let third = try await Self.listing(records, ListQuery(), world.read)
    #expect(third.titles[department.id] == "放射線部" && around().count == 3)
  }

  /// What somebody sees on the page of a list, beside the rows.
  struct Seen: Equatable {
    let total: Int
    let rows: [String]
    let titles: [String: String]
    let choices: [String: [String]]
  }

  static func listing(_ store: RecordStore, _ query: ListQuery, _ scope: Scope<ReadLedger>) async throws -> Seen {
    let listing = try await store.listing(
      .asset,
      query,
      shown: ["name", "department"],
      filters: ["department"],
      limit: 300,
      in: scope
    )
    return Seen(
      total: listing.page.total,
      rows: listing.page.records.map { "\($0.id) \($0.version)" },
      titles: listing.page.titles,
      choices: listing.choices.mapValues { $0.map { "\($0.id) \($0.title)" } }
    )
  }

  /// One change as people make them: something new, another name, another department, retired and taken back.
  private static func change(
    _ store: RecordStore,
    _ assets: inout [String],
    _ departments: inout [String],
    _ step: Int,
    _ world: World,
    _ random: inout SplitMix64
  ) async throws {
    let department = departments.randomElement(using: &random) ?? ""
    switch (Int.random(in: 0..<6, using: &random), assets.randomElement(using: &random)) {
    case (0, _):
      departments.append(try await store.create(.department, ["name": "部署\(step)"], in: world.edit).id)
    case (1, _):
      let record = try await store.find(.department, id: department, in: world.read).record
      _ = try await store.change(
        .department,
        id: department,
        expectedVersion: record.version,
        ["name": "改名\(step)"],
        in: world.edit
      )
    case (2, let asset?):
      let record = try await store.find(.asset, id: asset, in: world.read).record
      let selection = Selection.ids([asset])
      _ =
        record.archivedAt == nil
        ? try await store.archive(.asset, selection, reason: "廃棄", in: world.edit)
        : try await store.restore(.asset, selection, reason: "戻す", in: world.edit)
    case (3, let asset?):
      let record = try await store.find(.asset, id: asset, in: world.read).record
      _ = try await store.change(
        .asset,
        id: asset,
        expectedVersion: record.version,
        ["department": department],
        in: world.edit
      )
    default:
      let name = Bool.random(using: &random) ? "端末\(step)" : "装置\(step)"
      assets.append(try await store.create(.asset, ["name": name, "department": department], in: world.edit).id)
    }
  }
}

/// The same rows through a handle that knows nothing of the other's writes.
private final class AnotherProcess: Database {
  private let wrapped: any Database

  init(_ wrapped: any Database) { self.wrapped = wrapped }

  var engine: Engine { wrapped.engine }
  var writes: Int { 0 }

  func read<T: Sendable>(
    _ reach: Reach,
    _ body: @escaping @Sendable (any Transaction) throws -> T
  ) async throws -> T {
    try await wrapped.read(reach, body)
  }

  @discardableResult
  func write<T: Sendable>(
    _ reach: Reach,
    _ body: @escaping @Sendable (any Transaction) throws -> T
  ) async throws -> T {
    try await wrapped.write(reach, body)
  }

  func migrate(_ migrations: [Migration]) async throws { try await wrapped.migrate(migrations) }
  func close() async { await wrapped.close() }
}
