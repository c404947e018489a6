import Intake
import Tabular
import Testing
import Text

@Suite struct `From a file to records` {
  private let simple = "管理番号|機器名|設置場所\nA001|受付端末|1階\nA002|会計端末|2階"

  // MARK: Who decides about columns

  @Test func `a header nobody knows is asked or left, and nothing is imported when nothing is known`() {
    let result = read(book(sheet("表", "ほげ|ふが|ぴよ\nあ|い|う\nか|き|く")))
    #expect(result.rows.isEmpty)
    #expect(result.mapped.isEmpty)
    #expect(result.leftOut.map(\.kind) == [.needsMapping])
    #expect(result.mappings.first?.columns.map(\.header) == ["ほげ", "ふが", "ぴよ"])
  }

  @Test func `a mapping file wins over everything and makes an unknown table known`() {
    let workbook = book(sheet("表", "ほげ|ふが|ぴよ\nA001|受付|1階\nA002|会計|2階"))
    let result = read(workbook, given: ["ほげ": "asset_number", "ふが": "name", "ぴよ": nil])
    #expect(result.rows.map { $0["name"] } == ["受付", "会計"])
    #expect(result.rows.first?.extras == ["ぴよ": "1階"])
    #expect(result.column("ぴよ")?.confidence == .given)
    let other = read(book(sheet("表", simple)), given: ["設置場所": "remarks"])
    #expect(other.rows.first?["remarks"] == "1階")
    #expect(other.rows.first?["location"] == nil)
  }

  @Test func `the mapping of the last file of the same headers is used, in any order of columns`() throws {
    let workbook = book(sheet("表", "ほげ|ふが|ぴよ\nA001|受付|1階"))
    let first = read(workbook, given: ["ほげ": "asset_number", "ふが": "name"])
    let remembered = try #require(first.mappings.first)
    let later = read(book(sheet("表", "ぴよ|ふが|ほげ\n1階|病棟|A003")), remembered: [remembered])
    #expect(later.rows.first?["asset_number"] == "A003")
    #expect(later.column("ほげ")?.confidence == .remembered)
    #expect(later.mappings.first?.headerSet == remembered.headerSet)
  }

  @Test func `a column the user once put aside stays aside, import after import`() throws {
    let workbook = book(sheet("表", simple))
    var remembered = read(workbook, given: ["設置場所": nil]).mappings
    for _ in 0..<3 { remembered = read(workbook, remembered: remembered).mappings }
    #expect(remembered.first?.field(of: "設置場所") == nil)
    #expect(remembered.first?.field(of: "機器名") == "name")
  }

  @Test func `headers of a mapping file that the file does not have are told`() {
    #expect(
      read(book(sheet("表", simple)), given: ["管理番号": "asset_number", "設置ばしょ": "location"]).unusedHeaders == ["設置ばしょ"]
    )
  }

  @Test func `remarks behind a header do not hide it`() {
    let result = read(
      book(sheet("表", "管理番号※必ず記入|機器名⏎（通称可）|導入日⏎※西暦で記入してください\nA001|受付|2020/4/1\nA002|会計|2020/4/1"))
    )
    #expect(Set(result.mapped.values) == ["asset_number", "name", "installed_on"])
  }

  @Test func `a mapping file is checked`() throws {
    let read = { (text: String) in try MappingFile.read(Array(text.utf8), schema: Schemas.assets) }
    #expect(try read(#"{"管理番号": "asset_number", "x": null}"#) == ["管理番号": "asset_number", "x": nil])
    #expect(throws: MappingFile.Refusal.self) { try read(#"{"管理番号": "nonsense"}"#) }
    for text in ["", "[]", "{", #"{"a": 1}"#, "null", "\u{0}"] {
      #expect(throws: MappingFile.Refusal.self) { try read(text) }
    }
  }

  @Test func `the second column of one name is told apart and offered, not mapped`() throws {
    let result = read(book(sheet("表", "管理番号|機器名|IPアドレス|IPアドレス\nA001|受付|10.0.0.1|10.0.0.2\nA002|会計|10.0.0.3|10.0.0.4")))
    #expect(result.mapped["IPアドレス"] == "ip_address")
    let second = try #require(result.column("IPアドレス (2)"))
    #expect(second.field == nil)
    #expect(second.alternatives.first == "ip_address")
    #expect(result.rows.first?.extras == ["IPアドレス (2)": "10.0.0.2"])
    let chosen = read(
      book(sheet("表", "管理番号|機器名|IPアドレス|IPアドレス\nA001|受付|10.0.0.1|10.0.0.2")),
      given: ["IPアドレス": nil, "IPアドレス (2)": "ip_address"]
    )
    #expect(chosen.rows.first?["ip_address"] == "10.0.0.2")
  }

  @Test func `every column says why, in both languages`() {
    for layout in Layouts.every {
      for column in read(layout.workbook, layout.schema).mappings.flatMap(\.columns) {
        #expect(!column.reason.ja.isEmpty && !column.reason.en.isEmpty)
        #expect(
          (column.field != nil) == [.high, .given, .remembered].contains(column.confidence)
            || column.confidence == .given
        )
      }
    }
  }

  @Test func `shifted values are seen and said`() {
    let result = read(Layouts.shifted.workbook)
    #expect(result.mappings.first?.isShifted == true)
    #expect(result.leftOut.first?.reason.ja.contains("ずれて") == true)
  }

  // MARK: Sheets and sections

  @Test func `a sheet for each floor proposes the sheet's name as the place, and takes it when told to`() throws {
    let asked = read(Layouts.perFloor.workbook)
    let column = try #require(asked.mappings.first?.sheetName)
    #expect(column.suggested == "location")
    #expect(column.field == nil)
    #expect(asked.rows.allSatisfy { $0["location"] == nil })
    let told = read(Layouts.perFloor.workbook, given: ["（シート名）": "location"])
    #expect(told.rows.map { $0["location"] } == ["+1F", "+1F", "+2F", "+3F"])
    #expect(told.newReferences["location"]?.map(\.name) == ["1F", "2F", "3F"])
  }

  @Test func `what is left out is listed with the reason`() {
    let result = read(Layouts.perFloor.workbook)
    #expect(Set(result.leftOut.map(\.sheet)) == ["old", "凡例", "記入例", "表紙"])
    #expect(result.leftOut.allSatisfy { !$0.reason.ja.isEmpty && !$0.reason.en.isEmpty })
  }

  @Test func `section rows give the department only when every one is known`() {
    let departments = ["放射線科", "薬剤部"].enumerated().map { KnownReference(id: "d\($0.offset)", name: $0.element) }
    let known = read(Layouts.sections.workbook, references: ReferenceResolver(["department": departments]))
    #expect(known.rows.map { $0["department"] } == ["d0", "d0", "d1"])
    let half = read(Layouts.sections.workbook, references: ReferenceResolver(["department": [departments[0]]]))
    #expect(half.rows.allSatisfy { $0["department"] == nil })
  }

  @Test func `skipped rows are named by kind`() {
    let result = read(Layouts.sections.workbook)
    #expect(
      result.skipped.map { "\($0.row) \($0.kind)" } == [
        "2 section", "5 subtotal", "6 section", "7 repeatedHeader", "9 subtotal", "10 subtotal",
      ]
    )
    #expect(read(Layouts.guides.workbook).skipped.map(\.kind) == [.example, .legend])
    #expect(read(Layouts.ordinalOnly.workbook).skipped.map(\.kind) == [.example, .blank, .blank])
  }

  @Test func `merged cells give their value to every row`() {
    let result = read(Layouts.mergedDown.workbook)
    #expect(result.rows.map { $0["department"] } == ["+放射線科", "+放射線科", "+放射線科", "+薬剤部"])
    #expect(result.tables.first?.headerRows == [1, 2])
  }

  @Test func `ditto marks repeat the value above and keep the mark`() {
    let result = read(Layouts.dittos.workbook)
    #expect(result.rows.map { $0["manufacturer"] } == ["デル", "デル"])
    #expect(result.rows.last?.values["department"] == NormalValue(stored: "+医事課", original: "〃"))
    #expect(result.rows.map { $0["installed_on"] } == ["2024-04-01", "2024-04-01"])
  }

  @Test func `a device over two merged rows is one record with both cards`() {
    let result = read(Layouts.twoCards.workbook)
    #expect(result.rows.first?["ip_address"] == "10.0.0.1, 10.0.1.1")
    #expect(result.rows.first?["mac_address"] == "00:11:22:33:44:01, 00:11:22:33:44:02")
    #expect(result.skipped.map(\.kind) == [.continued])
  }

  @Test func `values without a header are kept under the letter of their column`() {
    #expect(read(Layouts.unnamed.workbook).rows.first?.extras == ["（D列）": "移設予定"])
  }

  @Test func `hidden columns are read`() {
    let hidden = sheet("表", simple, hiddenColumns: [2])
    let result = read(book(hidden))
    #expect(result.rows.first?["location"] == "+1階")
    #expect(result.tables.first?.columns.map(\.isHidden) == [false, false, true])
  }

  // MARK: The error file

  @Test func `the error file has the user's layout, one more column, and comes back clean`() throws {
    let workbook = book(
      sheet(
        "台帳",
        "機器一覧\n管理番号|機器名|IPアドレス|導入日\nA001|受付|10.0.0.1|2020/4/1\nA002|会計|10.0.0.999|8.11.21\nA001|別物|10.0.0.3|2020/4/1"
      )
    )
    let result = read(workbook)
    let plan = Intake.plan(result, schema: Schemas.assets, existing: [])
    let errors = try #require(ErrorFile.make(workbook, result: result, problems: plan.problems))
    let rows = errors.sheets[0].rows.map { $0.cells.map(\.text) }
    #expect(rows.count == 4)
    #expect(rows[0] == ["機器一覧"])
    #expect(rows[1] == ["管理番号", "機器名", "IPアドレス", "導入日", "エラー内容"])
    #expect(rows[2].prefix(4) == ["A002", "会計", "10.0.0.999", "8.11.21"])
    #expect(rows[2][4].contains("「IPアドレス」"))
    #expect(rows[3][0] == "A001")
    let again = read(errors)
    #expect(again.rows.count == 2)
    #expect(again.rows.allSatisfy { $0.extras.isEmpty })
    #expect(ErrorFile.make(book(sheet("表", simple)), result: read(book(sheet("表", simple))), problems: []) == nil)
  }

  // MARK: Any file

  @Test(arguments: UInt64(0)..<150) func `a tidy ledger made untidy at random is read without a wrong column`(
    seed: UInt64
  ) {
    var chance = Chance(seed: seed)
    let untidy = UntidyLedger.make(&chance)
    let result = read(untidy.workbook)
    #expect(result.rows.map(\.number) == untidy.records)
    for (header, field) in result.mapped { #expect(untidy.truth[header] == field, "\(header)") }
    #expect(result.mapped.count * 10 >= untidy.truth.count * 8)
    #expect(result.rows.map { $0["asset_number"] } == untidy.numbers)
  }

  @Test(arguments: UInt64(0)..<200) func `no sheet can bring the reader down, and no row is counted twice`(seed: UInt64)
  {
    var chance = Chance(seed: seed)
    let words = [
      "", "", "", "管理番号", "機器名", "IPアドレス", "備考", "合計", "小計 3", "■1階", "※注", "A001", "10.0.0.1", "1", "2", "不明", "㈱東洋",
      "2020/4/1", "令和", "凡例", "例", "〃", "No.", "\u{e000}",
    ]
    let rows = (1...Int.random(in: 1...25, using: &chance)).map { number in
      SheetRow(
        number: number * Int.random(in: 1...1, using: &chance),
        cells: (0..<Int.random(in: 1...9, using: &chance)).map { _ in
          let word = words.randomElement(using: &chance) ?? ""
          return word.isEmpty ? .empty : .text(word)
        }
      )
    }
    let merges = (0..<Int.random(in: 0...3, using: &chance)).map { _ in
      let row = Int.random(in: 1...20, using: &chance)
      let column = Int.random(in: 0...6, using: &chance)
      return merge(
        row,
        column,
        row + Int.random(in: 0...3, using: &chance),
        column + Int.random(in: 0...3, using: &chance)
      )
    }
    let workbook = book(Sheet(name: "乱", rows: rows, merges: merges))
    let result = read(workbook)
    let plan = Intake.plan(result, schema: Schemas.assets, existing: [])
    #expect(plan.counts.dataRows == result.rows.count)
    for table in result.tables {
      let all = table.rows.map(\.number) + table.skipped.map(\.row)
      #expect(Set(all).count == all.count)
    }
  }
}

/// A ledger with known content, dressed up as hospitals do.
private struct UntidyLedger {
  let workbook: Workbook
  let truth: [String: String]
  let records: [Int]
  let numbers: [String?]

  static func make(_ chance: inout Chance) -> UntidyLedger {
    let unique = headers()
    var fields = [
      "category", "os", "model", "manufacturer", "department", "maintenance_vendor", "ip_address", "mac_address",
      "serial_number", "location", "installed_on", "antivirus", "remarks",
    ].shuffled(using: &chance)
    fields = ["asset_number", "name"] + fields.prefix(Int.random(in: 1...13, using: &chance))
    if Bool.random(using: &chance) { fields.shuffle(using: &chance) }
    var truth: [String: String] = [:]
    let names = fields.map { field -> String in
      let name = dressed(unique[field]?.randomElement(using: &chance) ?? field, &chance)
      truth[Width.trimmed(name)] = field
      return name
    }
    let offset = Int.random(in: 0...2, using: &chance)
    let blank = [CellValue](repeating: .empty, count: offset)
    var rows: [SheetRow] = []
    var number = 1
    func add(_ cells: [CellValue]) {
      if cells.contains(where: { !$0.isEmpty }) { rows.append(SheetRow(number: number, cells: cells)) }
      number += 1
    }
    for title in ["令和８年度　機器管理台帳", "作成　医療情報部", ""].prefix(Int.random(in: 0...3, using: &chance)) {
      add(blank + [title.isEmpty ? .empty : .text(title)])
    }
    add(blank + names.map { .text($0) })
    var records: [Int] = []
    var numbers: [String?] = []
    for index in 0..<Int.random(in: 5...30, using: &chance) {
      records.append(number)
      numbers.append("KZ\(1000 + index)")
      add(blank + fields.map { value($0, index, &chance) })
      if Int.random(in: 0..<10, using: &chance) == 0 { add([]) }
      if index > 3, Int.random(in: 0..<10, using: &chance) == 0 { add(blank + [.text("小計　\(index)台")]) }
    }
    if Bool.random(using: &chance) { add(blank + [.text("合計"), .text("\(records.count)")]) }
    if Bool.random(using: &chance) { add(blank + [.text("※黄色は要更新")]) }
    return UntidyLedger(
      workbook: book(Sheet(name: "台帳", rows: rows)),
      truth: truth,
      records: records,
      numbers: numbers
    )
  }

  /// Words that mean one field only.
  private static func headers() -> [String: [String]] {
    var owners: [String: Set<String>] = [:]
    for field in Schemas.assets.fields {
      for word in [field.label.ja, field.label.en] + field.synonyms {
        owners[Fold.key(word), default: []].insert(field.key)
      }
    }
    var headers: [String: [String]] = [:]
    for field in Schemas.assets.fields {
      headers[field.key] = ([field.label.ja, field.label.en] + field.synonyms).filter {
        owners[Fold.key($0)]?.count == 1
      }
    }
    return headers
  }

  private static func dressed(_ header: String, _ chance: inout Chance) -> String {
    switch Int.random(in: 0..<6, using: &chance) {
    case 0: "※" + header
    case 1: header + "\n"
    case 2 where header.count > 3 && !header.utf8.contains(32): String(header.prefix(2)) + "\n" + header.dropFirst(2)
    case 3: " " + header + "　"
    default: header
    }
  }

  private static func value(_ field: String, _ index: Int, _ chance: inout Chance) -> CellValue {
    if field != "asset_number", field != "name", Int.random(in: 0..<12, using: &chance) == 0 {
      return [.empty, .text("不明"), .text("－")].randomElement(using: &chance) ?? .empty
    }
    func pick(_ words: String...) -> CellValue { .text(words.randomElement(using: &chance) ?? "") }
    switch field {
    case "asset_number": return .text("KZ\(1000 + index)")
    case "name": return .text("端末その\(index)号機")
    case "category": return pick("端末", "サーバ", "NW機器", "プリンタ")
    case "os": return pick("Windows 11 Pro", "Windows Server 2019", "Linux 組込", "IOS 15.2")
    case "model": return pick("OptiPlex 3080", "VersaPro", "複合機 C5550F")
    case "manufacturer": return pick("デル", "NEC", "富士通")
    case "department": return pick("検査部", "薬剤部", "放射線科")
    case "maintenance_vendor": return pick("㈱東洋", "株式会社西洋", "メディライン")
    case "ip_address": return .text("10.1.0.\(index + 1)")
    case "mac_address": return .text(MACAddress(bits: UInt64(index) + 0x0011_2233_0000).text)
    case "serial_number": return .text("SN\(70_000 + index)X")
    case "location": return pick("本館1階 検査室", "新館2階 外来", "サーバ室")
    case "installed_on": return pick("R4.2.2", "令和3年7月8日", "2020/4/1", "平成28年2月26日")
    case "antivirus": return pick("導入済", "未", "対象外")
    default: return pick("①号機", "※棚卸しで所在不明", "改行\nあり")
    }
  }
}
