import Text
import Time

/// What an answer on a form must keep to, whichever way it came.
struct FormRule: Sendable {
  let checklist: Checklist
  /// The fiscal year of the form.
  let year: FiscalYear
  let today: LocalDate

  struct Problem: Sendable {
    let column: FormColumn
    let reason: Localized
    let remedy: Localized
  }

  func problems(_ answer: FormAnswer, _ item: ChecklistItem) -> [Problem] {
    var problems: [Problem] = []
    for (column, value) in [(FormColumn.first, answer.value as AnswerValue?), (.second, answer.second)] {
      guard let fault = value.flatMap({ item.fault($0, year) }) else { continue }
      problems.append(Problem(column: column, reason: fault.reason, remedy: fault.remedy))
    }
    if let fault = TargetRule(checklist: checklist, year: year).fault(answer.target, item, checkedOn: answer.checkedOn)
    {
      problems.append(Problem(column: .target, reason: fault.reason, remedy: fault.remedy))
    }
    for (column, day) in [(FormColumn.firstOn, answer.checkedOn), (.secondOn, answer.secondOn)] {
      if let problem = day.flatMap({ self.problem(column, $0) }) { problems.append(problem) }
    }
    if let first = answer.checkedOn, let second = answer.secondOn, second < first {
      problems.append(
        Problem(
          column: .secondOn,
          reason: Localized(
            ja: "2回目の確認が1回目より前です（\(second.slashed)、1回目は\(first.slashed)）。",
            en: "The second check lies before the first (\(second.iso), the first on \(first.iso))."
          ),
          remedy: Localized(
            ja: "1回目の後に確認した日を記入してください。",
            en: "Give a day on or after the first check."
          )
        )
      )
    }
    if answer.remarks.count > AnswerCheck.longest {
      problems.append(
        Problem(
          column: .remarks,
          reason: Localized(ja: "備考が長すぎます。", en: "The remarks are too long."),
          remedy: Localized(
            ja: "\(AnswerCheck.longest)文字以内で記入してください。",
            en: "At most \(AnswerCheck.longest) characters."
          )
        )
      )
    }
    return problems
  }

  /// A check is made in the year of the form, or after it where the form is late, which is told wherever the form is shown
  /// (`Round.lateness`): on the page an answer has the day on which it is given. Never before, unless the form is filled in
  /// before its year begins, and never in the future.
  private func problem(_ column: FormColumn, _ day: LocalDate) -> Problem? {
    let reason: Localized
    if day > today {
      reason = Localized(
        ja: "確認した日が先の日付です（\(day.slashed)）。",
        en: "The day of the check is in the future (\(day.iso))."
      )
    } else if day < year.first, year.first <= today {
      reason = Localized(
        ja: "確認した日が\(year.eraLabel)より前です（\(day.slashed)）。",
        en: "The day of the check lies before \(year.english) (\(day.iso))."
      )
    } else {
      return nil
    }
    return Problem(
      column: column,
      reason: reason,
      remedy: Localized(
        ja: "実際に確認した日を記入してください（\(year.first.slashed)から\(today.slashed)まで）。",
        en: "Give the day on which it was checked, from \(year.first.iso) to \(today.iso)."
      )
    )
  }
}
