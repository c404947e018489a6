import Design
import Journal
import Nouns
import Records
import SQL
import Text
import Time

/// What was seen, compared with what is listed: two lists to work through.
package struct SightingStore: Sendable {
  package let database: any Database
  package let clock: Clock
  package let ids: IDMaker
  let catalogue: RecordCatalogue

  /// A device counts as seen for this long.
  package static let freshDays = 45

  package init(_ records: RecordStore) {
    database = records.database
    clock = records.clock
    ids = records.ids
    catalogue = records.catalogue
  }

  /// Takes in what one file says, in one transaction: a thing the source reported before is brought up to date, and each
  /// is matched to its asset. A sighting older than the one kept changes nothing.
  package func take(
    _ seen: [Seen],
    from source: Sighting.Source,
    title: Localized,
    in scope: Scope<ImportLedger>
  ) async throws -> SightingOutcome {
    guard scope.departments == nil else { throw RecordError.outOfReach }
    let author = Author(scope)
    let now = clock.now()
    return try await database.write(scope.reach) { [ids, catalogue] tx in
      let set = ids.next()
      var comparison = SightingComparison(
        known: try SightingRows.all(source, facility: author.facility, in: tx),
        matcher: try Self.matcher(author.facility, catalogue, in: tx)
      ) { seen in
        Sighting(
          id: ids.next(),
          source: source,
          seen: seen,
          importSet: set,
          state: .open,
          updatedBy: author.actor.name
        )
      }
      for one in seen { comparison.take(one, importSet: set, by: author.actor.name) }
      try SightingRows.insert(comparison.made, facility: author.facility, at: now, in: tx)
      for sighting in comparison.changed {
        try SightingRows.update(sighting, facility: author.facility, at: now, in: tx)
      }
      var outcome = comparison.finished()
      let count = outcome.new + outcome.changed
      if count > 0 { outcome.set = set }
      try SightingBefore.keep(comparison.before, of: set, facility: author.facility, at: now, in: tx)
      try catalogue.tellSeen(facility: author.facility, set: set, at: now, in: tx)
      let entry = JournalEntry(
        by: scope,
        id: ids.next(),
        at: now,
        set: outcome.set,
        kind: "sighting.imported",
        of: ("sighting", set, title.ja),
        changes: [
          FieldChange(field: "source", from: nil, to: source.rawValue),
          FieldChange(field: "new", from: nil, to: String(outcome.new)),
          FieldChange(field: "changed", from: nil, to: String(outcome.changed)),
        ]
      )
      try tx.record([entry])
      if count > 0 {
        try ChangeSets.open(
          id: set,
          facility: author.facility,
          kind: .import,
          title: title,
          actor: author.actor.name,
          at: now,
          count: count,
          in: tx
        )
      }
      return outcome
    }
  }

  /// What the asset tool last reported of each device's system and build, by asset.
  package func systems(in scope: Scope<ReadLedger>) async throws -> [String: (os: String?, build: String?)] {
    let facility = scope.facility.rawValue
    return try await database.read(scope.reach) { tx in
      var systems: [String: (os: String?, build: String?)] = [:]
      try tx.each(
        """
        SELECT asset, os, details FROM sighting
        WHERE facility = \(facility) AND source = 'inventory' AND asset IS NOT NULL ORDER BY seen_at
        """
      ) { row in
        let build = FlatJSON.object(try row.text("details"))?["os_build"]
        systems[try row.text("asset")] = (try row.optionalText("os"), build)
      }
      return systems
    }
  }

  /// Matches everything again that nobody linked by hand: after assets were imported or corrected. Answers how many
  /// sightings now belong elsewhere.
  @discardableResult
  package func rematch(in scope: Scope<EditLedger>) async throws -> Int {
    let facility = scope.facility.rawValue
    let now = clock.now()
    return try await database.write(scope.reach) { [catalogue] tx in
      try Self.rematch(catalogue, facility: facility, at: now, in: tx)
    }
  }

  static func rematch(
    _ catalogue: RecordCatalogue,
    facility: String,
    at now: Instant,
    in tx: any Transaction
  ) throws -> Int {
    guard try tx.row("SELECT id FROM sighting WHERE facility = \(facility) LIMIT 1") != nil else { return 0 }
    let matcher = try matcher(facility, catalogue, in: tx)
    var moved = 0
    for source in Sighting.Source.allCases {
      for before in try SightingRows.all(source, facility: facility, in: tx) where before.matchedBy != .hand {
        var after = before
        after.match(matcher.answer(before.seen))
        guard after != before else { continue }
        try SightingRows.update(after, facility: facility, at: now, in: tx)
        moved += 1
      }
    }
    return moved
  }

  /// Which asset each thing is that a scanner saw, in the same order.
  package func identify(_ seen: [Seen], in scope: Scope<ReadLedger>) async throws -> [SightingMatch.Answer] {
    let facility = scope.facility.rawValue
    return try await database.read(.facility(facility)) { [catalogue] tx in
      let matcher = try Self.matcher(facility, catalogue, in: tx)
      return seen.map { matcher.answer($0) }
    }
  }

  // MARK: The two lists

  /// Found and not listed: things seen that no asset stands for, newest first. What several sources saw of one device is
  /// one entry.
  package func unlisted(
    _ query: UnlistedQuery = UnlistedQuery(),
    in scope: Scope<ReadLedger>
  ) async throws -> [UnlistedThing] {
    // Somebody of one department cannot know whose it is.
    guard scope.departments == nil else { return [] }
    let facility = scope.facility.rawValue
    let sightings = try await database.read(scope.reach) { tx in
      try SightingRows.unlisted(query.state, facility: facility, in: tx)
    }
    return query.matching(UnlistedThing.grouped(sightings))
  }

  /// Listed and not seen: assets in use that have an address or a host name, and that no source saw for `days`. Nil where
  /// nothing at all was seen in that time, for then it says nothing.
  package func unseen(
    days: Int = freshDays,
    from offset: Int = 0,
    limit: Int = 100,
    in scope: Scope<ReadLedger>
  ) async throws -> UnseenAssets? {
    let list = try RecordList(.asset, catalogue, scope)
    let since = clock.now().adding(days: -days)
    return try await database.read(scope.reach) { tx in
      try list.unseen(since: since, from: offset, limit: limit, in: tx)
    }
  }

  /// How the network and tools saw an asset, newest first.
  package func of(asset: String, limit: Int = 50, in scope: Scope<ReadLedger>) async throws -> [Sighting] {
    let facility = scope.facility.rawValue
    return try await database.read(scope.reach) { tx in
      try SightingRows.of(asset: asset, facility: facility, limit: limit, in: tx)
    }
  }

  // MARK: Working through them

  /// Makes an asset of something seen: what was seen, and over it what somebody typed. Throws `RecordError.invalid`.
  package func accept(
    _ sightings: [String],
    typed: [String: String] = [:],
    reason: String? = nil,
    in scope: Scope<EditLedger>
  ) async throws -> Record {
    let made = try await accept([(sightings, typed)], reason: reason, in: scope)
    guard let record = made.first else { throw RecordError.notFound }
    return record
  }

  /// The same for several, in one transaction that is undone as one: all of them or none.
  package func accept(
    _ things: [(sightings: [String], typed: [String: String])],
    reason: String? = nil,
    in scope: Scope<EditLedger>
  ) async throws -> [Record] {
    let author = Author(scope)
    let now = clock.now()
    return try await database.write(scope.reach) { [ids, catalogue] tx in
      var writer = RecordWriter(tx, catalogue, by: author, at: now, ids: ids, reason: reason)
      var made: [(record: Record, found: [Sighting])] = []
      for thing in things {
        let found = try SightingRows.find(thing.sightings, facility: author.facility, in: tx)
        guard !found.isEmpty, found.count == Set(thing.sightings).count else { throw RecordError.notFound }
        let proposed = Self.proposal(found.map(\.seen)).merging(thing.typed) { _, typed in typed }
        let values = try RecordStore.normalised(.asset, proposed, isNew: true, today: now.day)
        made.append((writer.make(.asset, values: values), found))
      }
      guard let first = made.first else { return [] }
      let records = made.map(\.record)
      let pairs: [(before: Record?, after: Record)] = records.map { (before: nil, after: $0) }
      try RecordCheck(kind: .asset, catalogue: catalogue, author: author, tx: tx).check(pairs)
      try writer.insert(.asset, records)
      // A creation always has entries.
      _ = try writer.finish(records.count == 1 ? .edit : .bulk, title: Self.title(of: first.record, among: made.count))
      for (record, found) in made { try Self.link(found, to: record.id, .accepted, author, at: now, in: tx) }
      return records
    }
  }

  private static func title(of record: Record, among count: Int) -> Localized {
    count == 1
      ? Localized(
        ja: "見つかった機器「\(record.title(.ja))」の登録",
        en: "New device “\(record.title(.en))”, found on the network"
      )
      : Localized(
        ja: "見つかった機器\(count.grouped)台の登録",
        en: "\(count.grouped) new devices, found on the network"
      )
  }

  /// What an asset made of these would say, for the form that asks.
  package static func proposal(_ seen: [Seen]) -> [String: String] {
    var values: [String: String] = [:]
    for one in seen.sorted(by: { $0.seenAt > $1.seenAt }) {
      let found = [
        "host_name": one.hostName, "ip_address": one.ipAddress, "mac_address": one.macAddress,
        "serial_number": one.serialNumber, "os": one.os, "manufacturer": one.maker,
        "last_seen_on": one.seenAt.day.iso, "model": one.details["model"],
      ]
      for (field, value) in found where values[field] == nil { values[field] = value }
    }
    return values
  }

  /// Says by hand which asset it is.
  package func link(_ sightings: [String], to asset: String, in scope: Scope<EditLedger>) async throws {
    try await decide(sightings, "sighting.linked", reason: nil, scope) { author, now, tx, found in
      let list = try RecordList(.asset, catalogue, scope.reading)
      guard let record = try list.find([asset], in: tx).first else { throw RecordError.notFound }
      try RecordCheck(kind: .asset, catalogue: catalogue, author: author, tx: tx).check([
        (before: record, after: record)
      ])
      try Self.link(found, to: asset, .accepted, author, at: now, in: tx)
    }
  }

  /// Leaves it out of the list, with the reason: a visitor's telephone, a vendor's test device.
  package func ignore(_ sightings: [String], reason: String, in scope: Scope<EditLedger>) async throws {
    try await decide(sightings, "sighting.ignored", reason: reason, scope) { author, now, tx, found in
      for var sighting in found {
        sighting.state = .ignored
        sighting.reason = reason
        sighting.updatedBy = author.actor.name
        try SightingRows.update(sighting, facility: author.facility, at: now, in: tx)
      }
    }
  }

  /// Back to the list, as if nobody had decided.
  package func reopen(_ sightings: [String], in scope: Scope<EditLedger>) async throws {
    try await decide(sightings, "sighting.reopened", reason: nil, scope) { author, now, tx, found in
      let matcher = try Self.matcher(author.facility, catalogue, in: tx)
      for var sighting in found {
        sighting.state = .open
        sighting.reason = nil
        sighting.match(matcher.answer(sighting.seen))
        sighting.updatedBy = author.actor.name
        try SightingRows.update(sighting, facility: author.facility, at: now, in: tx)
      }
    }
  }

  private func decide(
    _ sightings: [String],
    _ deed: String,
    reason: String?,
    _ scope: Scope<EditLedger>,
    _ body: @escaping @Sendable (Author, Instant, any Transaction, [Sighting]) throws -> Void
  ) async throws {
    let author = Author(scope)
    let now = clock.now()
    // What belongs to no asset belongs to no department, so it takes the whole facility.
    guard author.departments == nil else { throw RecordError.outOfReach }
    try await database.write(scope.reach) { [ids] tx in
      let found = try SightingRows.find(sightings, facility: author.facility, in: tx)
      guard !found.isEmpty, found.count == Set(sightings).count else { throw RecordError.notFound }
      try body(author, now, tx, found)
      try tx.record(
        found.map {
          JournalEntry(
            by: scope,
            id: ids.next(),
            at: now,
            kind: deed,
            of: ("sighting", $0.id, $0.seen.title),
            reason: reason
          )
        }
      )
    }
  }

  private static func link(
    _ sightings: [Sighting],
    to asset: String,
    _ state: Sighting.State,
    _ author: Author,
    at now: Instant,
    in tx: any Transaction
  ) throws {
    for var sighting in sightings {
      sighting.asset = asset
      sighting.matchedBy = .hand
      sighting.hint = nil
      sighting.state = state
      sighting.updatedBy = author.actor.name
      try SightingRows.update(sighting, facility: author.facility, at: now, in: tx)
    }
  }

  static func matcher(
    _ facility: String,
    _ catalogue: RecordCatalogue,
    in tx: any Transaction
  ) throws -> SightingMatch {
    let assets = try RecordList(kind: .asset, catalogue, facility: facility).all(
      ListQuery(),
      limit: 1_000_000,
      in: tx
    )
    let interfaces = try RecordList(kind: .interface, catalogue, facility: facility)
      .all(ListQuery(), limit: 1_000_000, in: tx)
    return SightingMatch(assets: assets, interfaces: interfaces)
  }
}
