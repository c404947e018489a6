import Design
import Text
import Time

/// What is answered to an item.
package enum AnswerValue: Sendable, Hashable {
  case yes, no
  /// 該当なし: only where the pack says that an item may not apply.
  case notApplicable
  /// 0 to 3 (`prefecture-20`).
  case level(Int)
  case choice(AnswerChoice)
  case number(Int)
  case date(LocalDate)
  case text(String)

  /// Reads what `text` wrote. A choice is called by its key until `ChecklistItem.named` knows better.
  package init?(text: String) {
    switch text {
    case "yes": self = .yes
    case "no": self = .no
    case "na": self = .notApplicable
    default:
      if let colon = text.firstIndex(of: ":") {
        self.init(text[..<colon], String(text[text.index(after: colon)...]))
        return
      }
      guard let level = Int(text), (0...3).contains(level), text.count == 1 else { return nil }
      self = .level(level)
    }
  }

  private init?(_ kind: Substring, _ rest: String) {
    switch kind {
    case "choice":
      guard AnswerChoice.isKey(rest) else { return nil }
      self = .choice(AnswerChoice(key: rest, label: Localized(both: rest)))
    case "number":
      guard let number = Int(rest) else { return nil }
      self = .number(number)
    case "date":
      guard let day = LocalDate(iso: rest) else { return nil }
      self = .date(day)
    case "text":
      guard !rest.isEmpty else { return nil }
      self = .text(rest)
    default: return nil
    }
  }

  /// As it is kept: `yes`, `no`, `na`, the level `0` to `3`, `choice:paper`, `number:12`, `date:2026-11-21`, `text:…`.
  package var text: String {
    switch self {
    case .yes, .no, .notApplicable, .level: plain
    case .choice: "choice:\(plain)"
    case .number: "number:\(plain)"
    case .date: "date:\(plain)"
    case .text: "text:\(plain)"
    }
  }

  /// As programs read it beside the kind of the item: `yes`, `2`, `paper`, `12`, `2026-11-21`.
  package var plain: String {
    switch self {
    case .yes: "yes"
    case .no: "no"
    case .notApplicable: "na"
    case .level(let level): String(level)
    case .choice(let choice): choice.key
    case .number(let number): String(number)
    case .date(let day): day.iso
    case .text(let text): text
    }
  }

  package var label: Localized {
    switch self {
    case .yes: Localized(ja: "はい", en: "Yes")
    case .no: Localized(ja: "いいえ", en: "No")
    case .notApplicable: Localized(ja: "該当なし", en: "Not applicable")
    case .level(let level): Localized(ja: "レベル\(level)", en: "Level \(level)")
    case .choice(let choice): choice.label
    case .number(let number): Localized(both: number.grouped)
    case .date(let day): Localized(ja: day.slashed, en: day.english)
    case .text(let text): Localized(both: text)
    }
  }

  /// Whether this claims more than `other`: a yes where the records say no, or a higher level. What does not apply claims
  /// nothing, nor does what only tells something.
  package func claimsMore(than other: AnswerValue) -> Bool {
    switch (self, other) {
    case (.yes, .no): true
    case (.level(let own), .level(let shown)): own > shown
    default: false
    }
  }

  /// Whether it says that something is done, wholly or in part, so that evidence can prove it.
  package var claims: Bool {
    switch self {
    case .yes: true
    case .level(let level): level > 0
    case .no, .notApplicable, .choice, .number, .date, .text: false
    }
  }
}
