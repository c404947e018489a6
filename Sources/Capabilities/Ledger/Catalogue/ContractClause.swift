import Packs
import Text

/// One thing that a contract with a vendor must settle, from the pack `contracts/clauses.yaml`.
package struct ContractClause: Sendable, Hashable {
  /// As the ledger stores it.
  package let key: String
  package let name: Localized
  /// What to look for in the contract.
  package let ask: Localized
  /// Whether a contract that says nothing about it is a finding.
  package let isNeeded: Bool

  /// All of them, in the order of the pack.
  package static let all: [ContractClause] = Packs.require(path, read)

  /// Edition, source and state of verification.
  package static let pack: Pack = Packs.require(path) { $0 }

  private static let path = "contracts/clauses.yaml"

  private static func read(_ pack: Pack) throws(PackError) -> [ContractClause] {
    var clauses: [ContractClause] = []
    for entry in pack.entries {
      try entry.allow(["key", "name", "ask", "must"])
      let must = try entry.text("must")
      guard ["yes", "no"].contains(must) else {
        throw entry.wrong("must", ja: "「must」は yes か no です（\(must)）。", en: "‘must’ is yes or no, not \(must)")
      }
      clauses.append(
        ContractClause(
          key: try entry.text("key"),
          name: Localized(try entry.words("name")),
          ask: Localized(try entry.words("ask")),
          isNeeded: must == "yes"
        )
      )
    }
    return clauses
  }
}

/// Who does what a clause speaks of.
package enum ClauseOwner: String, Sendable, CaseIterable {
  case vendor, hospital, both, unwritten

  package var label: Localized {
    switch self {
    case .vendor: Localized(ja: "事業者", en: "Vendor")
    case .hospital: Localized(ja: "病院", en: "Hospital")
    case .both: Localized(ja: "双方", en: "Both")
    case .unwritten: Localized(ja: "記載なし", en: "Not written")
    }
  }
}
