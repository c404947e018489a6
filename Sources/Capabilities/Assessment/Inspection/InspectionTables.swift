import HTML
import Text

/// Tables of a paper.
enum InspectionTables {
  /// So many rows are printed; the workbook has them all.
  static let printed = 500

  static func html(_ table: InspectionTable, _ language: Language) -> HTML {
    let head: HTML = "<h3>\(table.title)</h3>"
    guard !table.rows.isEmpty else {
      return "\(head)<p>\(Localized(ja: "記録がありません。", en: "Nothing is on record.")[language])</p>"
    }
    let rest = table.rows.count - printed
    let more: HTML? =
      rest > 0
      ? "<p class=\"note\">\(Localized(ja: "ほかに\(rest)行あります。Excelファイルに全行があります。", en: "\(rest) more rows are in the Excel file.")[language])</p>"
      : nil
    return """
      \(head)<table class="dense"><thead><tr>\(each: table.heads, { "<th scope=\"col\">\($0)</th>" })</tr></thead><tbody>\
      \(each: Array(table.rows.prefix(printed)), row)</tbody></table>\(more)
      """
  }

  private static func row(_ cells: [String]) -> HTML {
    "<tr>\(each: cells, { isWord($0) ? "<td class=\"nb\">\($0)</td>" : "<td>\($0)</td>" })</tr>"
  }

  /// What is too short to be broken: up to eight full widths.
  private static func isWord(_ text: String) -> Bool {
    text.reduce(0) { $0 + ($1.isASCII ? 1 : 2) } <= 16
  }
}
