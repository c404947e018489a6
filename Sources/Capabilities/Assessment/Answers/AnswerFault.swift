import Text
import Time

/// Why an answer to an item is not taken.
struct AnswerFault: Sendable, Hashable {
  let reason: Localized
  let remedy: Localized

  var text: Localized { Localized(ja: reason.ja + remedy.ja, en: "\(reason.en) \(remedy.en)") }
}

extension ChecklistItem {
  /// What may be chosen; empty where the answer is typed.
  package var choices: [AnswerValue] {
    let values: [AnswerValue] =
      switch format.kind {
      case .yesNo: [.yes, .no]
      case .level: (0...3).map(AnswerValue.level)
      case .choice: format.choices.map(AnswerValue.choice)
      default: []
      }
    return values + (mayNotApply ? [.notApplicable] : [])
  }

  /// Whether it can be answered so; ranges are not looked at.
  package func takes(_ value: AnswerValue) -> Bool {
    switch value {
    case .yes, .no: format.kind == .yesNo
    case .level: format.kind == .level
    case .notApplicable: mayNotApply
    case .choice(let choice): format.kind == .choice && format.choices.contains(choice)
    case .number: format.kind == .number
    case .date: format.kind == .date
    case .text: format.kind == .text
    }
  }

  /// The same value, a choice called as this item calls it.
  package func named(_ value: AnswerValue) -> AnswerValue {
    guard case .choice(let choice) = value else { return value }
    return .choice(format.choices.first { $0 == choice } ?? choice)
  }

  /// An answer in words, a number with what it counts.
  package func words(_ value: AnswerValue) -> Localized {
    let label = value.label
    guard case .number = value, let unit = format.unit else { return label }
    return Localized(ja: "\(label.ja)\(unit.ja)", en: "\(label.en) \(unit.en)")
  }

  /// Reads an answer as people and programs write it: はい, yes, レベル2, a choice by key or label, a number, a day. Nil
  /// where it is none; whether it keeps to the range says `fault`.
  package func read(_ text: String, today: LocalDate) -> AnswerValue? {
    let trimmed = AnswerReading.trim(text)
    guard !trimmed.isEmpty else { return nil }
    if mayNotApply, AnswerValue(written: trimmed) == .notApplicable { return .notApplicable }
    switch format.kind {
    case .yesNo, .level:
      if let value = AnswerValue(text: trimmed), takes(value) { return value }
      return AnswerValue(written: trimmed, format.kind).flatMap { takes($0) ? $0 : nil }
    case .choice:
      if let value = AnswerValue(text: trimmed), takes(value) { return named(value) }
      return AnswerReading.choice(trimmed, format).map(AnswerValue.choice)
    case .number: return AnswerReading.number(trimmed).map(AnswerValue.number)
    case .date: return AnswerReading(today: today).day(trimmed).map(AnswerValue.date)
    case .text: return .text(trimmed)
    case .choices, .matrix: return nil
    }
  }

  /// What an answer has to be, for those whose words were not understood.
  package var wanted: Localized {
    if !choices.isEmpty, format.kind.isChosen {
      return Localized(
        ja: "「\(choices.map(\.label.ja).joined(separator: "」「"))」から選んでください。",
        en: "Choose one of \(choices.map { "“\($0.label.en)”" }.joined(separator: ", "))."
      )
    }
    let words = AnswerReading.problem(format)
    return mayNotApply
      ? Localized(ja: "\(words.ja)当てはまらないときは「該当なし」にします。", en: "\(words.en) Or answer “Not applicable”.")
      : words
  }

  /// What is wrong with an answer; `year` is the fiscal year of the round.
  func fault(_ value: AnswerValue, _ year: FiscalYear) -> AnswerFault? {
    guard takes(value) else {
      return AnswerFault(
        reason: Localized(ja: "この項目は「\(value.label.ja)」にできません。", en: "This item cannot be “\(value.label.en)”."),
        remedy: wanted
      )
    }
    switch value {
    case .number(let number) where !format.range.contains(number):
      let range = format.range
      return AnswerFault(
        reason: Localized(
          ja: "\(number)は、この項目の範囲（\(range.lowerBound)〜\(range.upperBound)）の外です。",
          en: "\(number) lies outside the range of this item, \(range.lowerBound) to \(range.upperBound)."
        ),
        remedy: AnswerReading.problem(format)
      )
    case .date(let day) where format.staysInYear && !year.contains(day):
      return AnswerFault(
        reason: Localized(
          ja: "日付が\(year.eraLabel)の外です（\(day.slashed)）。",
          en: "The date lies outside \(year.english) (\(day.iso))."
        ),
        remedy: Localized(
          ja: "\(year.first.slashed)から\(year.last.slashed)までの日にしてください。",
          en: "Give a day from \(year.first.iso) to \(year.last.iso)."
        )
      )
    case .text(let text) where text.count > AnswerFormat.longest:
      return AnswerFault(
        reason: Localized(ja: "文章が長すぎます。", en: "The text is too long."),
        remedy: AnswerReading.problem(format)
      )
    default: return nil
    }
  }
}
