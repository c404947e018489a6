import Journal
import Ledger
import Nouns
import Records
import SQL
import Support
import Testing
import Text
import Time

/// 責任分界 and 接点の控え: what is settled, what is missing, and one form for several records.
@Suite struct BoundaryTests {
  private static func record(_ kind: Kind, _ id: String, _ values: [String: String]) -> Record {
    let at = Instant(milliseconds: 0)
    return Record(id: id, of: kind, values: values, createdAt: at, updatedAt: at, updatedBy: "佐藤 美咲")
  }

  private static let contract = record(.contract, "c1", ["name": "電子カルテ保守", "vendor": "v1"])

  @Test func everyClauseOfThePackHasALineAndNoAnswerIsOpen() {
    let boundary = Boundary(contract: Self.contract, clauses: [])
    #expect(boundary.lines.map(\.clause) == ContractClause.all)
    #expect(boundary.count(.open) == ContractClause.all.count)
    #expect(boundary.gaps.isEmpty && boundary.answered == 0)
  }

  /// What the contract does not mention is a finding only where it must; 「不明」 settles nothing.
  @Test(arguments: [
    ("updates", "vendor", Boundary.State.settled), ("updates", "both", .settled), ("updates", "unwritten", .gap),
    ("updates", "?", .open), ("updates", "", .open), ("logs", "unwritten", .unwritten), ("logs", "hospital", .settled),
  ])
  func anAnswerIsReadByItsClause(clause: String, owner: String, state: Boundary.State) throws {
    let answer = Self.record(.contractClause, "l1", ["contract": "c1", "clause": clause, "owner": owner])
    let boundary = Boundary(contract: Self.contract, clauses: [answer])
    let line = try #require(boundary.lines.first { $0.clause.key == clause })
    #expect(line.state == state)
    #expect(line.isUnknown == (owner == "?"))
    #expect(boundary.gaps.count == (state == .gap ? 1 : 0))
  }

  @Test func anotherContractsAnswersDoNotCount() {
    let other = Self.record(.contractClause, "l1", ["contract": "c2", "clause": "updates", "owner": "vendor"])
    #expect(Boundary(contract: Self.contract, clauses: [other]).answered == 0)
  }

  @Test(arguments: [
    ("", "", "", true), ("2026-12-01", "", "", false), ("2020-04-01", "2026-11-20", "", false),
    ("2020-04-01", "2026-11-21", "", true), ("2020-04-01", "2025-03-31", "automatic", true),
    ("2020-04-01", "2025-03-31", "ends", false), ("2020-04-01", "?", "", true),
  ])
  func aContractIsInForce(start: String, end: String, renewal: String, isInForce: Bool) throws {
    let values = ["name": "保守", "starts_on": start, "ends_on": end, "renewal": renewal].filter { !$0.value.isEmpty }
    let day = try #require(LocalDate(iso: "2026-11-21"))
    #expect(Boundary(contract: Self.record(.contract, "c", values), clauses: []).isInForce(on: day) == isInForce)
  }

  @Test(arguments: Engine.available)
  func oneFormMakesAndChangesRecordsTogetherAndIsUndoneTogether(_ engine: Engine) async throws {
    let world = try await World(engine)
    let vendor = try await world.records.create(.vendor, ["name": "株式会社みどり"], in: world.edit)
    let contract = try await world.records.create(
      .contract,
      ["name": "電子カルテ保守", "vendor": vendor.id],
      in: world.edit
    )
    let first = try await world.records.create(
      .contractClause,
      ["contract": contract.id, "clause": "updates", "owner": "unwritten"],
      in: world.edit
    )
    let before = try await world.everything()
    let set = try await world.records.keep(
      .contractClause,
      new: [["contract": contract.id, "clause": "backup", "owner": "hospital"]],
      changed: [RecordEdit(id: first.id, expectedVersion: first.version, changes: ["owner": "vendor"])],
      title: Localized(ja: "責任分界", en: "Responsibilities"),
      in: world.edit
    )
    let clauses = try await world.records.all(.contractClause, in: world.read).records
    let boundary = Boundary(contract: contract, clauses: clauses)
    #expect(boundary.answered == 2 && boundary.gaps.isEmpty)
    _ = try await world.records.undo(#require(set), in: world.edit)
    #expect(saysTheSame(before, try await world.everything()))
    // Somebody looked at an older state.
    await #expect(throws: RecordError.self) {
      try await world.records.keep(
        .contractClause,
        new: [],
        changed: [RecordEdit(id: first.id, expectedVersion: 7, changes: ["owner": "both"])],
        title: Localized(both: "x"),
        in: world.edit
      )
    }
  }

  @Test func titlesOfUndoingsDoNotNest() {
    let title = Localized(ja: "機器の取り込み「台帳.xlsx」", en: "Import of devices “台帳.xlsx”")
    let undone = ChangeSet.undoing(title, isUndo: false)
    let redone = ChangeSet.undoing(undone, isUndo: true)
    #expect(undone == Localized(ja: "機器の取り込み「台帳.xlsx」の取り消し", en: "Undoing of Import of devices “台帳.xlsx”"))
    #expect(redone == Localized(ja: "機器の取り込み「台帳.xlsx」のやり直し", en: "Redoing of Import of devices “台帳.xlsx”"))
    #expect(ChangeSet.undoing(redone, isUndo: true) == undone)
  }

  @Test func evidenceIsTakenFromWhereverItStands() {
    let connection = Self.record(
      .connection,
      "k1",
      ["system_name": "透析保守", "boundary_device": "FortiGate-60F", "firmware": "7.2.8", "has_connection": "yes"]
    )
    let bare = Evidence(connection: connection, record: nil, device: nil)
    #expect(bare.values[.model] == "FortiGate-60F" && bare.values[.firmware] == "7.2.8")
    #expect(bare.missing.count == Evidence.Item.allCases.count - 2 && !bare.isComplete)
    var values = Dictionary(uniqueKeysWithValues: Evidence.Item.allCases.map { ($0.field, "x") })
    let full = Evidence(connection: connection, record: Self.record(.boundaryEvidence, "e", values), device: nil)
    #expect(full.isComplete)
    values["how_to_cut"] = "?"
    let unknown = Evidence(connection: connection, record: Self.record(.boundaryEvidence, "e", values), device: nil)
    #expect(unknown.missing == [.howToCut])
  }

  @Test(arguments: [("yes", true), ("no", false), ("na", false), ("?", true), ("", true)])
  func onlyAWayThatDoesNotExistNeedsNoSheet(answer: String, isNeeded: Bool) {
    let connection = Self.record(.connection, "k", ["system_name": "CT", "has_connection": answer])
    #expect(Evidence.isNeeded(connection) == isNeeded)
  }
}
