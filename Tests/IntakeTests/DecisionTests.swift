import Intake
import Tabular
import Testing
import Text

/// What a person says of rows that the comparison left open, and rows that look like something without being known.
@Suite struct `Deciding on rows` {
  private let header = "管理番号|機器名|製造番号|MACアドレス|IPアドレス|設置場所|備考"
  private let first = "A001|受付端末|S1001|00:11:22:33:44:01|10.0.0.1|1階|\nA002|会計端末|S1002|00:11:22:33:44:02|10.0.0.2|1階|"

  private func plan(
    _ lines: String,
    _ existing: [ExistingRecord] = [],
    _ decisions: RowDecisions = RowDecisions()
  ) -> ImportPlan {
    let result = read(book(sheet("台帳", header + "\n" + lines)))
    return Intake.plan(result, schema: Schemas.assets, existing: existing, decisions: decisions)
  }

  private func at(_ row: Int, _ decision: RowDecision) -> RowDecisions {
    RowDecisions(rows: [RowPlace(sheet: "台帳", row: row): decision])
  }

  @Test func `every decision puts its row in one list, and the problem is gone`() throws {
    let ledger = records(plan(first))
    let crossed = "A001|受付端末|S1002|00:11:22:33:44:01|10.0.0.1|1階|移設"
    let open = plan(crossed, ledger)
    let conflict = try #require(open.conflicts.first)
    #expect(conflict.choices == [.record("id0"), .record("id1"), .new, .skip])
    #expect(open.problems.contains { $0.asksForDecision })

    let reflected = plan(crossed, ledger, at(2, .record("id1")))
    #expect(reflected.counts == ImportCounts(new: 0, changed: 1, same: 0, conflicting: 0, refused: 0, skipped: 0))
    #expect(reflected.changed.first?.id == "id1")
    #expect(reflected.changed.first?.changes.contains { $0.field == "asset_number" && $0.to == "A001" } == true)
    #expect(!reflected.problems.contains { $0.asksForDecision })
    #expect(plan(crossed, ledger, at(2, .new)).counts.new == 1)
    #expect(plan(crossed, ledger, at(2, .skip)).counts.conflicting == 1)
    // What the row does not offer counts for nothing.
    #expect(plan(crossed, ledger, at(2, .record("somebody"))).counts.conflicting == 1)
    #expect(plan(crossed, ledger, at(2, .earlierRow)).counts.conflicting == 1)
  }

  @Test func `a number used twice in the file can be the same thing after all`() throws {
    let reused = first + "\nA001|受付端末 新|S7777|00:11:22:33:44:77||2階|"
    let choices = try #require(plan(reused).conflicts.first).choices
    #expect(choices == [.earlierRow, .new, .skip])
    let one = plan(reused, [], at(4, .earlierRow))
    #expect(one.counts == ImportCounts(new: 2, changed: 0, same: 1, conflicting: 0, refused: 0, skipped: 0))
    #expect(one.new.first?["name"] == "受付端末 新" && one.new.first?["ip_address"] == "10.0.0.1")
    #expect(plan(reused, [], at(4, .new)).counts.new == 3)
    // Where the earlier row is a record already, its record changes.
    let known = plan(reused, records(plan(first)), at(4, .earlierRow))
    #expect(known.changed.map(\.id) == ["id0"])
  }

  @Test(arguments: RowDecisions.Rest.allCases) func `the rest is decided together`(rest: RowDecisions.Rest) {
    let ledger = records(plan(first))
    let file = "A001|別の端末|S7777|00:11:22:33:44:77|10.0.0.7|2階|\nA002|別の端末2|S8888|00:11:22:33:44:88|10.0.0.8|2階|"
    #expect(plan(file, ledger).counts.conflicting == 2)
    var decisions = at(2, .skip)
    decisions.rest = rest
    let counts = plan(file, ledger, decisions).counts
    #expect(counts.new == (rest == .new ? 1 : 0) && counts.changed == (rest == .record ? 1 : 0))
    #expect(counts.dataRows == 2)
  }

  @Test(arguments: ["record:a b", "earlier", "undisputed", "new", "skip"]) func `a decision is kept as text`(
    text: String
  ) {
    #expect(RowDecision(text: text)?.text == text)
    #expect(RowDecision(text: "x" + text) == nil)
  }

  // MARK: Lookalikes

  private static let lines = IntakeSchema(
    kind: "connections",
    fields: [
      IntakeField(key: "number", label: Localized(ja: "接続番号", en: "Number"), type: .identifier),
      IntakeField(key: "system", label: Localized(ja: "システム名", en: "System"), type: .text),
      IntakeField(key: "department", label: Localized(ja: "部署", en: "Department"), type: .text),
      IntakeField(key: "line", label: Localized(ja: "回線種類", en: "Line"), type: .text),
      IntakeField(key: "vendor", label: Localized(ja: "事業者", en: "Vendor"), type: .text),
      IntakeField(key: "use", label: Localized(ja: "用途", en: "Use"), type: .text),
    ],
    identity: [
      IdentityRule("number", label: Localized(both: "number")),
      IdentityRule("system", "department", "line", label: Localized(both: "description")),
    ],
    lookalike: Lookalike(name: "system", group: "department", telling: ["line", "vendor", "use"])
  )

  private func lines(_ rows: String, _ ledger: [ExistingRecord] = []) -> ImportPlan {
    let result = read(book(sheet("接続", "接続番号|システム名|部署|回線種類|事業者|用途\n" + rows)), Self.lines)
    return Intake.plan(result, schema: Self.lines, existing: ledger)
  }

  @Test func `a corrected line is proposed with its difference, and not merged in silence`() throws {
    let ledger = records(lines("|透析|透析室|ISDN|メディ社|遠隔保守\n|検査|検査科|光|検査社|報告"))
    let corrected = lines("|透析|透析室|光|メディ社|遠隔保守", ledger)
    let conflict = try #require(corrected.conflicts.first)
    #expect(corrected.counts.dataRows == 1 && conflict.kind == .perhapsSame && conflict.records == ["id0"])
    #expect(conflict.fields == [FieldConflict(field: "line", base: nil, inFile: "光", inLedger: "ISDN")])
    #expect(conflict.reason.ja.contains("回線種類が違います"))
    #expect(conflict.choices == [.record("id0"), .new, .skip])
  }

  @Test func `a second line of a system beside the first is new`() {
    let ledger = records(lines("|透析|透析室|ISDN|メディ社|遠隔保守"))
    // Whatever order the file has them in.
    for rows in ["|透析|透析室|光|別の社|報告\n|透析|透析室|ISDN|メディ社|遠隔保守", "|透析|透析室|ISDN|メディ社|遠隔保守\n|透析|透析室|光|別の社|報告"] {
      #expect(
        lines(rows, ledger).counts == ImportCounts(new: 1, changed: 0, same: 1, conflicting: 0, refused: 0, skipped: 0)
      )
    }
    #expect(lines("|透析|別の部|光|メディ社|遠隔保守", ledger).counts.new == 1)
  }

  @Test func `another vendor and use on the same line is asked about`() {
    let ledger = records(lines("|透析|透析室|光|メディ社|遠隔保守"))
    #expect(lines("|透析|透析室|光|別の社|報告", ledger).conflicts.map(\.kind) == [.perhapsSame])
    // One of the two being corrected is a change that the preview shows.
    #expect(lines("|透析|透析室|光|別の社|遠隔保守", ledger).counts.changed == 1)
    #expect(lines("N-2|透析|透析室|光|メディ社|遠隔保守", records(lines("N-1|透析|透析室|光|メディ社|遠隔保守"))).counts.conflicting == 1)
  }

  @Test func `what was unknown and is known now is the same line`() {
    let ledger = records(lines("|透析|透析室|不明|メディ社|遠隔保守"))
    let plan = lines("|透析|透析室|光|メディ社|遠隔保守", ledger)
    #expect(plan.changed.first?.changes == [PlannedFieldChange(field: "line", from: "?", to: "光", original: nil)])
    // Two lines that may both be it are two questions.
    let two = lines("|透析|透析室|光|メディ社|遠隔保守\n|透析|透析室|LTE|メディ社|遠隔保守", ledger)
    #expect(two.counts.conflicting == 2)
  }
}
