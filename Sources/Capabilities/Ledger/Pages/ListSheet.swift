import Design
import HTML
import Text
import Time
import Web

/// A list on paper: as filtered and sorted on the screen, with title, facility, 年度, date and approval boxes.
struct ListSheet {
  let kind: Kind
  let records: [Record]
  /// How many there are, on the paper or not.
  let total: Int
  let titles: [String: String]
  let query: ListQuery
  /// By record, where the paper also says why it worries.
  let reasons: [String: String]
  let request: WebRequest

  /// More rows than this are no paper that anybody reads, and no page that a browser prints.
  static let most = 5_000

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let values = ValueText(titles: titles, dates: request.dates)
    // Beside the reasons there is room for what names a connection and its device, not for every column.
    let keys =
      reasons.isEmpty
      ? [kind.titleFields[0]] + kind.listed.filter { $0 != kind.titleFields[0] }
      : ["system_name", "department", "vendor", "line_type", "boundary_device", "last_confirmed_on"]
    let fields = keys.compactMap { kind[field: $0] }
    let heads = fields.map { "<th scope=\"col\">\($0.label[language])</th>" as HTML }
    let why: HTML? = reasons.isEmpty ? nil : "<th scope=\"col\">\(say("心配の理由", "Why it worries"))</th>"
    let rows = records.map { record -> HTML in
      let cells = fields.map {
        "<td\(if: $0.type == .date, " class=\"nb\"")>\(values.text($0, record.values[$0.key]))</td>" as HTML
      }
      let reason: HTML? = reasons.isEmpty ? nil : "<td class=\"why\">\(reasons[record.id] ?? "")</td>"
      return "<tr>\(cells)\(reason)</tr>"
    }
    let isCut = total > records.count
    var subtitle =
      isCut
      ? say(
        "全\(total.grouped)件のうち先頭の\(records.count.grouped)件",
        "the first \(records.count.grouped) of \(total.grouped) records"
      ) : say("\(records.count.grouped)件", "\(records.count.grouped) records")
    let cut = say(
      "全\(total.grouped)件のうち先頭の\(records.count.grouped)件だけを載せています。残りは、条件で絞り込んで印刷するか、Excelに書き出してください。",
      "Only the first \(records.count.grouped) of \(total.grouped) records are here. Narrow the list, or export it, to get the rest."
    )
    let note: HTML? = isCut ? "<p><b>\(cut)</b></p>" : nil
    if !query.search.isEmpty { subtitle += say("、「\(query.search)」を含むもの", ", containing “\(query.search)”") }
    if !query.filters.isEmpty { subtitle += say("、条件で絞り込み", ", filtered") }
    return .sheet(
      PrintSheet(
        kind.plural[language] + (language == .ja ? "一覧" : ""),
        subtitle: subtitle,
        printed: request.printedBy,
        stamps: PaperStamps.usual(language),
        orientation: .landscape,
        backAddress: LedgerPath.list(kind.key, query),
        contents: """
          \(note)<table class="dense"><thead><tr>\(heads)\(why)</tr></thead><tbody>\(rows)</tbody></table>
          """
      )
    )
  }
}
