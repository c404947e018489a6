import Tabular

func fuzz(_ bytes: [UInt8]) throws {
  let workbook = try TableReader.read(bytes, name: "a.csv")
  // What was read can be written, and reads the same again.
  guard let sheet = workbook.sheets.first else { return }
  let rows = sheet.rows.map(\.cells)
  let draft = SheetDraft(title: "a", columns: [ColumnDraft("a"), ColumnDraft("b")], rows: rows)
  guard case .written(let written, _) = SheetWriter.text(draft) else { fatalError("UTF-8 lacks nothing") }
  let again = try CSVReader.read(written, name: "b", options: ReadOptions(separator: .comma))
  precondition(Array(again.sheets[0].rows.map(\.cells).dropFirst()) == rows)
}
