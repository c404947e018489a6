import Tabular
import Text

/// A bill of materials as a table, with the columns that the MHLW guidance for medical devices names (supplier,
/// component, version, identifier, relation), in Japanese or English.
enum MaterialsTable {
  private enum Column: CaseIterable { case supplier, name, version, identifier, relation, kind }

  private static let words: [(column: Column, words: [String])] = [
    (.supplier, ["サプライヤ", "供給者", "ベンダ", "製造元", "開発元", "メーカ", "supplier", "vendor", "manufacturer", "publisher"]),
    (.version, ["バージョン", "版数", "版", "version"]),
    (.identifier, ["識別子", "purl", "cpe", "identifier", "unique"]),
    (.relation, ["依存関係", "関係", "上位", "親", "relation", "parent", "dependency"]),
    (.kind, ["種別", "分類", "type", "category"]),
    (.name, ["コンポーネント", "ソフトウェア", "構成要素", "部品", "製品名", "名称", "component", "software", "package", "product", "name"]),
  ]

  static func read(_ source: FeedSource, _ limits: FeedLimits) throws(FeedError) -> BillOfMaterials {
    let book = try SheetFile.read(source, limits)
    var tally = MaterialsTally(.table, "", limits)
    var hasHeader = false
    for sheet in book.sheets where !sheet.isHidden {
      guard let start = sheet.rows.prefix(50).firstIndex(where: { isHeader($0) }) else { continue }
      hasHeader = true
      let columns = columns(sheet.rows[start])
      for row in sheet.rows[(start + 1)...] { add(row, columns, &tally) }
    }
    guard hasHeader else { throw MaterialsReader.notOne }
    resolveParents(&tally)
    return tally.bill
  }

  private static func isHeader(_ row: SheetRow) -> Bool {
    let found = columns(row)
    return found[.name] != nil && found[.version] != nil
  }

  private static func columns(_ row: SheetRow) -> [Column: Int] {
    var columns: [Column: Int] = [:]
    for (index, cell) in row.cells.enumerated() {
      let text = cell.text.lowercased()
      guard text.count <= 40, let hit = words.first(where: { $0.words.contains { text.contains($0) } }) else {
        continue
      }
      if columns[hit.column] == nil { columns[hit.column] = index }
    }
    return columns
  }

  private static func add(_ row: SheetRow, _ columns: [Column: Int], _ tally: inout MaterialsTally) {
    func text(_ column: Column) -> String? { columns[column].flatMap { row[$0].text.trimmed } }
    guard let name = text(.name) else {
      if row.cells.contains(where: { !$0.isEmpty }) { tally.skipNameless(row: row.number) }
      return
    }
    var item = BillOfMaterials.Item(name: name)
    item.version = text(.version)
    item.supplier = text(.supplier)
    item.kind = text(.kind)
    item.reference = text(.relation)
    for piece in (text(.identifier) ?? "").split(whereSeparator: { $0.isWhitespace || $0 == ";" || $0 == "," }) {
      if piece.hasPrefix("pkg:") {
        item.packageURL = String(piece)
      } else if piece.hasPrefix("cpe:") {
        item.identity = tally.name(String(piece), of: name, row: row.number)
      } else if item.tag == nil {
        item.tag = String(piece)
      }
    }
    _ = tally.add(item)
  }

  /// The relation names the component that this is a part of: `Included in Browser`, 「Browser に含まれる」, or just its name.
  private static func resolveParents(_ tally: inout MaterialsTally) {
    var places: [String: Int] = [:]
    for (index, item) in tally.bill.items.enumerated() where places[item.name] == nil { places[item.name] = index }
    for index in tally.bill.items.indices {
      guard let relation = tally.bill.items[index].reference else { continue }
      let named =
        places[relation] ?? places.filter { relation.contains($0.key) }.max { $0.key.count < $1.key.count }?.value
      tally.bill.items[index].parent = named == index ? nil : named
      tally.bill.items[index].reference = nil
    }
  }
}
