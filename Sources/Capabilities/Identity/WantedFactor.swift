import Nouns
import SQL

/// Where a facility wants a second factor of those who manage it, and somebody has none yet: what they may do until then.
struct WantedFactor {
  /// What the account may do now.
  let grants: [Grant]
  /// Whether it may do less than was granted, until a second factor is set up.
  let isMissing: Bool

  /// Where it is set up.
  static let path = "/account/second-factor"

  /// The column `factors`: how many confirmed second factors the account of a row of `table` has.
  static func count(_ table: String) -> SQL {
    """
    (SELECT count(*) FROM second_factor w WHERE w.facility = \(name: table).facility
      AND w.account = \(name: table).account AND w.confirmed_at IS NOT NULL) AS factors
    """
  }

  /// Rows of one account, one a role, with `wants_second_factor` and `factors`.
  init(_ rows: [Row]) throws {
    let held = try rows.compactMap { try $0.optionalText("role") == nil ? nil : try $0.grant() }
    let isWanted = try rows.first.map { try $0.text("wants_second_factor") == "yes" } ?? false
    let has = try rows.first.map { try $0.integer("factors") > 0 } ?? false
    self.init(held, isWanted: isWanted, hasFactor: has)
  }

  /// Pure.
  init(_ held: [Grant], isWanted: Bool, hasFactor: Bool) {
    isMissing = isWanted && !hasFactor && held.contains { Self.manages($0.role) }
    grants = isMissing ? held.map { Self.manages($0.role) ? Grant(role: .staff, department: $0.department) : $0 } : held
  }

  /// Those who can let others in or change what holds for all.
  private static func manages(_ role: Role) -> Bool { role.permissions.contains(.manageUsers) }
}
