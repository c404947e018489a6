import Intake
import Tabular
import Testing
import Text

@Suite struct `Comparing with the ledger` {
  private let header = "管理番号|機器名|製造番号|MACアドレス|IPアドレス|設置場所|備考"

  private func plan(
    _ lines: String,
    _ existing: [ExistingRecord] = [],
    base: ExportMeta? = nil,
    header: String? = nil
  ) -> ImportPlan {
    let result = read(book(sheet("台帳", (header ?? self.header) + "\n" + lines)))
    return Intake.plan(result, schema: Schemas.assets, existing: existing, base: base)
  }

  private let first = "A001|受付端末|S1001|00:11:22:33:44:01|10.0.0.1|1階|\nA002|会計端末|S1002|00:11:22:33:44:02|10.0.0.2|1階|"

  @Test func `everything is new, then everything is the same`() {
    let new = plan(first)
    #expect(new.counts == ImportCounts(new: 2, changed: 0, same: 0, conflicting: 0, refused: 0, skipped: 0))
    let again = plan(first, records(new))
    #expect(again.counts.same == 2)
    #expect(again.counts.dataRows == 2)
  }

  @Test func `one changed cell is one change`() throws {
    let ledger = records(plan(first))
    let changed = plan(first.replacing("会計端末", with: "会計窓口端末"), ledger)
    #expect(changed.counts.same == 1)
    let change = try #require(changed.changed.first)
    #expect(change.id == "id1")
    #expect(change.changes == [PlannedFieldChange(field: "name", from: "会計端末", to: "会計窓口端末", original: nil)])
  }

  @Test func `the spelling of a value is no change, and an empty cell erases nothing`() {
    let ledger = records(plan(first))
    let again = plan("Ａ００１|受付端末|Ｓ１００１|00-11-22-33-44-01|１０．０．０．１|1階|\nA002|会計端末|||||", ledger)
    #expect(again.counts.same == 2)
  }

  @Test func `an address alone never makes two things one`() {
    let ledger = records(plan(first))
    let other = plan("A009|別の端末|S9009|00:11:22:33:44:99|10.0.0.1|1階|", ledger)
    #expect(other.counts.new == 1)
  }

  @Test func `a device is found by its serial, its hardware address or its host name when it has no number`() {
    let ledger = records(plan(first))
    #expect(plan("|受付端末|S1001||||移設", ledger).changed.map(\.id) == ["id0"])
    #expect(plan("|受付端末||00:11:22:33:44:01|||移設", ledger).changed.map(\.id) == ["id0"])
  }

  @Test func `a row written twice counts once`() {
    let twice = plan(first + "\nA001|受付端末|S1001|00:11:22:33:44:01|10.0.0.1|1階|")
    #expect(twice.counts.new == 2)
    #expect(twice.same.map(\.duplicateOf) == [RowPlace(sheet: "台帳", row: 2)])
    #expect(twice.problems.map(\.code) == ["row.duplicate"])
  }

  @Test func `one number on two things is shown on both rows and the second waits`() {
    let reused = plan(first + "\nA001|別の端末|S7777|00:11:22:33:44:77|10.0.0.7|2階|")
    #expect(reused.counts == ImportCounts(new: 2, changed: 0, same: 0, conflicting: 1, refused: 0, skipped: 0))
    #expect(reused.conflicts.map(\.kind) == [.numberReused])
    #expect(Set(reused.problems.map(\.row)) == [2, 4])
  }

  @Test func `the serial of one and the number of another is a question`() {
    let ledger = records(plan(first))
    let crossed = plan("A001|受付端末|S1002|00:11:22:33:44:01|10.0.0.1|1階|", ledger)
    #expect(crossed.conflicts.map(\.kind) == [.identitiesDisagree])
    #expect(crossed.conflicts.first?.records == ["id0", "id1"])
    let renumbered = plan("A777|受付端末|S1001|00:11:22:33:44:01|10.0.0.1|1階|", ledger)
    #expect(renumbered.conflicts.map(\.kind) == [.identitiesDisagree])
  }

  @Test func `a number given to another device is a question`() {
    let ledger = records(plan(first))
    let taken = plan("A001|新しい端末|S9999|00:11:22:33:44:99|10.0.0.9|3階|", ledger)
    #expect(taken.conflicts.map(\.kind) == [.numberTaken])
    // A new network card in the same device is a change.
    let card = plan("A001|受付端末|S1001|00:11:22:33:44:99|10.0.0.1|1階|", ledger)
    #expect(card.changed.first?.changes.map(\.field) == ["mac_address"])
  }

  @Test func `one hardware address on two devices of different number and serial is only noted`() {
    let shared = plan(first + "\nA003|病棟端末|S1003|00:11:22:33:44:01|10.0.0.3|3階|")
    #expect(shared.counts.new == 3)
    #expect(shared.problems.map(\.code) == ["identity.shared"])
  }

  @Test func `unknown replaces nothing that is known, and says so`() {
    let ledger = records(plan(first))
    let unknown = plan("A001|受付端末|S1001|00:11:22:33:44:01|不明|1階|", ledger)
    #expect(unknown.counts.same == 1)
    #expect(unknown.problems.map(\.code) == ["unknown.kept"])
    #expect(unknown.problems.first?.column == "IPアドレス")
  }

  @Test func `a character the file could not hold changes nothing, and says so`() {
    let ledger = records(plan("A001|𠮷野端末|S1001||10.0.0.1|1階|"))
    for name in ["?野端末", "??野端末", "〓野端末", "吉野端末"] {
      let kept = plan("A001|\(name)|S1001||10.0.0.1|1階|", ledger)
      #expect(kept.counts.same == 1, "\(name)")
      #expect(kept.problems.map(\.code) == ["characters.kept"])
    }
    #expect(plan("A001|水野端末|S1001||10.0.0.1|1階|", ledger).counts.changed == 1)
    // What changes beside it still does.
    let moved = plan("A001|?野端末|S1001||10.0.0.9|1階|", ledger)
    #expect(moved.changed.first?.changes.map(\.field) == ["ip_address"])
  }

  @Test func `a row that names nothing is refused with the reason`() {
    let nameless = plan("|||||1階|予備")
    #expect(nameless.counts.refused == 1)
    #expect(nameless.problems.map(\.severity) == [.row])
  }

  @Test func `without any number the same row is recognised as a whole`() {
    let header = "機器名|型番|設置場所|備考"
    let lines = "受付端末|3080|1階|\n会計端末|3080|1階|\n受付端末|3090|2階|"
    let new = plan(lines, header: header)
    #expect(new.counts.new == 3)
    #expect(new.problems.map(\.code) == ["identity.none"])
    #expect(plan(lines, records(new), header: header).counts.same == 3)
  }

  @Test func `records the file does not speak of are told and left alone`() {
    let ledger = records(plan(first))
    #expect(plan("A001|受付端末|S1001|00:11:22:33:44:01|10.0.0.1|1階|", ledger).absent == ["id1"])
  }

  @Test func `extra columns are kept and compared`() {
    let header = "管理番号|機器名|耐用年数|No."
    let new = plan("A001|受付端末|5|1", header: header)
    #expect(new.new.first?.extras == ["耐用年数": "5", "No.": "1"])
    let ledger = records(new)
    #expect(plan("A001|受付端末|5|9", ledger, header: header).counts.same == 1)
    #expect(plan("A001|受付端末|6|1", ledger, header: header).changed.first?.extras == ["耐用年数": "6"])
  }

  // MARK: Our own export

  private var exported: (String, [ExistingRecord], ExportMeta) {
    let ledger = records(plan(first))
    let base = ExportMeta(
      kind: "assets",
      exportedAt: "2026-11-21T00:00:00.000Z",
      records: Dictionary(
        uniqueKeysWithValues: ledger.map {
          ($0.id, ExportMeta.BaseRecord(version: $0.version, values: $0.values))
        }
      )
    )
    let lines = first.split(separator: "\n").enumerated().map { "id\($0.offset)|\($0.element)" }.joined(separator: "\n")
    return (lines, ledger, base)
  }

  private var exportHeader: String { ExportMeta.idHeader + "|" + header }

  @Test func `an export that comes back untouched changes nothing`() {
    let (lines, ledger, base) = exported
    let back = plan(lines, ledger, base: base, header: exportHeader)
    #expect(back.counts.same == 2)
    #expect(back.problems.isEmpty)
  }

  @Test func `what only the ledger changed stays, what only the file changed is taken`() {
    var (lines, ledger, base) = exported
    ledger[0].values["name"] = "総合受付端末"
    ledger[0].version = 2
    lines = lines.replacing("10.0.0.1", with: "10.0.0.51")
    let back = plan(lines, ledger, base: base, header: exportHeader)
    #expect(back.counts.same == 1)
    #expect(back.changed.first?.changes.map(\.field) == ["ip_address"])
    #expect(back.changed.first?.version == 2)
  }

  @Test func `both changed is a conflict with all three values, equal changes are none`() throws {
    var (lines, ledger, base) = exported
    ledger[0].values["name"] = "総合受付端末"
    let conflict = plan(lines.replacing("受付端末", with: "外来受付端末"), ledger, base: base, header: exportHeader)
    #expect(
      conflict.conflicts.first?.fields == [
        FieldConflict(field: "name", base: "受付端末", inFile: "外来受付端末", inLedger: "総合受付端末")
      ]
    )
    let equal = plan(lines.replacing("受付端末", with: "総合受付端末"), ledger, base: base, header: exportHeader)
    #expect(equal.counts.same == 2)
  }

  @Test func `in our own export an emptied cell means it`() {
    let (lines, ledger, base) = exported
    let emptied = plan(lines.replacing("|10.0.0.1|", with: "||"), ledger, base: base, header: exportHeader)
    #expect(
      emptied.changed.first?.changes == [
        PlannedFieldChange(field: "ip_address", from: "10.0.0.1", to: "", original: nil)
      ]
    )
  }

  @Test func `a record that left the ledger since is a question`() {
    let (lines, ledger, base) = exported
    let gone = plan(lines, Array(ledger.dropFirst()), base: base, header: exportHeader)
    #expect(gone.conflicts.map(\.kind) == [.gone])
  }

  @Test func `the hidden sheet reads back as it was written`() throws {
    let (_, _, base) = exported
    let fields = Schemas.assets.fields.map(\.key)
    let rows = base.rows(fields: fields).enumerated().map { index, cells in
      SheetRow(number: index + 1, cells: cells.map { $0.isEmpty ? .empty : .text($0) })
    }
    let back = try #require(ExportMeta(book(Sheet(name: ExportMeta.sheetName, isHidden: true, rows: rows))))
    #expect(back.records == base.records)
    #expect(back.kind == "assets")
  }

  // MARK: Descriptions instead of numbers

  @Test func `two lines of one system are two records, matched by likeness`() {
    func connections(_ lines: String, _ existing: [ExistingRecord] = []) -> ImportPlan {
      let result = read(
        book(sheet("接続", "部署名|業者名|システム名|回線種類|接続形態\n" + lines)),
        Schemas.connections
      )
      return Intake.plan(result, schema: Schemas.connections, existing: existing)
    }
    let lines = "放射線科|㈱東洋|PACS|光回線|常時\n放射線科|㈱東洋|PACS|ISDN|都度"
    let new = connections(lines)
    #expect(new.counts.new == 2)
    let ledger = records(new)
    #expect(connections(lines, ledger).counts.same == 2)
    let reversed = connections(lines.split(separator: "\n").reversed().joined(separator: "\n"), ledger)
    #expect(reversed.counts.same == 2)
    let changed = connections(lines.replacing("ISDN", with: "LTE"), ledger)
    #expect(changed.changed.map(\.id) == ["id1"])
  }

  // MARK: Any file

  @Test(arguments: UInt64(0)..<200) func `every data row ends in exactly one list`(seed: UInt64) {
    var chance = Chance(seed: seed)
    func pick(_ words: [String]) -> String { words.randomElement(using: &chance) ?? "" }
    let lines = (0..<Int.random(in: 1...30, using: &chance)).map { _ in
      [
        pick(["", "A001", "A002", "A003", "A004", "不明"]), pick(["", "受付", "会計", "病棟"]),
        pick(["", "S1", "S2", "S3", "-"]),
        pick(["", "00:11:22:33:44:01", "00:11:22:33:44:02", "x"]), pick(["", "10.0.0.1", "不明"]),
        pick(["", "1階", "2階"]),
        pick(["", "備考", "小計 3台"]),
      ].joined(separator: "|")
    }.joined(separator: "\n")
    let result = read(
      book(sheet("台帳", header + "\nA999|必ず|S999|||1階|ある\nA998|必ず|S998|||1階|ある\n" + lines))
    )
    var ledger = records(Intake.plan(result, schema: Schemas.assets, existing: []))
    ledger.shuffle(using: &chance)
    let known = Array(ledger.prefix(Int.random(in: 0...ledger.count, using: &chance)))
    let plan = Intake.plan(result, schema: Schemas.assets, existing: known)
    #expect(plan.counts.dataRows == result.rows.count)
    // No record stands for two rows.
    let ids = plan.changed.map(\.id) + plan.same.compactMap(\.id)
    #expect(Set(ids).count == ids.count)
    // What waits or is refused is in the list of problems.
    let told = Set(plan.problems.filter { $0.severity == .row }.map(\.row))
    #expect((plan.conflicts.map(\.row) + plan.refused).allSatisfy { told.contains($0.number) })
  }

  @Test(arguments: UInt64(0)..<100) func `importing what was imported changes nothing`(seed: UInt64) {
    var chance = Chance(seed: seed)
    let lines = (0..<20).map { number in
      let mac = (0..<6).map { _ in ["0A", "1B", "2C", "FF"].randomElement(using: &chance) ?? "" }.joined(separator: ":")
      return "A\(number)00|端末\(number)|S\(seed)\(number)00|\(mac)|不明|1階|" + (Bool.random(using: &chance) ? "備考" : "")
    }.joined(separator: "\n")
    let new = plan(lines)
    let again = plan(lines, records(new))
    #expect(again.counts.same == new.counts.new + new.counts.same)
    #expect(again.counts.changed == 0)
  }
}
