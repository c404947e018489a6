import Text
import Time

/// 異常の知らせ: something odd that somebody saw, told without an account.
package struct ProblemReport: Sendable, Hashable {
  /// What it looks like; the words of the form.
  package enum What: String, Sendable, CaseIterable {
    case ransom, virus, mail, strange, slow, lost, other

    package var label: Localized {
      switch self {
      case .ransom: Localized(ja: "脅迫の文章が出た、ファイルが開けない", en: "A ransom note, files do not open")
      case .virus: Localized(ja: "ウイルスの警告が出た", en: "A virus warning")
      case .mail: Localized(ja: "怪しいメールを開いた、リンクを押した", en: "Opened a suspicious mail or link")
      case .strange: Localized(ja: "触っていないのに動く、見たことのない画面が出る", en: "It moves by itself, unknown screens")
      case .slow: Localized(ja: "システムが使えない、とても遅い", en: "The system does not work or is very slow")
      case .lost: Localized(ja: "USB・端末・書類をなくした", en: "A stick, device or paper is lost")
      case .other: Localized(ja: "そのほか", en: "Something else")
      }
    }

    /// Signs of an attack rather than of a fault.
    var isAlarming: Bool { self == .ransom || self == .virus || self == .mail || self == .strange }
  }

  package let id: String
  package let reportedAt: Instant
  package let what: What
  package let details: String
  package let place: String
  package let since: String
  /// What was done to the device already.
  package let touched: String
  package let reporter: String
  package let callBack: String
  /// The name of the photograph in the blob store.
  package let photo: String?
  package let address: String
  package let seenAt: Instant?
  package let seenBy: String?
  package let closedAt: Instant?
  package let closedBy: String?
  package let outcome: String?
}

/// What a form of 異常を知らせる says, checked.
package struct ProblemDraft: Sendable {
  package let what: ProblemReport.What
  package let place: String
  package let details: String
  package let since: String
  package let touched: String
  package let reporter: String
  package let callBack: String

  /// Characters in one line, and in the free text.
  static let longestLine = 200
  static let longestText = 2_000

  /// Throws every field that is missing or too long, in both languages.
  package init(
    what: String,
    place: String,
    details: String,
    since: String,
    touched: String,
    reporter: String,
    callBack: String
  ) throws(ProblemDraft.Refusal) {
    var wrong: [(field: String, reason: Localized)] = []
    let known = ProblemReport.What(rawValue: what)
    if known == nil {
      wrong.append(("what", Localized(ja: "何が起きたかを選んでください。", en: "Choose what happened.")))
    }
    if place.isEmpty {
      wrong.append(("place", Localized(ja: "場所を入力してください。例：3階東病棟。", en: "Say where, as 3rd floor east.")))
    }
    for (name, text, limit) in [
      ("place", place, Self.longestLine), ("since", since, Self.longestLine), ("reporter", reporter, Self.longestLine),
      ("callBack", callBack, Self.longestLine), ("details", details, Self.longestText),
      ("touched", touched, Self.longestText),
    ] where text.count > limit {
      wrong.append(
        (name, Localized(ja: "\(limit)文字までで入力してください。", en: "At most \(limit) characters."))
      )
    }
    guard wrong.isEmpty, let known else { throw Refusal(fields: wrong) }
    self.what = known
    self.place = place
    self.details = details
    self.since = since
    self.touched = touched
    self.reporter = reporter
    self.callBack = callBack
  }

  package struct Refusal: Error, Sendable {
    package let fields: [(field: String, reason: Localized)]
  }
}
