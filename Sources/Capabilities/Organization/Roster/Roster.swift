import Intake
import Records
import Text
import Time

/// A roster file compared with the register: who joined, who moved, who left, who will leave, and who is no longer in it.
/// Pure.
package struct Roster: Sendable {
  /// One person whose record changes.
  package struct Change: Sendable, Hashable {
    package let record: String
    package let row: Int
    package let fields: [PlannedFieldChange]
  }

  /// Rows of people the register does not know.
  package let joined: [IntakeRow]
  /// To another department, post or occupation.
  package let moved: [Change]
  /// Whose last day is over, by the file.
  package let left: [Change]
  /// Whose last day is still to come.
  package let willLeave: [Change]
  /// A name, a number, an address.
  package let otherwise: [Change]
  package let same: Int
  /// Working here by the register, and in no row of the file.
  package let absent: [String]
  /// How many work here by the register.
  package let staff: Int

  /// From this share of absent people on, the file is more likely a part of the roster than the truth.
  package static let suspiciousShare = 5
  /// In a hospital of few, a handful is no sign.
  package static let suspiciousCount = 10

  /// Whether the file would make so many leavers that somebody must say so by number.
  package var isSuspicious: Bool {
    absent.count >= Self.suspiciousCount && absent.count * Self.suspiciousShare >= staff
  }

  /// What became of somebody between the register and the file.
  package enum Group: String, Sendable, CaseIterable { case joined, moved, left, willLeave, otherwise, missing }

  /// One line of the comparison.
  package struct Line: Sendable {
    package let group: Group
    /// Nil for those the register does not know yet.
    package let record: String?
    /// The row of the file, nil for those who are in none.
    package let row: Int?
    let fields: [PlannedFieldChange]
    let joining: IntakeRow?
  }

  /// Who is in a group, or in any of them.
  package func lines(_ group: Group?) -> [Line] {
    func changed(_ group: Group, _ changes: [Change]) -> [Line] {
      changes.map { Line(group: group, record: $0.record, row: $0.row, fields: $0.fields, joining: nil) }
    }
    func of(_ group: Group) -> [Line] {
      switch group {
      case .joined: joined.map { Line(group: group, record: nil, row: $0.number, fields: [], joining: $0) }
      case .moved: changed(group, moved)
      case .left: changed(group, left)
      case .willLeave: changed(group, willLeave)
      case .otherwise: changed(group, otherwise)
      case .missing: absent.map { Line(group: group, record: $0, row: nil, fields: [], joining: nil) }
      }
    }
    return group.map(of) ?? Group.allCases.flatMap(of)
  }

  private static let moves: Set<String> = ["department", "post", "occupation"]

  /// `lastDays` says of everybody in the register until when they work here, nil for no end.
  package init(_ plan: ImportPlan, lastDays: [String: LocalDate?], today: LocalDate) {
    var (moved, left, willLeave, otherwise) = ([Change](), [Change](), [Change](), [Change]())
    for planned in plan.changed {
      let change = Change(record: planned.id, row: planned.row.number, fields: planned.changes)
      if let last = planned.changes.first(where: { $0.field == "left_on" }).flatMap({ LocalDate(iso: $0.to) }) {
        if last < today { left.append(change) } else { willLeave.append(change) }
      } else if planned.changes.contains(where: { Self.moves.contains($0.field) }) {
        moved.append(change)
      } else {
        otherwise.append(change)
      }
    }
    func works(_ id: String) -> Bool {
      guard let known = lastDays[id] else { return false }
      return known.map { $0 >= today } ?? true
    }
    joined = plan.new
    self.moved = moved
    self.left = left
    self.willLeave = willLeave
    self.otherwise = otherwise
    same = plan.same.count
    absent = plan.absent.filter(works)
    staff = lastDays.keys.count(where: works)
  }
}
