import Nouns
import Text

extension Assessment {
  /// Locks a round or opens it again, which takes a reason; `period` nil for the round of today. Answers whether anything
  /// changed: locked twice is locked. Throws `AnswerProblems` without a reason, `RoundConflict.unfinished` while items are
  /// open, `.unconfirmed` where answers still wait for a second person, and `.notLocked` where there is nothing to reopen.
  package func setLocked(
    _ isLocked: Bool,
    _ checklist: Checklist,
    period: String? = nil,
    reason: String?,
    in scope: Scope<AnswerChecks>
  ) async throws -> Bool {
    let reason = reason.map(Width.trimmed)
    if !isLocked, !(1...500).contains(reason?.count ?? 0) {
      var problems = AnswerProblems()
      problems.add("reason", "開き直す理由を500文字以内で入力してください。", "Say in at most 500 characters why it is reopened.")
      throw problems
    }
    let start = try await schedule.fiscalYearStart(scope.facility)
    do {
      try await rounds.setLocked(
        isLocked,
        checklist,
        period ?? checklist.period(on: today, fiscalYearStart: start),
        reason: reason,
        in: scope
      )
    } catch RoundConflict.locked {
      return false
    }
    return true
  }
}
