import Design
import Text
import Time

/// The fields an item is answered with, the same on its page, in a preview and for vendors.
struct AnswerFields {
  let item: ChecklistItem
  let language: Language

  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  /// What stands in the field for an answer that was given.
  static func shown(_ value: AnswerValue) -> String {
    switch value {
    case .date(let day): day.slashed
    case .number, .text: value.plain
    case .yes, .no, .level, .choice: value.text
    case .notApplicable: value.text
    }
  }

  /// `chosen` is what stands there now. Where the answer is typed and may not apply, a box of its own (`absent`) says so.
  func fields(
    _ name: String,
    _ label: String,
    chosen: String,
    isAbsent: Bool = false,
    absent: String = "absent",
    required: Bool = true,
    open: Choice? = nil
  ) -> [FormField] {
    let format = item.format
    if format.kind.isChosen {
      let choices = item.choices.enumerated().map { place, value in
        let isLevel = format.kind == .level && item.levels.indices.contains(place)
        return Choice(value.text, value.label[language], support: isLevel ? item.levels[place][language] : nil)
      }
      return [
        .radios(
          name,
          label,
          (open.map { [$0] } ?? []) + choices,
          chosen: chosen,
          across: format.kind == .yesNo,
          required: required
        )
      ]
    }
    let typed = isAbsent && chosen == AnswerValue.notApplicable.text ? "" : chosen
    var fields = [self.typed(name, label, typed, required)]
    if item.mayNotApply {
      fields.append(
        .checkboxes(
          absent,
          say("当てはまらないとき", "Where it does not apply"),
          [Choice("na", AnswerValue.notApplicable.label[language])],
          chosen: isAbsent ? ["na"] : []
        )
      )
    }
    return fields
  }

  private func typed(_ name: String, _ label: String, _ value: String, _ required: Bool) -> FormField {
    let format = item.format
    // Required as a whole: what does not apply is ticked instead.
    let isRequired = required && !item.mayNotApply
    switch format.kind {
    case .number:
      return .number(name, label, value: value, required: isRequired, support: format.span[language])
    case .date:
      return .date(
        name,
        label,
        value: value,
        language: language,
        required: isRequired,
        support: format.staysInYear
          ? say("年度の中の日。例：令和8年11月21日、2026/11/21", "A day of the fiscal year, such as 21 Nov 2026") : nil
      )
    default:
      return .lines(name, label, value: value, rows: 4, required: isRequired)
    }
  }
}
