import Text
import Time

/// What an answer must keep to before it is kept.
struct AnswerCheck {
  let checklist: Checklist
  let item: ChecklistItem
  let suggestion: Suggestion
  /// The fiscal year of the round.
  let year: FiscalYear

  static let longest = 2_000

  func check(_ draft: AnswerDraft) throws(AnswerProblems) {
    var problems = AnswerProblems()
    for (field, value) in [("value", draft.value as AnswerValue?), ("second", draft.secondValue)] {
      guard let fault = value.flatMap({ item.fault($0, year) }) else { continue }
      problems.add(field, fault.text.ja, fault.text.en)
    }
    if let shown = suggestion.proven, draft.value != shown, draft.reason.isEmpty {
      problems.add(
        "reason",
        "記録は「\(shown.label.ja)」を示しています。違う答えにする理由を入力してください。",
        "The records say “\(shown.label.en)”. Say why the answer differs."
      )
    }
    for (field, text) in [("reason", draft.reason), ("remarks", draft.remarks)] where text.count > Self.longest {
      problems.add(field, "\(Self.longest)文字以内で入力してください。", "At most \(Self.longest) characters.")
    }
    if let target = draft.target, checklist.targetsStayInYear, !year.contains(target) {
      problems.add(
        "target",
        "目標日は\(year.eraLabel)の中（\(year.first.era())から\(year.last.era())まで）にしてください。",
        "The target date must lie in \(year.english), from \(year.first.english) to \(year.last.english)."
      )
    }
    guard problems.list.isEmpty else { throw problems }
  }
}
