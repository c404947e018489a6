import Foundation
import Support
import Testing
import Time

@testable import Tabular

/// Filling the workbooks of others: whatever is not a filled cell stays byte for byte. Tried on forms built like the
/// ministry's, by openpyxl and by LibreOffice (`scripts/make-form-workbooks`).
@Suite struct WorkbookPatchTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Corpus/forms")

  static let names = ["hospital-openpyxl", "hospital-libreoffice", "vendor-openpyxl", "vendor-libreoffice"]

  static func form(_ name: String) throws -> [UInt8] {
    try TableReader.fileBytes(folder.appending(path: "\(name).xlsx").path(), limit: 1 << 20)
  }

  private static func day(_ text: String) throws -> LocalDate { try #require(LocalDate(iso: text)) }

  private static func filled(_ name: String) throws -> [UInt8] {
    var patch = try WorkbookPatch(try form(name))
    patch.set(sheet: 0, row: 7, column: 2, .text("はい"))
    patch.set(sheet: 0, row: 7, column: 3, .date(try day("2025-06-03")))
    patch.set(sheet: 0, row: 8, column: 2, .text("いいえ"))
    patch.set(sheet: 0, row: 8, column: 4, .date(try day("2026-03-31")))
    patch.set(sheet: 0, row: 8, column: 7, .text("更新は <来月> & 別紙1\n2行目"))
    patch.set(sheet: 0, row: 3, column: 6, .text("みなと中央病院"))
    // Beyond what the sheet has.
    patch.set(sheet: 0, row: 60, column: 1, .text("欄外"))
    return try patch.bytes()
  }

  @Test(arguments: names)
  func onlyTheSheetsXMLDiffers(name: String) throws {
    let before = try ZipArchive(try Self.form(name))
    let after = try ZipArchive(try Self.filled(name))
    #expect(before.entries.map(\.name) == after.entries.map(\.name))
    var changed: [String] = []
    for (old, new) in zip(before.entries, after.entries) {
      if try before.read(old) == after.read(new) {
        // Not packed anew either.
        #expect(Self.raw(before, old) == Self.raw(after, new), "\(old.name)")
      } else {
        changed.append(old.name)
      }
    }
    #expect(changed == ["xl/worksheets/sheet1.xml"])
  }

  /// Header and data of a part as they lie in the file.
  private static func raw(_ archive: ZipArchive, _ entry: ZipArchive.Entry) -> [UInt8] {
    let at = entry.headerOffset
    let name = archive.bytes.littleEndian16(at + 26) + archive.bytes.littleEndian16(at + 28)
    return Array(archive.bytes[at..<(at + 30 + name + entry.compressedSize)])
  }

  @Test(arguments: names)
  func inTheSheetOnlyTheFilledCellsDiffer(name: String) throws {
    let before = try ZipArchive(try Self.form(name))
    let after = try ZipArchive(try Self.filled(name))
    func pieces(_ archive: ZipArchive) throws -> [String] {
      let entry = try #require(archive.entry(named: "xl/worksheets/sheet1.xml"))
      return String(decoding: try archive.read(entry), as: UTF8.self).replacing("<", with: "\n<").split(separator: "\n")
        .map(String.init)
    }
    let (old, new) = (try pieces(before), try pieces(after))
    let lost = old.difference(from: new)
    // Nothing went but cells that were filled; whatever came belongs to one, or to the new row.
    let filled = ["C7", "D7", "C8", "E8", "H8", "G3"]
    for change in new.difference(from: old) {
      switch change {
      case .remove(_, let element, _):
        #expect(filled.contains { element.contains("r=\"\($0)\"") } || element.hasPrefix("</c>"), "\(element)")
      case .insert(_, let element, _):
        let isCell = (filled + ["B60"]).contains { element.contains("r=\"\($0)\"") }
        let isInside = ["<is>", "<t ", "</t>", "</is>", "<v>", "</v>", "</c>", "<row r=\"60\"", "</row>"].contains {
          element.hasPrefix($0)
        }
        #expect(isCell || isInside || !element.hasPrefix("<"), "\(element)")
      }
    }
    #expect(!lost.isEmpty)
  }

  @Test(arguments: names)
  func whatWasFilledReadsBack(name: String) throws {
    let book = try TableReader.read(try Self.filled(name), name: "form.xlsx")
    let rows = Dictionary(book.sheets[0].rows.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
    #expect(rows[7]?[2].text == "はい" && rows[7]?[3] == .date(try Self.day("2025-06-03"), minutes: nil))
    #expect(rows[8]?[4] == .date(try Self.day("2026-03-31"), minutes: nil))
    #expect(rows[8]?[7].text == "更新は <来月> & 別紙1\n2行目" && rows[60]?[1].text == "欄外")
    // What was there before stays, the categories merged as they were.
    let before = try TableReader.read(try Self.form(name), name: "form.xlsx")
    #expect(
      book.sheets[0].merges == before.sheets[0].merges
        && rows[8]?[0].text == before.sheets[0].rows.first { $0.number == 8 }?[0].text
    )
  }

  @Test(arguments: names)
  func theDropDownListsAreFound(name: String) throws {
    let form = try Self.form(name)
    let lists = try WorkbookPatch(form).choices(ofSheet: 0)
    let book = try TableReader.read(form, name: "form.xlsx")
    let list = try #require(lists.first { $0.ranges.contains { $0.contains(row: 8, column: 2) } })
    #expect(list.choices(in: book, sheet: book.sheets[0].name) == ["はい", "いいえ"])
  }

  @Test(arguments: names)
  func aFormulaIsNotWrittenOver(name: String) throws {
    var patch = try WorkbookPatch(try Self.form(name))
    let cell = try #require(try patch.formulas(ofSheet: 0).first)
    patch.set(sheet: 0, row: cell.row, column: cell.column, .text("3"))
    let error = #expect(throws: TabularError.self) { try patch.bytes() }
    #expect(error?.place?.row == cell.row && error?.place?.column == 8 && cell.column == 7)
  }

  @Test func aDateWithoutADateFormatIsWrittenAsText() throws {
    var patch = try WorkbookPatch(try Self.form("hospital-openpyxl"))
    patch.set(sheet: 0, row: 7, column: 7, .date(try Self.day("2026-11-28")))
    let book = try TableReader.read(try patch.bytes(), name: "form.xlsx")
    #expect(book.sheets[0].rows.first { $0.number == 7 }?[7] == .text("2026/11/28"))
  }

  /// The same filling is the same file.
  @Test func fillingTwiceIsTheSameFile() throws {
    #expect(try Self.filled("hospital-openpyxl") == Self.filled("hospital-openpyxl"))
  }

  @Test func lettersOfXMLAreNeverTakenForCells() throws {
    let xml = """
      <worksheet><cols><col min="1" max="2" style="4"/></cols><sheetData><row r="2" spans="1:3"><c r="A2" t="s" s="1"><v>0</v></c>\
      <c r="C2" s='2'/></row><row r="4"/></sheetData><pageMargins left="1"/></worksheet>
      """
    let patch = try SheetPatch(Array(xml.utf8))
    let done = String(
      decoding: try patch.patched([
        2: [0: .text("a"), 1: .text("<b>"), 2: .number(3)], 3: [0: .empty], 4: [1: .text("d")],
      ]),
      as: UTF8.self
    )
    #expect(
      done == """
        <worksheet><cols><col min="1" max="2" style="4"/></cols><sheetData><row r="2" spans="1:3">\
        <c r="A2" s="1" t="inlineStr"><is><t xml:space="preserve">a</t></is></c>\
        <c r="B2" s="4" t="inlineStr"><is><t xml:space="preserve">&lt;b&gt;</t></is></c><c r="C2" s='2'><v>3</v></c></row>\
        <row r="3"><c r="A3" s="4"/></row><row r="4"><c r="B4" s="4" t="inlineStr"><is><t xml:space="preserve">d</t></is></c></row>\
        </sheetData><pageMargins left="1"/></worksheet>
        """
    )
  }

  @Test(arguments: [
    "<worksheet></worksheet>", "<x:sheetData></x:sheetData>", "<sheetData><row r=\"1\"><c r=\"A1\"></row></sheetData>",
  ])
  func anUnfamiliarSheetIsRefused(xml: String) {
    #expect(throws: TabularError.self) { try SheetPatch(Array(xml.utf8)) }
  }
}
