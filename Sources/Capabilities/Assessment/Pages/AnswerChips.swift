import Design
import Text

/// How states and answers look, the same on every page.
enum AnswerChips {
  static func state(_ state: ItemStanding.State, _ language: Language) -> Chip {
    switch state {
    case .contradicted: Chip(Localized(ja: "記録と違う", en: "Contradicted")[language], .red)
    case .moved: Chip(Localized(ja: "記録が変わった", en: "Records changed")[language], .orange)
    case .open: Chip(Localized(ja: "要回答", en: "To answer")[language], .yellow)
    case .suggested: Chip(Localized(ja: "確認待ち", en: "To confirm")[language], .blue)
    case .answered: Chip(Localized(ja: "回答済み", en: "Answered")[language], .grey)
    }
  }

  static func answer(_ value: AnswerValue, goal: Int?, _ language: Language) -> Chip {
    let tint: Chip.Tint =
      switch value {
      case .yes: .green
      case .no: .red
      case .notApplicable: .grey
      case .level(let level): level >= (goal ?? 2) ? .green : level == 0 ? .red : .orange
      }
    return Chip(value.label[language], tint)
  }
}
