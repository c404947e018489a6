import Design
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

    package var message: Localized {
      switch self {
      case .wouldLeave(let count):
        Localized(
          ja: "この名簿では\(count.grouped)名が退職になります。正しければ、人数「\(count)」を入力してください。部署だけの名簿なら「そのままにする」を選んでください。",
          en:
            "This file would make \(count.grouped) people leavers. If that is right, type \(count). If it is a part of the roster, leave them as they are."
        )
      }
    }
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
    let lines = Roster.Group.allCases.filter { $0 != .missing }.flatMap { roster.lines($0).prefix(Self.shown) }
    return try await titles(lines, people.map(\.values), in: scope)
  }

  /// What the records are called to which these lines and people point.
  func titles(
    _ lines: [Roster.Line],
    _ people: [[String: String]],
    in scope: Scope<ImportLedger>
  ) async throws -> [String: String] {
    var wanted: [String: Set<String>] = [:]
    for field in Kind.person.references {
      guard let other = field.referenced else { continue }
      wanted[other, default: []].formUnion(people.compactMap { $0[field.key] })
      for change in lines.flatMap(\.fields) where change.field == field.key {
        wanted[other, default: []].formUnion([change.from, change.to])
      }
      wanted[other, default: []].formUnion(lines.compactMap { $0.joining?.values[field.key]?.stored })
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

  /// Takes the roster of a draft in, once, and lets go of what was kept for it.
  func apply(
    _ comparison: Comparison,
    of draft: ImportDraftStore.Draft,
    leavers lastDay: LocalDate?,
    confirmed: Int?,
    in scope: Scope<ImportLedger>
  ) async throws -> (report: ImportReport, leaversSet: String?) {
    let outcome = try await apply(comparison, leavers: lastDay, confirmed: confirmed, in: scope)
    try await engine.drafts.commit(draft.id, set: outcome.report.set ?? outcome.leaversSet ?? "", in: scope)
    shelf.drop(scope.facility.rawValue)
    return outcome
  }
}
