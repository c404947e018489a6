import Text

/// A post of the responsibility chain, from the top. The chain is the guideline's (安全管理ガイドライン 企画管理編), the drawing
/// that of 付録2「サイバーセキュリティ体制図」 of the Tokushima manual.
package enum ChainRole: String, Sendable, CaseIterable {
  case chief, informationOfficer = "information_officer", safetyManager = "safety_manager", planner
  case systemStaff = "system_staff", site

  package var label: Localized {
    switch self {
    case .chief: Localized(ja: "管理者（病院長）", en: "Head of the hospital")
    case .informationOfficer: Localized(ja: "情報統括責任者", en: "Chief information officer")
    case .safetyManager: Localized(ja: "医療情報システム安全管理責任者", en: "System safety manager")
    case .planner: Localized(ja: "企画管理者", en: "Planning manager")
    case .systemStaff: Localized(ja: "システム運用担当者", en: "System staff")
    case .site: Localized(ja: "現場責任者", en: "Site manager")
    }
  }

  /// The row of the chart; posts of one row stand side by side.
  var level: Int {
    switch self {
    case .chief: 0
    case .informationOfficer: 1
    case .safetyManager, .planner: 2
    case .systemStaff: 3
    case .site: 4
    }
  }

  /// Posts that no hospital may leave open: the guideline names them.
  var isNeeded: Bool { self != .systemStaff }

  /// Whether there can be many: one for each department.
  var isMany: Bool { self == .site || self == .systemStaff }
}
