import Design
import Text

/// Why an answer was not kept: by field, what is wrong and what to do.
package struct AnswerProblems: Error, Sendable {
  package typealias Problem = (field: String, text: Localized)

  package private(set) var list: [Problem] = []

  mutating func add(_ field: String, _ ja: String, _ en: String) { list.append((field, Localized(ja: ja, en: en))) }

  /// An answer to a child that is not asked.
  mutating func add(notAsked item: ChecklistItem, of checklist: Checklist) {
    list.append(Self.notAsked(item, of: checklist))
  }

  static func notAsked(_ item: ChecklistItem, of checklist: Checklist) -> Problem {
    let when = checklist.condition(item) ?? Localized(both: "")
    return (
      "value",
      Localized(
        ja: "\(item.name.ja) は、\(when.ja)だけに尋ねます。先にその項目に答えてください。",
        en: "\(item.name.en) is asked only \(when.en). Answer that item first."
      )
    )
  }

  /// Somebody was to be asked for what the answers so far do not ask.
  mutating func add(notAskedNow item: ChecklistItem, of checklist: Checklist) {
    if let when = checklist.condition(item) {
      add(
        "items",
        "\(item.name.ja) は、\(when.ja)だけに尋ねるため、いまは頼めません。先にその項目に答えてください。",
        "\(item.name.en) is asked only \(when.en), so nobody can be asked now. Answer that item first."
      )
    } else {
      add(
        "items",
        "前提の項目に「いいえ」と答えてあるため、\(item.name.ja) は頼めません。",
        "The gate is answered “No”, so nobody can be asked for \(item.name.en)."
      )
    }
  }

  /// The same at the fields of a form that calls some of them otherwise.
  func at(_ fields: [String: String]) -> AnswerProblems {
    var moved = self
    moved.list = list.map { (field: fields[$0.field] ?? $0.field, text: $0.text) }
    return moved
  }

  /// All of it, a line each.
  package var text: Localized {
    Localized(
      ja: list.map(\.text.ja).joined(separator: "\n"),
      en: list.map(\.text.en).joined(separator: "\n")
    )
  }

  func errors(_ language: Language) -> [FieldError] { list.map { FieldError($0.field, $0.text[language]) } }
}

/// Why what was asked does not go with the round as it stands.
package enum RoundConflict: Error, Sendable, Equatable {
  /// Somebody else answered first.
  case answered
  case locked
  /// What is to be reopened is open.
  case notLocked
  /// Items, by name, that are asked and that nobody has answered.
  case unfinished([Localized])
  /// Items, by name, whose pack asks for a second person and whose answers as they are nobody else has confirmed.
  case unconfirmed([Localized])

  /// What happened, why, and what to do.
  package var words: Localized {
    switch self {
    case .answered:
      Localized(
        ja: "ほかの人が先に答えたため、保存しませんでした。いまの答えを確かめてください。",
        en: "Somebody else answered first, so nothing was stored. Look at the answer as it is now."
      )
    case .locked:
      Localized(
        ja: "この点検は締めてあります。直すには、理由を付けて開き直してください。",
        en: "This round is locked. Reopen it with a reason to change answers."
      )
    case .notLocked:
      Localized(
        ja: "この点検は締めていないため、開き直すものはありません。",
        en: "This round is not locked, so there is nothing to reopen."
      )
    case .unfinished(let items):
      Localized(
        ja: "答えていない項目があるため、締められません：\(Self.list(items.map(\.ja), "、") { "ほか\($0)項目" })。"
          + "すべての項目に答えてから、締めてください。",
        en: "Not locked: nobody has answered \(Self.list(items.map(\.en), ", ") { "and \($0) more" }). "
          + "Answer every item; then lock."
      )
    case .unconfirmed(let items):
      Localized(
        ja: "2人目の確認がまだのため、締められません：\(Self.list(items.map(\.ja), "、") { "ほか\($0)項目" })。"
          + "答えた人とは別の人が項目を開いて「確かめた」を押してから、締めてください。",
        en: "Not locked: no second person has confirmed \(Self.list(items.map(\.en), ", ") { "and \($0) more" }). "
          + "Somebody other than who answered opens each item and presses “I have looked”; then lock."
      )
    }
  }

  /// The first twenty, and how many more there are.
  private static func list(_ names: [String], _ comma: String, more: (Int) -> String) -> String {
    (names.prefix(20) + (names.count > 20 ? [more(names.count - 20)] : [])).joined(separator: comma)
  }
}
