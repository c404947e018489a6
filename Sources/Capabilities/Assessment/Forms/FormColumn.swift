import Text

/// A column of a form, in the official order: what is asked, the first check, the target date, the second check, remarks.
enum FormColumn: String, Sendable, CaseIterable {
  case section, number, text, first, firstOn, target, second, secondOn, remarks

  /// Those a form has; with a second check where some items are looked at twice, with sections where there are some.
  static func all(_ checklist: Checklist) -> [FormColumn] {
    let columns: [FormColumn] = checklist.asksTwice ? allCases : [.section, .number, .text, .first, .firstOn, .remarks]
    return checklist.sections.allSatisfy(\.number.isEmpty) ? columns.filter { $0 != .section } : columns
  }

  /// Those that whoever answers fills in.
  static let filledIn: [FormColumn] = [.first, .firstOn, .target, .second, .secondOn, .remarks]

  func label(of checklist: Checklist) -> Localized { label(checklist.asksTwice ? .checklist : .levels) }

  private func label(_ form: Checklist.Form) -> Localized {
    switch self {
    case .section: Localized(ja: "区分", en: "Section")
    case .number: Localized(ja: "番号", en: "No.")
    case .text: Localized(ja: "チェック項目", en: "Item")
    case .first: form == .levels ? Localized(ja: "結果", en: "Level") : Localized(ja: "1回目", en: "First check")
    case .firstOn:
      form == .levels ? Localized(ja: "確認日", en: "Checked on") : Localized(ja: "1回目の日付", en: "First check on")
    case .target: Localized(ja: "目標日", en: "Target date")
    case .second: Localized(ja: "2回目", en: "Second check")
    case .secondOn: Localized(ja: "2回目の日付", en: "Second check on")
    case .remarks: Localized(ja: "備考", en: "Remarks")
    }
  }

  /// What the head is called in forms of others.
  var synonyms: [String] {
    let own = [label(.checklist), label(.levels)].flatMap { [$0.ja, $0.en] }
    switch self {
    case .section: return own + ["分類", "大項目", "項目区分"]
    case .number: return own + ["No", "№", "項番", "項目番号"]
    case .text: return own + ["項目", "確認項目", "点検項目", "内容"]
    case .first: return own + ["1回目の確認", "1回目確認", "1回目の確認結果", "レベル"]
    case .firstOn: return own + ["1回目確認日", "1回目の確認日"]
    case .target: return own + ["対応目標日", "目標期日"]
    case .second: return own + ["2回目の確認", "2回目確認", "2回目の確認結果"]
    case .secondOn: return own + ["2回目確認日", "2回目の確認日"]
    case .remarks: return own + ["備考欄", "特記事項"]
    }
  }

  /// What a head says; notes behind a bracket or in a second line do not count.
  static func named(_ head: String) -> FormColumn? {
    let short = plain(head)
    guard !short.isEmpty else { return nil }
    return allCases.first { column in column.synonyms.contains { plain($0) == short } }
  }

  /// 日付 and 確認日 belong to the check left of them.
  static func isDay(_ head: String) -> Bool { ["日付", "確認日", "確認日付", "年月日", "date"].contains(plain(head)) }

  private static func plain(_ head: String) -> String {
    let line = head.split(separator: "\n").first.map(String.init) ?? ""
    return Fold.key(String(Width.halved(line).prefix { $0 != "(" }).filter { $0 != " " })
  }
}
