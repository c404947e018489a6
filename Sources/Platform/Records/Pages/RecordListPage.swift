import Design
import HTML
import Nouns
import Text
import Time
import Web

/// The list of one kind: filter, sort, saved views, rows to choose, and the ways to edit, print, export and import.
struct RecordListPage {
  let kind: Kind
  let page: ListPage
  /// Choices of the reference filters: field → (id, title).
  let choices: [String: [(id: String, title: String)]]
  let views: [SavedView]
  let request: WebRequest
  let checkedAt: Instant

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private var values: ValueText { ValueText(titles: page.titles, dates: request.dates) }

  /// The address as the reader sees it: pages from 1.
  private var address: Address {
    Address(
      RecordPath.list(kind.key),
      request.query.fields.filter { $0.name != "from" }.map { ($0.name, $0.value) }
    )
  }

  var response: WebResponse {
    .page(
      Page(
        kind.plural[language],
        lead: lead,
        actions: actions,
        crumbs: [Crumb(kind.traits.home.label[language], kind.traits.home.path)],
        main: table.html(language)
      ),
      current: "ledger." + kind.key
    )
  }

  private var lead: HTML? {
    kind.traits.lead.map { HTML(text: $0[language]) }
  }

  private var actions: HTML? {
    var buttons = kind.traits.views.map { Button.link($0.label[language], $0.path, look: .secondary, size: .small) }
    guard request.may(.editLedger), request.may(kind.traits.writers) else { return buttons.joined() }
    if request.may(.importLedger) {
      buttons.append(
        Button.link(
          say("取り込む", "Import"),
          Address(RecordPath.imports, [("kind", kind.key)]).text,
          look: .secondary,
          size: .small
        )
      )
    }
    buttons.append(Button.link(say("追加", "Add"), RecordPath.new(kind.key), size: .small))
    return buttons.joined()
  }

  private var table: DataTable<Record> {
    var table = DataTable<Record>(
      id: kind.key,
      caption: say("\(kind.plural.ja)の一覧", "List of \(kind.plural.en.lowercased())"),
      address: address,
      columns: columns,
      rows: page.records,
      rowID: \.id,
      rowName: { $0.title(language) }
    )
    table.sort = page.query.sort.first.map { Design.Sort($0.field, isDescending: $0.isDescending) }
    table.pager = Pager(
      address: address,
      number: page.query.offset / page.query.pageSize + 1,
      size: page.query.pageSize,
      total: page.total,
      unit: unit
    )
    table.filter = filter
    table.views = SavedViews(
      views.map { view in
        SavedViews.View(
          view.name,
          RecordPath.list(kind.key) + "?" + view.query,
          isCurrent: view.id == currentView?.id
        )
      },
      saveAddress: RecordPath.list(kind.key) + "/views",
      csrf: request.csrf,
      current: address
    )
    if request.may(.editLedger), request.may(kind.traits.writers) {
      table.bulk = Bulk(
        address: RecordPath.list(kind.key) + "/bulk",
        csrf: request.csrf,
        actions: [
          Bulk.Action("change", say("一括変更", "Change")),
          Bulk.Action("merge", say("統合", "Merge")),
          Bulk.Action("archive", say("一括廃止", "Retire"), isDangerous: true),
        ],
        noun: kind.label[language],
        unit: unit
      )
      table.extra =
        "<a href=\"\(with("/grid"))\">\(say("まとめて編集", "Edit as a grid"))</a>"
    }
    if let view = currentView, !view.isShared {
      table.extra =
        (table.extra ?? .empty)
        + Button.post(
          say("保存した見方「\(view.name)」を消す", "Delete the view “\(view.name)”"),
          "\(RecordPath.list(kind.key))/views/\(view.id)/remove",
          csrf: request.csrf,
          look: .text,
          size: .small
        )
    }
    table.chooser = ColumnChooser(
      address: address,
      columns: kind.fields.map { Design.Choice($0.key, $0.label[language]) },
      shown: Set(Self.shown(request, kind))
    )
    table.empty = empty
    table.isDense = true
    return table
  }

  /// The saved view that the list shows.
  private var currentView: SavedView? {
    let query = address.removing("page").queryText
    return views.first { $0.query == query }
  }

  private var unit: Unit { kind.traits.unit }

  /// The chosen columns, the name always first; unless chosen, as many as stand beside the menu of a usual screen.
  static func shown(_ request: WebRequest, _ kind: Kind) -> [String] {
    let chosen = request.query.all("column").filter { kind[field: $0] != nil }
    return chosen.isEmpty ? Array(kind.listed.prefix(7)) : chosen
  }

  private var columns: [DataTable<Record>.Column] {
    let keys = [kind.titleFields[0]] + Self.shown(request, kind).filter { $0 != kind.titleFields[0] }
    // The same for every cell.
    let values = values
    return keys.enumerated().compactMap { index, key in
      guard let field = kind[field: key] else { return nil }
      return .init(key, field.label[language], sorts: true, isNumeric: field.type == .number) { record in
        guard index == 0 else { return values.html(record, field) }
        let address = RecordPath.record(kind.key, record.id)
        // Where its own name is not recorded, what it belongs to tells it apart; else that has its own column.
        let title = values.title(record, isAmongItsOwn: record.known(key) != nil)
        return "<a href=\"\(address)\">\(title)</a>\(archivedMark(record))"
      }
    }
  }

  private func archivedMark(_ record: Record) -> HTML? {
    record.archivedAt == nil ? nil : " \(Chip(say("廃止", "Retired"), .grey).html)"
  }

  private func with(_ suffix: String) -> String {
    let base = Address(RecordPath.list(kind.key) + suffix, page.query.parameters.map { ($0.name, $0.value) })
    return base.removing("from", "size").text
  }

  private var filter: FilterBar {
    var fields: [FilterBar.Field] = [
      .text(name: "q", label: say("ことばで絞る", "Words"), value: page.query.search)
    ]
    for key in filterFields {
      guard let field = kind[field: key] else { continue }
      var options = [Design.Choice("", say("すべて", "All"))]
      options += field.choices.map { Design.Choice($0.key, $0.label[language]) }
      options += (choices[key] ?? []).map { Design.Choice($0.id, $0.title) }
      options += [
        Design.Choice("?", say("不明", "Unknown")), Design.Choice("!", say("未記入", "Not recorded")),
      ]
      fields.append(
        .select(
          name: "f." + key,
          label: field.label[language],
          choices: options,
          chosen: page.query.filters[key]?.first?.text ?? ""
        )
      )
    }
    fields.append(
      .select(
        name: "archived",
        label: say("廃止したもの", "Retired"),
        choices: [
          Design.Choice("", say("除く", "Without")), Design.Choice("only", say("だけ", "Only")),
          Design.Choice("with", say("含む", "With")),
        ],
        chosen: page.query.archived == .without ? "" : page.query.archived.rawValue
      )
    )
    return FilterBar(address: address, fields: fields, actions: fileActions)
  }

  private var fileActions: HTML {
    let print = Button.link(say("印刷", "Print"), with("/print"), look: .secondary, size: .small)
    guard request.may(.importLedger) else { return print }
    return print
      + Button.link(say("Excelで書き出す", "Export to Excel"), with("/export"), look: .secondary, size: .small)
  }

  /// At most three selects: choices and references among the columns somebody chose, else among the listed ones.
  private var filterFields: [String] { RecordListPage.filterFields(of: kind, request) }

  static func filterFields(of kind: Kind, _ request: WebRequest) -> [String] {
    Array(
      (request.query.all("column").isEmpty ? kind.listed : shown(request, kind)).filter { key in
        guard let field = kind[field: key] else { return false }
        return !field.choices.isEmpty || field.referenced != nil
      }.prefix(3)
    )
  }

  private var empty: EmptyState {
    let isFiltered = !page.query.search.isEmpty || !page.query.filters.isEmpty
    let checked = say(
      "最終確認 \(request.dates.brief(checkedAt, today: checkedAt.day))",
      "Checked \(request.dates.brief(checkedAt, today: checkedAt.day))"
    )
    if isFiltered {
      return EmptyState(
        say("条件に合うものはありません。", "Nothing fits the filters."),
        checked,
        actions: Button.link(say("条件を外す", "Clear filters"), RecordPath.list(kind.key), look: .secondary)
      )
    }
    return EmptyState(
      say("まだ\(kind.label.ja)が登録されていません。", "No \(kind.label.en.lowercased()) is recorded yet."),
      say("お使いの Excel や CSV の台帳を、そのまま入れられます。", "Drop in the Excel or CSV ledger you already have."),
      actions: request.may(.importLedger)
        ? Button.link(say("ファイルから取り込む", "Import a file"), Address(RecordPath.imports, [("kind", kind.key)]).text)
          + Button.link(say("1件ずつ追加", "Add one"), RecordPath.new(kind.key), look: .secondary) : nil
    )
  }
}
