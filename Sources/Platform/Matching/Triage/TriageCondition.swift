import Advisories
import Text

/// A condition that rules of the pack put together.
enum TriageCondition: String, CaseIterable {
  case exploited, ransomware, active, proof, automatable, probable, severe, alert, exposed, important
  case endOfSupport = "end-of-support"

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
