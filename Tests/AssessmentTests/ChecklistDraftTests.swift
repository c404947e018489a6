import Journal
import Nouns
import Packs
import SQL
import Support
import Testing
import Text
import Time

@testable import Assessment

/// Writing a checklist in the editor: what is published is what import would take, two people do not lose each other's
/// words, and what is wrong is named at its field.
@Suite struct ChecklistDraftTests {
  /// A draft with every way to answer, an own topic, and a child.
  static func draft() -> ChecklistDraft {
    var draft = ChecklistDraft()
    draft.head.pack = "own-lab"
    draft.head.title = .init("検査室の点検", "")
    draft.head.validFrom = "2026-04-01"
    draft.head.publisher = "検査部: \"第1\" #係"
    draft.head.sourceTitle = "院内規程 {12}\n[改]"
    let section = draft.put(ChecklistDraft.Section(id: 0, number: "1", title: .init("機器", "Devices")))
    let topic = draft.put(
      ChecklistDraft.Topic(
        id: 0,
        title: .init("検査室の棚"),
        needs: .init("台帳に書くと分かります。"),
        keeps: "31",
        conditions: [
          .init(use: "decides", fact: "ledger.connections.unknown", test: "none"),
          .init(use: "beside", fact: "ledger.connections.mobile"),
        ]
      )
    )
    var first = ChecklistDraft.Item(id: 0, number: "1-1", text: .init("棚に鍵がある", "Locked"))
    first.topic = draft.topic(topic)?.key ?? ""
    let parent = draft.put(first, in: section)
    var second = ChecklistDraft.Item(id: 0, number: "1-2", text: .init("鍵の数"), topic: "backup", kind: "number")
    second.least = "1"
    second.most = "9"
    second.unit = .init("本", "keys")
    second.parent = parent
    second.parentValues = ["yes"]
    draft.put(second, in: section)
    var third = ChecklistDraft.Item(id: 0, number: "1-3", text: .init("鍵の種類"), topic: "backup", kind: "choice")
    third.choices = [.init(key: "c1", label: .init("物理")), .init(key: "c2", label: .init("電子", "Card"))]
    draft.put(third, in: section)
    var fourth = ChecklistDraft.Item(id: 0, number: "1-4", text: .init("棚卸しの日"), topic: "backup", kind: "date")
    fourth.staysInYear = true
    fourth.absent = "any"
    draft.put(fourth, in: section)
    var fifth = ChecklistDraft.Item(id: 0, number: "1-5", text: .init("手順"), topic: "backup", kind: "level")
    fifth.levels = [.init("なし"), .init("一部"), .init("全部"), .init("見直した")]
    fifth.needsSecond = true
    draft.put(fifth, in: section)
    return draft
  }

  @Test func whatIsWrittenIsWhatIsRead() throws {
    let draft = Self.draft()
    #expect(draft.problems().isEmpty, "\(draft.problems())")
    let checklist = try OwnChecklist.read(draft.yaml(edition: 3), file: "a.yaml")
    #expect(checklist.id == "own-lab.3" && checklist.title == Localized(both: "検査室の点検"))
    #expect(checklist.pack.publisher == draft.head.publisher && checklist.pack.source.title == draft.head.sourceTitle)
    #expect(checklist.items.map(\.format.kind) == [.yesNo, .number, .choice, .date, .level])
    #expect(checklist["1-2"]?.parent == AnswerCondition(question: "1-1", values: ["yes"]))
    #expect(checklist["1-2"]?.format.range == 1...9 && checklist["1-3"]?.format.choices.last?.label.en == "Card")
    #expect(checklist["1-4"]?.mayNotApply == true && checklist["1-4"]?.format.staysInYear == true)
    #expect(checklist["1-5"]?.needsSecond == true && checklist["1-5"]?.levels[3].ja == "見直した")
    #expect(checklist.topics.values.first?.keeps == 31 && checklist.topics.values.first?.decides.count == 1)
    #expect(checklist.topics.values.first?.beside == ["ledger.connections.mobile"])
    // A draft of what was published says the same again.
    let again = try ChecklistDraft(copying: draft.yaml(edition: 3), file: "a.yaml", as: "own-lab")
    #expect(again.yaml(edition: 3) == draft.yaml(edition: 3))
  }

  /// Every checklist of the program can be copied, and the copy asks the same.
  @Test(arguments: Checklists.all.map(\.id))
  func aCopyAsksTheSame(id: String) throws {
    let source = try #require(Packs.text("assessment/\(id).yaml"))
    let name = String("own-\(id)".prefix(40))
    let draft = try ChecklistDraft(copying: source, file: id, as: name)
    #expect(draft.problems().isEmpty, "\(draft.problems().prefix(3))")
    let copy = try OwnChecklist.read(draft.yaml(edition: 1), file: id)
    let shipped = try #require(Checklists.checklist(id))
    #expect(copy.items.map(\.key) == shipped.items.map(\.key) && copy.items.map(\.topic) == shipped.items.map(\.topic))
    #expect(copy.items.map(\.text) == shipped.items.map(\.text) && copy.items.map(\.row) == shipped.items.map(\.row))
    #expect(copy.items.map(\.levels) == shipped.items.map(\.levels) && copy.gate?.key == shipped.gate?.key)
    #expect(
      copy.measures.map(\.number) == shipped.measures.map(\.number) && copy.outcomes.count == shipped.outcomes.count
    )
    #expect(copy.form == shipped.form && copy.cycle == shipped.cycle && copy.goal == shipped.goal)
    #expect(copy.months == shipped.months)
    #expect(copy.workbook == nil && copy.respondent == shipped.respondent && copy.year == shipped.year)
  }

  /// Whatever is typed, a draft either names what is wrong or becomes a file that the reader takes.
  @Test func nothingThatIsTypedMakesABrokenFile() throws {
    var chance = SplitMix64(seed: 20_261_129)
    let words = [
      "", "あ", "\"", "yes", "{ja: x}", "- a", "#", "\u{2028}", "\u{85}", "null", "1.10", "a\nb", "&a *b", "\\", "'",
      ": ",
    ]
    func word() -> String { words.randomElement(using: &chance) ?? "" }
    var published = 0
    for _ in 0..<400 {
      var draft = Self.draft()
      draft.head.publisher = word()
      draft.head.note = .init(word(), word())
      for place in draft.sections[0].items.indices where Bool.random(using: &chance) {
        draft.sections[0].items[place].text = .init(word(), word())
        draft.sections[0].items[place].number = Bool.random(using: &chance) ? "1-\(place)" : word()
        draft.sections[0].items[place].most = word()
        draft.sections[0].items[place].kind =
          ["", "number", "text", "choice", "level"].randomElement(using: &chance) ?? ""
      }
      if Bool.random(using: &chance) { draft.move(.item(draft.sections[0].items[2].id), up: true) }
      guard draft.problems().isEmpty else { continue }
      published += 1
      let checklist = try OwnChecklist.read(draft.yaml(edition: 1), file: "a.yaml")
      #expect(checklist.items.map(\.text.ja) == draft.items.map(\.text.ja))
    }
    #expect(published > 20, "\(published)")
  }

  @Test func whatIsWrongIsNamedAtItsField() throws {
    var draft = Self.draft()
    let ids = draft.items.map(\.id)
    func fields() -> [String] { draft.problems().map { "\($0.part.path) \($0.field)" } }
    draft.move(.item(ids[1]), up: true)
    #expect(fields() == ["items/\(ids[1]) parent"])
    draft = Self.draft()
    draft.remove(.item(ids[0]))
    #expect(fields() == ["items/\(ids[1]) parent"])
    draft = Self.draft()
    draft.remove(.topic(draft.topics[0].id))
    #expect(fields() == ["items/\(ids[0]) topic"])
    draft = Self.draft()
    draft.head.pack = "lab"
    draft.head.validTo = "2026-03-31"
    draft.sections[0].items[1].most = "0"
    draft.sections[0].items[2].choices.removeLast()
    draft.sections[0].items[3].number = "1-1"
    draft.sections[0].items[4].levels[2] = .init()
    #expect(
      fields() == [
        "head/0 pack", "head/0 validTo", "items/\(ids[0]) number", "items/\(ids[1]) most", "items/\(ids[2]) choices",
        "items/\(ids[3]) number", "items/\(ids[4]) level.2",
      ]
    )
    #expect(ChecklistDraft().problems().contains { $0.part == .whole })
  }

  @Test(arguments: Engine.available)
  func aDraftIsKeptChangedByTwoAndPublishedOnce(engine: Engine) async throws {
    let world = try await RoundTests.World(engine)
    world.say()
    let (assessment, facility) = (world.assessment, SuggestionTests.facility)
    let other = Scope<AnswerChecks>.operatorOf(facility, as: Actor(id: "a-2", name: "田中 一郎"), request: "test")
    let id = try await assessment.drafts.add(Self.draft(), in: world.scope)
    let kept = try #require(try await assessment.drafts.find(id, facility))
    #expect(kept.draft == Self.draft() && kept.version == 1)
    #expect(try await assessment.drafts.find(id, FacilityID(rawValue: "f-2")) == nil)
    // Two people change two items: nothing is lost.
    let items = kept.draft.items.map(\.id)
    try await assessment.drafts.change(id, in: world.scope) { draft, _ in draft.sections[0].items[0].text.ja = "甲" }
    try await assessment.drafts.change(id, in: other) { draft, _ in draft.sections[0].items[1].text.ja = "乙" }
    let now = try #require(try await assessment.drafts.find(id, facility))
    #expect(now.draft.items.prefix(2).map(\.text.ja) == ["甲", "乙"] && now.changedBy == "田中 一郎" && now.version == 3)
    #expect(
      ChecklistDraftStore.mark(.item(items[0]), kept.draft) != ChecklistDraftStore.mark(.item(items[0]), now.draft)
        && ChecklistDraftStore.mark(.item(items[2]), kept.draft) == ChecklistDraftStore.mark(.item(items[2]), now.draft)
    )
    // What was seen is what is published.
    await #expect(throws: DraftConflict.changed(by: "田中 一郎")) {
      try await assessment.drafts.publish(id, version: 1, in: world.scope)
    }
    let checklist = try await assessment.drafts.publish(id, version: 3, in: world.scope)
    #expect(checklist.id == "own-lab.1")
    await #expect(throws: DraftConflict.gone) { try await assessment.drafts.publish(id, version: 3, in: other) }
    let own = try #require(try await assessment.own("own-lab", facility))
    #expect(own.source == now.draft.yaml(edition: 1) && own.loadedBy == "佐藤 美咲")
    // Import takes exactly that, word for word.
    #expect(
      try await assessment.packs.load([.init(source: own.source, fileName: "a.yaml")], in: world.scope).map(\.isNew)
        == [false]
    )
    let next = try await assessment.makeDraft(from: "own-lab", in: world.scope)
    let second = try await assessment.drafts.publish(next, version: 1, in: world.scope)
    #expect(second.id == "own-lab.2" && second.topics.keys == checklist.topics.keys)
    let kinds = try await JournalReader(database: world.database).history(
      of: "assessment",
      id: "drafts/\(id)",
      facility: facility.rawValue
    )
    #expect(kinds.map(\.kind).sorted() == ["changed", "changed", "made", "published"].map { "assessment.draft.\($0)" })
    #expect(kinds.contains { entry in entry.changes.contains { $0.field == "item.\(items[0])" && $0.to == "1-1 甲" } })
  }

  @Test(arguments: Engine.available)
  func whatIsUnfinishedIsNotPublishedAndWhatIsDiscardedIsGone(engine: Engine) async throws {
    let world = try await RoundTests.World(engine)
    let drafts = world.assessment.drafts
    let id = try await world.assessment.makeDraft(from: "", in: world.scope)
    let kept = try #require(try await drafts.find(id, SuggestionTests.facility))
    await #expect(throws: DraftConflict.unfinished(kept.draft.problems().count)) {
      try await drafts.publish(id, version: 1, in: world.scope)
    }
    #expect(try await world.assessment.packs.all(SuggestionTests.facility).isEmpty)
    await #expect(throws: DraftConflict.self) { try await drafts.discard(id, version: 2, in: world.scope) }
    try await drafts.discard(id, version: 1, in: world.scope)
    #expect(try await drafts.all(SuggestionTests.facility).isEmpty)
    await #expect(throws: OwnChecklistProblem.notFound("nothing")) {
      try await world.assessment.makeDraft(from: "nothing", in: world.scope)
    }
  }
}
