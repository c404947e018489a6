import Packs
import Time

/// Every checklist of one facility: those inside the program, then its own, the newest edition of each first.
package struct ChecklistShelf: Sendable {
  package let own: [OwnChecklist]
  /// Those inside the program, as the facility knows them.
  package let shipped: [Checklist]
  package let all: [Checklist]

  /// `confirmations` are those of the checklists inside the program, by their ids.
  init(own: [OwnChecklist], confirmations: [String: ChecklistConfirmation] = [:]) {
    self.own = own
    shipped = Checklists.all.map { $0.confirmed(confirmations[$0.id]) }
    all = shipped + own.map(\.checklist)
  }

  /// Those that the hospital answers itself.
  package var hospital: [Checklist] { all.filter { $0.respondent == .hospital } }

  /// Those that each vendor answers.
  package var vendors: [Checklist] { all.filter { $0.respondent == .vendor } }

  /// By id; of an own pack by its name alone for the newest edition.
  package func checklist(_ id: String) -> Checklist? {
    all.first { $0.id == id } ?? own.first { $0.pack == id }?.checklist
  }

  /// Those whose rounds are for this day. Of several editions of an own pack that are valid it is the newest; the older
  /// ones are only read.
  package func inUse(on day: LocalDate) -> [Checklist] {
    var seen: Set<String> = []
    return all.filter { $0.isCurrent(on: day) && (!$0.isOwn || seen.insert($0.pack.id).inserted) }
  }
}
