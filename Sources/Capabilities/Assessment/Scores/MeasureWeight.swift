import Text

/// What a measure takes: how much work, and how much money. The pack says what is usual, the facility what is so with it.
package struct MeasureWeight: Sendable, Hashable {
  package enum Effort: String, Sendable, CaseIterable {
    case small, medium, large

    package var label: Localized {
      switch self {
      case .small: Localized(ja: "数日", en: "Days")
      case .medium: Localized(ja: "数週間", en: "Weeks")
      case .large: Localized(ja: "数か月", en: "Months")
      }
    }
  }

  package enum Cost: String, Sendable, CaseIterable {
    case none, low, medium, high

    package var label: Localized {
      switch self {
      case .none: Localized(ja: "費用なし", en: "No cost")
      case .low: Localized(ja: "部門の予算", en: "Department budget")
      case .medium: Localized(ja: "病院の予算", en: "Hospital budget")
      case .high: Localized(ja: "年度をまたぐ予算", en: "Budget of several years")
      }
    }
  }

  package let effort: Effort
  package let cost: Cost

  package init(effort: Effort, cost: Cost) {
    self.effort = effort
    self.cost = cost
  }

  /// 1 to 6: small, medium and large work count 1, 2 and 3; money adds 0 to 3.
  package var burden: Int {
    let work = Effort.allCases.firstIndex(of: effort) ?? 0
    let money = Cost.allCases.firstIndex(of: cost) ?? 0
    return work + 1 + money
  }

  var label: Localized {
    Localized(ja: "\(effort.label.ja)・\(cost.label.ja)", en: "\(effort.label.en), \(cost.label.en.lowercased())")
  }
}
