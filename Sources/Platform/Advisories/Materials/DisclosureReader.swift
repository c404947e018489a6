import Tabular
import Text

/// Reads MDS2 forms (HN 1-2019) from a workbook or text table. Rows are known by the numbers of their questions,
/// wherever they stand; the answer stands to the right of the question, the note behind it.
package enum DisclosureReader {
  private static let sections: Set<String> = [
    "DOC", "MPII", "ALOF", "AUDT", "AUTH", "CSUP", "DIDT", "DTBK", "EMRG", "IGAU", "MLDP", "NAUT", "CONN", "PAUT",
    "PLOK",
    "RDMP", "SBOM", "SAHD", "SGUD", "STCF", "TXCF", "TXIG", "RMOT", "OTHR",
  ]

  /// - Throws: `FeedError` where no question of the form is found.
  package static func read(
    _ source: FeedSource,
    limits: FeedLimits = FeedLimits()
  ) throws(FeedError) -> SecurityDisclosure {
    let book = try SheetFile.read(source, limits)
    var rows: [SecurityDisclosure.Row] = []
    var seen: Set<String> = []
    for sheet in book.sheets {
      for row in sheet.rows {
        guard let found = question(row), seen.insert(found.number).inserted else { continue }
        rows.append(read(row, found.number, column: found.column))
      }
    }
    // A list of a few such numbers may be anything.
    guard rows.count >= 5 else {
      throw .notA("医療機器のセキュリティ開示書（MDS2、HN 1-2019）", "a disclosure for medical devices (MDS2, HN 1-2019)")
    }
    return SecurityDisclosure(rows: rows)
  }

  private static func question(_ row: SheetRow) -> (number: String, column: Int)? {
    for (column, cell) in row.cells.prefix(4).enumerated() {
      guard let text = cell.text.trimmed?.uppercased(), text.utf8.count <= 12 else { continue }
      let parts = text.split(separator: "-")
      guard parts.count == 2, sections.contains(String(parts[0])),
        parts[1].allSatisfy({ $0.isNumber || $0 == "." })
      else { continue }
      return (text, column)
    }
    return nil
  }

  /// The question's words come next; the first cell behind them is the answer. Merged cells leave empty ones between.
  private static func read(_ row: SheetRow, _ number: String, column: Int) -> SecurityDisclosure.Row {
    let filled = row.cells.enumerated().dropFirst(column + 1).filter { !$0.element.isEmpty }.map(\.element)
    let cells = Array(filled.dropFirst())
    let place = cells.firstIndex { answer($0.text) != nil } ?? (cells.isEmpty ? nil : 0)
    let text = place.map { cells[$0].text } ?? ""
    let note = place.flatMap { $0 + 1 < cells.count ? cells[$0 + 1].text.trimmed : nil }
    return SecurityDisclosure.Row(question: number, answer: answer(text), text: text, note: note, row: row.number)
  }

  private static func answer(_ text: String) -> SecurityDisclosure.Answer? {
    switch text.trimmed?.lowercased() {
    case "yes", "はい", "有", "y": .yes
    case "no", "いいえ", "無", "n": .no
    case "n/a", "na", "該当なし", "該当せず", "対象外": .notApplicable
    case "see note", "see notes", "注記参照", "備考参照": .seeNote
    default: nil
    }
  }
}
