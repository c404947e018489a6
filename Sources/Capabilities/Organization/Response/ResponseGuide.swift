import Packs
import Text

/// First steps and what somebody must decide, from `organization/first-response.yaml`.
struct ResponseGuide: Sendable {
  struct Line: Sendable {
    let text: Localized
    let role: ChainRole
  }

  let steps: [Line]
  let decisions: [Line]

  static let standard: ResponseGuide = Packs.require(path, read)
  static let pack: Pack = Packs.require(path) { $0 }

  private static let path = "organization/first-response.yaml"

  private static func read(_ pack: Pack) throws(PackError) -> ResponseGuide {
    var steps: [Line] = []
    var decisions: [Line] = []
    for entry in pack.entries {
      try entry.allow(["part", "text", "role"])
      let named = try entry.text("role")
      guard let role = ChainRole(rawValue: named) else {
        throw entry.wrong("role", ja: "「role」は体制の役割の名前です（\(named)）。", en: "‘role’ names no post: \(named)")
      }
      let line = Line(text: Localized(try entry.words("text")), role: role)
      let part = try entry.text("part")
      switch part {
      case "step": steps.append(line)
      case "decide": decisions.append(line)
      default: throw entry.wrong("part", ja: "「part」は step か decide です（\(part)）。", en: "‘part’ is step or decide")
      }
    }
    return ResponseGuide(steps: steps, decisions: decisions)
  }
}
