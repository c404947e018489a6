/// The decision points of SSVC as CISA writes them into CVE records. Values come in any case: `poc`, `PoC`.
enum SSVCFields {
  /// Nil where exploitation is not told: without it there is nothing to decide by.
  static func decision(_ content: JSONValue, _ cve: String) -> StakeholderDecision? {
    var exploitation: StakeholderDecision.Exploitation?
    var isAutomatable: Bool?
    var isImpactTotal: Bool?
    for option in content["options"]?.elements ?? .nothing {
      for (name, value) in option.members {
        let word = value.string?.lowercased() ?? ""
        switch name.string?.lowercased() {
        case "exploitation": exploitation = .init(rawValue: word)
        case "automatable": isAutomatable = word == "yes" ? true : word == "no" ? false : nil
        case "technical impact": isImpactTotal = word == "total" ? true : word == "partial" ? false : nil
        default: break
        }
      }
    }
    return exploitation.map {
      StakeholderDecision(
        cve: cve,
        exploitation: $0,
        isAutomatable: isAutomatable,
        isImpactTotal: isImpactTotal,
        at: FeedDate.instant(content["timestamp"])
      )
    }
  }
}
