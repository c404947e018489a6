import Nouns
import Tabular
import Text
import Time

/// What came of a form file that was taken in without a page: nothing is kept where it has problems.
package struct FormOutcome: Sendable {
  package let new: Int
  package let changed: Int
  /// Answers stored since the file was made; kept as they are unless told to overwrite them.
  package let newer: [String]
  package let same: Int
  /// Of those that were or would be kept, how many differ from the records.
  package let differing: Int
  package let kept: Int
  package let problems: [TabularError]
}

extension Assessment {
  /// Takes a file into the hospital's own round. `isDry` only tells what would happen, with everything that would be refused;
  /// `reason` is for answers that differ from the records. Throws `AnswerProblems` or `RoundConflict`.
  package func take(
    _ bytes: [UInt8],
    name: String,
    into standing: Standing,
    asked: VendorItems? = nil,
    reason: String,
    overwriting: Bool,
    isDry: Bool,
    in scope: Scope<AnswerChecks>
  ) async throws -> FormOutcome {
    guard standing.round.lockedAt == nil else { throw RoundConflict.locked }
    let checklist = standing.round.checklist
    let changed = try await changedOfficial(bytes, name: name, checklist, scope.facility)
    let reading = try changed.isEmpty ? reader(standing, asked: asked).read(bytes, name: name) : .refused(changed)
    let stored = standing.round.answers.mapValues { (answer: $0.onForm, version: $0.version) }
    let comparison = FormComparison(reading, checklist, stored: stored)
    let wanted = Self.wanted(comparison, overwriting)
    let lines = wanted.map { (item: $0.item, answer: $0.answer, version: $0.version) }
    let reply = asked.map { reading.reply(of: $0.vendor.name, today: today) }
    let refused = checked(lines, reason: reason, standing, reply: reply).refused.map(reading.problem)
    let isKept = reading.problems.isEmpty && refused.isEmpty && !isDry && !lines.isEmpty
    if isKept { try await take(lines, reason: reason, standing, reply: reply, in: scope) }
    return Self.outcome(
      comparison,
      reading,
      kept: isKept ? lines.count : 0,
      differing: differing(lines.map { ($0.item, $0.answer) }, standing).count,
      refused: refused
    )
  }

  /// Takes a file into the form of a vendor.
  package func take(
    _ bytes: [UInt8],
    name: String,
    of line: VendorStanding,
    _ checklist: Checklist,
    overwriting: Bool,
    isDry: Bool,
    in scope: Scope<AnswerChecks>
  ) async throws -> FormOutcome {
    let round = try await vendorRound(checklist, scope.facility)
    let reader = FormReader(
      checklist: checklist,
      period: round.period,
      vendor: line.vendor.id,
      year: round.year,
      today: today
    )
    let changed = try await changedOfficial(bytes, name: name, checklist, scope.facility)
    let reading = try changed.isEmpty ? reader.read(bytes, name: name) : .refused(changed)
    let stored = line.form?.answers.mapValues { (answer: $0.answer, version: $0.version) } ?? [:]
    let comparison = FormComparison(reading, checklist, stored: stored)
    let lines = Self.wanted(comparison, overwriting).map { (item: $0.item, answer: $0.answer, version: $0.version) }
    let isKept = reading.problems.isEmpty && !isDry && !lines.isEmpty
    if isKept {
      try await vendorForms.store.keep(
        lines,
        of: line.vendor,
        checklist,
        round.period,
        reply: reading.reply(of: line.vendor.name, today: today),
        in: scope
      )
    }
    return Self.outcome(comparison, reading, kept: isKept ? lines.count : 0, differing: 0)
  }

  private static func wanted(_ comparison: FormComparison, _ overwriting: Bool) -> [FormComparison.Line] {
    comparison.lines.filter { line in
      switch line.change {
      case .new, .changed: true
      case .newer: overwriting
      case .same: false
      }
    }
  }

  private static func outcome(
    _ comparison: FormComparison,
    _ reading: FormReading,
    kept: Int,
    differing: Int,
    refused: [TabularError] = []
  ) -> FormOutcome {
    FormOutcome(
      new: comparison.count(.new),
      changed: comparison.count(.changed),
      newer: comparison.lines.filter { $0.change == .newer }.map(\.item.key),
      same: comparison.count(.same),
      differing: differing,
      kept: kept,
      problems: reading.problems + refused
    )
  }
}
