import Nouns
import Text
import Time

extension Assessment {
  /// A round as a workbook; `hospital` is the facility's name.
  package static func file(_ standing: Standing, hospital: String, language: Language) -> FormFile {
    let answers = standing.round.askedAnswers
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
      language: language,
      remark: late(standing)
    )
  }

  /// 「令和7年度の後の確認：2-⑬」; nil where every check was made in time.
  private static func late(_ standing: Standing) -> Localized? {
    let late = standing.items.compactMap { line -> (item: ChecklistItem, words: Localized)? in
      guard let answer = line.answer else { return nil }
      return (standing.lateness(answer.checkedOn) ?? standing.lateness(answer.secondOn)).map { (line.item, $0) }
    }
    guard let words = late.first?.words else { return nil }
    return Localized(
      ja: "\(words.ja)：\(late.map(\.item.name.ja).joined(separator: "、"))",
      en: "Items \(words.en): \(late.map(\.item.name.en).joined(separator: ", "))"
    )
  }

  /// Reads a form that came back for a round, or for the items that a vendor is asked for.
  func reader(_ standing: Standing, asked: VendorItems? = nil) -> FormReader {
    FormReader(
      checklist: asked?.checklist ?? standing.round.checklist,
      period: standing.round.period,
      vendor: asked?.vendor.id,
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

  /// Keeps the lines of a form that came back. `reason` is for those that differ from the records, `reply` says how the
  /// answers of the vendor came that is asked for them. Throws `AnswerProblems`
  /// or `RoundConflict`; nothing is kept then.
  func take(
    _ lines: [(item: ChecklistItem, answer: FormAnswer, version: Int?)],
    reason: String,
    _ standing: Standing,
    reply: VendorReply? = nil,
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
      draft.checkedOn = line.answer.checkedOn ?? (now.answer == nil ? reply?.on : nil)
      draft.secondOn = line.answer.secondOn
      draft.version = line.version
      let check = AnswerCheck(
        checklist: checklist,
        item: line.item,
        suggestion: now.suggestion,
        year: year,
        firstOn: now.answer?.checkedOn ?? today
      )
      drafts.append((line.item, try check.checked(draft), now.suggestion))
    }
    try await rounds.keepAll(drafts, of: checklist, standing.round.period, reply: reply, in: scope)
  }
}
