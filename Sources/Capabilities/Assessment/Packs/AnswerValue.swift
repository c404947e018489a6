import Text

/// What is answered to an item. As text: `yes`, `no`, `na`, or the level `0` to `3`.
package enum AnswerValue: Sendable, Hashable {
  case yes, no
  /// 該当なし: only where the pack says that an item may not apply.
  case notApplicable
  /// 0 to 3 (`prefecture-20`).
  case level(Int)

  package init?(text: String) {
    switch text {
    case "yes": self = .yes
    case "no": self = .no
    case "na": self = .notApplicable
    default:
      guard let level = Int(text), (0...3).contains(level), text.count == 1 else { return nil }
      self = .level(level)
    }
  }

  package var text: String {
    switch self {
    case .yes: "yes"
    case .no: "no"
    case .notApplicable: "na"
    case .level(let level): String(level)
    }
  }

  package var label: Localized {
    switch self {
    case .yes: Localized(ja: "はい", en: "Yes")
    case .no: Localized(ja: "いいえ", en: "No")
    case .notApplicable: Localized(ja: "該当なし", en: "Not applicable")
    case .level(let level): Localized(ja: "レベル\(level)", en: "Level \(level)")
    }
  }

  /// Whether this claims more than `other`: a yes where the records say no, or a higher level. What does not apply claims
  /// nothing.
  package func claimsMore(than other: AnswerValue) -> Bool {
    switch (self, other) {
    case (.yes, .no): true
    case (.level(let own), .level(let shown)): own > shown
    default: false
    }
  }
}
