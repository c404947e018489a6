import Packs
import Sealing

/// The checklists inside the program. A facility may have more (`ChecklistShelf`). Here they are in the order in which they are shown: those of today first.
package enum Checklists {
  package static let topics: [String: EvidenceTopic] = Packs.require(
    "assessment/topics.yaml",
    EvidenceTopic.read(_:)
  )

  package static let all: [Checklist] = ids.map { id in
    Packs.require("assessment/\(id).yaml") { pack throws(PackError) in
      try ChecklistReader.read(pack, topics: Set(topics.keys))
    }
  }

  /// Those the hospital answers itself.
  package static let own = all.filter { $0.respondent == .hospital }

  /// Those that each vendor answers.
  package static let ofVendors = all.filter { $0.respondent == .vendor }

  /// The vendors' form that belongs to a hospital's: the ministry issues both for the same year.
  package static func vendors(of own: Checklist) -> Checklist? {
    own.year.flatMap { year in ofVendors.first { $0.year == year } }
  }

  /// The hospital's form that belongs to a vendors' one.
  package static func hospital(of vendors: Checklist) -> Checklist? {
    vendors.year.flatMap { year in own.first { $0.year == year } }
  }

  /// By id.
  package static func checklist(_ id: String) -> Checklist? { all.first { $0.id == id } }

  /// The YAML of one of the program, nil for others.
  static func text(_ id: String) -> String? { checklist(id).flatMap { Packs.text("assessment/\($0.id).yaml") } }

  /// The SHA-256 of what each of the program says, by its id: another text was confirmed by nobody.
  static let hashes = Dictionary(
    uniqueKeysWithValues: all.map { ($0.id, Hash.sha256Hex(Array((text($0.id) ?? "").utf8))) }
  )

  private static let ids = [
    "prefecture-20", "mhlw-hospital-r8", "mhlw-hospital-r7", "mhlw-hospital-r6", "mhlw-hospital-r5", "mhlw-vendor-r8",
    "mhlw-vendor-r7", "mhlw-vendor-r6", "mhlw-vendor-r5", "management-3x3", "roles-manager", "roles-admin",
    "roles-user", "bcp-2024", "holiday-9", "guideline-7-route", "guideline-7-clauses", "fee-2026", "fee-2024",
    "nist-csf-2", "iso-27001-2022",
  ]
}

extension Checklist {
  /// How many of its items the hospital's records can answer with a yes (or a level).
  package var provable: Int {
    items.count { topic($0.topic)?.isProvable($0.format.kind) ?? false }
  }
}
