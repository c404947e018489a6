import Foundation
import Nouns
import SQL
import Support
import Tabular
import Testing
import Text
import Time

@testable import Assessment

/// Forms as workbooks: out, filled in elsewhere, and back.
@Suite struct FormTests {
  static let today = LocalDate(iso: "2025-11-28") ?? LocalDate(dayNumber: 0)

  static func checklist(_ id: String) throws -> Checklist { try #require(Checklists.checklist(id)) }

  static func official(_ name: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return Array(try Data(contentsOf: folder.appending(path: "Corpus/forms/\(name).xlsx")))
  }

  static func reader(_ id: String, period: String = "2025", vendor: String? = nil) throws -> FormReader {
    FormReader(
      checklist: try checklist(id),
      period: period,
      vendor: vendor,
      year: FiscalYear(startYear: 2025, startMonth: 4),
      today: today
    )
  }

  static func file(
    _ id: String,
    _ answers: [String: FormAnswer] = [:],
    versions: [String: Int] = [:],
    vendor: (String, String)? = nil,
    language: Language = .ja
  ) throws -> [UInt8] {
    let file = FormFile(
      checklist: try checklist(id),
      period: "2025",
      periodName: Localized(ja: "令和7年度", en: "fiscal 2025"),
      vendor: vendor.map { (id: $0.0, name: $0.1) },
      facility: "みなと中央病院",
      systems: ["電子カルテ", "PACS"],
      answers: answers,
      versions: versions,
      wording: [:],
      language: language
    )
    return try file.workbook(at: SuggestionTests.now)
  }

  static let answers: [String: FormAnswer] = [
    "0": FormAnswer(.yes, checkedOn: LocalDate(iso: "2025-06-03")),
    "2-④": FormAnswer(
      .no,
      checkedOn: LocalDate(iso: "2025-06-03"),
      target: LocalDate(iso: "2026-03-31"),
      second: .yes,
      secondOn: LocalDate(iso: "2025-11-20"),
      remarks: "=別紙1 & <要確認>"
    ),
    "2-②": FormAnswer(.notApplicable, checkedOn: LocalDate(iso: "2025-06-03")),
  ]

  @Test(arguments: [Language.ja, .en])
  func whatGoesOutComesBackTheSame(language: Language) throws {
    let bytes = try Self.file("mhlw-hospital-r7", Self.answers, versions: ["2-④": 3], language: language)
    let reading = try Self.reader("mhlw-hospital-r7").read(bytes, name: "form.xlsx")
    #expect(reading.problems.isEmpty, "\(reading.problems)")
    #expect(
      Dictionary(reading.lines.map { ($0.item, $0.answer) }, uniquingKeysWith: { first, _ in first }) == Self.answers
    )
    #expect(reading.versions == ["2-④": 3])
  }

  /// Who answered and when comes back from the head, as we write it and as others do.
  @Test(arguments: [
    ("# 回答した人：保守部 山本\r\n# 回答日：2025/11/20\r\n", "保守部 山本", "2025-11-20"),
    ("# Answered by: Yamamoto: service\r\n# Answered on: 2025-11-20\r\n", "Yamamoto: service", "2025-11-20"),
    ("記入者,,山本 太郎\r\n記入日,令和7年11月20日\r\n", "山本 太郎", "2025-11-20"),
    ("# 回答した人：\r\n# 回答日：\r\n", "", nil), ("# 回答日：いつか\r\n", "", nil), ("# 回答日：2025/12/24\r\n", "", nil),
  ])
  func whoAnsweredIsReadFromTheHead(head: String, who: String, day: String?) throws {
    let text = head + "区分,番号,チェック項目,1回目,1回目の日付,目標日,2回目,2回目の日付,備考\r\n,2-⑥,,はい,,,,,\r\n"
    let reading = try Self.reader("mhlw-vendor-r7", vendor: "v-1").read(Array(text.utf8), name: "form.csv")
    #expect(reading.lines.count == 1 && reading.respondent == who && reading.repliedOn?.iso == day)
    #expect(reading.problems.count == (head.contains("いつか") || head.contains("12/24") ? 1 : 0))
    // The hospital's own form has no such lines.
    #expect(try Self.reader("mhlw-hospital-r7").read(Array(text.utf8), name: "form.csv").respondent.isEmpty)
  }

  /// What no item fills has no column; a form that still has one is read all the same.
  @Test func aFormWithoutSectionsHasNoColumnForThem() throws {
    func heads(_ id: String) throws -> [String] {
      let sheet = try TableReader.read(try Self.file(id), name: "form.xlsx").sheets[0]
      return sheet.rows.map { $0.cells.map(\.text) }.first { $0.contains("チェック項目") } ?? []
    }
    #expect(try heads("prefecture-20") == ["番号", "チェック項目", "結果", "確認日", "備考"])
    #expect(try heads("mhlw-hospital-r7").first == "区分")
    let item = try Self.checklist("prefecture-20").items[3]
    let level = try #require(item.choices.last)
    for section in ["", "区分,"] {
      let line = "\(section.isEmpty ? "" : ",")\(item.name.ja),\(item.text.ja),\(level.label.ja),,"
      let text = "\(section)番号,チェック項目,結果,確認日,備考\r\n\(line)\r\n"
      let reading = try Self.reader("prefecture-20").read(Array(text.utf8), name: "form.csv")
      #expect(reading.problems.isEmpty && reading.lines.map(\.item) == [item.key], "\(section)")
      #expect(reading.lines.map(\.answer.value) == [level])
    }
  }

  /// Every shipped checklist, every item answered: each line finds its item again.
  @Test(arguments: Checklists.all.map(\.id))
  func everyChecklistSurvivesTheWay(id: String) throws {
    let checklist = try Self.checklist(id)
    let answers = Dictionary(
      checklist.items.enumerated().map { index, item in
        (
          item.key,
          FormAnswer(checklist.form == .levels ? .level(index % 4) : index % 2 == 0 ? .yes : .no, remarks: item.key)
        )
      },
      uniquingKeysWith: { first, _ in first }
    )
    for language in [Language.ja, .en] {
      let bytes = try Self.file(id, answers, language: language)
      let reading = try Self.reader(id).read(bytes, name: "form.xlsx")
      #expect(reading.problems.isEmpty, "\(reading.problems)")
      let read = Dictionary(reading.lines.map { ($0.item, $0.answer) }, uniquingKeysWith: { first, _ in first })
      #expect(read == answers)
    }
  }

  /// The numbers of a checklist stay apart however they are written.
  @Test func noTwoItemsAreReadAsOne() {
    // Those of NIST and of the clauses have letters and are found by their whole name.
    for checklist in Checklists.all where !["nist-csf-2", "guideline-7-clauses"].contains(checklist.id) {
      let numbers = checklist.items.filter { !$0.isGate }.map {
        "\(FormNumber($0.number)?.parts ?? []) \($0.part?.rawValue ?? "")"
      }
      #expect(Set(numbers).count == numbers.count && !numbers.contains { $0.hasPrefix("[]") }, "\(checklist.id)")
    }
  }

  @Test(arguments: [
    ("2(7)", [2, 7]), ("2-⑦", [2, 7]), ("２（７）", [2, 7]), ("(4) 利用権限", [4]), ("④利用権限", [4]), ("③-1", [3, 1]),
    ("1-1", [1, 1]), ("15", [15]), ("1 体制構築", [1]), ("2．医療情報", [2]),
  ])
  func aNumberIsReadHoweverItIsWritten(text: String, parts: [Int]) {
    #expect(FormNumber.leading(text)?.0.parts == parts)
  }

  @Test(arguments: ["2要素認証", "2026年度", "13文字以上", "体制", "", "-", "（例）", "8桁"])
  func aTextIsNoNumber(text: String) { #expect(FormNumber.leading(text) == nil) }

  // MARK: Forms of others

  @Test(arguments: [
    ("hospital-openpyxl", "mhlw-hospital-r7"), ("hospital-libreoffice", "mhlw-hospital-r7"),
    ("vendor-openpyxl", "mhlw-vendor-r7"), ("vendor-libreoffice", "mhlw-vendor-r7"),
  ])
  func aFormBuiltLikeTheMinistrysIsFound(name: String, id: String) throws {
    let checklist = try Self.checklist(id)
    let book = try TableReader.read(try Self.official(name), name: "form.xlsx")
    let layout = try #require(FormLayout.find(in: book, checklist))
    #expect(layout.head == 6 && layout.unknown.isEmpty && layout.sheetName == "確認用")
    #expect(
      layout.columns == [
        .text: 1, .first: 2, .firstOn: 3, .target: 4, .second: 5, .secondOn: 6, .remarks: 7,
      ]
    )
    #expect(Set(layout.lines.keys) == Set(checklist.items.map(\.key)))
    #expect(layout.lines["2-⑦"]?.wording == "見本の項目 2-⑦ & <確認>")
    #expect(layout.nameCell.map { [$0.row, $0.column] } == [3, 6])
    // Nobody has circled anything yet.
    let reading = try Self.reader(id).read(book)
    #expect(reading.lines.isEmpty && reading.problems.count == 1 && reading.versions == nil)
  }

  // MARK: Problems

  private static func wrong(_ changes: [(column: Int, text: CellValue)]) throws -> [TabularError] {
    let checklist = try checklist("mhlw-hospital-r7")
    let columns = FormColumn.all(checklist).map { ColumnDraft($0.label(of: checklist).ja) }
    var row: [CellValue] = [.empty, .text("2-④"), .text("権限"), .text("はい"), .empty, .empty, .empty, .empty, .empty]
    for change in changes { row[change.column] = change.text }
    let sheet = SheetDraft(title: "様式", columns: columns, rows: [row], notes: ["見出しは2行目"])
    let bytes = try SheetWriter.workbook([sheet], SheetWriter.BookOptions(createdAt: SuggestionTests.now))
    return try reader("mhlw-hospital-r7").read(bytes, name: "form.xlsx").problems
  }

  @Test(arguments: [
    ([(3, "たぶん")], 4, "たぶん"), ([(3, "該当なし")], 4, "該当なし"), ([(4, "きのう")], 5, "きのう"), ([(4, "2099/1/1")], 5, "先の日付"),
    ([(4, "2020/1/1")], 5, "令和7年度より前"), ([(6, "はい"), (7, "2025/3/31")], 8, "令和7年度より前"),
    ([(5, "2027/1/1")], 6, "令和7年度"), ([(3, ""), (8, "準備中")], 4, "答えがありません"), ([(6, "？")], 7, "？"),
  ])
  func aProblemNamesItsCellTheReasonAndTheRemedy(changes: [(Int, String)], column: Int, word: String) throws {
    let problems = try Self.wrong(changes.map { ($0.0, $0.1.isEmpty ? .empty : .text($0.1)) })
    let problem = try #require(problems.first)
    #expect(problems.count == 1 && problem.place?.row == 3 && problem.place?.column == column, "\(problems)")
    #expect(problem.reason.ja.contains(word) && problem.reason.ja.contains("2-④"), "\(problem.reason.ja)")
    #expect(!problem.remedy.ja.isEmpty && !problem.remedy.en.isEmpty && !problem.reason.en.isEmpty)
  }

  /// Our own form with cells changed, each by the number of its line as the checklist has it.
  private static func changed(_ changes: [(item: String, column: FormColumn, text: String)]) throws -> [TabularError] {
    let checklist = try checklist("mhlw-hospital-r7")
    let bytes = try file("mhlw-hospital-r7", answers)
    let layout = try #require(FormLayout.find(in: try TableReader.read(bytes, name: "a.xlsx"), checklist))
    var patch = try WorkbookPatch(bytes)
    for change in changes {
      let (row, column) = (
        try #require(layout.lines[change.item]?.row), try #require(layout.columns[change.column])
      )
      patch.set(sheet: layout.sheet, row: row, column: column, change.text.isEmpty ? .empty : .text(change.text))
    }
    return try reader("mhlw-hospital-r7").read(try patch.bytes(), name: "form.xlsx").problems
  }

  /// What is written in a line that is no item's is told, with what was written; an answer to other words is refused.
  @Test func nothingOfAFormIsPassedOverWithoutAWord() throws {
    #expect(try Self.changed([]).isEmpty)
    for number in ["2-99", "２－⑨⑨", "X-1", "2", ""] {
      let problems = try Self.changed([("2-④", .number, number)])
      let problem = try #require(problems.first, "\(number)")
      #expect(problems.count == 1 && problem.place?.column == 2 && problem.place?.row != nil, "\(number): \(problems)")
      #expect(problem.reason.ja.contains(number.isEmpty ? "番号がありません" : number), "\(problem.reason.ja)")
      #expect(problem.reason.ja.contains("いいえ") && problem.reason.ja.contains("要確認"), "\(problem.reason.ja)")
      #expect(!problem.remedy.ja.isEmpty)
    }
    // The same in a file of others that has a column of numbers; a number that heads other lines is passed over.
    let others = try Self.wrong([(1, .text("2-99"))])
    #expect(others.count == 1 && others.first?.place == TablePlace(sheet: "様式", row: 3, column: 2), "\(others)")
    #expect(others.first?.reason.ja.contains("「2-99」は、この点検表にありません。記入された内容：はい。") == true)
    #expect(try Self.wrong([(1, .text("2-99")), (3, .empty)]).map(\.place?.row) == [nil], "nothing is filled in")
    // A number that was given twice: both lines are answered.
    let twice = try Self.changed([("2-④", .number, "2-②")])
    #expect(twice.count == 1 && twice.first?.reason.ja.contains("2つあります") == true, "\(twice)")
    let reworded = try Self.changed([("2-⑦", .text, "パスワードを8桁以上にしている。")])
    #expect(reworded.map { $0.place?.column } == [3], "\(reworded)")
    #expect(reworded.first?.reason.ja.contains("パスワードを8桁以上") == true && reworded.first?.remedy.en.isEmpty == false)
  }

  @Test func aFileOfAnotherFormRoundOrVendorIsRefusedWhole() throws {
    let bytes = try Self.file("mhlw-hospital-r7", Self.answers)
    let others = [
      try Self.reader("mhlw-hospital-r8", period: "2025"), try Self.reader("mhlw-hospital-r7", period: "2024"),
      try Self.reader("mhlw-hospital-r7", vendor: "v-1"),
    ]
    for reader in others {
      let reading = try reader.read(bytes, name: "form.xlsx")
      #expect(reading.lines.isEmpty && reading.problems.count == 1)
    }
    let none = try Self.reader("mhlw-hospital-r7").read(Array("a,b\n1,2\n".utf8), name: "x.csv")
    #expect(none.lines.isEmpty && none.problems.first?.reason.ja.contains("見出し") == true)
    #expect(throws: TabularError.self) {
      try Self.reader("mhlw-hospital-r7").read([0x50, 0x4b, 3, 4, 0], name: "x.xlsx")
    }
  }

  // MARK: What would change

  @Test func aNewerAnswerIsAskedAbout() throws {
    let stored: [String: (answer: FormAnswer, version: Int)] = [
      "0": (FormAnswer(.yes, checkedOn: LocalDate(iso: "2025-06-03")), 1), "2-④": (FormAnswer(.yes), 4),
      "2-②": (FormAnswer(.no), 2),
    ]
    func changes(_ versions: [String: Int]?) throws -> [String: FormComparison.Change] {
      let lines =
        Self.answers.sorted { $0.key < $1.key }.enumerated().map { index, line in
          FormReading.Line(item: line.key, row: index, answer: line.value)
        } + [FormReading.Line(item: "3-③", row: 9, answer: FormAnswer(.yes))]
      let reading = FormReading(lines: lines, problems: [], versions: versions)
      let comparison = FormComparison(reading, try Self.checklist("mhlw-hospital-r7"), stored: stored)
      return Dictionary(comparison.lines.map { ($0.item.key, $0.change) }, uniquingKeysWith: { first, _ in first })
    }
    #expect(try changes(["2-④": 4, "2-②": 1]) == ["0": .same, "2-④": .changed, "2-②": .newer, "3-③": .new])
    // A file of others cannot tell what it had seen.
    #expect(try changes(nil) == ["0": .same, "2-④": .newer, "2-②": .newer, "3-③": .new])
  }

  @Test(arguments: Engine.available)
  func aFormTakenInKeepsItsDaysAndAsksForAReason(engine: Engine) async throws {
    let world = try await RoundTests.World(engine, "mhlw-hospital-r7")
    world.say(
      SuggestionTests.fact("ledger.connections.unrestricted", 2, of: 46),
      SuggestionTests.fact("ledger.connections.unknown", 0, of: 46)
    )
    var answers = Self.answers
    answers["2-⑬"] = FormAnswer(.yes, checkedOn: LocalDate(iso: "2025-06-04"))
    let bytes = try Self.file("mhlw-hospital-r7", answers)
    func standing() async throws -> Assessment.Standing {
      try await world.assessment.standing(world.checklist, SuggestionTests.facility)
    }
    func take(_ reason: String, overwriting: Bool = false, isDry: Bool = false) async throws -> FormOutcome {
      try await world.assessment.take(
        bytes,
        name: "form.xlsx",
        into: try await standing(),
        reason: reason,
        overwriting: overwriting,
        isDry: isDry,
        in: world.scope
      )
    }
    let dry = try await take("業者に確かめた", isDry: true)
    #expect(dry.new == 4 && dry.differing == 1 && dry.kept == 0 && dry.problems.isEmpty)
    // Who only looks is told the same as who takes in: which item, in which cell, and why.
    for blank in ["", "  ", "　"] {
      let looked = try await take(blank, isDry: true)
      let taken = try await take(blank)
      #expect(taken.kept == 0 && taken.problems == looked.problems, "blanks are no reason")
      #expect(
        looked.problems.count == 1 && looked.problems[0].place?.row != nil && looked.problems[0].place?.column != nil
      )
      #expect(looked.problems[0].reason.ja.hasPrefix("2-⑬：記録は「いいえ」を示しています。"), "\(looked.problems)")
    }
    #expect(try await standing().items.allSatisfy { $0.answer == nil }, "nothing is kept of a form that was refused")
    #expect(try await take("業者に確かめた").kept == 4)
    let now = try await standing()
    #expect(now["2-④"]?.answer?.onForm == Self.answers["2-④"])
    #expect(now["2-⑬"]?.answer?.reason == "業者に確かめた" && now["2-⑬"]?.state == .contradicted)
    // The same once more changes nothing; an answer given since is left alone until told otherwise.
    #expect(try await take("").same == 4)
    var draft = AnswerDraft(.yes)
    draft.version = 1
    try await world.answer("2-④", draft)
    #expect(try await take("").newer == ["2-④"])
    #expect(try await standing()["2-④"]?.answer?.value == .yes)
    #expect(try await take("", overwriting: true).kept == 1)
    #expect(try await standing()["2-④"]?.answer?.onForm == Self.answers["2-④"])
  }

  // MARK: Other programs

  /// openpyxl, of `scripts/python-tools`, reads what we write: values, lists, print titles, paper.
  @Test(.enabled(if: PythonTools.isPresent, "run scripts/python-tools"))
  func openpyxlReadsTheForm() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("form.xlsx")
    try Data(try Self.file("mhlw-hospital-r7", Self.answers)).write(to: URL(filePath: path))
    let code = """
      import sys, openpyxl
      book = openpyxl.load_workbook(sys.argv[1])
      sheet = book.worksheets[0]
      rows = {r[1].value: r for r in sheet.iter_rows() if r[1].value}
      row = rows["2-④"]
      assert [c.value for c in row[3:9]][0] == "いいえ", row
      assert row[4].value.isoformat()[:10] == "2025-06-03" and row[5].value.isoformat()[:10] == "2026-03-31"
      assert row[6].value == "はい" and row[7].value.isoformat()[:10] == "2025-11-20" and row[8].value == "=別紙1 & <要確認>"
      assert row[8].data_type == "s"
      head = rows["番号"][0].row
      assert sheet.print_title_rows == f"${head}:${head}", sheet.print_title_rows
      assert sheet.page_setup.paperSize == 9
      lists = [v for v in sheet.data_validations.dataValidation if v.type == "list"]
      # Each line offers what it takes: 2-② may not apply, 2-④ must.
      def offered(cell): return [v.formula1 for v in lists if cell.coordinate in v.sqref]
      assert offered(row[3]) == offered(row[6]) == ['"はい,いいえ"'], offered(row[3])
      assert offered(rows["2-②"][3]) == ['"はい,いいえ,該当なし"'], offered(rows["2-②"][3])
      assert book.worksheets[1].sheet_state == "hidden"
      print("good")
      """
    #expect(try await Tools.python(code, [path], folder) == "good\n")
  }

  /// LibreOffice opens the form and sees the same cells.
  @Test(.enabled(if: Tools.office != nil))
  func libreOfficeOpensTheForm() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("form.xlsx")
    try Data(try Self.file("mhlw-hospital-r7", Self.answers)).write(to: URL(filePath: path))
    let text = try await Tools.csv(path, folder)
    #expect(text.contains("2-④") && text.contains("いいえ") && text.contains("=別紙1 & <要確認>"), "\(text.prefix(400))")
  }
}
