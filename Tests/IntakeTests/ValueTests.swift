import Intake
import Tabular
import Testing
import Text
import Time

@Suite struct `Reading cells` {
  /// What one cell of a field becomes: the stored value, nil when it could not be read, and the code of the remark.
  private func cell(_ value: CellValue, _ type: IntakeType, noneIsEmpty: Bool? = nil) -> (String?, [String], String?) {
    let schema = IntakeSchema(
      kind: "test",
      fields: [
        IntakeField(key: "name", label: Localized(ja: "名称", en: "Name"), type: .text),
        IntakeField(key: "model", label: Localized(ja: "型番", en: "Model"), type: .text),
        IntakeField(key: "value", label: Localized(ja: "値", en: "Value"), type: type, noneIsEmpty: noneIsEmpty),
      ],
      identity: []
    )
    let rows = [
      SheetRow(number: 1, cells: [.text("名称"), .text("型番"), .text("値")]),
      SheetRow(number: 2, cells: [.text("一"), .text("二"), value]),
    ]
    let result = read(
      Workbook(sheets: [Sheet(name: "表", rows: rows)], format: .xlsx),
      schema,
      given: ["名称": "name", "型番": "model", "値": "value"]
    )
    let row = result.rows.first
    return (row?["value"], result.problems.map(\.code), row?.values["value"]?.original)
  }

  @Test(arguments: [
    ("有", "yes"), ("あり", "yes"), ("○", "yes"), ("◯", "yes"), ("〇", "yes"), ("ＹＥＳ", "yes"), ("y", "yes"), ("1", "yes"),
    ("済", "yes"), ("無", "no"), ("なし", "no"), ("×", "no"), ("✕", "no"), ("No", "no"), ("Ｎ", "no"), ("０", "no"),
    ("未", "no"),
    ("対象外", "na"), ("不明", "?"), ("?", "?"), ("？", "?"), ("未確認", "?"), ("確認中", "?"), ("わからない", "?"), ("－", ""),
    ("-", ""),
    ("ー", ""), ("有（2回線）", "yes"), ("無　", "no"),
  ])
  func `yes, no and unknown in every spelling`(text: String, stored: String) {
    #expect(cell(.text(text), .yesNoUnknown).0 == stored)
  }

  @Test(arguments: [
    IntakeType.text, .date, .ip, .mac, .number, .phone, .email, .identifier, .reference(kind: "vendor"),
  ])
  func `unknown is a value of its own for every type`(type: IntakeType) {
    for word in ["不明", "？", "?", "未確認", "unknown"] { #expect(cell(.text(word), type).0 == "?") }
    #expect(cell(.text("－"), type).0?.isEmpty == true)
    #expect(cell(.text("－"), type).2 == "－")
    #expect(cell(.empty, type).0 == nil)
  }

  @Test(arguments: [
    ("１０．２０．０．９", "10.20.0.9"), ("192.168.001.010", "192.168.1.10"), ("DHCP", "DHCP"), ("ＤＨＣＰ", "DHCP"),
    ("自動取得", "DHCP"), ("なし", ""), ("10.0.0.1\n10.0.0.2", "10.0.0.1, 10.0.0.2"),
    ("10.0.0.1、10.0.0.2", "10.0.0.1, 10.0.0.2"),
    ("10.0.0.1/24", "10.0.0.1"), ("10.0.0.1/10.0.0.2", "10.0.0.1, 10.0.0.2"), ("10.0.0.1:8080", "10.0.0.1"),
    ("2001:DB8::1", "2001:db8::1"),
  ])
  func `addresses`(text: String, stored: String) {
    #expect(cell(.text(text), .ip).0 == stored)
  }

  @Test(arguments: ["10.20.0", "10.20.0.999", "固定", "10.0.0.1〜10", "サーバ"])
  func `what is no address is kept as it was and reported`(text: String) {
    let (stored, codes, _) = cell(.text(text), .ip)
    #expect(stored?.isEmpty == true)
    #expect(codes == ["ip.invalid"])
  }

  @Test(arguments: ["32-3f-6d-7c-c7-2c", "32:3F:6D:7C:C7:2C", "323f.6d7c.c72c", "323F6D7CC72C", "３２－３Ｆ－６Ｄ－７Ｃ－Ｃ７－２Ｃ"])
  func `hardware addresses in every spelling`(text: String) {
    #expect(cell(.text(text), .mac).0 == "32:3F:6D:7C:C7:2C")
  }

  @Test(arguments: [
    ("R4.2.2", "2022-02-02"), ("Ｒ３．７．８", "2021-07-08"), ("平成25年8月17日", "2013-08-17"), ("令和元年5月1日", "2019-05-01"),
    ("2019/5/16", "2019-05-16"), ("20190516", "2019-05-16"), ("H31.4.30", "2019-04-30"),
  ])
  func `dates of eras and of spreadsheets`(text: String, stored: String) {
    #expect(cell(.text(text), .date).0 == stored)
  }

  @Test func `a late Heisei date is read with a notice`() {
    let (stored, codes, _) = cell(.text("平成31年5月1日"), .date)
    #expect(stored == "2019-05-01")
    #expect(codes == ["date.notice"])
  }

  @Test(arguments: [
    ("令和7年2月29日", "date.invalid"), ("8.11.21", "date.ambiguous"), ("令和5年3月", "date.monthOnly"),
    ("2020/4", "date.monthOnly"),
    ("未定", "date.invalid"), ("来春", "date.invalid"),
  ])
  func `what is no day stays out and says why`(text: String, code: String) {
    let (stored, codes, _) = cell(.text(text), .date)
    #expect(stored?.isEmpty == true)
    #expect(codes == [code])
  }

  @Test func `cells that the spreadsheet typed`() throws {
    let day = try #require(LocalDate(year: 2024, month: 6, day: 3))
    #expect(cell(.date(day, minutes: nil), .date).0 == "2024-06-03")
    #expect(cell(.number(45446, text: "45446"), .date).0 == "2024-06-03")
    #expect(cell(.date(day, minutes: 556), .moment).0 == "2024-06-03T00:16:00.000Z")
    #expect(cell(.bool(true), .yesNoUnknown).0 == "yes")
    #expect(cell(.number(1001, text: "001001"), .identifier).0 == "001001")
    #expect(cell(.error("#N/A"), .text).1 == ["cell.error"])
  }

  @Test(arguments: [
    ("ＫＺ０００１６", "KZ00016"), (" A 001 ", "A001"), ("PC－００１", "PC-001"), ("00123", "00123"), ("なし", ""), ("－", ""),
    ("To Be Filled By O.E.M.", ""),
  ])
  func `identifiers are half width without blanks`(text: String, stored: String) {
    #expect(cell(.text(text), .identifier).0 == stored)
  }

  @Test(arguments: [
    ("1,234", "1234"), ("１２台", "12"), ("3.50", "3.5"), ("-5", "-5"), ("007", "7"), ("0", "0"),
  ])
  func `numbers`(text: String, stored: String) { #expect(cell(.text(text), .number).0 == stored) }

  @Test func `telephone and mail are half width`() {
    #expect(cell(.text("０４５－６８０－００７３"), .phone).0 == "045-680-0073")
    #expect(cell(.text("045ー680ー0073"), .phone).0 == "045-680-0073")
    #expect(cell(.text("内線1234"), .phone).0 == "内線1234")
    #expect(cell(.text("ｔａｒｏ＠example.jp"), .email).0 == "taro@example.jp")
    #expect(cell(.text("taro＠"), .email).1 == ["email.invalid"])
  }

  @Test func `choices by any word, and the allowed ones are named when none fits`() {
    let type = IntakeType.choice(Schemas.categories)
    #expect(cell(.text("サーバー"), type).0 == "server")
    #expect(cell(.text("ｻｰﾊﾞ"), type).0 == "server")
    #expect(cell(.text("プリンタ（モノクロ）"), type).0 == "printer")
    #expect(cell(.text("2:端末"), type).0 == "terminal")
    #expect(cell(.text("冷蔵庫"), type).1 == ["choice.unknown"])
  }

  @Test func `free text stays as typed, and 外字 is noted`() {
    #expect(cell(.text(" ＩＢＭ　System "), .text).0 == "ＩＢＭ　System")
    #expect(cell(.text("一行目\n二行目"), .text).0 == "一行目 二行目")
    #expect(cell(.text("一行目\n二行目"), .multiline).0 == "一行目\n二行目")
    #expect(cell(.text("確認中"), .multiline).0 == "確認中")
    let (stored, codes, _) = cell(.text("外字：\u{e000}あり"), .multiline)
    #expect(stored == "外字：\u{e000}あり")
    #expect(codes == ["text.privateUse"])
    #expect(cell(.text("なし"), .text).0 == "なし")
    #expect(cell(.text("なし"), .text, noneIsEmpty: true).0?.isEmpty == true)
  }

  @Test func `the original stays beside what was changed`() {
    #expect(cell(.text("R4.2.2"), .date).2 == "R4.2.2")
    #expect(cell(.text("10.0.0.1"), .ip).2 == nil)
  }

  @Test(arguments: UInt64(0)..<200) func `no text can bring a reader down`(seed: UInt64) {
    var chance = Chance(seed: seed)
    let pieces = [
      "不明", "令和", "R", "8", ".", "/", "-", "－", "ー", "１", "9", "0", "年", "月", "日", "㈱", "株式会社", "(", "）", "\n", " ",
      "　", "\u{0}",
      "\u{e000}", "𠮷", "葛󠄀", "é", "👩‍⚕️", "@", ":", "F", "DHCP", "計", "合計", "※", "\u{200b}", ",", "999999999999", "e5", "〃",
    ]
    let text = (0..<Int.random(in: 0...12, using: &chance)).compactMap { _ in pieces.randomElement(using: &chance) }
      .joined()
    let types: [IntakeType] = [
      .text, .multiline, .number, .date, .moment, .ip, .mac, .phone, .email, .yesNoUnknown, .identifier,
      .choice(Schemas.categories), .reference(kind: "vendor"),
    ]
    for type in types {
      let (stored, codes, original) = cell(.text(text), type)
      // Nothing vanishes: what is not stored is reported or kept as the original.
      let isBlank = Width.trimmed(text).isEmpty
      #expect(isBlank || stored?.isEmpty == false || !codes.isEmpty || original != nil)
    }
  }

  @Test(arguments: UInt64(0)..<100) func `what is stored reads back as itself`(seed: UInt64) {
    var chance = Chance(seed: seed)
    let day = LocalDate(dayNumber: Int.random(in: 0...25_000, using: &chance))
    for text in [day.iso, day.slashed, day.era(weekday: false), day.eraShort] {
      #expect(cell(.text(text), .date).0 == day.iso)
    }
    let address = (0..<4).map { _ in String(UInt8.random(in: 1...254, using: &chance)) }.joined(separator: ".")
    #expect(cell(.text(address), .ip).0 == address)
    let bits = UInt64.random(in: 0...0xffff_ffff_ffff, using: &chance)
    let hardware = MACAddress(bits: bits).text
    for spelling in [
      hardware, hardware.lowercased(), hardware.replacing(":", with: "-"), hardware.replacing(":", with: ""),
    ] {
      #expect(cell(.text(spelling), .mac).0 == hardware)
    }
  }
}
