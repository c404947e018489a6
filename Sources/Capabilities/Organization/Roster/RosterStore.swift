import Intake
import Nouns
import Records
import SQL
import Text
import Time

/// Reads rosters and carries them out: the import of people, and last days for those who are no longer listed.
package struct RosterStore: Sendable {
  let engine: Records

  package init(engine: Records) { self.engine = engine }

  /// A compared roster and what its ids are called.
  package struct Comparison: Sendable {
    package let roster: Roster
    package let preview: ImportPreview
    /// Those in the register, for names.
    package let people: [String: Record]
    package let titles: [String: String]
  }

  package enum Refusal: Error, Sendable {
    /// The number that must be typed to go on.
    case wouldLeave(Int)
  }

  /// Throws `TabularError` where the file cannot be read.
  package func compare(_ source: ImportSource, in scope: Scope<ImportLedger>) async throws -> Comparison {
    let preview = try await engine.imports.preview(source, in: scope)
    guard case .records(_, let plan, _) = preview.content else { throw RecordError.notFound }
    let page = try await engine.store.all(.person, limit: 1_000_000, in: scope.reading)
    let lastDays = Dictionary(
      page.records.map { ($0.id, $0.date("left_on")) },
      uniquingKeysWith: { first, _ in first }
    )
    return Comparison(
      roster: Roster(plan, lastDays: lastDays, today: engine.store.clock.now().day),
      preview: preview,
      people: Dictionary(page.records.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }),
      titles: page.titles.merging(preview.titles) { first, _ in first }
    )
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
