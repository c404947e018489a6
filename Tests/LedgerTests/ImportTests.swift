@testable import Intake
import Journal
import Ledger
import Nouns
import Organization
import Records
import SQL
import Support
import Testing
import Text
import Time

@Suite struct ImportTests {
  @Test(arguments: Engine.available) func aPlanIsCarriedOutWhole(_ engine: Engine) async throws {
    let world = try await FaultTests.filled(engine)
    let before = try await world.everything()
    let outcome = try await world.records.apply(
      FaultTests.plan(),
      of: .asset,
      title: Localized(both: "台帳.xlsx"),
      in: world.load
    )
    #expect(outcome.created == 1 && outcome.changed == 1)
    #expect(outcome.createdReferences == ["vendor": 1, "vendor_alias": 2, "location": 1])
    let found = try await world.records.list(.asset, ListQuery(search: "新しい端末"), in: world.read)
    let fresh = try #require(found.records.first)
    #expect(found.title(of: fresh["maintenance_vendor"]) == "株式会社メディライン")
    #expect(fresh.originals == ["installed_on": "R2.1.1"])
    // A bare name makes no person; it is kept as the file wrote it.
    #expect(fresh["owner"] == nil && fresh.extras == ["管理者": "山田太郎"])
    let place = try #require(try await world.records.list(.location, ListQuery(), in: world.read).records.first)
    #expect(place["building"] == "本館" && place["floor"] == "5階" && place["room"] == "事務室")
    let (changed, _) = try await world.records.find(.asset, id: "a1", in: world.read)
    #expect(changed["os"] == "Windows 11" && changed.originals["os"] == "Ｗｉｎ１１" && changed.extras == ["号機": "①"])
    let sets = try await JournalReader(database: world.database).changeSets(facility: "minato", limit: 10)
    #expect(sets.contains { $0.id == outcome.set && $0.kind == .import && $0.count == 6 })

    let undone = try await world.records.undo(try #require(outcome.set), in: world.edit)
    #expect(undone.left.isEmpty)
    #expect(saysTheSame(try await world.everything(), before))
    _ = try await world.records.undo(undone.set, in: world.edit)
    let (again, _) = try await world.records.find(.asset, id: fresh.id, in: world.read)
    #expect(again.saysTheSame(as: fresh))
  }

  @Test func anImportIsUndoneButForWhatChangedSince() async throws {
    let world = try await FaultTests.filled(.sqlite)
    let outcome = try await world.records.apply(
      FaultTests.plan(),
      of: .asset,
      title: Localized(both: "台帳.xlsx"),
      in: world.load
    )
    let fresh = try #require(
      try await world.records.list(.asset, ListQuery(search: "新しい端末"), in: world.read).records.first
    )
    _ = try await world.records.change(.asset, id: fresh.id, expectedVersion: 1, ["remarks": "確認済"], in: world.edit)
    let undone = try await world.records.undo(try #require(outcome.set), in: world.edit)
    // The asset stays as somebody worked on it, and with it the vendor and the place it points to.
    #expect(Set(undone.left.map(\.kind)) == ["asset", "vendor", "location"])
    let (kept, titles) = try await world.records.find(.asset, id: fresh.id, in: world.read)
    #expect(kept["remarks"] == "確認済")
    #expect(titles.values.contains("株式会社メディライン"))
    #expect(try await world.records.find(.asset, id: "a1", in: world.read).record["os"] == nil)
  }

  @Test func aPlanOlderThanTheLedgerIsRefused() async throws {
    let world = try await FaultTests.filled(.sqlite)
    _ = try await world.records.change(.asset, id: "a1", expectedVersion: 1, ["os": "Windows 10"], in: world.edit)
    let before = try await world.everything()
    await #expect(throws: RecordError.planOutdated(["a1"])) {
      try await world.records.apply(FaultTests.plan(), of: .asset, title: Localized(both: "台帳.xlsx"), in: world.load)
    }
    #expect(try await world.everything() == before)
  }

  @Test func aVendorEnteredSinceThePreviewIsNotMadeTwice() async throws {
    let world = try await FaultTests.filled(.sqlite)
    let vendor = try await world.records.create(.vendor, ["name": "（株）メディライン"], in: world.edit)
    let outcome = try await world.records.apply(
      FaultTests.plan(),
      of: .asset,
      title: Localized(both: "台帳.xlsx"),
      in: world.load
    )
    #expect(outcome.createdReferences["vendor"] == nil)
    let fresh = try await world.records.list(.asset, ListQuery(search: "新しい端末"), in: world.read).records.first
    #expect(fresh?["maintenance_vendor"] == vendor.id)
  }

  @Test func namesAreKnownByNumberAndAlias() async throws {
    let world = try await World()
    let vendor = try await world.records.create(.vendor, ["name": "株式会社メディライン"], in: world.edit)
    _ = try await world.records.create(.vendorAlias, ["name": "MLサポート", "vendor": vendor.id], in: world.edit)
    let person = try await world.records.create(.person, ["name": "渡辺 健一", "staff_number": "100000"], in: world.edit)
    let resolver = ReferenceResolver(try await world.records.references(for: .asset, in: world.read))
    #expect(resolver.find(kind: "vendor", "㈱メディライン")?.id == vendor.id)
    #expect(resolver.find(kind: "vendor", "ＭＬサポート")?.id == vendor.id)
    #expect(resolver.find(kind: "person", "１０００００")?.id == person.id)
    #expect(resolver.find(kind: "person", "渡邉　健一")?.id == person.id)
  }

  @Test(arguments: [
    ("本館5階 事務室", ["building": "本館", "floor": "5階", "room": "事務室"]),
    ("管理棟１０階　読影室", ["building": "管理棟", "floor": "10階", "room": "読影室"]),
    ("地下1階 機械室", ["floor": "B1階", "room": "機械室"]), ("B2F 倉庫", ["floor": "B2階", "room": "倉庫"]), ("3F", ["floor": "3階"]),
    ("サーバ室", [:]), ("FMスタジオ", [:]), ("階段", [:]), ("", [:]),
  ])
  func placesAreTakenApart(_ name: String, _ parts: [String: String]) {
    #expect(LocationName.parts(of: name) == parts)
  }
}

/// Random edits, then each taken back, newest first.
@Suite struct UndoPropertyTests {
  @Test(arguments: UInt64(0)..<60) func undoRestoresExactly(_ seed: UInt64) async throws {
    var chance = SplitMix64(seed: seed)
    let world = try await World()
    var states = [try await world.everything()]
    var sets: [String] = []
    for step in 0..<12 {
      if let set = try await someChange(world, step, &chance) {
        sets.append(set)
        states.append(try await world.everything())
      }
    }
    for (index, set) in sets.enumerated().reversed() {
      let undone = try await world.records.undo(set, in: world.edit)
      #expect(undone.left.isEmpty)
      #expect(saysTheSame(try await world.everything(), states[index]))
      guard Bool.random(using: &chance) else { continue }
      let redone = try await world.records.undo(undone.set, in: world.edit)
      #expect(saysTheSame(try await world.everything(), states[index + 1]))
      _ = try await world.records.undo(redone.set, in: world.edit)
      #expect(saysTheSame(try await world.everything(), states[index]))
    }
    #expect(try await world.everything().isEmpty)
  }

  private func someChange(_ world: World, _ step: Int, _ chance: inout SplitMix64) async throws -> String? {
    let kinds: [Kind] = [.vendor, .department, .asset, .connection]
    let kind = kinds[Int.random(in: 0..<kinds.count, using: &chance)]
    let records = try await world.records.all(kind, in: world.read).records
    let references = try await world.records.references(for: kind, in: world.read)
    switch Int.random(in: 0..<5, using: &chance) {
    case 0, 1:
      var plan = ImportPlan()
      plan.new = (0..<Int.random(in: 1...3, using: &chance)).map {
        FaultTests.row(values(kind, "\(step)-\($0)", references, &chance), $0, originals: ["name": "Ｘ"])
      }
      plan.newReferences = [
        "vendor": [NewReference(kind: "vendor", name: "会社\(step)", aliases: ["別名\(step)"], count: 1)]
      ]
      return try await world.records.apply(plan, of: kind, title: Localized(both: "取り込み"), in: world.load).set
    case 2:
      guard !records.isEmpty else { return nil }
      let chosen = Array(records.prefix(Int.random(in: 1...3, using: &chance)).map(\.id))
      return try await world.records.archive(kind, .ids(chosen), reason: "不要", in: world.edit).set
    default:
      guard !records.isEmpty else { return nil }
      var edits: [RecordEdit] = []
      for record in records.prefix(4) {
        edits.append(
          RecordEdit(
            id: record.id,
            expectedVersion: record.version,
            changes: values(kind, "e\(step)", references, &chance)
          )
        )
      }
      return try await world.records.change(kind, edits, in: world.edit).set
    }
  }

  private func values(
    _ kind: Kind,
    _ mark: String,
    _ references: [String: [KnownReference]],
    _ chance: inout SplitMix64
  ) -> [String: String] {
    var values = [kind.titleFields[0]: "名前\(mark)"]
    for field in kind.fields where values[field.key] == nil && Int.random(in: 0..<4, using: &chance) == 0 {
      switch field.type {
      case .text, .multiline: values[field.key] = "値\(mark)"
      case .date: values[field.key] = Bool.random(using: &chance) ? "2024-05-01" : "?"
      case .choice, .yesNoUnknown: values[field.key] = field.choices.randomElement(using: &chance)?.key
      case .reference(let other):
        values[field.key] = other == "vendor" ? references[other]?.randomElement(using: &chance)?.id ?? "?" : "?"
      default: break
      }
    }
    return values
  }
}
