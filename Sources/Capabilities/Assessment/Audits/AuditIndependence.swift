import Text

/// Nobody audits their own work (ISO 19011:2018 §4 e, ISO/IEC 27001:2022 §9.2.2 c): who answered an item, confirmed the
/// answer or is asked for it does not audit it.
package enum AuditIndependence {
  /// What somebody has to do with an item.
  package enum Part: Sendable, Hashable {
    case answered, confirmed, owns

    package var label: Localized {
      switch self {
      case .answered: Localized(ja: "答えた", en: "answered it")
      case .confirmed: Localized(ja: "2人目として確かめた", en: "confirmed the answer")
      case .owns: Localized(ja: "担当している", en: "is asked for it")
      }
    }
  }

  /// Somebody who has to do with an item. What was written before accounts were kept is known by name only.
  package struct Involved: Sendable, Hashable {
    package let part: Part
    package let account: String?
    package let name: String

    package init(_ part: Part, account: String?, name: String) {
      self.part = part
      self.account = account
      self.name = name
    }
  }

  /// What keeps the auditor from an item; empty where nothing does. Accounts are compared by their ids, and by name where
  /// one of the two is known by name only, so that nobody becomes independent by being written down as an outsider.
  package static func conflicts(_ auditor: Auditor, with involved: [Involved]) -> [Part] {
    var parts: [Part] = []
    for person in involved where isSame(auditor, person) && !parts.contains(person.part) { parts.append(person.part) }
    return parts
  }

  private static func isSame(_ auditor: Auditor, _ person: Involved) -> Bool {
    if let own = auditor.account, let other = person.account { return own == other }
    return Fold.key(auditor.name) == Fold.key(person.name)
  }

  /// 「佐藤 美咲さんはこの項目に答えたため、監査できません。」
  package static func words(_ name: String, _ parts: [Part]) -> Localized {
    Localized(
      ja: "\(name)さんは、この項目について\(parts.map(\.label.ja).joined(separator: "、"))ため、監査できません。ほかの監査人が確かめてください。",
      en: "\(name) \(parts.map(\.label.en).joined(separator: " and ")) and cannot audit it. Have another auditor look."
    )
  }
}
