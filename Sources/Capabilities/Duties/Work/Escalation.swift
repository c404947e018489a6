import Nouns
import Packs
import Text
import Time

/// Who is told of what is overdue, and after how many days: the pack `duties/escalation.yaml`.
package struct Escalation: Sendable, Hashable {
  package enum Target: Sendable, Hashable {
    case deputy
    case role(Role)
  }

  package struct Step: Sendable, Hashable {
    package let key: String
    /// Days past the due date.
    package let after: Int
    package let target: Target
    package let isUrgent: Bool
  }

  /// In order of days.
  package let steps: [Step]

  package static let standard = Escalation(steps: Packs.require("duties/escalation.yaml", read))

  /// The steps that a duty has reached on this day and whom each tells: the duty's own wish before the pack's. Nobody is
  /// told of what is their own anyway.
  package func reached(_ duty: Duty, on today: LocalDate) -> [(step: Step, role: Role)] {
    guard duty.state != .done else { return [] }
    let late = today.days(since: duty.due)
    return steps.filter { $0.after <= late }.compactMap { step in
      let role: Role? =
        switch step.target {
        case .deputy: duty.deputy
        case .role(let role): step.target == .role(.safetyManager) ? duty.escalateTo ?? role : role
        }
      return role.flatMap { $0 == duty.owner && duty.person == nil ? nil : (step, $0) }
    }
  }

  private static func read(_ pack: Pack) throws(PackError) -> [Step] {
    var steps: [Step] = []
    for entry in pack.entries {
      try entry.allow(["key", "after", "to", "urgent"])
      let name = try entry.text("to")
      let target: Target
      if name == "deputy" {
        target = .deputy
      } else if let role = Role(rawValue: name) {
        target = .role(role)
      } else {
        throw entry.wrong("to", ja: "「to」は deputy か役割の名前です。", en: "‘to’ is deputy or a role")
      }
      steps.append(
        Step(
          key: try entry.text("key"),
          after: try entry.number("after"),
          target: target,
          isUrgent: try entry.text("urgent") == "yes"
        )
      )
    }
    return steps.sorted { $0.after < $1.after }
  }
}
