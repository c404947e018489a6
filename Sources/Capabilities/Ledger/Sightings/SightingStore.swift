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
    title: String,
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
      let outcome = comparison.finished()
      try tx.record([
        Self.entry(
          "sighting.imported",
          id: ids.next(),
          subject: set,
          title: title,
          author: author,
          at: now,
          changes: [
            FieldChange(field: "source", from: nil, to: source.rawValue),
            FieldChange(field: "new", from: nil, to: String(outcome.new)),
            FieldChange(field: "changed", from: nil, to: String(outcome.changed)),
          ],
          reason: nil
        )
      ])
      return outcome
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
  package func unlisted(_ state: Sighting.State = .open, in scope: Scope<ReadLedger>) async throws -> [UnlistedThing] {
    // Somebody of one department cannot know whose it is.
    guard scope.departments == nil else { return [] }
    let facility = scope.facility.rawValue
    let sightings = try await database.read(scope.reach) { tx in
      try SightingRows.unlisted(state, facility: facility, in: tx)
    }
    return UnlistedThing.grouped(sightings)
  }

  /// Listed and not seen: assets in use that have an address or a host name, and that no source saw for `days`. Nil where
  /// nothing at all was seen in that time, for then it says nothing.
  package func unseen(
    days: Int = freshDays,
    limit: Int = 500,
    in scope: Scope<ReadLedger>
  ) async throws -> UnseenAssets? {
    let list = try RecordList(.asset, catalogue, scope)
    let since = clock.now().adding(days: -days)
    return try await database.read(scope.reach) { tx in try list.unseen(since: since, limit: limit, in: tx) }
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
    let author = Author(scope)
    let now = clock.now()
    return try await database.write(scope.reach) { [ids, catalogue] tx in
      let found = try SightingRows.find(sightings, facility: author.facility, in: tx)
      guard !found.isEmpty, found.count == Set(sightings).count else { throw RecordError.notFound }
      let proposed = Self.proposal(found.map(\.seen)).merging(typed) { _, typed in typed }
      let values = try RecordStore.normalised(.asset, proposed, isNew: true, today: now.day)
      var writer = RecordWriter(tx, catalogue, by: author, at: now, ids: ids, reason: reason)
      let record = writer.make(.asset, values: values)
      try RecordCheck(kind: .asset, catalogue: catalogue, author: author, tx: tx).check([(before: nil, after: record)])
      try writer.insert(.asset, [record])
      _ = try writer.finish(.edit, title: Self.title(of: record))  // a creation always has entries
      try Self.link(found, to: record.id, .accepted, author, at: now, in: tx)
      return record
    }
  }

  private static func title(of record: Record) -> Localized {
    Localized(
      ja: "見つかった機器「\(record.title(.ja))」の登録",
      en: "New device “\(record.title(.en))”, found on the network"
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
          Self.entry(
            deed,
            id: ids.next(),
            subject: $0.id,
            title: $0.seen.title,
            author: author,
            at: now,
            changes: [],
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

  private static func matcher(
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

  private static func entry(
    _ kind: String,
    id: String,
    subject: String,
    title: String,
    author: Author,
    at now: Instant,
    changes: [FieldChange],
    reason: String?
  ) -> JournalEntry {
    JournalEntry(
      id: id,
      facility: author.facility,
      at: now,
      actorID: author.actor.id,
      actorName: author.actor.name,
      request: author.request,
      set: nil,
      kind: kind,
      subjectType: "sighting",
      subjectID: subject,
      subjectTitle: title,
      changes: changes,
      reason: reason
    )
  }
}

/// What taking in one file did.
package struct SightingOutcome: Sendable, Hashable {
  package var new = 0
  package var changed = 0
  package var same = 0
  /// Rows about something an earlier row of the same file was about.
  package var repeated = 0
  /// How many things of this source are in no ledger.
  package var unlisted = 0
  /// Lines that name nothing by which a thing could be known.
  package var nameless: [Int] = []
}

/// Assets that should have been seen.
package struct UnseenAssets: Sendable {
  package let records: [Record]
  package let total: Int
  /// Of how many assets that can be seen at all.
  package let population: Int
}

/// One device that is in no ledger, with everything that was seen of it.
package struct UnlistedThing: Sendable, Identifiable {
  /// Newest first.
  package let sightings: [Sighting]

  package var id: String { sightings.first?.id ?? "" }
  package var title: String { sightings.lazy.compactMap(\.seen.hostName).first ?? sightings.first?.seen.title ?? "" }

  /// Sightings with the same serial number, hardware address or host name are one thing.
  package static func grouped(_ sightings: [Sighting]) -> [UnlistedThing] {
    var groups: [[Sighting]] = []
    var byKey: [String: Int] = [:]
    for sighting in sightings {
      let seen = sighting.seen
      let keys = [
        seen.serialNumber.map { "s" + Fold.exactKey($0) }, seen.macAddress.map { "m" + $0 },
        seen.hostName.map { "h" + SightingMatch.hostKey($0) },
      ].compactMap { $0 }
      let index = keys.lazy.compactMap { byKey[$0] }.first ?? groups.count
      if index == groups.count { groups.append([sighting]) } else { groups[index].append(sighting) }
      for key in keys where byKey[key] == nil { byKey[key] = index }
    }
    return groups.map(UnlistedThing.init)
  }
}

extension Sighting {
  init(id: String, source: Source, seen: Seen, importSet: String?, state: State, updatedBy: String) {
    self.init(
      id: id,
      source: source,
      seen: seen,
      importSet: importSet,
      asset: nil,
      matchedBy: nil,
      hint: nil,
      state: state,
      reason: nil,
      updatedBy: updatedBy
    )
  }

  mutating func match(_ answer: SightingMatch.Answer) {
    switch answer {
    case .matched(let asset, let rule):
      self.asset = asset
      matchedBy = rule
      hint = nil
    case .unmatched(let hint):
      asset = nil
      matchedBy = nil
      self.hint = hint
    }
  }
}

extension Seen {
  /// Whether both say the same, wherever in the file.
  func says(_ other: Seen) -> Bool {
    var other = other
    other.line = line
    return self == other
  }
}

extension RecordList {
  func unseen(since: Instant, limit: Int, in tx: any Transaction) throws -> UnseenAssets? {
    guard
      try tx.row(
        "SELECT id FROM sighting WHERE facility = \(facility) AND asset IS NOT NULL AND seen_at >= \(since) LIMIT 1"
      ) != nil
    else { return nil }
    let visible = Self.visible(facility) + reachable()
    let unseen = visible + Self.notSeen(since)
    let total = try tx.count("SELECT count(*) FROM asset WHERE \(unseen)")
    let population = try tx.count("SELECT count(*) FROM asset WHERE \(visible)")
    let records = try tx.rows(
      "SELECT \(columns) FROM asset WHERE \(unseen) ORDER BY asset_number_key, id LIMIT \(limit)"
    ).map(record)
    return UnseenAssets(records: records, total: total, population: population)
  }

  /// Assets in use that a network or a tool could see.
  static func visible(_ facility: String) -> SQL {
    """
    facility = \(facility) AND archived_at IS NULL AND (state IS NULL OR state IN ('in_use', '?'))
    AND (mac_address <> '?' OR host_name <> '?' OR (ip_address <> '?' AND ip_address <> 'DHCP'))
    """
  }

  static func notSeen(_ since: Instant) -> SQL {
    """
     AND NOT EXISTS (SELECT 1 FROM sighting
      WHERE sighting.facility = asset.facility AND sighting.asset = asset.id AND sighting.seen_at >= \(since))
    """
  }
}
