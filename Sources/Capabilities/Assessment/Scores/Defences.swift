import Packs
import Text

/// The four parts of a defence and the three roles, by topic of an item (pack `assessment.defences`).
package struct Defences: Sendable {
  package enum Part: String, Sendable, CaseIterable {
    case organization, people, technology, physical

    package var label: Localized {
      switch self {
      case .organization: Localized(ja: "組織", en: "Organization")
      case .people: Localized(ja: "人", en: "People")
      case .technology: Localized(ja: "技術", en: "Technology")
      case .physical: Localized(ja: "物理", en: "Physical")
      }
    }
  }

  /// Who has to act.
  package enum Actor: String, Sendable, CaseIterable {
    case director, manager, user

    package var label: Localized {
      switch self {
      case .director: Localized(ja: "経営層", en: "Management")
      case .manager: Localized(ja: "システム管理者", en: "System managers")
      case .user: Localized(ja: "職員", en: "Staff")
      }
    }
  }

  private let places: [String: (part: Part, actor: Actor)]

  package static let shipped: Defences = Packs.require("assessment/defences.yaml", Defences.read(_:))

  /// Nil for a topic that belongs to none: it counts in the whole only.
  package func part(_ topic: String) -> Part? { places[topic]?.part }

  package func actor(_ topic: String) -> Actor? { places[topic]?.actor }

  package var topics: Set<String> { Set(places.keys) }

  package static func read(_ pack: Pack) throws(PackError) -> Defences {
    var places: [String: (part: Part, actor: Actor)] = [:]
    for entry in pack.entries {
      try entry.allow(["defence", "role", "topics"])
      guard let part = Part(rawValue: try entry.text("defence")) else {
        throw entry.wrong(
          "defence",
          ja: "「defence」は organization、people、technology、physical のどれかです。",
          en: "‘defence’ is organization, people, technology or physical"
        )
      }
      guard let actor = Actor(rawValue: try entry.text("role")) else {
        throw entry.wrong(
          "role",
          ja: "「role」は director、manager、user のどれかです。",
          en: "‘role’ is director, manager or user"
        )
      }
      for topic in try entry.texts("topics") {
        guard places.updateValue((part, actor), forKey: topic) == nil else {
          throw entry.wrong("topics", ja: "「\(topic)」が2つあります。", en: "‘\(topic)’ stands twice")
        }
      }
    }
    return Defences(places: places)
  }
}
