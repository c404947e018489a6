import Advisories
import Text
import Time

/// The sentences beside a tier.
enum TriageReasons {
  /// What speaks for haste, whether or not a rule needed it.
  static func reasons(_ input: TriageInput, _ limits: TriageRules.Limits) -> [Localized] {
    var reasons: [Localized] = []
    if case .found(let entry, let day) = input.exploited { reasons += exploited(entry, day) }
    if let decision = input.decision.value { reasons += decided(decision, input.decision.asOf) }
    if let alerts = input.alerts.value, let first = alerts.first {
      let more = alerts.count > 1 ? alerts.count - 1 : 0
      reasons.append(
        Localized(
          ja: "注意喚起が出ています：\(first.title)（\(first.id)）" + (more > 0 ? "ほか\(more)件。" : "。"),
          en: "An alert speaks of it: \(first.title) (\(first.id))" + (more > 0 ? " and \(more) more." : ".")
        )
      )
    }
    if let probability = input.probability.value, probability >= limits.probability {
      let percent = tenths(probability / 100)
      reasons.append(
        Localized(
          ja: "30日以内に悪用される確率は\(percent)%と見込まれています（EPSS\(asOf(input.probability.asOf))）。確率であり、悪用の証拠ではありません。",
          en: "Exploitation within thirty days is put at \(percent)% (EPSS\(asOf(input.probability.asOf, en: true))). "
            + "That is a probability, not evidence."
        )
      )
    }
    if let severity = input.severity.value, severity >= limits.severity {
      let scanner = input.severityScanner
      reasons.append(
        Localized(
          ja: "深刻度はCVSS \(tenths(severity))です\(scanner.map { "（\($0) の評価）" } ?? "")。",
          en: "The severity is CVSS \(tenths(severity))\(scanner.map { " as \($0) rates it" } ?? "")."
        )
      )
    }
    if input.exposure != .unknown {
      reasons.append(
        Localized(ja: "この機器の届き方は「\(input.exposure.title.ja)」です。", en: "This device is \(input.exposure.title.en).")
      )
    }
    if TriageCondition.important.holds(input, limits) == .yes {
      reasons.append(Localized(ja: "診療に欠かせないシステムの機器です。", en: "Care depends on the system of this device."))
    }
    if case .found(let ended, let day) = input.endOfSupport {
      let source = day.map { Localized(ja: "（endoflife.date、\($0.iso)時点）", en: " (endoflife.date as of \($0.iso))") }
      reasons.append(
        Localized(
          ja: "メーカーのサポートは\(ended.era())に終わって"
            + (input.isFixKnown ? "います" : "おり、修正は出ない見込みです") + (source?.ja ?? "") + "。",
          en: "Support ended on \(ended.english)"
            + (input.isFixKnown ? "" : "; no correction is to be expected") + (source?.en ?? "") + "."
        )
      )
    }
    return reasons
  }

  /// What was not looked up.
  static func gaps(_ input: TriageInput) -> [Localized] {
    var gaps: [Localized] = []
    let feeds: [(Bool, Localized)] = [
      (input.exploited.isLookedUp, Localized(ja: "悪用の有無（CISA KEV）", en: "known exploitation (CISA KEV)")),
      (input.decision.isLookedUp, Localized(ja: "悪用の評価（SSVC）", en: "the state of exploitation (SSVC)")),
      (input.probability.isLookedUp, Localized(ja: "悪用の確率（EPSS）", en: "the probability of exploitation (EPSS)")),
      (input.severity.isLookedUp, Localized(ja: "深刻度（CVSS）", en: "the severity (CVSS)")),
      (input.alerts.isLookedUp, Localized(ja: "注意喚起（JPCERT/CC・IPA）", en: "alerts (JPCERT/CC, IPA)")),
      (input.endOfSupport.isLookedUp, Localized(ja: "サポートの期限", en: "the end of support")),
    ]
    for (isLookedUp, what) in feeds where !isLookedUp {
      gaps.append(
        Localized(ja: "\(what.ja)は調べていません。データを取り込んでください。", en: "Not looked up: \(what.en). Import the data.")
      )
    }
    if input.exposure == .unknown {
      gaps.append(
        Localized(
          ja: "外部から届くかどうかが台帳に記録されていません。外部接続とネットワークの区分を記入してください。",
          en: "The ledger does not say whether it can be reached from outside. Enter connections and zone."
        )
      )
    }
    return gaps
  }

  private static func exploited(_ entry: ExploitedEntry, _ day: LocalDate?) -> [Localized] {
    var reasons = [
      Localized(
        ja: "実際の悪用が確認されています（CISA KEV、\(entry.added.era())掲載\(day.map { "、\($0.era())版" } ?? "")）。",
        en:
          "Exploitation is known (CISA KEV, listed \(entry.added.english)\(day.map { ", edition of \($0.english)" } ?? ""))."
      )
    ]
    if entry.isUsedByRansomware {
      reasons.append(
        Localized(ja: "ランサムウェアの攻撃に使われたことがあります（CISA KEV）。", en: "Ransomware has used it (CISA KEV).")
      )
    }
    return reasons
  }

  private static func decided(_ decision: StakeholderDecision, _ day: LocalDate?) -> [Localized] {
    switch decision.exploitation {
    case .active:
      [
        Localized(
          ja: "悪用中と評価されています（SSVC\(asOf(day))）。",
          en: "Rated as actively exploited (SSVC\(asOf(day, en: true)))."
        )
      ]
    case .poc:
      [
        Localized(
          ja: "攻撃の実証コードが公開されています（SSVC\(asOf(day))）。",
          en: "Proof of concept is public (SSVC\(asOf(day, en: true)))."
        )
      ]
    case .none: []
    }
  }

  private static func asOf(_ day: LocalDate?, en: Bool = false) -> String {
    day.map { en ? ", as of \($0.english)" : "、\($0.era())時点" } ?? ""
  }

  private static func tenths(_ value: Int) -> String { "\(value / 10).\(value % 10)" }
}
