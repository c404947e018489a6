import Design
import HTML
import Intake
import Tabular
import Text
import Web

/// 取り込み, second step: what would change, which column is what, and every problem by row and column.
struct ImportPreviewPage {
  let draft: String
  let kind: ImportKind
  let catalogue: RecordCatalogue
  let digest: ImportDigest
  let decisions: RowDecisions
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private var path: String { "\(RecordPath.imports)/\(draft)" }

  var response: WebResponse {
    .page(
      Page(
        say("取り込みの確認", "Check the import"),
        heading: say("取り込みの確認", "Check the import"),
        lead: "\(digest.source) → \(kind.label[language])",
        crumbs: [Crumb(say("台帳", "Registers"), "/ledger"), Crumb(say("取り込み", "Import"), RecordPath.imports)],
        main: """
          \(ImportFormPage.steps(1, language))\(nothing)\(numbers)\(buttons)\(unsettled)\(questions.html)\(problems)\
          \(changes.html)\(references)\(mapping)\(leftOut)\(skipped)
          """
      ),
      current: "ledger.import"
    )
  }

  // MARK: What would happen

  private var nothing: HTML? {
    guard digest.isEmpty else { return nil }
    let reasons = digest.leftOut.map { "<li>\(place($0.sheet, $0.row))\($0.reason[language])</li>" as HTML }
    return Banner(
      .error,
      say("このままでは取り込めるものがありません。", "Nothing can be imported as it is."),
      detail:
        "<ul>\(reasons)</ul><p>\(say("下の「列の対応」で、どの列が何かを選んでください。台帳の種類が違うときは、種類を選び直してください。", "Say below which column is which, or choose another kind of ledger."))</p>"
    ).html(language)
  }

  private var numbers: HTML {
    let items: [Numbers.Item]
    if let counts = digest.counts {
      let decided = digest.outcome(of: decisions)
      let skipped = item(say("読み飛ばす行", "Skipped lines"), counts.skipped)
      items = [
        item(say("新しい", "New"), counts.new + decided.new),
        item(say("変わる", "Changed"), counts.changed + decided.changed), item(say("同じ", "The same"), counts.same),
        item(say("決められない", "Undecided"), decided.open, isWorrying: true),
        item(say("取り込めない行", "Refused rows"), counts.refused, isWorrying: true),
        decided.leftOut == 0
          ? skipped : item(say("取り込まない行", "Left out"), counts.skipped + decided.leftOut),
      ]
    } else {
      items = [
        item(say("見つかった機器", "Devices seen"), digest.seen),
        item(say("読み飛ばす行", "Skipped lines"), digest.skipped.count),
        item(say("問題", "Problems"), digest.serious + digest.notes, isWorrying: true),
      ]
    }
    return Numbers(items).html
  }

  private func item(_ label: String, _ value: Int, isWorrying: Bool = false) -> Numbers.Item {
    Numbers.Item(label, value: value.grouped, of: say("件", ""), isWorrying: isWorrying && value > 0)
  }

  private var hasWork: Bool {
    guard let counts = digest.counts else { return digest.seen > 0 }
    // A list that says nothing new may still say that the things are there.
    let confirms = kind.kind?.traits.confirms == true && counts.same > 0
    return counts.new + counts.changed > 0 || digest.questions.count > 0 || confirms
  }

  private var questions: ImportQuestions {
    ImportQuestions(path: path, kind: kind.kind, digest: digest, decisions: decisions, request: request)
  }

  private var changes: ImportChanges { ImportChanges(kind: kind.kind, digest: digest, dates: request.dates) }

  private var buttons: HTML {
    let discard = Button.post(say("やめる", "Discard"), path + "/discard", csrf: request.csrf, look: .text)
    guard hasWork else { return "<div class=\"btns\">\(discard)</div>" }
    // Where rows are open, what is chosen there goes with it.
    let commit =
      digest.questions.count > 0
      ? Button.submit(say("取り込む", "Import"), form: ImportQuestions.form, action: path + "/commit")
      : Button.post(say("取り込む", "Import"), path + "/commit", csrf: request.csrf)
    let note = say("取り込んだあとも、7日間は元に戻せます。", "It can be undone for seven days.")
    return "<div class=\"btns\">\(commit)\(discard)</div><p class=\"note\">\(note)</p>"
  }

  /// Columns that only a person can decide on, named above everything else.
  private var unsettled: HTML? {
    let open = digest.mappings.flatMap(\.columns).filter { $0.field == nil && $0.suggested != nil }
    guard !open.isEmpty else { return nil }
    let names = open.map { "「\(oneLine($0.header))」" }.joined(separator: language == .ja ? "、" : ", ")
    return Banner(
      .warning,
      say("意味を決められない列が\(open.count)列あります。", "\(open.count) columns could not be decided."),
      detail: "<p>\(names)　<a href=\"#columns\">\(say("列の対応で選ぶ", "Choose in the list of columns"))</a></p>"
    ).html(language)
  }

  // MARK: Problems

  private var problems: HTML? {
    guard !digest.problems.isEmpty else {
      return digest.hasErrorFile
        ? "<h2>\(say("ファイルを直して入れ直す", "Mend the file instead"))</h2>\(mending(export: nil))" : nil
    }
    var table = DataTable<IntakeProblem>(
      id: "problems",
      caption: say("問題のある欄", "Problems"),
      address: Address(path),
      columns: [
        .init("row", say("行", "Row")) { "<span class=\"nb\">\(place($0.sheet, $0.row))</span>" },
        .init("column", say("列", "Column")) { HTML(text: $0.column.map(oneLine) ?? "") },
        .init("value", say("値", "Value")) { HTML(text: String(($0.value ?? "").prefix(60))) },
        .init("reason", say("内容と直し方", "Reason and remedy")) { HTML(text: $0.reason[language]) },
        .init("severity", say("扱い", "Effect")) { chip($0.severity) },
      ],
      rows: digest.problems,
      rowID: { "\($0.row)-\($0.column ?? "")-\($0.code)" },
      rowName: { "\($0.row)" }
    )
    table.isDense = true
    let total = digest.serious + digest.notes
    let more =
      total > digest.problems.count
      ? say(
        "ほか\(total - digest.problems.count)件は、書き出した表で見られます。",
        "\(total - digest.problems.count) more are in the exported table."
      )
      : nil
    let export = Button.link(
      say("問題の表を書き出す", "Export the problems"),
      path + "/problems",
      look: .secondary,
      size: .small
    )
    let rest = more.map { "<p class=\"note\">\($0)</p>" as HTML } ?? .empty
    return """
      <h2>\(say("問題のある欄", "Problems"))<span class="sub">\(say("直したほうがよい\(digest.serious)件・お知らせ\(digest.notes)件", "\(digest.serious) to mend, \(digest.notes) notes"))</span></h2>\
      \(digest.hasErrorFile ? mending(export: export) : "<div class=\"btns\">\(export)</div>")\(table.html(language))\(rest)
      """
  }

  /// The user's own rows, to be mended and handed in again, beside the problems as a table of their own.
  private func mending(export: HTML?) -> HTML {
    let download = Button.link(
      say("直す行だけを書き出す（Excel）", "Rows to mend (Excel)"),
      path + "/errors",
      look: .secondary,
      size: .small
    )
    return """
      <p>\(say("問題のある行だけを、元のファイルと同じ列のまま書き出せます。「エラー内容」の列を見て直し、そのファイルをもう一度取り込んでください。", "Take out only the rows with problems, in the columns of your file. Mend them by the column “エラー内容” and import that file."))</p>\
      <div class="btns">\(download)\(export)</div>
      """
  }

  private func chip(_ severity: IntakeProblem.Severity) -> HTML {
    switch severity {
    case .row: Chip(say("この行は入らない", "Row left out"), .red).html
    case .cell: Chip(say("この欄だけ空にする", "Cell left empty"), .orange).html
    case .note: Chip(say("取り込む", "Imported"), .grey).html
    }
  }

  private func place(_ sheet: String, _ row: Int?) -> String { digest.place(sheet, row, language) }

  private func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  /// Names that the ledger does not know yet, with the spellings that were taken for the same.
  private var references: HTML? {
    let parts = digest.newNames.keys.sorted().compactMap { key -> HTML? in
      guard let kind = catalogue.kind(key), let names = digest.newNames[key], names.count > 0 else { return nil }
      let items = names.shown.map { name -> HTML in
        let aliases =
          name.aliases.isEmpty
          ? ""
          : say(
            "（同じとみた表記：\(name.aliases.joined(separator: "、"))）",
            " (taken for the same: \(name.aliases.joined(separator: ", ")))"
          )
        return "<li>\(name.name)<span class=\"note\">\(aliases)</span></li>"
      }
      return "<h3>\(kind.plural[language])　\(names.count)</h3><ul>\(items)</ul>"
    }
    guard !parts.isEmpty else { return nil }
    return """
      <details class="more"><summary>\(say("新しく登録される名前を見る", "Names that will be added"))</summary>\(parts)</details>
      """
  }

  // MARK: Columns

  private var mapping: HTML? {
    guard !digest.mappings.isEmpty else { return optionsOnly }
    let fields = fieldChoices
    let rows = digest.mappings.flatMap(\.columns).enumerated().map { index, column in
      columnRow(index, column, fields)
    }
    return """
      <h2 id="columns">\(say("列の対応", "Columns"))</h2>\
      <p>\(say("選び直したら「もう一度確かめる」を押してください。次に同じ見出しのファイルを入れたときも、この対応を使います。", "After changes press “Check again”. The next file with these headers uses the same."))</p>\
      <form method="post" action="\(path)/mapping">\(request.csrf)\(reading)\
      <div class="table"><table class="cards dense"><thead><tr><th scope="col">\(say("ファイルの見出し", "Header in the file"))</th>\
      <th scope="col">\(say("値の例", "Examples"))</th><th scope="col">\(say("台帳の項目", "Field"))</th>\
      <th scope="col">\(say("理由", "Why"))</th></tr></thead><tbody>\(rows)</tbody></table></div>\
      <div class="btns">\(Button.submit(say("もう一度確かめる", "Check again"), look: .secondary))</div></form>
      """
  }

  private var optionsOnly: HTML? {
    guard digest.format != nil else { return nil }
    return """
      <form method="post" action="\(path)/mapping">\(request.csrf)\(reading)<div class="btns">\
      \(Button.submit(say("もう一度確かめる", "Check again"), look: .secondary))</div></form>
      """
  }

  private var fieldChoices: [Design.Choice] {
    let none = Design.Choice("", say("取り込まない（その他の列として残す）", "Leave out (kept as another column)"))
    let fields =
      kind.kind.map { $0.fields.map { ($0.key, $0.label) } }
      ?? kind.schema(in: catalogue)?.fields.map { ($0.key, $0.label) } ?? []
    return [none] + fields.map { Design.Choice($0.0, $0.1[language]) }
  }

  private func columnRow(_ index: Int, _ column: MappedColumn, _ fields: [Design.Choice]) -> HTML {
    let options = fields.map { choice -> HTML in
      "<option value=\"\(choice.value)\"\(if: choice.value == (column.field ?? ""), " selected")>\(choice.label)</option>"
    }
    let header = oneLine(column.header)
    let suggestion: HTML? =
      column.field == nil
      ? column.suggested.flatMap { key in
        fields.first { $0.value == key }.map {
          "<span class=\"sub\">\(Chip(say("もしかして", "Perhaps"), .yellow).html) \($0.label)</span>"
        }
      } : nil
    return """
      <tr><th scope="row">\(header)</th><td data-h="\(say("値の例", "Examples"))">\
      \(column.samples.prefix(3).joined(separator: "、"))</td>\
      <td data-h="\(say("台帳の項目", "Field"))"><input type="hidden" name="header" value="\(column.header)">\
      <select name="field" aria-label="\(header)">\(options)</select>\(suggestion)</td>\
      <td data-h="\(say("理由", "Why"))">\(column.reason[language])</td></tr>
      """
  }

  /// How the text was read, changeable where that is a question.
  private var reading: HTML? {
    guard case .csv(let encoding, let separator) = digest.format else { return nil }
    let encodings = TextEncoding.allCases.map {
      "<option value=\"\($0.rawValue)\"\(if: $0 == encoding, " selected")>\(Self.name($0))</option>" as HTML
    }
    let separators = Separator.allCases.map {
      "<option value=\"\(Int($0.rawValue))\"\(if: $0 == separator, " selected")>\(Self.name($0, language))</option>"
        as HTML
    }
    return """
      <div class="bar"><div><label for="encoding">\(say("文字コード", "Encoding"))</label>\
      <select id="encoding" name="encoding">\(encodings)</select></div>\
      <div><label for="separator">\(say("区切り", "Separator"))</label>\
      <select id="separator" name="separator">\(separators)</select></div></div>
      """
  }

  private static func name(_ encoding: TextEncoding) -> String {
    switch encoding.rawValue {
    case "utf8": "UTF-8"
    case "utf8BOM": "UTF-8（BOM）"
    case "utf16LE": "UTF-16LE"
    case "utf16BE": "UTF-16BE"
    case "cp932": "Shift_JIS（CP932）"
    case "eucJP": "EUC-JP"
    default: encoding.rawValue
    }
  }

  private static func name(_ separator: Separator, _ language: Language) -> String {
    switch separator.rawValue {
    case 9: Localized(ja: "タブ", en: "Tab")[language]
    case 59: Localized(ja: "セミコロン", en: "Semicolon")[language]
    default: Localized(ja: "コンマ", en: "Comma")[language]
    }
  }

  // MARK: What was passed over

  private var leftOut: HTML? {
    guard !digest.isEmpty, !digest.leftOut.isEmpty else { return nil }
    let items = digest.leftOut.map { "<li>\(place($0.sheet, $0.row)): \($0.reason[language])</li>" as HTML }
    return "<h2>\(say("読み飛ばしたシートや表", "Sheets and tables passed over"))</h2><ul>\(items)</ul>"
  }

  private var skipped: HTML? {
    guard digest.skipped.count > 0 else { return nil }
    let items = digest.skipped.shown.map { row -> HTML in
      "<li>\(place(row.sheet, row.row)): \(row.reason[language]) <span class=\"note\">\(String(row.text.prefix(60)))</span></li>"
    }
    let count = Unit(ja: "行", one: "line", many: "lines").count(digest.skipped.count, language)
    return
      "<details class=\"more\"><summary>\(say("読み飛ばした行を見る", "Skipped lines"))（\(count)）</summary><ul>\(items)</ul></details>"
  }
}
