import Intake
import Nouns
import Records
import Text
import Web

/// The numbers over a comparison, for programs.
package struct RosterDifference: Sendable {
  let roster: Roster
  let undecided: Int
  let refused: Int

  package init(_ comparison: RosterStore.Comparison) {
    roster = comparison.roster
    var counts = (undecided: 0, refused: 0)
    if case .records(_, let plan, _) = comparison.preview.content {
      counts = (plan.counts.conflicting, plan.counts.refused)
    }
    (undecided, refused) = counts
  }

  /// In one line, for the command.
  package var text: Localized {
    let rest = undecided + refused
    return Localized(
      ja:
        "入職 \(roster.joined.count)、異動 \(roster.moved.count)、退職した \(roster.left.count)、これから退職 \(roster.willLeave.count)、そのほかの変更 \(roster.otherwise.count)、同じ \(roster.same)、名簿にいない \(roster.absent.count)/\(roster.staff)、反映されない行 \(rest)",
      en:
        "joined \(roster.joined.count), moved \(roster.moved.count), left \(roster.left.count), will leave \(roster.willLeave.count), otherwise changed \(roster.otherwise.count), same \(roster.same), missing \(roster.absent.count) of \(roster.staff), rows left out \(rest)"
    )
  }

  package static let shape = JSONShape<RosterDifference>([
    .number("joined") { $0.roster.joined.count }, .number("moved") { $0.roster.moved.count },
    .number("left") { $0.roster.left.count }, .number("willLeave") { $0.roster.willLeave.count },
    .number("otherwise") { $0.roster.otherwise.count }, .number("same") { $0.roster.same },
    .number("missing") { $0.roster.absent.count }, .number("staff") { $0.roster.staff },
    .flag("needsCount") { $0.roster.isSuspicious }, .number("undecided") { $0.undecided },
    .number("refused") { $0.refused },
  ])
}

/// One who differs between the roster and the register, named.
package struct RosterPerson: Sendable {
  /// A field before and after; a department by its name.
  struct Change: Sendable {
    let field: String
    let from: String?
    let to: String?

    static let shape = JSONShape<Change>([
      .text("field") { $0.field }, .maybe("from") { $0.from }, .maybe("to") { $0.to },
    ])
  }

  package let group: Roster.Group
  package let record: String?
  let row: Int?
  package let name: String
  package let number: String?
  package let department: String?
  let changes: [Change]

  package static let shape = JSONShape<RosterPerson>([
    .choice("group", Roster.Group.allCases.map(\.rawValue)) { $0.group.rawValue }, .maybe("person") { $0.record },
    .count("row") { $0.row }, .text("name") { $0.name }, .maybe("staffNumber") { $0.number },
    .maybe("department") { $0.department }, .list("changes", Change.shape) { $0.changes },
  ])
}

extension RosterStore {
  /// These lines with names and numbers.
  package func people(_ lines: [Roster.Line], in scope: Scope<ImportLedger>) async throws -> [RosterPerson] {
    let records = try await engine.store.find(.person, ids: lines.compactMap(\.record), in: scope.reading)
    let titles = try await titles(lines, records.map(\.values), in: scope)
    let known = Dictionary(records.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    func shown(_ field: String, _ value: String?) -> String? {
      guard let value, !value.isEmpty, Kind.person[field: field]?.referenced != nil else { return value }
      // What the file names first has no id yet.
      return value.hasPrefix("+") ? String(value.dropFirst()) : titles[value] ?? value
    }
    return lines.map { line in
      func value(_ field: String) -> String? {
        shown(field, line.joining?.values[field]?.stored ?? line.record.flatMap { known[$0]?.known(field) })
      }
      return RosterPerson(
        group: line.group,
        record: line.record,
        row: line.row,
        name: value("name") ?? "",
        number: value("staff_number"),
        department: value("department"),
        changes: line.fields.map {
          RosterPerson.Change(field: $0.field, from: shown($0.field, $0.from), to: shown($0.field, $0.to))
        }
      )
    }
  }
}
