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
  /// answers of the vendor came that is asked for them. Throws `AnswerProblems` that name their items,
  /// or `RoundConflict`; nothing is kept then.
  func take(
    _ lines: [(item: ChecklistItem, answer: FormAnswer, version: Int?)],
    reason: String,
    _ standing: Standing,
    reply: VendorReply? = nil,
    in scope: Scope<AnswerChecks>
  ) async throws {
    let checked = checked(lines, reason: reason, standing, reply: reply)
    guard checked.refused.isEmpty else {
      var problems = AnswerProblems()
      for refusal in checked.refused { problems.add("file", refusal.text.ja, refusal.text.en) }
      throw problems
    }
    try await rounds.keepAll(
      checked.drafts,
      of: standing.round.checklist,
      standing.round.period,
      reply: reply,
      in: scope
    )
  }

  /// The lines of a form as they would be kept, and what each is refused for: asked before anything is kept, so that whoever
  /// only looks is told the same.
  func checked(
    _ lines: [(item: ChecklistItem, answer: FormAnswer, version: Int?)],
    reason: String,
    _ standing: Standing,
    reply: VendorReply? = nil
  ) -> (
    drafts: [(item: ChecklistItem, draft: AnswerDraft, suggestion: Suggestion)], refused: [FormRefusal]
  ) {
    let checklist = standing.round.checklist
    let year = standing.round.year(startMonth: standing.fiscalYearStart)
    let differing = differing(lines.map { ($0.item, $0.answer) }, standing)
    var drafts: [(item: ChecklistItem, draft: AnswerDraft, suggestion: Suggestion)] = []
    let latest = { standing.round.answers[$0]?.latest }
    var refused = checklist.unasked(lines.map { ($0.item, $0.answer.latest) }, latest).map { item in
      FormRefusal(item, AnswerProblems.notAsked(item, of: checklist), isNamed: true)
    }
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
      do {
        drafts.append((line.item, try check.checked(draft), now.suggestion))
      } catch {
        refused += error.list.map { FormRefusal(line.item, $0) }
      }
    }
    return (drafts, refused)
  }
}

/// Why the answer of a form to an item is not taken.
struct FormRefusal: Sendable {
  let item: ChecklistItem
  let column: FormColumn
  /// With the name of the item.
  let text: Localized

  /// `isNamed` where the text names the item already.
  init(_ item: ChecklistItem, _ problem: AnswerProblems.Problem, isNamed: Bool = false) {
    self.item = item
    column =
      switch problem.field {
      case "second": .second
      case "target": .target
      case "remarks": .remarks
      default: .first
      }
    text =
      isNamed
      ? problem.text
      : Localized(ja: "\(item.name.ja)：\(problem.text.ja)", en: "\(item.name.en): \(problem.text.en)")
  }
}
