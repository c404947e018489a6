import Design
import HTML
import Text
import Time
import Web

/// A list on paper: as filtered and sorted on the screen, with title, facility, 年度, date and approval boxes.
package struct ListSheet: Sendable {
  let kind: Kind
  let records: [Record]
  /// How many there are, on the paper or not.
  let total: Int
  let titles: [String: String]
  let query: ListQuery
  /// Where the paper also says something of each record that is no field of it.
  let remarks: Remarks?
  let request: WebRequest

  /// More rows than this are no paper that anybody reads, and no page that a browser prints.
  static let most = 5_000

  /// Something said of each record, in the last column.
  package struct Remarks: Sendable {
    package let label: Localized
    package let texts: [String: String]
    /// The fields there is room for beside it.
    package let fields: [String]

    package init(label: Localized, texts: [String: String], fields: [String]) {
      self.label = label
      self.texts = texts
      self.fields = fields
    }
  }

  package init(
    kind: Kind,
    records: [Record],
    total: Int,
    titles: [String: String],
    query: ListQuery,
    remarks: Remarks? = nil,
    request: WebRequest
  ) {
    self.kind = kind
    self.records = records
    self.total = total
    self.titles = titles
    self.query = query
    self.remarks = remarks
    self.request = request
  }

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let values = ValueText(titles: titles, dates: request.dates)
    let keys = remarks?.fields ?? [kind.titleFields[0]] + kind.listed.filter { $0 != kind.titleFields[0] }
    let fields = keys.compactMap { kind[field: $0] }
    let heads = fields.map { "<th scope=\"col\">\($0.label[language])</th>" as HTML }
    let why: HTML? = remarks.map { "<th scope=\"col\">\($0.label[language])</th>" }
    let rows = records.map { record -> HTML in
      let cells = fields.map {
        "<td\(if: $0.type == .date, " class=\"nb\"")>\(values.text($0, record.values[$0.key]))</td>" as HTML
      }
      let reason: HTML? = remarks.map { "<td class=\"why\">\($0.texts[record.id] ?? "")</td>" }
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
        backAddress: RecordPath.list(kind.key, query),
        contents: """
          \(note)<table class="dense"><thead><tr>\(heads)\(why)</tr></thead><tbody>\(rows)</tbody></table>
          """
      )
    )
  }
}
