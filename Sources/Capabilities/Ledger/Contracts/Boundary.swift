import Records
import Text
import Time

/// 責任分界: what is settled between the hospital and a vendor, clause by clause, and where nobody has said who does it.
/// Pure: made from a contract and its clause records.
package struct Boundary: Sendable {
  package struct Line: Sendable {
    package let clause: ContractClause
    /// Nil where nobody has looked, or the answer is 「不明」.
    package let owner: ClauseOwner?
    package let isUnknown: Bool
    package let wording: String
    /// The record that says so, with its version; nil where there is none yet.
    package let record: Record?

    package var state: State {
      switch owner {
      case nil: .open
      case .unwritten: clause.isNeeded ? .gap : .unwritten
      default: .settled
      }
    }
  }

  /// `gap` is a finding: the contract leaves open what it must settle.
  package enum State: Sendable, Hashable { case settled, unwritten, gap, open }

  package let contract: Record
  package let lines: [Line]

  package init(contract: Record, clauses: [Record], all: [ContractClause] = ContractClause.all) {
    self.contract = contract
    let byKey = Dictionary(
      clauses.filter { $0["contract"] == contract.id && $0.archivedAt == nil }.compactMap { record in
        record.known("clause").map { ($0, record) }
      },
      uniquingKeysWith: { first, _ in first }
    )
    lines = all.map { clause in
      let record = byKey[clause.key]
      return Line(
        clause: clause,
        owner: record?.known("owner").flatMap(ClauseOwner.init),
        isUnknown: record?.isUnknown("owner") == true,
        wording: record?["wording"] ?? "",
        record: record
      )
    }
  }

  package func count(_ state: State) -> Int { lines.count { $0.state == state } }

  /// How many clauses somebody has looked up.
  package var answered: Int { lines.count - count(.open) }

  package var gaps: [ContractClause] { lines.filter { $0.state == .gap }.map(\.clause) }

  /// A contract that has not ended speaks for today.
  package func isInForce(on day: LocalDate) -> Bool {
    guard contract.archivedAt == nil else { return false }
    if let start = contract.date("starts_on"), start > day { return false }
    if let end = contract.date("ends_on"), end < day { return contract["renewal"] == "automatic" }
    return true
  }
}
