import Text
import Time

/// What a target date must keep to, on the page as in a file: by then a no shall be a yes.
struct TargetRule: Sendable {
  let checklist: Checklist
  /// The fiscal year of the round, in which it must lie where the checklist says so.
  let year: FiscalYear

  /// What is wrong with it, nil where nothing is. What shall be better one day was looked at before that day.
  func fault(_ target: LocalDate?, _ item: ChecklistItem, checkedOn checked: LocalDate?) -> AnswerFault? {
    guard let target else { return nil }
    if item.format.kind != .yesNo {
      return AnswerFault(
        reason: Localized(ja: "この項目に目標日はありません。", en: "This item has no target date."),
        remedy: Localized(
          ja: "目標日は「はい・いいえ」の項目だけに付けられます。",
          en: "Only items answered with yes or no have one."
        )
      )
    }
    if checklist.targetsStayInYear, !year.contains(target) {
      return AnswerFault(
        reason: Localized(
          ja: "目標日が\(year.eraLabel)の外です（\(target.slashed)）。",
          en: "The target date lies outside \(year.english) (\(target.iso))."
        ),
        remedy: Localized(
          ja: "\(year.first.slashed)から\(year.last.slashed)までの日にしてください。",
          en: "Give a day from \(year.first.iso) to \(year.last.iso)."
        )
      )
    }
    guard let checked, target < checked else { return nil }
    return AnswerFault(
      reason: Localized(
        ja: "目標日が確認した日より前です（\(target.slashed)、確認は\(checked.slashed)）。",
        en: "The target date lies before the check (\(target.iso), checked on \(checked.iso))."
      ),
      remedy: Localized(ja: "確認した日より後の日にしてください。", en: "Give a later day.")
    )
  }
}
