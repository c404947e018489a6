import Design
import HTML
import Text

/// How states and answers look, the same on every page.
enum AnswerChips {
  static func word(_ state: ItemStanding.State) -> Localized {
    switch state {
    case .contradicted: Localized(ja: "記録と違う", en: "Contradicted")
    case .moved: Localized(ja: "記録が変わった", en: "Records changed")
    case .open: Localized(ja: "要回答", en: "To answer")
    case .suggested: Localized(ja: "確認待ち", en: "To confirm")
    case .answered: Localized(ja: "回答済み", en: "Answered")
    }
  }

  static func state(_ state: ItemStanding.State, _ language: Language) -> Chip {
    let tint: Chip.Tint =
      switch state {
      case .contradicted: .red
      case .moved: .orange
      case .open: .yellow
      case .suggested: .blue
      case .answered: .grey
      }
    return Chip(word(state)[language], tint)
  }

  /// An answer to an item: a chip, a text as it is.
  static func answer(_ value: AnswerValue, of item: ChecklistItem, goal: Int?, _ language: Language) -> HTML {
    if case .text(let text) = value { return "<span class=\"keep\">\(text)</span>" }
    guard case .number = value else { return answer(value, goal: goal, language).html }
    return Chip(item.words(value)[language], .blue).html
  }

  static func answer(_ value: AnswerValue, goal: Int?, _ language: Language) -> Chip {
    let tint: Chip.Tint =
      switch value {
      case .yes: .green
      case .no: .red
      case .notApplicable: .grey
      case .choice, .number, .date, .text: .blue
      case .level(let level): level >= (goal ?? 2) ? .green : level == 0 ? .red : .orange
      }
    return Chip(value.label[language], tint)
  }
}
