import Nouns
import Text
import Time
import Web

/// Two rounds that are compared, and all that there are to compare with.
package struct RoundComparison: Sendable {
  /// Nil where nothing was answered before.
  package let before: Round?
  package let after: Round
  let known: [(checklist: Checklist, period: String)]

  package var difference: RoundDifference? { before.map { RoundDifference(from: $0, to: after) } }

  /// A round by its name that there is not.
  package struct Unknown: Error, Sendable {
    package let text: String

    package var words: Localized {
      Localized(
        ja: "「\(text)」という回はありません。prefecture-20/2026-11 のように、点検表と回を書いてください。",
        en: "There is no round “\(text)”. Write checklist and round, like prefecture-20/2026-11."
      )
    }
  }

  /// What changed, as programs and the command line are told.
  package static let shape = JSONShape<RoundComparison>([
    .maybe("from") { $0.before?.place }, .text("to") { $0.after.place },
    .list("lines", line) { $0.difference?.lines ?? [] },
  ])

  private static let line = JSONShape<RoundDifference.Line>([
    .text("topic") { $0.topic }, .words("text") { ($0.after ?? $0.before)?.text ?? Localized(both: "") },
    .maybe("before") { $0.before?.value?.plain }, .maybe("after") { $0.after?.value?.plain },
    .choice("change", RoundDifference.Change.allCases.map(\.rawValue)) { $0.change.rawValue },
  ])
}

extension Assessment {
  /// Compares two rounds, by `pack/period`: without `to` that of `period`, today's where that is nil; without `from` the
  /// round before, else one of another edition: the one that asks most of the same, at least half of it. Throws `RoundComparison.Unknown`.
  package func compared(
    _ checklist: Checklist,
    period: String? = nil,
    from: String? = nil,
    to: String? = nil,
    _ facility: FacilityID
  ) async throws -> RoundComparison {
    let start = try await schedule.fiscalYearStart(facility)
    let shelf = try await shelf(facility)
    var known = try await rounds.answered(facility).compactMap { line in
      shelf.checklist(line.pack).map { (checklist: $0, period: line.period) }
    }
    func asked(_ text: String?) throws -> (checklist: Checklist, period: String)? {
      guard let text, !text.isEmpty else { return nil }
      // The round of today may be compared before anything is answered.
      let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
      guard parts.count == 2, let checklist = shelf.checklist(parts[0]),
        checklist.problem(ofRound: parts[1], on: today, fiscalYearStart: start) == nil
      else { throw RoundComparison.Unknown(text: text) }
      return (checklist, parts[1])
    }
    let current = (checklist: checklist, period: period ?? checklist.period(on: today, fiscalYearStart: start))
    let after = try asked(to) ?? current
    let earlier = known.filter { $0.checklist.id == after.checklist.id && $0.period < after.period }
      .max { $0.period < $1.period }
    let other = Self.closest(to: after.checklist, among: known)
    var before: Round?
    if let chosen = try asked(from) ?? earlier ?? other {
      before = try await rounds.round(chosen.checklist, chosen.period, facility)
    }
    if !known.contains(where: { $0.checklist.id == after.checklist.id && $0.period == after.period }) {
      known.insert(after, at: 0)
    }
    return RoundComparison(
      before: before,
      after: try await rounds.round(after.checklist, after.period, facility),
      known: known
    )
  }

  /// The round of another checklist that asks most of what this one asks; nil where none asks half of it. Of two equal ones
  /// the later.
  static func closest(
    to checklist: Checklist,
    among known: [(checklist: Checklist, period: String)]
  ) -> (checklist: Checklist, period: String)? {
    let topics = Set(checklist.items.filter { !$0.isGate }.map(\.topic))
    func common(_ other: Checklist) -> Int { topics.intersection(other.items.map(\.topic)).count }
    return known.filter { $0.checklist.id != checklist.id && 2 * common($0.checklist) >= topics.count }
      .max { (common($0.checklist), $0.period) < (common($1.checklist), $1.period) }
  }
}
