import Design
import HTML
import Text
import Time
import Web

/// まとめて編集: a page of a list as a spreadsheet.
struct GridPage {
  let kind: Kind
  let page: ListPage
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  /// All fields of the kind: those of the list first, then the rest, so that nothing needs the form.
  private var fields: [Field] {
    let first = kind.listed.compactMap { kind[field: $0] }
    return first + kind.fields.filter { field in !first.contains { $0.key == field.key } }
  }

  var response: WebResponse {
    let list = RecordPath.list(kind.key, page.query)
    let grid = GridEditor(
      id: "grid",
      caption: say("\(kind.plural.ja)のまとめて編集", "Edit \(kind.plural.en.lowercased()) as a grid"),
      nameLabel: kind.label[language],
      columns: fields.map(column),
      rows: page.records.map(row),
      saveAddress: RecordPath.list(kind.key) + "/cells",
      token: request.csrfToken
    )
    let pager = Pager(
      address: Address(
        RecordPath.list(kind.key) + "/grid",
        page.query.parameters.map { ($0.name, $0.value) }
      ).removing("from"),
      number: page.query.offset / page.query.pageSize + 1,
      size: page.query.pageSize,
      total: page.total
    )
    return .page(
      Page(
        say("\(kind.plural.ja)のまとめて編集", "Edit \(kind.plural.en.lowercased()) as a grid"),
        actions: Button.link(say("一覧に戻る", "Back to the list"), list, look: .secondary, size: .small),
        crumbs: [Crumb(kind.traits.home.label[language], kind.traits.home.path), Crumb(kind.plural[language], list)],
        width: .wide,
        main: "\(grid.html(language))<p>\(pager.counter(language))</p>\(pager.html(language))"
      ),
      current: "ledger." + kind.key
    )
  }

  private func column(_ field: Field) -> GridEditor.Column {
    switch field.type {
    case .choice, .yesNoUnknown:
      return .init(
        field.key,
        field.label[language],
        .choice(field.choices.map { $0.label[language] } + [Unknown.label[language]])
      )
    case .reference(let other):
      return .init(field.key, field.label[language], .reference(address: RecordPath.list(other) + "/names"))
    case .date: return .init(field.key, field.label[language], .date)
    default: return .init(field.key, field.label[language], .text, isNumeric: field.type == .number)
    }
  }

  private func row(_ record: Record) -> GridEditor.Row {
    GridEditor.Row(
      id: record.id,
      name: record.title(language),
      version: String(record.version),
      cells: fields.map { Self.cell($0, record.values[$0.key], page.titles, request.dates) },
      editAddress: RecordPath.edit(kind.key, record.id)
    )
  }

  /// What a cell shows; typing the same back stores the same.
  static func cell(_ field: Field, _ value: String?, _ titles: [String: String], _ dates: ShownDates) -> String {
    guard let value, !value.isEmpty else { return "" }
    if field.type == .date, let day = LocalDate(iso: value) { return dates.typed(day) }
    return FieldRule.shown(field, value, titles: titles, in: dates.language)
  }
}
