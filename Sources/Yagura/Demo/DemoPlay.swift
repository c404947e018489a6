import Foundation
import Ledger
import Nouns
import Records
import SQL
import Synchronization
import Text
import Time

/// Plays a demo hospital's two years through the same doors as a user's data: the import, the store's edits, the archive.
struct DemoPlay: Sendable {
  let hospital: DemoHospital
  let seed: UInt64
  let today: LocalDate

  static let signIn = DemoSignIn(user: "sato", password: "yagura-mihon-2026")

  func run(in folder: DataFolder) async throws {
    let watch = DemoClock(Instant(today.adding(days: -731), hour: 9))
    let house = try await House.open(folder, creating: true, clock: watch.clock, ids: watch.ids(seed: seed))
    do {
      try await house.setUp(
        facility: DemoNames.facility,
        administrator: Self.signIn.user,
        name: hospital.people[0],
        password: Self.signIn.password
      )
      let facility = try await house.facility(nil)
      let actors = try await DemoActors(house, facility, hospital.people)
      var index = RecordIndex()
      let follow = DemoFollowThrough(
        house: house,
        facility: facility,
        hospital: hospital,
        today: today,
        actors: actors
      )
      // The sticks of the months before, and that of the week before the walk round the wards.
      var sticks: [(ago: Int, month: Int?)] = DemoFollowThrough.months.enumerated().map { ($1, $0) }
      sticks.append((21, nil))
      let checks = DemoChecks(house: house, facility: facility, administrator: actors.administrator)
      let polls = DemoPolls(house: house, facility: facility, administrator: actors.administrator)
      var rounds = Array(DemoChecks.days(before: today).enumerated())
      for step in hospital.steps {
        while let next = rounds.first, step.day > next.element {
          rounds.removeFirst()
          watch.advance(to: Instant(next.element, hour: 10))
          try await checks.play(next.offset)
          if rounds.isEmpty { try await polls.begin() }
        }
        while let next = sticks.first, step.day > today.adding(days: -next.ago) {
          sticks.removeFirst()
          watch.advance(to: Instant(today.adding(days: -next.ago), hour: 8))
          if let month = next.month { try await follow.past(month) } else { try await follow.begin() }
        }
        watch.advance(to: Instant(step.day, hour: step.hour))
        try await play(step.event, as: actors[step.person], in: facility, house, &index)
      }
      for round in rounds {
        watch.advance(to: Instant(round.element, hour: 10))
        try await checks.play(round.offset)
        if round.offset == rounds.last?.offset { try await polls.begin() }
      }
      try await follow.goOn(watch)
      // Early on the first where today is that: the month's answers are of this month on any day.
      watch.advance(to: Instant(LocalDate(year: today.year, month: today.month, day: 1) ?? today))
      try await polls.answer()
      try Self.signIn.write(folder)
    } catch {
      await house.close()
      throw error
    }
    await house.close()
  }

  /// Ids of records by the text that identifies them in the files; read again after each import.
  struct RecordIndex { var ids: [String: [String: String]] = [:] }

  private func play(
    _ event: DemoHospital.Event,
    as actor: Actor,
    in facility: FacilityID,
    _ house: House,
    _ index: inout RecordIndex
  ) async throws {
    let request = house.ids.next()
    let editing = Scope<EditLedger>.operatorOf(facility, as: actor, request: request)
    switch event {
    case .importTable(let table):
      guard let kind = Capabilities.catalogue.importKind(table.kind) else { return }
      let scope = Scope<ImportLedger>.operatorOf(facility, as: actor, request: request)
      let source = ImportSource(kind: kind, name: table.file, bytes: table.bytes)
      _ = try await house.records.imports.run(source, in: scope)
      index.ids = [:]
    case .edit(let kind, let record, let field, let value, let reason):
      guard let found = try await find(kind, record, editing.reading, house, &index) else { return }
      do {
        _ = try await house.records.store.bulkChange(
          found.kind,
          .ids([found.id]),
          [field: value],
          reason: reason,
          in: editing
        )
      } catch RecordError.notFound {
        return  // It was retired earlier in the story.
      } catch RecordError.invalid {
        return  // A place that the ledger does not know by that name stays as it was.
      }
    case .walk(let act): try await DemoRounds(house: house, facility: facility, actor: actor).play(act)
    case .work(let act): try await DemoWorks(today: today).play(act, house, facility, as: actor)
    case .media(let act): try await DemoMedia(today: today).play(act, house, facility, as: actor)
    case .archive(let kind, let record, let reason):
      guard let found = try await find(kind, record, editing.reading, house, &index) else { return }
      _ = try await house.records.store.archive(found.kind, .ids([found.id]), reason: reason, in: editing)
    }
  }

  private func find(
    _ key: String,
    _ text: String,
    _ scope: Scope<ReadLedger>,
    _ house: House,
    _ index: inout RecordIndex
  ) async throws -> (kind: Kind, id: String)? {
    guard let kind = Capabilities.catalogue.kind(key) else { return nil }
    if index.ids[key] == nil {
      var ids: [String: String] = [:]
      for record in try await house.records.store.all(kind, ListQuery(archived: .with), in: scope).records {
        ids[record.values[kind.identities[0][0]] ?? record.title] = record.id
        ids[record.title] = record.id
      }
      index.ids[key] = ids
    }
    return index.ids[key]?[text].map { (kind, $0) }
  }
}

/// A clock that the story sets, a millisecond further with each look, and ids that the seed decides.
final class DemoClock: Sendable {
  private let now: Mutex<Instant>

  init(_ start: Instant) { now = Mutex(start) }

  func advance(to moment: Instant) { now.withLock { $0 = max($0, moment) } }

  var clock: Clock {
    Clock { [self] in
      now.withLock { now in
        now = Instant(milliseconds: now.milliseconds + 1)
        return now
      }
    }
  }

  func ids(seed: UInt64) -> IDMaker {
    let random = Mutex(DemoRandom(seed: seed ^ 0x5eed))
    let clock = clock
    let chance = Chance(random)
    return IDMaker {
      let (high, low) = chance.next()
      return IDMaker.uuid7(at: clock.now(), high: high, low: low)
    }
  }

  private final class Chance: Sendable {
    private let random: Mutex<DemoRandom>

    init(_ random: consuming Mutex<DemoRandom>) { self.random = random }

    func next() -> (UInt64, UInt64) { random.withLock { ($0.next(), $0.next()) } }
  }
}
