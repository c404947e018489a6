import Journal
import Nouns
import Records
import SQL
import Text
import Time

/// Taking a file of what the network saw back, for seven days, as any import.
extension SightingStore {
  /// What one set held before. Things that only this file told of are gone, the others are as the file before told them. What
  /// a later file or somebody's decision changed stays. Throws `RecordError.cannotUndo` with the reason.
  package func undo(
    _ set: String,
    in scope: Scope<EditLedger>
  ) async throws -> (set: String, restored: Int, left: Int) {
    guard scope.departments == nil else { throw RecordError.outOfReach }
    let author = Author(scope)
    let now = clock.now()
    return try await database.write(scope.reach) { [ids, catalogue] tx in
      let facility = author.facility
      guard let changes = try ChangeSets.find(set, facility: facility, in: tx) else { throw RecordError.notFound }
      guard changes.kind == .import else { throw RecordError.cannotUndo(Self.importAgain) }
      if let reason = changes.whyItStays(at: now) { throw RecordError.cannotUndo(reason) }
      let before = try SightingBefore.all(set, facility: facility, in: tx)
      let current = try SightingRows.find(before.map(\.id), facility: facility, in: tx)
      let undoing = SightingUndoing(
        set,
        before: before,
        current: current,
        matcher: try Self.matcher(facility, catalogue, in: tx)
      )
      guard undoing.count > 0 else { throw RecordError.cannotUndo(ChangeSet.changedSince) }
      try SightingRows.remove(undoing.removed, facility: facility, in: tx)
      for sighting in undoing.restored { try SightingRows.update(sighting, facility: facility, at: now, in: tx) }
      try catalogue.tellSeen(facility: facility, set: set, at: now, in: tx)
      let made = ids.next()
      let title = ChangeSet.undoing(changes.title, isUndo: false)
      try ChangeSets.open(
        id: made,
        facility: facility,
        kind: .undo,
        title: title,
        actor: author.actor.name,
        at: now,
        count: undoing.count,
        in: tx
      )
      try ChangeSets.markUndone(set, by: made, facility: facility, in: tx)
      let entry = JournalEntry(
        by: scope,
        id: ids.next(),
        at: now,
        set: made,
        kind: "sighting.undone",
        of: ("sighting", made, title.ja),
        changes: [
          FieldChange(field: "removed", from: nil, to: String(undoing.removed.count)),
          FieldChange(field: "restored", from: nil, to: String(undoing.restored.count)),
        ]
      )
      try tx.record([entry])
      return (made, undoing.count, undoing.left)
    }
  }

  private static let importAgain = Localized(
    ja: "取り消した記録は、同じファイルをもう一度取り込むと戻ります。",
    en: "Import the same file again to have it back."
  )
}

/// What of a file can be taken back. Pure.
struct SightingUndoing {
  /// The ids of what only this file told of.
  private(set) var removed: [String] = []
  /// As the file before told them.
  private(set) var restored: [Sighting] = []
  /// Changed since, by a later file or by hand.
  private(set) var left = 0

  var count: Int { removed.count + restored.count }

  init(_ set: String, before: [SightingBefore], current: [Sighting], matcher: SightingMatch) {
    let byID = Dictionary(current.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for earlier in before {
      guard var sighting = byID[earlier.id] else { continue }
      guard sighting.importSet == set else {
        left += 1
        continue
      }
      guard let seen = earlier.seen else {
        if sighting.state == .open, sighting.matchedBy != .hand { removed.append(earlier.id) } else { left += 1 }
        continue
      }
      sighting.seen = seen
      sighting.importSet = earlier.importSet
      if sighting.matchedBy != .hand { sighting.match(matcher.answer(seen)) }
      restored.append(sighting)
    }
  }
}
