import Packs
import Text

/// サイバーセキュリティ対策5ヶ条 (付録4), from `organization/five-rules.yaml`.
struct FiveRules: Sendable {
  let rule: Localized
  let why: Localized

  static let all: [FiveRules] = Packs.require(path, read)
  static let pack: Pack = Packs.require(path) { $0 }

  private static let path = "organization/five-rules.yaml"

  private static func read(_ pack: Pack) throws(PackError) -> [FiveRules] {
    var rules: [FiveRules] = []
    for entry in pack.entries {
      try entry.allow(["rule", "why"])
      rules.append(FiveRules(rule: Localized(try entry.words("rule")), why: Localized(try entry.words("why"))))
    }
    return rules
  }
}
