import Records
import Text
import Time

/// How worrying an external connection is, and why, in sentences. Pure: the same record on the same day always gives the
/// same answer. What is unknown worries at least as much as the worst that is known: every hospital that was broken into
/// had a line nobody was sure about.
package struct ConnectionWorry: Sendable, Hashable {
  package let level: Level
  package let score: Int
  /// The weightiest first.
  package let reasons: [Reason]

  package enum Level: Int, Sendable, CaseIterable, Comparable {
    case low, medium, fairlyHigh, high

    package static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }

    package var label: Localized {
      switch self {
      case .high: Localized(ja: "高", en: "High")
      case .fairlyHigh: Localized(ja: "やや高", en: "Fairly high")
      case .medium: Localized(ja: "中", en: "Medium")
      case .low: Localized(ja: "低", en: "Low")
      }
    }
  }

  package struct Reason: Sendable, Hashable {
    package let rule: WorryRule
    package let points: Int
    package let text: Localized
  }

  /// Whether something must be found out before anything can be decided.
  package var hasUnknown: Bool { reasons.contains { $0.rule.isUnknown } }

  /// The order of the worry list: level, then what is unknown, then points.
  package static func isBefore(_ left: ConnectionWorry, _ right: ConnectionWorry) -> Bool {
    if left.level != right.level { return left.level > right.level }
    if left.hasUnknown != right.hasUnknown { return left.hasUnknown }
    return left.score > right.score
  }
}

/// What can be worrying about a connection.
package enum WorryRule: String, Sendable, CaseIterable {
  case existenceUnknown, existenceUnrecorded, saidToBeNone
  case restrictionUnknown, restrictionUnrecorded, unrestricted
  case authenticationUnknown, authenticationUnrecorded, noAuthentication, sharedID, passwordOnly
  case deviceUnknown, deviceUnrecorded, firmwareUnknown, unsupported, supportEndsSoon
  case alwaysOn, alwaysOnUnrestricted, remoteDesktop, remoteTool, plain, remoteAccessVPN, mechanismUnknown
  case mobileLine, isdnLine, telephoneLine, mediaByHand, lineUnknown, forgottenLine
  case unpatched, patchUnknown, reachesEverything, neverConfirmed, confirmedLongAgo, noChecklist

  /// A rule about not knowing, rather than about what is known to be bad.
  package var isUnknown: Bool {
    switch self {
    case .existenceUnknown, .existenceUnrecorded, .restrictionUnknown, .restrictionUnrecorded, .authenticationUnknown,
      .authenticationUnrecorded, .deviceUnknown, .deviceUnrecorded, .mechanismUnknown, .lineUnknown:
      true
    default: false
    }
  }
}

/// How much each rule weighs, and from how many points on a connection has which level.
package struct WorryWeights: Sendable {
  package var points: [WorryRule: Int]
  package var high: Int
  package var fairlyHigh: Int
  package var medium: Int
  /// A connection counts as confirmed for this long.
  package var confirmedForDays: Int
  /// Warn this long before support ends.
  package var supportWarningDays: Int

  /// Ordered by what past intrusions into hospitals began with: VPN devices without updates, lines without a source
  /// restriction, shared or guessable passwords, remote desktop, lines nobody remembered.
  package static let standard = WorryWeights(
    points: [
      .existenceUnknown: 100, .existenceUnrecorded: 80, .saidToBeNone: 20,
      .restrictionUnknown: 32, .restrictionUnrecorded: 30, .unrestricted: 30,
      .authenticationUnknown: 30, .authenticationUnrecorded: 26, .noAuthentication: 36, .sharedID: 25, .passwordOnly: 8,
      .deviceUnknown: 24, .deviceUnrecorded: 20, .firmwareUnknown: 6, .unsupported: 30, .supportEndsSoon: 10,
      .alwaysOn: 10, .alwaysOnUnrestricted: 10, .remoteDesktop: 28, .remoteTool: 14, .plain: 15, .remoteAccessVPN: 6,
      .mechanismUnknown: 12,
      .mobileLine: 15, .isdnLine: 15, .telephoneLine: 8, .mediaByHand: 6, .lineUnknown: 10, .forgottenLine: 12,
      .unpatched: 25, .patchUnknown: 8, .reachesEverything: 10, .neverConfirmed: 12, .confirmedLongAgo: 12,
      .noChecklist: 4,
    ],
    high: 60,
    fairlyHigh: 35,
    medium: 15,
    confirmedForDays: 365,
    supportWarningDays: 180
  )

  package func level(of score: Int) -> ConnectionWorry.Level {
    if score >= high { return .high }
    if score >= fairlyHigh { return .fairlyHigh }
    return score >= medium ? .medium : .low
  }
}

/// When the support of a product ends, told from the text that ledgers keep (`FortiOS 6.4.5`).
package typealias SupportEnd = @Sendable (String) -> (product: Localized, date: LocalDate)?

extension Ledger {
  /// What the rule pack of products knows.
  package static let supportEnd: SupportEnd = { text in
    guard let product = EndOfSupport.match(text), let date = product.date else { return nil }
    return (product.name, date)
  }
}
