import Advisories
import Text

/// A condition that rules of the pack put together.
enum TriageCondition: String, CaseIterable {
  case exploited, ransomware, active, proof, automatable, probable, severe, alert, exposed, important
  case endOfSupport = "end-of-support"

  /// As people write it in the rules of a hospital.
  var title: Localized {
    switch self {
    case .exploited: Localized(ja: "悪用が確認されている", en: "known to be exploited")
    case .ransomware: Localized(ja: "ランサムウェアに使われた", en: "used by ransomware")
    case .active: Localized(ja: "悪用中と評価されている", en: "rated as exploited")
    case .proof: Localized(ja: "実証コードがある", en: "proof of concept")
    case .automatable: Localized(ja: "攻撃を自動化できる", en: "attack can be automated")
    case .probable: Localized(ja: "悪用される確率が高い", en: "likely to be exploited")
    case .severe: Localized(ja: "深刻度が高い", en: "severe")
    case .alert: Localized(ja: "国内で注意喚起が出ている", en: "alert in Japan")
    case .exposed: Localized(ja: "外部から届く", en: "reachable from outside")
    case .important: Localized(ja: "診療に欠かせない", en: "care depends on it")
    case .endOfSupport: Localized(ja: "サポートが終わっている", en: "past support")
    }
  }

  func holds(_ input: TriageInput, _ limits: TriageRules.Limits) -> Truth {
    switch self {
    case .exploited: Self.found(input.exploited) { _ in true }
    case .ransomware: Self.found(input.exploited) { $0.isUsedByRansomware }
    case .active: Self.found(input.decision) { $0.exploitation == .active }
    case .proof: Self.found(input.decision) { $0.exploitation != .none }
    case .automatable: Self.found(input.decision) { $0.isAutomatable ?? false }
    case .probable: Self.found(input.probability) { $0 >= limits.probability }
    case .severe: Self.found(input.severity) { $0 >= limits.severity }
    case .alert: Self.found(input.alerts) { !$0.isEmpty }
    case .endOfSupport: Self.found(input.endOfSupport) { _ in true }
    case .exposed:
      input.exposure == .unknown ? .unknown : limits.exposed.contains(input.exposure) ? .yes : .no
    case .important:
      input.importance == .unknown ? .unknown : limits.important.contains(input.importance) ? .yes : .no
    }
  }

  private static func found<Value>(_ lookup: Lookup<Value>, _ test: (Value) -> Bool) -> Truth {
    switch lookup {
    case .notLookedUp: .unknown
    case .clean: .no
    case .found(let value, _): test(value) ? .yes : .no
    }
  }
}
