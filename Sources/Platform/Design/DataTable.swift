import HTML
import Text

/// A list of records: first column the name and link, sorting by link, paging, rows to choose, saved views, and what to
/// show where there is nothing. On phones each row is a card. Everything works without scripts.
///
///     DataTable(id: "assets", caption: "機器の一覧", address: address, columns: […], rows: assets,
///               rowID: \.id, rowName: \.name, pager: pager, empty: EmptyState(…)).html(language)
package struct DataTable<Row> {
  package struct Column {
    package let key: String
    package let label: String
    package var sorts: Bool
    /// Right-aligned, digits of one width.
    package var isNumeric: Bool
    /// Sentences, which need room beside short values.
    package var isLong: Bool
    /// Buttons alone, which paper leaves out.
    package var isAction: Bool
    package let cell: (Row) -> HTML

    package init(
      _ key: String,
      _ label: String,
      sorts: Bool = false,
      isNumeric: Bool = false,
      isLong: Bool = false,
      isAction: Bool = false,
      cell: @escaping (Row) -> HTML
    ) {
      self.key = key
      self.label = label
      self.sorts = sorts
      self.isNumeric = isNumeric
      self.isLong = isLong
      self.isAction = isAction
      self.cell = cell
    }

    var look: String? { isNumeric ? "num" : isLong ? "long" : isAction ? "noprint" : nil }
  }

  /// Starts the ids of the table; unique on the page.
  package let id: String
  /// What the table lists, read aloud before it.
  package let caption: String
  /// The address as asked for; links change `sort`, `page`, `size`, `select`.
  package let address: Address
  /// The first is the row's name and holds its link.
  package let columns: [Column]
  package let rows: [Row]
  package let rowID: (Row) -> String
  package let rowName: (Row) -> String
  package var sort: Sort?
  package var pager: Pager?
  package var filter: FilterBar?
  package var views: SavedViews?
  package var bulk: Bulk?
  package var chooser: ColumnChooser?
  /// Beside the counter, such as 「まとめて編集」.
  package var extra: HTML?
  package var empty: EmptyState?
  /// 14 px instead of 16.
  package var isDense = false

  package init(
    id: String,
    caption: String,
    address: Address,
    columns: [Column],
    rows: [Row],
    rowID: @escaping (Row) -> String,
    rowName: @escaping (Row) -> String,
    sort: Sort? = nil,
    pager: Pager? = nil,
    filter: FilterBar? = nil,
    views: SavedViews? = nil,
    bulk: Bulk? = nil,
    chooser: ColumnChooser? = nil,
    extra: HTML? = nil,
    empty: EmptyState? = nil,
    isDense: Bool = false
  ) {
    self.id = id
    self.caption = caption
    self.address = address
    self.columns = columns
    self.rows = rows
    self.rowID = rowID
    self.rowName = rowName
    self.sort = sort
    self.pager = pager
    self.filter = filter
    self.views = views
    self.bulk = bulk
    self.chooser = chooser
    self.extra = extra
    self.empty = empty
    self.isDense = isDense
  }

  package func html(_ language: Language) -> HTML {
    let above: HTML = "\(views?.html(language))\(filter?.html(language))"
    if rows.isEmpty, let empty { return "\(above)\(empty.html(language))" }
    let choice = bulk.map { $0.choice(address) } ?? .none
    let checked = choice != .none
    let bar = bulk?.html(
      id: id,
      rows: rows.count,
      total: pager?.total ?? rows.count,
      address: address,
      choice: choice,
      language: language
    )
    return """
      \(above)<div class="line">\(pager?.counter(language))<span class="push">\(extra)\(chooser?.html(language))</span>\
      </div>\(bar)\(columns.count > Self.fitting ? Self.hint(language) : nil)\
      <div class="table\(columns.count > Self.fitting ? " many" : "")"><table class="cards\(isDense ? " dense" : "")" id="\(id)">\
      <caption class="vh">\(caption)</caption><thead><tr>\(bulk == nil ? nil : allBox(checked, language))\
      \(each: columns, { head($0, language) })</tr></thead><tbody>\(body(checked))</tbody></table>\
      </div>\(pager?.html(language))
      """
  }

  /// So many columns fit beside the menu on 1280 pixels; with more the table scrolls sideways in a box of its own.
  private static var fitting: Int { 7 }

  private static func hint(_ language: Language) -> HTML {
    let text = Localized(ja: "列が多いので、表の中を横に動かして見ます。", en: "Scroll sideways inside the table to see all columns.")
    return "<p class=\"note wide\">\(text[language])</p>"
  }

  private func head(_ column: Column, _ language: Language) -> HTML {
    let kind = column.look
    guard column.sorts else { return "<th scope=\"col\"\(attribute: "class", kind)>\(column.label)</th>" }
    let isCurrent = sort?.key == column.key
    let isDown = isCurrent && sort?.isDescending == true
    let state = isCurrent ? (isDown ? "descending" : "ascending") : "none"
    let target = address.removing("page", "select")
      .setting("sort", isCurrent && !isDown ? "-" + column.key : column.key).text
    return """
      <th scope="col" aria-sort="\(state)"\(attribute: "class", kind)><a href="\(target)">\(column.label)</a>\
      <span class="sort" aria-hidden="true">\(isCurrent ? (isDown ? "▼" : "▲") : "")</span></th>
      """
  }

  private func allBox(_ checked: Bool, _ language: Language) -> HTML {
    let label = Localized(ja: "このページのすべての行を選択", en: "Select all rows of this page")[language]
    return """
      <th scope="col" class="tick"><input type="checkbox" class="jsonly" data-all="\(id)" aria-label="\(label)"\
      \(if: checked, " checked")><span class="vh nojs">\(Localized(ja: "選択", en: "Select")[language])</span></th>
      """
  }

  /// All rows, written one behind the other: a list is mostly these, so what is the same in each is made once.
  private func body(_ checked: Bool) -> HTML {
    let open: HTML = "<tr\(if: checked, " class=\"on\"")>"
    let mark: HTML = "\"\(if: checked, " checked")></td>"
    let chosen = checked ? [] : bulk?.chosen ?? []
    let tick: HTML = "<td class=\"tick\"><input type=\"checkbox\" form=\"\(id)-bulk\" name=\"row\" value=\""
    let cells = columns.map { "<td data-h=\"\($0.label)\"\(attribute: "class", $0.look)>" as HTML }
    let names: HTML = "\"\(attribute: "class", columns.first?.look)>"
    let (close, end): (HTML, HTML) = ("</td>", "</tr>")
    var body = HTML.empty
    body.bytes.reserveCapacity(rows.count * (400 + columns.count * 100))
    for row in rows {
      let key = HTML(text: rowID(row))
      body += open
      if bulk != nil {
        let isChosen = !chosen.isEmpty && chosen.contains(rowID(row))
        body += "\(tick)\(key)\" aria-labelledby=\"\(id)-\(key)\(isChosen ? "\" checked></td>" : mark)"
      }
      for (index, column) in columns.enumerated() {
        if index == 0 {
          body += "<th scope=\"row\" id=\"\(id)-\(key)\(names)\(column.cell(row))</th>"
        } else {
          body += cells[index]
          body += column.cell(row)
          body += close
        }
      }
      body += end
    }
    return body
  }
}

/// By which column, and which way: `?sort=name` or `?sort=-name`.
package struct Sort: Sendable, Hashable {
  package let key: String
  package let isDescending: Bool

  package init(_ key: String, isDescending: Bool = false) {
    self.key = key
    self.isDescending = isDescending
  }

  /// From the query; nil where the key is none of `keys`.
  package init?(reading text: String?, keys: some Sequence<String>) {
    guard let text, !text.isEmpty else { return nil }
    let key = text.hasPrefix("-") ? String(text.dropFirst()) : text
    guard keys.contains(key) else { return nil }
    self.init(key, isDescending: text.hasPrefix("-"))
  }
}
