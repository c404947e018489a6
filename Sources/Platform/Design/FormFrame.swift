import HTML
import Text

/// The list of what is wrong, at the top of the page and focused: each line leads to its field, in the words that also
/// stand beside the field. `Page.errors` shows it; nobody else need call it.
package struct ErrorSummary: Sendable {
  package let errors: [FieldError]

  package init(_ errors: [FieldError]) { self.errors = errors }

  package func html(_ language: Language) -> HTML {
    if errors.isEmpty { return .empty }
    let title = Localized(ja: "入力内容に問題があります", en: "There is a problem with what was entered")
    return """
      <div class="summary" role="alert" tabindex="-1" autofocus data-focus aria-labelledby="summary-title">\
      <h2 id="summary-title">\(title[language])</h2><ul>\(each: errors, Self.line)</ul></div>
      """
  }

  private static func line(_ error: FieldError) -> HTML {
    error.field.isEmpty
      ? "<li>\(error.message)</li>"
      : "<li><a href=\"#\(error.target ?? "field-" + error.field)\">\(error.message)</a></li>"
  }
}

extension Sequence<FormField> {
  /// What `Page.errors` needs: each field's error with the id its link leads to.
  package var errors: [FieldError] {
    compactMap { field in field.error.map { FieldError(field.name, $0, target: field.focusID) } }
  }
}

/// A form that posts: token, fields, buttons. With a `draft` key the browser keeps what is typed until the form has been
/// sent, so that an ended session or a stopped server loses no text.
package struct FormFrame: Sendable {
  package var action: String
  /// The hidden field against forged requests.
  package var csrf: HTML
  package var fields: [FormField]
  /// Between fields and buttons.
  package var more: HTML
  package var buttons: HTML
  /// Names what is being written, such as `asset/0192…`; nil keeps nothing. Passwords and files are never kept.
  package var draft: String?
  /// For forms with files.
  package var isMultipart = false
  package var id: String?

  package init(
    action: String,
    csrf: HTML,
    fields: [FormField],
    more: HTML = .empty,
    buttons: HTML,
    draft: String? = nil
  ) {
    self.action = action
    self.csrf = csrf
    self.fields = fields
    self.more = more
    self.buttons = buttons
    self.draft = draft
  }

  /// For `Page.errors`.
  package var errors: [FieldError] { fields.errors }

  package func html(_ language: Language) -> HTML {
    let note: HTML? = draft == nil ? nil : Self.draftNote(language)
    return """
      <form class="form" method="post" action="\(action)"\(attribute: "id", id)\
      \(if: isMultipart, " enctype=\"multipart/form-data\"")\(attribute: "data-draft", draft) novalidate>\(csrf)\(note)\
      \(each: fields, { $0.html(language) })\(more)<div class="btns">\(buttons)</div></form>
      """
  }

  private static func draftNote(_ language: Language) -> HTML {
    let ja = language == .ja
    return """
      <div class="draft" role="status" hidden data-draftnote><span>\
      \(ja ? "前回の入力が残っていたので、欄に戻しました。" : "What you had typed before has been put back.")</span>\
      <button class="btn text" type="button">\(ja ? "戻した入力を消す" : "Discard it")</button></div>
      """
  }
}

/// The small fields above a list. A form of its own (GET) whose address is the list's.
package struct FilterBar: Sendable {
  package enum Field: Sendable {
    case text(name: String, label: String, value: String)
    /// The first choice is usually `Choice("", "すべて")`.
    case select(name: String, label: String, choices: [Choice], chosen: String)
  }

  package let address: Address
  package let fields: [Field]
  /// Right of the fields: 印刷, Excelで書き出す, 取り込む.
  package let actions: HTML?
  /// What the button says and what the form is for, where it does not filter a list.
  package var purpose: (button: String, name: String)?

  /// `address` is the current one; what is no field here (sort, page size) is carried along, the page number is not.
  package init(address: Address, fields: [Field], actions: HTML? = nil) {
    self.address = address
    self.fields = fields
    self.actions = actions
  }

  package func html(_ language: Language) -> HTML {
    let names = Set(fields.map(\.name))
    let carried = address.query.filter { !names.contains($0.name) && $0.name != "page" && $0.name != "select" }
    let isFiltered = fields.contains { !$0.value.isEmpty }
    let clear = names.reduce(address.removing("page", "select")) { $0.setting($1, nil) }
    let ja = language == .ja
    let way: HTML =
      isFiltered && purpose == nil ? "<a href=\"\(clear.text)\">\(ja ? "条件を外す" : "Clear filters")</a>" : .empty
    let right: HTML? = actions.map { "<div class=\"push\">\($0)</div>" }
    return """
      <form class="bar" method="get" action="\(address.path)" role="search" \
      aria-label="\(purpose?.name ?? (ja ? "一覧を絞り込む" : "Filter the list"))">\
      \(each: carried, { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" })\
      \(each: fields, { $0.html })\(Button.submit(purpose?.button ?? (ja ? "絞り込む" : "Filter"), look: .secondary, size: .small))\
      \(way)\(right)</form>
      """
  }
}

extension FilterBar.Field {
  var name: String {
    switch self {
    case .text(let name, _, _), .select(let name, _, _, _): name
    }
  }

  var value: String {
    switch self {
    case .text(_, _, let value): value
    case .select(_, _, _, let chosen): chosen
    }
  }

  var html: HTML {
    switch self {
    case .text(let name, let label, let value):
      return """
        <div><label for="filter-\(name)">\(label)</label>\
        <input type="text" id="filter-\(name)" name="\(name)" value="\(value)" autocomplete="off"></div>
        """
    case .select(let name, let label, let choices, let chosen):
      return """
        <div><label for="filter-\(name)">\(label)</label><select id="filter-\(name)" name="\(name)">\
        \(each: choices, { FormField.option($0, chosen: chosen) })</select></div>
        """
    }
  }
}
