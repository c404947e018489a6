import Design
import Journal
import Nouns
import Records
import SQL
import Text
import Time

/// A fact and the day its oldest record was entered, from which the time to act on it runs.
package struct MeasuredFact: Sendable {
  package let fact: Fact
  package let since: LocalDate?

  package init(fact: Fact, since: LocalDate?) {
    self.fact = fact
    self.since = since
  }

  /// The same at another moment, where nothing it was counted from has changed.
  func dated(_ now: Instant) -> MeasuredFact {
    MeasuredFact(
      fact: Fact(
        key: fact.key,
        facility: fact.facility,
        label: fact.label,
        value: fact.value,
        population: fact.population,
        asOf: now,
        freshUntil: now.adding(days: LedgerFacts.freshDays),
        explanation: fact.explanation,
        link: fact.link,
        needs: fact.needs,
        records: fact.records,
        recordCount: fact.recordCount,
        isWorry: fact.isWorry
      ),
      since: since
    )
  }
}

/// What the ledger's records prove, counted by the database: one statement for each table, however many rows.
package struct LedgerFacts: Sendable {
  package let database: any Database
  let catalogue: RecordCatalogue
  package let clock: Clock
  package let endOfSupport: SupportEnd

  /// How long a figure may be relied on.
  static let freshDays = 1

  private let shelf = MarkedShelf<LedgerMark, [MeasuredFact]>()

  package init(
    database: any Database,
    catalogue: RecordCatalogue,
    clock: Clock,
    endOfSupport: @escaping SupportEnd
  ) {
    self.database = database
    self.clock = clock
    self.catalogue = catalogue
    self.endOfSupport = endOfSupport
  }

  package func facts(in scope: Scope<ReadLedger>) async throws -> [Fact] {
    try await measured(in: scope).map(\.fact)
  }

  package func measured(in scope: Scope<ReadLedger>) async throws -> [MeasuredFact] {
    let now = clock.now()
    guard scope.departments == nil else { return try await counted(now, in: scope) }
    let key = scope.facility.rawValue
    let mark = try await database.read(scope.reach) { tx in try LedgerMark(key, today: now.day, in: tx) }
    return try await shelf.value(key, mark) { try await counted(now, in: scope) }.map { $0.dated(now) }
  }

  private func counted(_ now: Instant, in scope: Scope<ReadLedger>) async throws -> [MeasuredFact] {
    try await database.read(scope.reach) { [catalogue, endOfSupport] tx in
      let count = FactCount(
        tx: tx,
        catalogue: catalogue,
        facility: scope.facility,
        departments: scope.departments,
        now: now
      )
      let past = try count.pastSupport(endOfSupport)
      var all = try count.facts(.asset, Measures.assets(facility: scope.facility.rawValue, today: now.day, past: past))
      all += try count.facts(.connection, Measures.connections(today: now.day, past: past))
      all += try count.facts(.vendor, Measures.vendors + [Measures.unasked(today: now.day)])
      if let person = catalogue.kind("person") { all += try count.facts(person, Measures.people(today: now.day)) }
      all += try count.facts(.system, Measures.systems())
      all += try count.facts(.asset, Measures.modalities() + [Measures.servers(today: now.day)])
      all += try count.facts(.contract, Measures.contracts(today: now.day))
      all += try count.facts(.vendorEnquiry, Measures.enquiries(today: now.day))
      all += try count.facts(.surveyFind, Measures.finds + [Measures.unchecked])
      all += try count.facts(.survey, Measures.contractors(today: now.day))
      all += try count.facts(.asset, Measures.loans(today: now.day))
      all += try count.facts(.disposal, Measures.disposals + [Measures.gone(today: now.day)])
      all += try count.facts(.connection, [Measures.evidence])
      all += try count.facts(.location, Measures.places(today: now.day))
      all += try count.facts(.informationAsset, Measures.information)
      all += try count.facts(.cloudService, Measures.clouds)
      all += try count.facts(.entryRight, Measures.entries(today: now.day))
      all += try count.facts(.connectionSession, Measures.sessions(today: now.day))
      all += try count.age()
      // What was seen on the network belongs to no department.
      if scope.departments == nil { all += try count.sightings() }
      return all
    }
  }
}

/// The counting of one facility's facts within one transaction.
private struct FactCount {
  let tx: any Transaction
  let catalogue: RecordCatalogue
  let facility: FacilityID
  let departments: Set<String>?
  let now: Instant

  private func list(_ kind: Kind) -> RecordList {
    RecordList(kind: kind, catalogue, facility: facility.rawValue, departments: departments)
  }

  private func rows(_ kind: Kind) -> SQL {
    "facility = \(facility.rawValue) AND archived_at IS NULL\(list(kind).reachable())"
  }

  func facts(_ kind: Kind, _ measures: [Measure]) throws -> [MeasuredFact] {
    let columns = measures.enumerated().map { index, measure -> SQL in
      let whole: SQL = measure.population.map { "count(*) FILTER (WHERE \($0))" } ?? "NULL"
      return """
        count(*) FILTER (WHERE \(measure.condition)) AS \(name: "v\(index)"), \(whole) AS \(name: "p\(index)"),
        min(created_at) FILTER (WHERE \(measure.condition)) AS \(name: "s\(index)")
        """
    }
    let counted = try tx.row("SELECT \(columns.joined(separator: ", ")) FROM \(name: kind.table) WHERE \(rows(kind))")
    guard let counted else { return [] }
    return try measures.enumerated().map { index, measure in
      let value = try counted.integer("v\(index)")
      let population = try counted.optionalInteger("p\(index)")
      return MeasuredFact(
        fact: Fact(
          key: measure.key,
          facility: facility,
          label: measure.label,
          value: value,
          population: population,
          asOf: now,
          freshUntil: now.adding(days: LedgerFacts.freshDays),
          explanation: measure.sentence(value, population),
          link: measure.link,
          records: measure.isWorry && value > 0 ? try records(kind, measure.condition) : [],
          recordCount: measure.isWorry ? value : nil,
          isWorry: measure.isWorry && value > 0
        ),
        since: try counted.optionalInstant("s\(index)")?.day
      )
    }
  }

  private func records(_ kind: Kind, _ condition: SQL) throws -> [String] {
    try tx.rows(
      """
      SELECT id FROM \(name: kind.table) WHERE \(rows(kind)) AND (\(condition))
      ORDER BY \(name: (kind.keyed.first ?? "id") + "_key"), id LIMIT \(Fact.mostListed)
      """
    ).map { try $0.text("id") }
  }

  /// Which of the texts that stand in the ledger name something past its support: each text is asked once.
  func pastSupport(_ endOfSupport: SupportEnd) throws -> PastSupport {
    func past(_ kind: Kind, _ column: String) throws -> [String] {
      try tx.rows("SELECT DISTINCT \(name: column) AS product FROM \(name: kind.table) WHERE \(rows(kind))").compactMap
      { row in
        guard let text = try row.optionalText("product"), let end = endOfSupport(text), end.date < now.day else {
          return nil
        }
        return text
      }
    }
    return PastSupport(assets: try past(.asset, "os"), connections: try past(.connection, "firmware"))
  }

  /// How long ago anybody changed anything about the assets.
  func age() throws -> [MeasuredFact] {
    let last = try tx.row("SELECT max(updated_at) AS last FROM asset WHERE \(rows(.asset))")?.optionalInstant("last")
    guard let last else { return [] }
    let days = now.day.days(since: last.day)
    return [
      MeasuredFact(
        fact: Fact(
          key: "ledger.assets.age",
          facility: facility,
          label: Localized(ja: "機器台帳の最後の更新", en: "Last change of the device ledger"),
          value: days,
          unit: .days,
          asOf: now,
          freshUntil: now.adding(days: LedgerFacts.freshDays),
          explanation: Localized(
            ja: days == 0 ? "機器台帳は今日更新されました。" : "機器台帳は\(days.grouped)日前に更新されました。",
            en: "The device ledger was last changed \(days == 0 ? "today" : "\(days.grouped) days ago")."
          ),
          link: "/ledger/asset?sort=-updated_at",
          isWorry: days > LedgerDuties.staleDays
        ),
        since: last.day
      )
    ]
  }

  func sightings() throws -> [MeasuredFact] { try unlisted() + unseen() }

  private func unlisted() throws -> [MeasuredFact] {
    // Devices, not lines: what several sources saw of one is one, as the list counts it.
    let open = try SightingRows.unlisted(.open, facility: facility.rawValue, in: tx)
    let unlisted = UnlistedThing.grouped(open)
    let oldest = try tx.row(
      """
      SELECT min(updated_at) AS oldest FROM sighting
      WHERE facility = \(facility.rawValue) AND state = 'open' AND asset IS NULL
      """
    )
    let ignored = UnlistedThing.grouped(try SightingRows.unlisted(.ignored, facility: facility.rawValue, in: tx))
    let listed = try tx.count(
      "SELECT count(DISTINCT asset) FROM sighting WHERE facility = \(facility.rawValue) AND asset IS NOT NULL"
    )
    let seen = listed + unlisted.count + ignored.count
    guard seen > 0 else { return [] }
    return [
      MeasuredFact(
        fact: Fact(
          key: "ledger.sightings.unlisted",
          facility: facility,
          label: Localized(ja: "台帳にない機器", en: "Found and not listed"),
          value: unlisted.count,
          population: seen,
          asOf: now,
          freshUntil: now.adding(days: LedgerFacts.freshDays),
          explanation: unlisted.isEmpty
            ? Localized(
              ja: "ネットワークや管理ツールで見つかった\(seen.grouped)台は、すべて台帳にあるか、対応が決まっています。",
              en: "All \(seen.grouped) devices seen on the network are listed or dealt with."
            )
            : Localized(
              ja: "ネットワークや管理ツールで見つかった\(seen.grouped)台のうち、\(unlisted.count.grouped)台は台帳にありません。",
              en: "Of \(seen.grouped) devices seen on the network, \(unlisted.count.english("is", "are")) in no ledger."
            ),
          link: "/ledger/unlisted",
          records: unlisted.map(\.id),
          isWorry: !unlisted.isEmpty
        ),
        since: unlisted.isEmpty ? nil : try oldest?.instant("oldest").day
      )
    ]
  }

  private func unseen() throws -> [MeasuredFact] {
    let since = now.adding(days: -SightingStore.freshDays)
    guard let unseen = try list(.asset).unseen(since: since, limit: Fact.mostListed, in: tx) else { return [] }
    return [
      MeasuredFact(
        fact: Fact(
          key: "ledger.assets.unseen",
          facility: facility,
          label: Localized(ja: "見つからない機器", en: "Listed and not seen"),
          value: unseen.total,
          population: unseen.population,
          asOf: now,
          freshUntil: now.adding(days: LedgerFacts.freshDays),
          explanation: unseen.total == 0
            ? Localized(
              ja: "使用中の\(unseen.population.grouped)台は、この\(SightingStore.freshDays)日のあいだにすべてネットワークで見つかっています。",
              en:
                "All \(unseen.population.grouped) devices in use were seen on the network within \(SightingStore.freshDays) days."
            )
            : Localized(
              ja:
                "使用中の\(unseen.population.grouped)台のうち\(unseen.total.grouped)台は、\(SightingStore.freshDays)日のあいだネットワークで見つかっていません。",
              en:
                "Of \(unseen.population.grouped) devices in use, \(unseen.total.english("was", "were")) not seen on the network for \(SightingStore.freshDays) days."
            ),
          link: "/ledger/unseen",
          records: unseen.records.map(\.id),
          recordCount: unseen.total,
          isWorry: unseen.total > 0
        ),
        since: unseen.records.map(\.createdAt).min()?.day
      )
    ]
  }
}
