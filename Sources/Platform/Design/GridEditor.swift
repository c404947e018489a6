import HTML
import Text

/// Many records edited in place, as in a spreadsheet. Without scripts it is a table with 「編集」 in each row.
///
/// The script posts JSON to `saveAddress` with `X-CSRF-Token`:
/// `{"changes":[{"row":"id","field":"key","version":"3","value":"…"}]}`, at most 500 changes, and expects
/// `{"results":[{"row","field","state":"saved"|"conflict"|"invalid","version":"4","value","message","theirs"}],
/// "savedAt":"14:32"}`. `value` is the value as stored and shown; `message` says why not and what to do; `theirs` is what
/// somebody else has written meanwhile. All changes of one row come with the version that the browser knows of it.
package struct GridEditor: Sendable {
  package enum Kind: Sendable {
    /// Shown, not editable.
    case fixed
    case text
    case date
    /// One of a list.
    case choice([String])
    /// Suggestions by `GET address?q=…`, answered as a JSON array of texts.
    case reference(address: String)
  }

  package struct Column: Sendable {
    package let key: String
    package let label: String
    package let kind: Kind
    package let isNumeric: Bool

    package init(_ key: String, _ label: String, _ kind: Kind, isNumeric: Bool = false) {
      self.key = key
      self.label = label
      self.kind = kind
      self.isNumeric = isNumeric
    }
  }

  package struct Row: Sendable {
    package let id: String
    /// The name in the first column, which is not edited here.
    package let name: String
    package let version: String
    /// One for each column.
    package let cells: [String]
    /// The form page of this record, for those without scripts.
    package let editAddress: String

    package init(id: String, name: String, version: String, cells: [String], editAddress: String) {
      self.id = id
      self.name = name
      self.version = version
      self.cells = cells
      self.editAddress = editAddress
    }
  }

  package let id: String
  package let caption: String
  /// Head of the column of names.
  package let nameLabel: String
  package let columns: [Column]
  package let rows: [Row]
  package let saveAddress: String
  /// Against forged requests, sent as `X-CSRF-Token`.
  package let token: String

  package init(
    id: String,
    caption: String,
    nameLabel: String,
    columns: [Column],
    rows: [Row],
    saveAddress: String,
    token: String
  ) {
    self.id = id
    self.caption = caption
    self.nameLabel = nameLabel
    self.columns = columns
    self.rows = rows
    self.saveAddress = saveAddress
    self.token = token
  }

  package func html(_ language: Language) -> HTML {
    let ja = language == .ja
    let edit = ja ? "編集" : "Edit"
    let start = ja ? "変更は自動で保存されます。" : "Changes are saved by themselves."
    return """
      <div class="line jsonly"><span class="state" id="\(id)-live" role="status">\(start)</span>\(Self.keys(ja))</div>\
      <ul class="faults" id="\(id)-faults" aria-label="\(ja ? "保存できなかった欄" : "Cells that were not saved")"></ul>\
      <div class="gridbox" role="region" aria-label="\(caption)" tabindex="0"><table class="grid" id="\(id)" aria-label="\(caption)" \
      data-grid="\(saveAddress)" data-token="\(token)" data-live="\(id)-live" data-faults="\(id)-faults" \
      data-words="\(Self.words[language])"><thead><tr><th scope="col">\(nameLabel)</th>\
      \(each: columns, head)<th scope="col" class="nojs">\(edit)</th></tr></thead>\
      <tbody>\(each: rows, { row($0, edit) })</tbody></table></div>\(each: columns, list)
      """
  }

  private func head(_ column: Column) -> HTML {
    let kind = column.isNumeric ? "num" : nil
    switch column.kind {
    case .fixed:
      return "<th scope=\"col\"\(attribute: "class", kind)>\(column.label)</th>"
    case .text, .date:
      return "<th scope=\"col\" data-f=\"\(column.key)\"\(attribute: "class", kind)>\(column.label)</th>"
    case .choice:
      return "<th scope=\"col\" data-f=\"\(column.key)\" data-list=\"\(id)-\(column.key)\">\(column.label)</th>"
    case .reference(let address):
      return "<th scope=\"col\" data-f=\"\(column.key)\" data-suggest=\"\(address)\">\(column.label)</th>"
    }
  }

  private func row(_ row: Row, _ edit: String) -> HTML {
    let cells = zip(columns, row.cells).map { column, text -> HTML in
      var names: [String] = []
      if column.isNumeric { names.append("num") }
      switch column.kind {
      case .fixed: names.append("fixed")
      case .date: names.append("nb")
      case .text, .choice, .reference: break
      }
      if text == Unknown.word.ja || text == Unknown.word.en { names.append("unk") }
      return "<td\(attribute: "class", names.isEmpty ? nil : names.joined(separator: " "))>\(text)</td>"
    }
    return """
      <tr data-id="\(row.id)" data-v="\(row.version)"><th scope="row">\(row.name)</th>\(cells)\
      <td class="nojs"><a href="\(row.editAddress)">\(edit)\(Button.hidden(row.name))</a></td></tr>
      """
  }

  private func list(_ column: Column) -> HTML {
    guard case .choice(let values) = column.kind else { return .empty }
    return "<datalist id=\"\(id)-\(column.key)\">\(each: values, { "<option value=\"\($0)\"></option>" })</datalist>"
  }

  private static func keys(_ ja: Bool) -> HTML {
    let lines: [(String, String)] =
      ja
      ? [
        ("矢印キー", "セルを移る（Shiftで範囲を選ぶ）"), ("文字・F2・Enter", "入力を始める"), ("Enter・Tab", "決めて次へ"),
        ("Esc", "入力をやめる"), ("Alt+Enter", "セルの中で改行"), ("Alt+↓", "候補を開く"), ("Delete", "消す"),
        ("Ctrl+C・X・V", "写す・切り取る・貼る（Excelと行き来できます）"), ("Ctrl+D", "上のセルと同じにする"),
        ("Ctrl+Z・Y", "元に戻す・やり直す"), ("Ctrl+S", "すぐに保存"),
      ]
      : [
        ("Arrow keys", "move (with Shift: choose a range)"), ("Typing, F2, Enter", "start editing"),
        ("Enter, Tab", "finish and move on"), ("Esc", "stop editing"), ("Alt+Enter", "line break in the cell"),
        ("Alt+↓", "open the list"), ("Delete", "clear"), ("Ctrl+C, X, V", "copy, cut, paste, also from Excel"),
        ("Ctrl+D", "same as the cell above"), ("Ctrl+Z, Y", "undo, redo"), ("Ctrl+S", "save now"),
      ]
    return """
      <details class="more push"><summary>\(ja ? "キーの使い方" : "Keys")</summary><dl class="kv panel">\
      \(each: lines, { "<dt>\($0.0)</dt><dd>\($0.1)</dd>" })</dl></details>
      """
  }
}

// MARK: - What the script says

extension GridEditor {
  /// As JSON, for an attribute.
  static let words = Localized(ja: json(sentences.map { ($0, $1.ja) }), en: json(sentences.map { ($0, $1.en) }))

  private static let sentences: [(String, Localized)] = [
    ("saving", Localized(ja: "保存中です。", en: "Saving.")),
    ("saved", Localized(ja: "保存済み {}", en: "Saved {}")),
    ("unsaved", Localized(ja: "未保存の変更があります。", en: "Not saved yet.")),
    (
      "failed",
      Localized(
        ja: "保存できませんでした。通信を確かめてください。入力はこの端末に残り、つながると自動で保存します。",
        en: "Could not save. Check the network. What you typed is kept here and saved when the connection is back."
      )
    ),
    (
      "ended",
      Localized(
        ja: "サインインが切れたため保存できません。入力はこの端末に残っています。サインインし直してから、このページを開き直してください。",
        en:
          "You were signed out, so nothing could be saved. What you typed is kept here. Sign in and open this page again."
      )
    ),
    (
      "restored",
      Localized(ja: "前回保存できなかった変更が{}件あります。保存します。", en: "{} changes from before were not saved. Saving them now.")
    ),
    ("faults", Localized(ja: "保存できない欄が{}件あります。下の一覧で確かめてください。", en: "{} cells could not be saved. See the list below.")),
    ("clash", Localized(ja: "ほかの人が先に変更しました。", en: "Somebody else has changed this meanwhile.")),
    ("invalid", Localized(ja: "この値は保存できません。", en: "This value cannot be saved.")),
    ("theirs", Localized(ja: "相手の「{}」にする", en: "Take theirs: “{}”")),
    ("mine", Localized(ja: "自分の「{}」にする", en: "Keep mine: “{}”")),
    ("fix", Localized(ja: "直す", en: "Correct it")),
    ("back", Localized(ja: "「{}」に戻す", en: "Back to “{}”")),
    (
      "beyond",
      Localized(ja: "表からはみ出した{}個の値は貼り付けていません。", en: "{} values beyond the table were not pasted.")
    ),
    ("choices", Localized(ja: "候補", en: "Choices")),
    ("empty", Localized(ja: "空欄", en: "empty")),
    ("unknown", Unknown.word),
    ("comma", Localized(ja: "、", en: ", ")),
    ("colon", Localized(ja: "：", en: ": ")),
  ]

  private static func json(_ pairs: [(String, String)]) -> String {
    "{" + pairs.map { "\"\($0.0)\":\"\(escaped($0.1))\"" }.joined(separator: ",") + "}"
  }

  /// Our own sentences hold neither controls nor backslashes; quotes are escaped all the same.
  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { $0 += $1 == "\"" || $1 == "\\" ? "\\\($1)" : String($1) }
  }
}
