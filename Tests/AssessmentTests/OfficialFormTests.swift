import Foundation
import Nouns
import SQL
import Support
import Tabular
import Testing
import Text
import Time

@testable import Assessment

/// The official workbook: found, worded, filled and given back as it was. The workbooks are built like the ministry's
/// (`scripts/make-form-workbooks`); the ministry's own cannot be had here.
@Suite struct OfficialFormTests {
  private static let forms = [
    ("hospital-openpyxl", "mhlw-hospital-r7"), ("hospital-libreoffice", "mhlw-hospital-r7"),
    ("vendor-openpyxl", "mhlw-vendor-r7"), ("vendor-libreoffice", "mhlw-vendor-r7"),
  ]

  private static func form(_ name: String, _ id: String) throws -> OfficialForm {
    try OfficialForm(try FormTests.official(name), name: "\(name).xlsx", try FormTests.checklist(id))
  }

  private static let answers: [String: FormAnswer] = [
    "1-①": FormAnswer(.yes, checkedOn: LocalDate(iso: "2025-06-03")),
    "2-④": FormAnswer(
      .no,
      checkedOn: LocalDate(iso: "2025-06-03"),
      target: LocalDate(iso: "2026-03-31"),
      second: .yes,
      secondOn: LocalDate(iso: "2025-11-20"),
      remarks: "別紙1 & <確認>"
    ),
  ]

  @Test(arguments: forms)
  func whatWasFilledInIsReadBack(name: String, id: String) throws {
    let form = try Self.form(name, id)
    #expect(form.wording["2-④"] == "見本の項目 2-④ & <確認>" && form.absent.isEmpty && form.unknown.isEmpty)
    #expect(form.isPublished == nil)
    let filled = try form.filled(Self.answers, name: "みなと中央病院")
    let book = try TableReader.read(filled, name: "form.xlsx")
    let reading = try FormTests.reader(id).read(book)
    #expect(reading.problems.isEmpty, "\(reading.problems)")
    #expect(
      Dictionary(reading.lines.map { ($0.item, $0.answer) }, uniquingKeysWith: { first, _ in first }) == Self.answers
    )
    #expect(book.sheets[0].rows.first { $0.number == 3 }?[6].text == "みなと中央病院")
    // Filling it in changed nothing that nobody fills in.
    #expect(form.differences(in: book).isEmpty)
    // What the list of the cell does not offer goes into the remarks.
    let absent = try form.filled(["2-②": FormAnswer(.notApplicable, remarks: "契約なし")], name: "")
    let row = try #require(TableReader.read(absent, name: "f.xlsx").sheets[0].rows.first { $0[1].text.hasPrefix("②") })
    #expect(row[2].isEmpty && row[7].text == "該当なし　契約なし")
  }

  /// 区分, 番号, チェック項目 and 備考 over two lines, 「確認結果」 over the heads of the answers.
  private static func twoLineHead(
    remarks: String = "備考",
    _ cells: [(row: Int, column: Int, text: String)] = []
  ) throws -> [UInt8] {
    let checklist = try FormTests.checklist("mhlw-hospital-r7")
    func words(_ texts: [String]) -> [CellValue] { texts.map { $0.isEmpty ? .empty : .text($0) } }
    let heads = [
      words(["区分", "番号", "チェック項目", "確認結果", "", "", "", "", remarks]),
      words(["", "", "", "1回目", "日付", "目標日", "2回目", "日付", ""]),
    ]
    let lines = checklist.sections.flatMap { section in
      section.items.map { item in
        words([section.number, item.name.ja, "見本の項目", "はい・いいえ", "（　／　）", "（　／　）", "はい・いいえ", "（　／　）"])
      }
    }
    let sheet = Sheet(
      name: "確認用",
      rows: (heads + lines).enumerated().map { SheetRow(number: $0.offset + 9, cells: $0.element) },
      merges: [0, 1, 2, 8].map { CellRange(firstRow: 9, firstColumn: $0, lastRow: 10, lastColumn: $0) }
        + [CellRange(firstRow: 9, firstColumn: 3, lastRow: 9, lastColumn: 7)]
    )
    var patch = try WorkbookPatch(
      try SheetWriter.workbook(
        copying: Workbook(sheets: [sheet], format: .xlsx),
        marking: "-",
        SheetWriter.BookOptions(createdAt: SuggestionTests.now)
      )
    )
    for (row, column, text) in cells { patch.set(sheet: 0, row: row, column: column, .text(text)) }
    return try patch.bytes()
  }

  @Test func aHeadMergedOverTwoLinesIsReadWhereItReachesTheAnswers() throws {
    let checklist = try FormTests.checklist("mhlw-hospital-r7")
    let form = try OfficialForm(try Self.twoLineHead(), name: "a.xlsx", checklist)
    #expect(
      form.layout.columns == [
        .section: 0, .number: 1, .text: 2, .first: 3, .firstOn: 4, .target: 5, .second: 6, .secondOn: 7, .remarks: 8,
      ]
    )
    #expect(form.layout.head == 10 && form.layout.unknown.isEmpty && form.absentColumns.isEmpty)
    #expect(Set(form.layout.lines.keys) == Set(checklist.items.map(\.key)), "the first item is no line of the head")
    let filled = try TableReader.read(try form.filled(Self.answers, name: ""), name: "form.xlsx")
    let reading = try FormTests.reader("mhlw-hospital-r7").read(filled)
    #expect(
      reading.problems.isEmpty
        && Dictionary(reading.lines.map { ($0.item, $0.answer) }, uniquingKeysWith: { a, _ in a }) == Self.answers,
      "\(reading)"
    )
    // A line that the checklist does not know is named, its words in a cell of their own.
    let place = try #require(checklist.items.firstIndex { $0.key == "2-③" })
    let newer = try TableReader.read(
      try Self.twoLineHead([(row: 11 + place, column: 1, text: "2-⑭")]),
      name: "a.xlsx"
    )
    let layout = try #require(FormLayout.find(in: newer, checklist))
    #expect(layout.unknownAlone.map(\.number) == ["2-14"] && layout.lines["2-③"] == nil)
    // What cannot be found is told when the form is loaded.
    let other = try OfficialForm(try Self.twoLineHead(remarks: "ひとこと"), name: "a.xlsx", checklist)
    #expect(other.absentColumns.map(\.ja) == ["備考"])
  }

  /// Answers of another year would stay where the hospital gives none; words that wait to be filled in are no answers.
  @Test func aFormThatIsFilledInIsNoEmptyForm() async throws {
    let world = try await RoundTests.World(.sqlite, "mhlw-hospital-r7")
    func load(_ bytes: [UInt8]) async throws -> OfficialForm {
      try await world.assessment.load(
        bytes,
        name: "form.xlsx",
        for: world.checklist,
        isCertain: true,
        in: world.scope
      )
    }
    _ = try await load(
      try Self.twoLineHead([(13, 3, "（はい・いいえ）"), (13, 4, "令和　年　月　日"), (14, 8, "証跡の場所を記入"), (15, 5, "未定")])
    )
    let filled = try Self.twoLineHead([(13, 3, "はい"), (13, 4, "2024/6/3"), (13, 8, "別紙"), (15, 6, "いいえ（2024/12/1）")])
    let error = await #expect(throws: TabularError.self) { _ = try await load(filled) }
    #expect(
      error?.reason.ja == "答えが記入されています：D13、E13、I13、G15。" && error?.place?.sheet == "確認用",
      "\(error?.reason.ja ?? "")"
    )
    #expect(error?.remedy.ja.contains("空にして") == true && error?.remedy.en.contains("clear") == true)
    let sample = try Self.form("hospital-openpyxl", "mhlw-hospital-r7").filled(Self.answers, name: "")
    await #expect(throws: TabularError.self) { _ = try await load(sample) }
  }

  @Test(arguments: forms)
  func aChangedFormSaysWhatDiffers(name: String, id: String) throws {
    let form = try Self.form(name, id)
    var patch = try WorkbookPatch(try form.filled(Self.answers, name: "みなと中央病院"))
    patch.set(sheet: 0, row: 9, column: 1, .text("② すこし違う文"))
    patch.set(sheet: 1, row: 1, column: 0, .empty)
    let differences = form.differences(in: try TableReader.read(try patch.bytes(), name: "form.xlsx"))
    #expect(differences.map { $0.place?.row } == [9, 1], "\(differences)")
    #expect(differences.first?.reason.ja.contains("すこし違う文") == true)
    #expect(differences.first?.place?.sheet == "確認用" && differences.first?.place?.column == 2)
  }

  @Test func aFormOfAnotherYearIsRefusedWithWhatIsMissing() throws {
    // R6 numbers machines by themselves, R7 does not.
    let error = #expect(throws: TabularError.self) { try Self.form("hospital-openpyxl", "mhlw-hospital-r6") }
    #expect(error?.reason.ja.contains("2(4) 端末PC") == true, "\(error?.reason.ja ?? "")")
    #expect(throws: TabularError.self) {
      try OfficialForm(Array("1,2".utf8), name: "a.csv", try FormTests.checklist("mhlw-hospital-r7"))
    }
    #expect(throws: TabularError.self) { try Self.form("vendor-openpyxl", "mhlw-hospital-r7") }
  }

  @Test func thePublishedFilesOfFiscal2026AreKnown() throws {
    let hospital = try #require(try FormTests.checklist("mhlw-hospital-r8").workbook)
    #expect(hospital.hash.hasPrefix("b811208b") && hospital.bytes == 25_655)
    #expect(try FormTests.checklist("mhlw-vendor-r8").workbook?.bytes == 25_018)
    #expect(try FormTests.checklist("mhlw-hospital-r7").workbook == nil)
    // Our own is not theirs.
    let form = try OfficialForm(
      try FormTests.official("hospital-openpyxl"),
      name: "a.xlsx",
      try FormTests.checklist("mhlw-hospital-r8")
    )
    #expect(form.isPublished == false)
  }

  @Test(arguments: Engine.available)
  func aFacilityLoadsItsOwnCopy(engine: Engine) async throws {
    let world = try await RoundTests.World(engine, "mhlw-hospital-r7")
    let bytes = try FormTests.official("hospital-openpyxl")
    @discardableResult
    func load(_ bytes: [UInt8], _ id: String = "mhlw-hospital-r7", isCertain: Bool = false) async throws -> OfficialForm
    {
      try await world.assessment.load(
        bytes,
        name: "form.xlsx",
        for: try FormTests.checklist(id),
        isCertain: isCertain,
        in: world.scope
      )
    }
    try await load(bytes)
    let standing = try await world.assessment.standing(world.checklist, SuggestionTests.facility)
    #expect(standing.wording["2-⑦"] == "見本の項目 2-⑦ & <確認>")
    let other = FacilityID(rawValue: "facility-2")
    #expect(try await world.assessment.standing(world.checklist, other).wording.isEmpty)
    // One that differs from it is doubted, cell by cell; the same once more is not.
    try await load(bytes)
    var patch = try WorkbookPatch(bytes)
    patch.set(sheet: 0, row: 1, column: 0, .text("改訂版"))
    let changed = try patch.bytes()
    let doubt = await #expect(throws: OfficialDoubt.self) { try await load(changed) }
    #expect(doubt?.reasons.map { $0.place?.row } == [1])
    #expect(
      try await load(changed, isCertain: true).differences(in: TableReader.read(bytes, name: "a.xlsx")).count == 1
    )
    // A file whose fingerprint is known to differ from the published one is doubted, too.
    let eight = await #expect(throws: OfficialDoubt.self) { try await load(bytes, "mhlw-hospital-r8") }
    #expect(eight?.reasons.first?.reason.ja.contains("b811208b") == true)
    // A copy with changed wording is refused as an answer; nothing of it is kept.
    var copy = try WorkbookPatch(changed)
    copy.set(sheet: 0, row: 7, column: 2, .text("はい"))
    func take(_ bytes: [UInt8]) async throws -> FormOutcome {
      try await world.assessment.take(
        bytes,
        name: "form.xlsx",
        into: try await world.assessment.standing(world.checklist, SuggestionTests.facility),
        reason: "",
        overwriting: false,
        isDry: false,
        in: world.scope
      )
    }
    #expect(try await take(try copy.bytes()).kept == 1)
    copy.set(sheet: 0, row: 10, column: 1, .text("④ 別の文"))
    let refused = try await take(try copy.bytes())
    #expect(refused.kept == 0 && refused.problems.map { $0.place?.row } == [10])
    let filled = try #require(
      try await world.assessment.filledForm(
        try await world.assessment.standing(world.checklist, SuggestionTests.facility),
        hospital: "みなと中央病院"
      )
    )
    #expect(try TableReader.read(filled, name: "f.xlsx").sheets[0].rows.first { $0.number == 7 }?[2].text == "はい")
    try await world.assessment.officialForms.remove(world.checklist, in: world.scope)
    #expect(try await world.assessment.officialForms.form(world.checklist, SuggestionTests.facility) == nil)
  }

  // MARK: Other programs

  /// openpyxl finds the answers, and everything that makes the form what it is, in the filled workbook.
  @Test(.enabled(if: PythonTools.isPresent, "run scripts/python-tools"), arguments: forms)
  func openpyxlFindsTheFormAsItWas(name: String, id: String) async throws {
    let folder = try TemporaryFolder()
    let (before, after) = (folder.file("before.xlsx"), folder.file("after.xlsx"))
    try Data(try FormTests.official(name)).write(to: URL(filePath: before))
    try Data(try Self.form(name, id).filled(Self.answers, name: "みなと中央病院")).write(to: URL(filePath: after))
    let code = """
      import sys, openpyxl
      books = [openpyxl.load_workbook(p) for p in sys.argv[1:3]]
      a, b = (book.worksheets[0] for book in books)
      def looks(s):
          return (sorted(map(str, s.merged_cells.ranges)), str(s.print_area), s.print_title_rows, s.freeze_panes,
              s.page_setup.orientation, s.page_setup.paperSize, s.page_margins.left, s.oddFooter.center.text,
              sorted((str(v.sqref), v.type, v.formula1) for v in s.data_validations.dataValidation),
              sorted((str(k.sqref), [r.type for r in v]) for k, v in s.conditional_formatting._cf_rules.items()),
              {c: d.width for c, d in s.column_dimensions.items()})
      assert looks(a) == looks(b), (looks(a), looks(b))
      for row in a.iter_rows():
          for cell in row:
              there = b[cell.coordinate]
              assert cell.style_id == there.style_id or cell._style == there._style, cell.coordinate
      rows = {str(r[1].value)[:1] + str(r[1].value)[-8:-5]: r for r in b.iter_rows(min_row=7) if r[1].value}
      found = [r for r in b.iter_rows(min_row=7) if r[1].value and "2-④" in r[1].value][0]
      assert found[2].value == "いいえ" and found[3].value.isoformat()[:10] == "2025-06-03", found
      assert found[4].value.isoformat()[:10] == "2026-03-31" and found[5].value == "はい"
      assert found[7].value == "別紙1 & <確認>" and b["G3"].value == "みなと中央病院"
      assert [s.title for s in books[0].worksheets] == [s.title for s in books[1].worksheets]
      print("good")
      """
    #expect(try await Tools.python(code, [before, after], folder) == "good\n")
  }

  @Test(.enabled(if: Tools.office != nil), arguments: forms)
  func libreOfficeOpensTheFilledForm(name: String, id: String) async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("filled.xlsx")
    try Data(try Self.form(name, id).filled(Self.answers, name: "みなと中央病院")).write(to: URL(filePath: path))
    let text = try await Tools.csv(path, folder)
    #expect(text.contains("みなと中央病院") && text.contains("いいえ") && text.contains("2026/3/31"), "\(text.prefix(600))")
    // The cell that counts counts the answers. LibreOffice trusts figures that it saved itself until it is told to count
    // anew, so there only the formula's own place can be looked at.
    guard name.hasSuffix("openpyxl") else { return }
    #expect(text.contains(",1\n") || text.contains("\"1\""), "\(text.suffix(200))")
  }
}
