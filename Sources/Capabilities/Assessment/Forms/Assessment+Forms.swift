import Nouns
import Text
import Time

extension Assessment {
  /// A round as a workbook; `hospital` is the facility's name.
  package static func file(_ standing: Standing, hospital: String, language: Language) -> FormFile {
    let answers = standing.round.answers
    return FormFile(
      checklist: standing.round.checklist,
      period: standing.round.period,
      periodName: standing.name,
      vendor: nil,
      facility: hospital,
      systems: [],
      answers: answers.mapValues(\.onForm),
      versions: answers.mapValues(\.version),
      wording: standing.wording,
      language: language
    )
  }

  /// Reads a form that came back for a round.
  func reader(_ standing: Standing) -> FormReader {
    FormReader(
      checklist: standing.round.checklist,
      period: standing.round.period,
      vendor: nil,
      year: standing.round.year(startMonth: standing.fiscalYearStart),
      today: today
    )
  }

  /// Items whose answer on a form differs from what the records say, without a reason kept for it already.
  func differing(_ lines: [(item: ChecklistItem, answer: FormAnswer)], _ standing: Standing) -> Set<String> {
    Set(
      lines.compactMap { line in
        guard let now = standing[line.item.key] else { return nil }
        let counted = line.answer.second ?? line.answer.value
        guard now.suggestion.isDifferent(counted) else { return nil }
        return now.answer?.latest == counted && now.answer?.reason.isEmpty == false ? nil : line.item.key
      }
    )
  }

  /// Keeps the lines of a form that came back. `reason` is for those that differ from the records. Throws `AnswerProblems`
  /// or `RoundConflict`; nothing is kept then.
  func take(
    _ lines: [(item: ChecklistItem, answer: FormAnswer, version: Int?)],
    reason: String,
    _ standing: Standing,
    in scope: Scope<AnswerChecks>
  ) async throws {
    let checklist = standing.round.checklist
    let year = standing.round.year(startMonth: standing.fiscalYearStart)
    let differing = differing(lines.map { ($0.item, $0.answer) }, standing)
    var drafts: [(item: ChecklistItem, draft: AnswerDraft, suggestion: Suggestion)] = []
    for line in lines {
      guard let now = standing[line.item.key] else { continue }
      var draft = AnswerDraft(line.answer.value)
      draft.reason = differing.contains(line.item.key) ? reason : now.answer?.reason ?? ""
      draft.remarks = line.answer.remarks
      draft.target = line.answer.target
      draft.secondValue = line.answer.second
      draft.checkedOn = line.answer.checkedOn
      draft.secondOn = line.answer.secondOn
      draft.version = line.version
      let check = AnswerCheck(checklist: checklist, item: line.item, suggestion: now.suggestion, year: year)
      drafts.append((line.item, try check.checked(draft), now.suggestion))
    }
    try await rounds.keepAll(drafts, of: checklist, standing.round.period, in: scope)
  }
}
