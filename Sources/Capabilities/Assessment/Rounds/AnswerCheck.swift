import Nouns
import Text
import Time

/// What an answer must keep to before it is kept.
struct AnswerCheck {
  let checklist: Checklist
  let item: ChecklistItem
  let suggestion: Suggestion
  /// The fiscal year of the round.
  let year: FiscalYear
  /// The day of the first check where the answer names none: that of the answer before it, else today.
  let firstOn: LocalDate

  static let longest = 2_000

  /// The draft as it is kept: blanks around a reason say nothing, and a reason of blanks is none.
  func checked(_ draft: AnswerDraft) throws(AnswerProblems) -> AnswerDraft {
    var draft = draft
    draft.reason = Width.trimmed(draft.reason)
    var problems = AnswerProblems()
    for (field, value) in [("value", draft.value as AnswerValue?), ("second", draft.secondValue)] {
      guard let fault = value.flatMap({ item.fault($0, year) }) else { continue }
      problems.add(field, fault.text.ja, fault.text.en)
    }
    if draft.reason.isEmpty { missingReason(draft, &problems) }
    for (field, text) in [("reason", draft.reason), ("remarks", draft.remarks)] where text.count > Self.longest {
      problems.add(field, "\(Self.longest)文字以内で入力してください。", "At most \(Self.longest) characters.")
    }
    let target = TargetRule(checklist: checklist, year: year)
    if let fault = target.fault(draft.target, item, checkedOn: draft.checkedOn ?? firstOn) {
      problems.add("target", fault.text.ja, fault.text.en)
    }
    guard problems.list.isEmpty else { throw problems }
    return draft
  }

  /// Whichever answer counts: a second check that comes to what the records say needs no reason, whatever was answered first.
  private func missingReason(_ draft: AnswerDraft, _ problems: inout AnswerProblems) {
    let counted = draft.latest
    guard suggestion.isDifferent(counted) else { return }
    let why = suggestion.contradiction(of: counted)
    let wanted =
      counted == .notApplicable
      ? Localized(ja: "「該当なし」とする理由を入力してください。", en: "Say why it is left out.")
      : Localized(ja: "違う答えにする理由を入力してください。", en: "Say why the answer differs.")
    problems.add("reason", why.ja + wanted.ja, "\(why.en) \(wanted.en)")
  }
}
