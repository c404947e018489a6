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

  /// What is too short to be broken: up to eight full widths.
  private static let unbroken = 16

  private static func row(_ cells: [String]) -> HTML {
    "<tr>\(each: cells, { Width.places($0) <= unbroken ? "<td class=\"nb\">\($0)</td>" : "<td>\($0)</td>" })</tr>"
  }
}
