import Text

/// How far one who is asked has come in a round.
package enum SurveyProgress: String, Sendable, CaseIterable {
  case silent, started, answered
  /// Finished with 「該当なしで完了」.
  case notConcerned

  package var isFinished: Bool { self == .answered || self == .notConcerned }

  package var label: Localized {
    switch self {
    case .silent: Localized(ja: "まだ", en: "Nothing yet")
    case .started: Localized(ja: "途中", en: "Begun")
    case .answered: Localized(ja: "回答済み", en: "Answered")
    case .notConcerned: Localized(ja: "該当なしで完了", en: "Not concerned")
    }
  }
}
