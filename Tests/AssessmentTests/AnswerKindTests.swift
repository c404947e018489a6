import Foundation
import Nouns
import Packs
import SQL
import Support
import Tabular
import Testing
import Text
import Time

@testable import Assessment

/// Items answered with a choice, a number, a date or a text, and children that only some answers of their parent ask for.
@Suite struct AnswerKindTests {
  static let yaml = """
    pack: own-kinds
    edition: 1
    title: {ja: いろいろな答え方, en: Kinds of answers}
    valid: {from: 2020-04-01}
    publisher: 情報システム課
    source: {title: 院内規程 3}
    verification: unverified
    entries:
      - form: checklist
        cycle: fiscalYear
      - section: "1"
        title: {ja: 遠隔保守, en: Remote maintenance}
      - item: 1-1
        topic: backup
        text: {ja: 遠隔保守を受けている, en: There is remote maintenance}
      - item: 1-2
        topic: backup
        parent: {item: 1-1, is: ["yes"]}
        kind: choice
        choices:
          - {key: vpn, ja: VPN, en: VPN}
          - {key: line, ja: "専用線、ISDN", en: Leased line}
        text: {ja: つなぎ方, en: How}
      - item: 1-3
        topic: backup
        parent: {item: 1-2, is: [vpn]}
        kind: number
        least: 1
        most: 99
        unit: {ja: 台, en: devices}
        text: {ja: VPN装置の数, en: VPN gateways}
      - item: 1-4
        topic: backup
        kind: date
        within: fiscalYear
        absent: any
        text: {ja: 最後に見直した日, en: Reviewed on}
      - item: 1-5
        topic: backup
        kind: text
        text: {ja: 気になること, en: Worries}
      - item: 1-6
        topic: backup
        kind: level
        text: {ja: 手順の整い方, en: Procedures}
    """

  static func checklist() throws -> Checklist { try OwnChecklist.read(yaml, file: "kinds.yaml") }

  private static func world(_ engine: Engine) async throws -> (RoundTests.World, Checklist) {
    let world = try await RoundTests.World(engine)
    world.say()
    try await world.assessment.packs.load(
      [OwnChecklistStore.Arrival(source: yaml, fileName: "kinds.yaml")],
      in: world.scope
    )
    return (world, try #require(try await world.assessment.checklist("own-kinds", SuggestionTests.facility)))
  }

  private static let today = SuggestionTests.now.day

  @Test(arguments: [
    ("1-1", "はい", "yes"), ("1-1", "no", "no"), ("1-1", "2", nil), ("1-1", "該当なし", nil),
    ("1-2", "vpn", "choice:vpn"), ("1-2", "専用線、ISDN", "choice:line"), ("1-2", "Leased line", "choice:line"),
    ("1-2", "choice:vpn", "choice:vpn"), ("1-2", "fax", nil), ("1-3", "１，２００", "number:1200"),
    ("1-3", "12台", nil), ("1-4", "令和8年11月21日", "date:2026-11-21"), ("1-4", "対象外", "na"), ("1-4", "きのう頃", nil),
    ("1-5", " 古い\n装置 ", "text:古い\n装置"), ("1-5", "na", "text:na"), ("1-6", "レベル2", "2"), ("1-6", "yes", nil),
    ("1-6", "Level 2", "2"), ("1-6", "level 0", "0"), ("1-6", "Level 4", nil),
  ])
  func anAnswerIsReadByTheKindOfItsItem(key: String, text: String, kept: String?) throws {
    let item = try #require(try Self.checklist()[key])
    let value = item.read(text, today: Self.today)
    #expect(value?.text == kept)
    guard let kept else { return }
    // What is kept comes back as what it was, with the item's own word for a choice.
    #expect(AnswerValue(text: kept).map(item.named) == value)
    if key == "1-2", kept == "choice:line" { #expect(value?.label.ja == "専用線、ISDN") }
  }

  @Test(
    arguments: [
      (0, 500, "0から500までの整数", "A whole number, 0 to 500"), (-5, nil, "-5以上の整数", "A whole number from -5"),
    ] as [(Int, Int?, String, String)]
  )
  func aNumberSaysWhichAreTaken(least: Int, most: Int?, ja: String, en: String) {
    #expect(AnswerFormat(.number, least: least, most: most).span == Localized(ja: ja, en: en))
  }

  /// What an item offers, and what is said where an answer is not understood, is read in both languages.
  @Test func whateverIsOfferedIsTaken() throws {
    for checklist in Checklists.all + [try Self.checklist()] {
      for item in checklist.items {
        for value in item.choices {
          for text in [value.plain, value.label.ja, value.label.en] {
            #expect(item.read(text, today: Self.today) == value, "\(checklist.id) \(item.key): \(text)")
          }
        }
      }
    }
  }

  @Test(arguments: [("1-3", "100", "範囲"), ("1-3", "0", "範囲"), ("1-4", "2027-04-01", "年度"), ("1-4", "2026-03-31", "年度")])
  func aValueOutsideIsToldWhatWouldDo(key: String, text: String, word: String) throws {
    let item = try #require(try Self.checklist()[key])
    let value = try #require(item.read(text, today: Self.today))
    let fault = try #require(item.fault(value, FiscalYear(startYear: 2026, startMonth: 4)))
    #expect(fault.reason.ja.contains(word) && !fault.remedy.ja.isEmpty)
  }

  @Test(arguments: Engine.available)
  func aChildIsAskedOnlyWhereItsParentSaysSo(engine: Engine) async throws {
    let (world, checklist) = try await Self.world(engine)
    let (assessment, facility) = (world.assessment, SuggestionTests.facility)
    func answer(_ key: String, _ text: String) async throws {
      let item = try #require(checklist[key])
      let current = try await assessment.standing(checklist, facility)[key]?.answer
      let value = try #require(item.read(text, today: Self.today))
      try await assessment.answer(AnswerDraft(changing: current, to: value), key, of: checklist, in: world.scope)
    }
    func asked() async throws -> [String] {
      try await assessment.standing(checklist, facility).items.map(\.item.key)
    }
    #expect(try await asked() == ["1-1", "1-4", "1-5", "1-6"])
    let early = await #expect(throws: AnswerProblems.self) { try await answer("1-2", "vpn") }
    #expect(early?.list.first?.text.ja.contains("1-1 が「はい」のとき") == true)
    try await answer("1-1", "yes")
    #expect(try await asked() == ["1-1", "1-2", "1-4", "1-5", "1-6"])
    try await answer("1-2", "vpn")
    let far = await #expect(throws: AnswerProblems.self) { try await answer("1-3", "120") }
    #expect(far?.list.map(\.field) == ["value"])
    try await answer("1-3", "12")
    try await answer("1-4", "2026-06-01")
    try await answer("1-5", "古い装置がある")
    try await answer("1-6", "3")
    let full = try await assessment.standing(checklist, facility)
    #expect(full.count(.open) == 0 && full.round.notAsked.isEmpty)
    #expect(full["1-3"]?.answer.map { $0.latest } == .number(12) && full["1-2"]?.answer?.latest.label.ja == "VPN")
    // Only the yes and the level count; the rest tells something.
    let score = ScoreBoard(full).whole
    #expect(score.met == 2 && score.applicable == 2)
    #expect(try await assessment.schedule.facts(facility).first { $0.key.contains("own-kinds") } == nil)

    // With a no above, what stands below is neither open nor no, and comes back with the yes.
    try await answer("1-1", "no")
    let less = try await assessment.standing(checklist, facility)
    #expect(less.round.notAsked.map(\.key) == ["1-2", "1-3"] && less.items.allSatisfy { $0.answer != nil })
    try await answer("1-1", "yes")
    #expect(try await assessment.standing(checklist, facility)["1-3"]?.answer?.latest == .number(12))
  }

  /// What has to be done counts children only where they are asked.
  @Test(arguments: Engine.available)
  func whatIsLeftCountsWhatIsAsked(engine: Engine) async throws {
    let world = try await RoundTests.World(engine)
    world.say()
    let source = Self.yaml.replacing("cycle: fiscalYear", with: "cycle: month")
    try await world.assessment.packs.load([.init(source: source, fileName: "k.yaml")], in: world.scope)
    let facility = SuggestionTests.facility
    let checklist = try #require(try await world.assessment.checklist("own-kinds", facility))
    func left() async throws -> Int? {
      try await world.assessment.schedule.facts(facility).first { $0.key == "assessment.own-kinds.1.open" }?.value
    }
    #expect(try await left() == 4)
    try await world.assessment.answer(AnswerDraft(.no), "1-1", of: checklist, in: world.scope)
    #expect(try await left() == 3)
    try await world.assessment.answer(
      AnswerDraft(changing: try await world.assessment.standing(checklist, facility)["1-1"]?.answer, to: .yes),
      "1-1",
      of: checklist,
      in: world.scope
    )
    #expect(try await left() == 4)
  }

  @Test(arguments: [Language.ja, .en])
  func aFormOfAllKindsComesBackAsItWent(language: Language) async throws {
    let checklist = try Self.checklist()
    let choice = try #require(checklist["1-2"]?.format.choices.last)
    let answers: [String: FormAnswer] = [
      "1-1": FormAnswer(.yes, checkedOn: Self.today), "1-2": FormAnswer(.choice(choice)),
      "1-4": FormAnswer(.date(Self.today)), "1-5": FormAnswer(.text("古い\n装置, 1台"), remarks: "二行"),
      "1-6": FormAnswer(.level(2)),
    ]
    let bytes = try Self.file(checklist, answers, language)
    let reading = try Self.reader(checklist).read(bytes, name: "form.xlsx")
    #expect(reading.problems.isEmpty, "\(reading.problems)")
    #expect(Dictionary(reading.lines.map { ($0.item, $0.answer) }, uniquingKeysWith: { a, _ in a }) == answers)
    // Each line offers its own answers; a number and a day are doubted outside their range, as openpyxl reads it.
    let folder = try TemporaryFolder()
    try Data(bytes).write(to: URL(filePath: folder.file("form.xlsx")))
    let rules = try await Tools.python(
      """
      import sys, openpyxl
      sheet = openpyxl.load_workbook(sys.argv[1]).worksheets[0]
      for rule in sheet.data_validations.dataValidation:
        print(rule.sqref, rule.type, rule.operator, rule.formula1, rule.formula2)
      """,
      [folder.file("form.xlsx")],
      folder
    )
    let lines = rules.split(separator: "\n").map(String.init)
    #expect(lines.contains { $0.hasPrefix("D6 whole") && $0.hasSuffix("1 99") }, "\(rules)")
    #expect(lines.contains { $0.hasPrefix("D4 list") && $0.contains(language == .ja ? "いいえ" : "No") }, "\(rules)")
    #expect(lines.contains { $0.hasPrefix("D9 list") && $0.contains(language == .ja ? "レベル3" : "Level 3") }, "\(rules)")
  }

  static func file(_ checklist: Checklist, _ answers: [String: FormAnswer], _ language: Language) throws -> [UInt8] {
    try FormFile(
      checklist: checklist,
      period: "2026",
      periodName: Localized(ja: "令和8年度", en: "fiscal 2026"),
      vendor: nil,
      facility: "みなと中央病院",
      systems: [],
      answers: answers,
      versions: [:],
      wording: [:],
      language: language
    ).workbook(at: SuggestionTests.now)
  }

  static func reader(_ checklist: Checklist) -> FormReader {
    FormReader(
      checklist: checklist,
      period: "2026",
      vendor: nil,
      year: FiscalYear(startYear: 2026, startMonth: 4),
      today: today
    )
  }

  /// A form with mistakes names row and remedy: a number out of its range, a child below a no.
  @Test func aFormWithMistakesIsRefusedByCell() throws {
    let checklist = try Self.checklist()
    let vpn = try #require(checklist["1-2"]?.format.choices.first)
    let bytes = try Self.file(
      checklist,
      ["1-1": FormAnswer(.no), "1-2": FormAnswer(.choice(vpn)), "1-3": FormAnswer(.number(100))],
      .ja
    )
    let problems = try Self.reader(checklist).read(bytes, name: "form.xlsx").problems
    #expect(problems.map(\.place?.row) == [6, 5], "\(problems)")
    #expect(problems[0].reason.ja.contains("範囲") && problems[1].reason.ja.contains("1-1 が「はい」のとき"))
  }

  @Test(arguments: [
    ("kind: number", "kind: numbers", 27, "numbers"), ("most: 99", "most: 0", 29, "least"),
    ("unit: {ja: 台, en: devices}", "within: fiscalYear", 30, "within"), ("is: [vpn]", "is: [fax]", 26, "vpn"),
    ("item: 1-2, is", "item: 1-4, is", 26, "1-4"), ("- {key: line", "- {key: vpn", 22, "vpn"),
    ("kind: text", "kind: text\n    least: 1", 41, "least"),
  ])
  func aWrongKindIsRefusedWithItsLine(old: String, new: String, line: Int, word: String) throws {
    let text = Self.yaml.replacing(old, with: new, maxReplacements: 1)
    let error = #expect(throws: PackError.self) { try OwnChecklist.read(text, file: "kinds.yaml") }
    #expect(error?.line == line && error?.reason.ja.contains(word) == true, "\(String(describing: error))")
  }

  @Test(arguments: Engine.available)
  func whatWasToldBeforeIsOfferedByItsOwnNumber(engine: Engine) async throws {
    let (world, first) = try await Self.world(engine)
    let facility = SuggestionTests.facility
    try await world.assessment.answer(AnswerDraft(.text("古い")), "1-5", of: first, in: world.scope)
    let source = Self.yaml.replacing("edition: 1", with: "edition: 2").replacing(
      "item: 1-6",
      with: "item: 1-7\n    topic: backup\n    kind: text\n    text: {ja: あ, en: a}\n  - item: 1-6"
    )
    try await world.assessment.packs.load([.init(source: source, fileName: "k.yaml")], in: world.scope)
    let second = try #require(try await world.assessment.checklist("own-kinds.2", facility))
    let standing = try await world.assessment.standing(second, facility)
    #expect(standing["1-5"]?.carried?.value == .text("古い") && standing["1-7"]?.earlier == nil)
  }

  /// The published schema takes every shipped checklist and refuses what the reader refuses for its shape, as another
  /// program reads it; the file in Documentation is what the program prints.
  @Test(.enabled(if: PythonTools.isPresent, "run scripts/python-tools"))
  func theSchemaTakesWhatTheReaderTakes() async throws {
    let folder = try TemporaryFolder()
    try Data(ChecklistSchema.text.utf8).write(to: URL(filePath: folder.file("schema.json")))
    var files: [(name: String, text: String)] = Checklists.all.map { checklist in
      (checklist.id, Packs.text("assessment/\(checklist.id).yaml") ?? "")
    }
    files += [("own", Self.yaml), ("radiology", OwnChecklistTests.yaml())]
    let broken = [
      ("kind: number", "kind: numbers"), ("- {key: vpn, ja: VPN, en: VPN}", "- {key: VPN, ja: VPN, en: VPN}"),
      ("kind: text", "kind: text\n    least: 1"), ("within: fiscalYear", "within: month"), ("cycle:", "cycles:"),
      ("parent: {item: 1-1, is: [\"yes\"]}", "parent: {item: 1-1}"), ("edition: 1", "edition: one"),
      ("kind: choice", "kind: date"),
    ]
    for (place, change) in broken.enumerated() {
      let text = Self.yaml.replacing(change.0, with: change.1, maxReplacements: 1)
      #expect(throws: PackError.self, "\(change)") { try OwnChecklist.read(text, file: "a.yaml") }
      files.append(("broken-\(place)", text))
    }
    var paths: [String] = []
    for file in files {
      let path = folder.file("\(file.name).yaml")
      try Data(file.text.utf8).write(to: URL(filePath: path))
      paths.append(path)
    }
    let printed = try await Tools.python(
      """
      import sys, json, yaml, jsonschema_rs
      schema = jsonschema_rs.validator_for(json.load(open(sys.argv[1])))
      for path in sys.argv[2:]:
        if not schema.is_valid(yaml.load(open(path), Loader=yaml.BaseLoader)): print(path.split("/")[-1][:-5])
      """,
      [folder.file("schema.json")] + paths,
      folder
    )
    #expect(printed.split(separator: "\n").map(String.init) == broken.indices.map { "broken-\($0)" })
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../Documentation/checklist.schema.json"
    )
    #expect(try String(contentsOf: file, encoding: .utf8) == ChecklistSchema.text)
  }
}
