import HTML
import Text

/// What can be done with several rows of a list at once. The form posts `row` (once per chosen row), `action`, and `all`:
/// `1` where the whole list is meant, which the server finds again from `query`.
package struct Bulk: Sendable {
  package struct Action: Sendable {
    /// The value posted as `action`.
    package let name: String
    /// 「一括変更」: bulk actions are named 一括○○.
    package let label: String
    package let isDangerous: Bool
    /// Stands before its button.
    package let asks: Field?

    package init(_ name: String, _ label: String, isDangerous: Bool = false, asks: Field? = nil) {
      self.name = name
      self.label = label
      self.isDangerous = isDangerous
      self.asks = asks
    }
  }

  /// What an action asks for beside the rows: 「対象外にする理由」.
  package struct Field: Sendable {
    package let name: String
    package let label: String
    /// What was typed before a problem came up.
    package let value: String

    package init(_ name: String, _ label: String, value: String = "") {
      self.name = name
      self.label = label
      self.value = value
    }

    var html: HTML {
      """
      <label for="bulk-\(name)">\(label)</label>\
      <input type="text" id="bulk-\(name)" name="\(name)" value="\(value)" autocomplete="off">
      """
    }
  }

  /// What is chosen when the page comes: links with `?select=page` or `?select=all` do it without scripts.
  package enum Choice: String, Sendable {
    case none
    case page
    case all
  }

  package let address: String
  package let csrf: HTML
  /// At most four are shown.
  package let actions: [Action]
  package let unit: Unit
  /// 「機器」 in 「12件の機器が選択されています。」
  package let noun: String
  /// Rows that were chosen before a problem came up.
  package var chosen: Set<String> = []

  package init(address: String, csrf: HTML, actions: [Action], noun: String, unit: Unit = .items) {
    self.address = address
    self.csrf = csrf
    self.actions = actions
    self.noun = noun
    self.unit = unit
  }

  func choice(_ list: Address) -> Choice { list["select"].flatMap(Choice.init(rawValue:)) ?? .none }

  func html(id: String, rows: Int, total: Int, address list: Address, choice: Choice, language: Language) -> HTML {
    let count = choice == .none ? chosen.count : choice == .page ? rows : total
    let page = list.setting("select", "page").text
    let all = list.setting("select", "all").text
    let none = list.removing("select").text
    let ja = language == .ja
    let pageLabel = ja ? "このページの\(unit.count(rows, .ja))を選択" : "Select \(unit.count(rows, .en)) on this page"
    let allLabel = ja ? "一覧の\(unit.count(total, .ja))すべてを選択" : "Select all \(unit.count(total, .en)) of the list"
    let buttons = actions.prefix(4).map { action -> HTML in
      let button = Button.submit(
        action.label,
        name: "action",
        value: action.name,
        look: action.isDangerous ? .danger : .secondary,
        size: .small
      )
      return action.asks.map { "<span class=\"ask\">\($0.html)\(button)</span>" } ?? button
    }
    let allLink: HTML = total > rows ? "<a href=\"\(all)\" data-select=\"all\">\(allLabel)</a>" : .empty
    return """
      <form class="bulk line\(count == 0 ? "" : " busy")" id="\(id)-bulk" method="post" action="\(address)" \
      data-bulk="\(id)" data-total="\(total)">\(csrf)\
      <input type="hidden" name="query" value="\(list.removing("select").queryText)">\
      <input type="hidden" name="all" value="\(choice == .all ? "1" : "")">\
      <a href="\(page)" data-select="page">\(pageLabel)</a>\(allLink)\
      <a href="\(none)" data-select="none"\(if: count == 0, " hidden")>\(ja ? "選択を外す" : "Clear")</a>\
      <span class="num" role="status" data-count="\(sentence("{}", language))">\
      \(count == 0 ? "" : sentence(count.grouped, language))</span>\
      <span class="btns push" data-actions>\(buttons)</span></form>
      """
  }

  private func sentence(_ count: String, _ language: Language) -> String {
    language == .ja ? "\(count)\(unit.ja)の\(noun)が選択されています。" : "\(count) selected."
  }
}

/// Filters, sort and columns that somebody has kept under a name.
package struct SavedViews: Sendable {
  package struct View: Sendable {
    package let name: String
    package let address: String
    package let isCurrent: Bool

    package init(_ name: String, _ address: String, isCurrent: Bool = false) {
      self.name = name
      self.address = address
      self.isCurrent = isCurrent
    }
  }

  package let views: [View]
  /// Receives `name` and `query` by POST; nil where views cannot be kept.
  package let saveAddress: String?
  package let csrf: HTML
  /// What is to be kept.
  package let current: Address

  package init(_ views: [View], saveAddress: String?, csrf: HTML, current: Address) {
    self.views = views
    self.saveAddress = saveAddress
    self.csrf = csrf
    self.current = current
  }

  func html(_ language: Language) -> HTML {
    let ja = language == .ja
    let links: HTML =
      views.isEmpty
      ? .empty
      : "<span class=\"note\">\(ja ? "保存した見方" : "Saved views")</span><ul>\(each: views, Self.link)</ul>"
    let form: HTML? = saveAddress.map { address in
      """
      <details class="more"><summary>\(ja ? "この見方を保存" : "Save this view")</summary>\
      <form class="panel bar" method="post" action="\(address)">\(csrf)\
      <input type="hidden" name="query" value="\(current.removing("page", "select").queryText)">\
      <div><label for="view-name">\(ja ? "見方の名前" : "Name of the view")</label>\
      <input type="text" id="view-name" name="name" autocomplete="off"></div>\
      \(Button.submit(ja ? "保存" : "Save", look: .secondary, size: .small))</form></details>
      """
    }
    return links.isEmpty && form == nil ? .empty : "<div class=\"line noprint\">\(links)\(form)</div>"
  }

  private static func link(_ view: View) -> HTML {
    "<li><a href=\"\(view.address)\"\(if: view.isCurrent, " aria-current=\"true\"")>\(view.name)</a></li>"
  }
}

/// Which columns a list shows: boxes in a fold, sent by GET, one `column` for each.
package struct ColumnChooser: Sendable {
  package let address: Address
  package let columns: [Choice]
  package let shown: Set<String>

  package init(address: Address, columns: [Choice], shown: Set<String>) {
    self.address = address
    self.columns = columns
    self.shown = shown
  }

  func html(_ language: Language) -> HTML {
    let ja = language == .ja
    let carried = address.query.filter { !["column", "page", "select"].contains($0.name) }
    return """
      <details class="more"><summary>\(ja ? "表示する列" : "Columns")</summary>\
      <form class="panel" method="get" action="\(address.path)">\
      \(each: carried, { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" })\
      \(FormField.checkboxes("column", ja ? "表示する列" : "Columns to show", columns, chosen: shown).html(language))\
      \(Button.submit(ja ? "この列で表示" : "Show these", look: .secondary, size: .small))</form></details>
      """
  }
}

/// Where a list is empty: what it is, why it matters or when it was checked, one main button, one alternative.
package struct EmptyState: Sendable {
  package let title: String
  /// Why it matters, or 「最終確認 11/21 09:00」: an empty list must say when it was checked.
  package let detail: String
  package let actions: HTML?

  package init(_ title: String, _ detail: String, actions: HTML? = nil) {
    self.title = title
    self.detail = detail
    self.actions = actions
  }

  package func html(_ language: Language) -> HTML {
    let buttons: HTML? = actions.map { "<div class=\"btns\">\($0)</div>" }
    return "<div class=\"empty\"><h2>\(title)</h2><p>\(detail)</p>\(buttons)</div>"
  }
}
