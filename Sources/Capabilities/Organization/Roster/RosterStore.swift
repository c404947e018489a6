import Intake
import Journal
import Nouns
import Records
import SQL
import Text
import Time

/// Reads rosters and carries them out: the import of people, and last days for those who are no longer listed.
package struct RosterStore: Sendable {
  let engine: Records

  private let shelf = ComparisonShelf()

  package init(engine: Records) { self.engine = engine }

  /// A compared roster and what its ids are called.
  package struct Comparison: Sendable {
    package let roster: Roster
    package let preview: ImportPreview
    /// Those in the register whom the page speaks of.
    let people: [String: ExistingRecord]
    package let titles: [String: String]
  }

  package enum Refusal: Error, Sendable {
    /// The number that must be typed to go on.
    case wouldLeave(Int)
  }

  /// Throws `TabularError` where the file cannot be read.
  package func compare(_ source: ImportSource, in scope: Scope<ImportLedger>) async throws -> Comparison {
    var preview = try await engine.imports.preview(source, in: scope)
    guard case .records(_, let plan, _) = preview.content else { throw RecordError.notFound }
    let lastDays = Dictionary(
      preview.existing.map { ($0.id, $0.values["left_on"].flatMap { LocalDate(iso: $0) }) },
      uniquingKeysWith: { first, _ in first }
    )
    let roster = Roster(plan, lastDays: lastDays, today: engine.store.clock.now().day)
    let named = Self.named(roster)
    let people = preview.existing.filter { named.contains($0.id) }
    let titles = try await titles(people, roster, in: scope)
    // From here on only those are spoken of.
    preview.existing = []
    return Comparison(
      roster: roster,
      preview: preview,
      people: Dictionary(people.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }),
      titles: titles.merging(preview.titles) { first, _ in first }
    )
  }

  /// The comparison of a draft, kept until it is carried out or anything changes.
  func compare(_ draft: ImportDraftStore.Draft, in scope: Scope<ImportLedger>) async throws -> Comparison {
    let key = scope.facility.rawValue
    let mark = try await mark(draft, in: scope)
    if let kept = shelf.find(key, mark) { return kept }
    let made = try await compare(draft.source, in: scope)
    shelf.keep(key, mark, made)
    return made
  }

  /// Lets go of a comparison that was carried out.
  func forget(in scope: Scope<ImportLedger>) { shelf.drop(scope.facility.rawValue) }

  private func mark(
    _ draft: ImportDraftStore.Draft,
    in scope: Scope<ImportLedger>
  ) async throws -> ComparisonShelf.Mark {
    let key = scope.facility.rawValue
    let journal = try await engine.store.database.read(scope.reach) { tx in try JournalMark(key, in: tx) }
    return ComparisonShelf.Mark(
      draft: draft.id,
      journal: journal,
      today: engine.store.clock.now().day,
      said: ImportSaid(draft.source)
    )
  }

  /// Names shown of each list of the page.
  static let shown = 200

  /// Whom the page names.
  private static func named(_ roster: Roster) -> Set<String> {
    let changes = [roster.moved, roster.left, roster.willLeave, roster.otherwise]
    return Set(changes.flatMap { $0.prefix(shown).map(\.record) } + roster.absent.prefix(shown))
  }

  /// What the page's departments are called, before and after.
  private func titles(
    _ people: [ExistingRecord],
    _ roster: Roster,
    in scope: Scope<ImportLedger>
  ) async throws -> [String: String] {
    var wanted: [String: Set<String>] = [:]
    for field in Kind.person.references {
      guard let other = field.referenced else { continue }
      wanted[other, default: []].formUnion(people.compactMap { $0.values[field.key] })
      for changes in [roster.moved, roster.left, roster.willLeave, roster.otherwise] {
        for change in changes.prefix(Self.shown).flatMap(\.fields) where change.field == field.key {
          wanted[other, default: []].formUnion([change.from, change.to])
        }
      }
      wanted[other, default: []].formUnion(
        roster.joined.prefix(Self.shown).compactMap { $0.values[field.key]?.stored }
      )
    }
    return try await engine.store.titles(wanted.mapValues(Array.init), in: scope.reading)
  }

  /// Takes the roster in. With `leavers` everybody who is not in the file gets that last day; a file that would make a
  /// suspicious number of leavers is refused unless `confirmed` is that number. Answers the change sets, to undo each.
  package func apply(
    _ comparison: Comparison,
    leavers lastDay: LocalDate?,
    confirmed: Int?,
    in scope: Scope<ImportLedger>
  ) async throws -> (report: ImportReport, leaversSet: String?) {
    let absent = comparison.roster.absent
    if lastDay != nil, comparison.roster.isSuspicious, confirmed != absent.count {
      throw Refusal.wouldLeave(absent.count)
    }
    let report = try await engine.imports.commit(comparison.preview, in: scope)
    guard let lastDay, !absent.isEmpty else { return (report, nil) }
    let outcome = try await engine.store.bulkChange(
      .person,
      .ids(absent),
      ["left_on": lastDay.iso],
      reason: "名簿「\(comparison.preview.source.name)」にいないため",
      in: scope.editing
    )
    return (report, outcome.set)
  }
}
