import Design
import HTML
import Intake
import Tabular
import Text
import Web

/// The rows that only a person can decide on, each with what differs and what can be done with it.
struct ImportQuestions {
  static let form = "questions"

  let path: String
  let kind: Kind?
  let digest: ImportDigest
  let decisions: RowDecisions
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var html: HTML? {
    let questions = digest.questions
    guard questions.count > 0 else { return nil }
    let open = digest.outcome(of: decisions).open
    let state =
      open == 0
      ? say("\(questions.count)件すべての扱いが決まっています。", "all \(questions.count) are decided")
      : say("\(open)件が未定です。決めない行は取り込みません。", "\(open) open; rows left open are not imported")
    let more: HTML? =
      questions.count > questions.shown.count
      ? """
      <p class="note">\(say("ほか\(questions.count - questions.shown.count)件は、下の「まだ決めていない行」でまとめて決められます。", "\(questions.count - questions.shown.count) more can be decided together below."))</p>
      """ : nil
    let save = Button.submit(say("選んだ扱いを保存", "Keep these choices"), look: .secondary)
    let commit = Button.submit(say("取り込む", "Import"), action: path + "/commit")
    return """
      <h2 id="open-rows">\(say("決められない行", "Undecided rows"))<span class="sub">\(state)</span></h2>\
      <form method="post" action="\(path)/decide" id="\(Self.form)">\(request.csrf)\(each: questions.shown, question)\
      \(more)\(rest.html(language))<div class="btns">\(commit)\(save)</div></form>
      """
  }

  private var rest: FormField {
    .select(
      "rest",
      say("まだ決めていない行", "Rows not decided on"),
      [
        Design.Choice("", say("取り込まずに残す", "Leave for later")),
        Design.Choice("record", say("台帳の記録に反映する", "Update the record in the ledger")),
        Design.Choice("new", say("新しい記録として登録する", "Add as new records")),
        Design.Choice("skip", say("取り込まない", "Leave out")),
      ],
      chosen: decisions.rest?.rawValue ?? ""
    )
  }

  private func question(_ question: ImportDigest.Question) -> HTML {
    let place = digest.place(question.place.sheet, question.place.row, language)
    let choices = question.choices.compactMap(RowDecision.init(text:)).map { choice in
      let (label, support) = words(choice, question)
      return Design.Choice(choice.text, label, support: support)
    }
    let radios = FormField.radios(
      "row \(question.place.text)",
      say("\(place)の扱い", "What to do with \(place)"),
      choices,
      chosen: decisions.rows[question.place]?.text
    )
    return """
      <section class="question"><input type="hidden" name="place" value="\(question.place.text)">\
      <h3>\(place)</h3><p>\(question.reason[language])</p>\(difference(question))\(radios.html(language))</section>
      """
  }

  private func words(_ choice: RowDecision, _ question: ImportDigest.Question) -> (String, String?) {
    switch choice {
    case .record(let id):
      let title = digest.titles[id] ?? Record.nameless[language]
      return (say("台帳の「\(title)」に反映する", "Update “\(title)” in the ledger"), nil)
    case .earlierRow:
      let other = question.other.map { digest.place($0.sheet, $0.row, language) } ?? ""
      return (
        say("\(other)と同じものとして、この行の内容を反映する", "The same thing as \(other): take this row's values"), nil
      )
    case .undisputed:
      return (
        say("台帳の値を残し、ほかの変更だけを反映する", "Keep the ledger's values and take the other changes"), nil
      )
    case .new: return (say("新しい記録として登録する", "Add as a new record"), nil)
    case .skip: return (say("取り込まない", "Leave this row out"), nil)
    }
  }

  /// What the file says and the ledger says otherwise.
  private func difference(_ question: ImportDigest.Question) -> HTML? {
    guard let kind, !question.fields.isEmpty else { return nil }
    let values = ValueText(titles: digest.titles, dates: request.dates)
    let rows = question.fields.prefix(12).compactMap { field -> HTML? in
      guard let known = kind[field: field.field] else { return nil }
      return """
        <tr><th scope="row">\(known.label[language])</th><td data-h="\(say("ファイル", "File"))">\
        \(values.text(known, field.inFile))</td><td data-h="\(say("台帳", "Ledger"))">\
        \(values.text(known, field.inLedger))</td></tr>
        """
    }
    let place = digest.place(question.place.sheet, question.place.row, language)
    return """
      <div class="table"><table class="dense cards"><caption class="vh">\(place)</caption><thead><tr>\
      <th scope="col">\(say("項目", "Field"))</th><th scope="col">\(say("ファイル", "File"))</th>\
      <th scope="col">\(say("台帳", "Ledger"))</th></tr></thead><tbody>\(rows)</tbody></table></div>
      """
  }
}

/// The records that would change, field by field.
struct ImportChanges {
  let kind: Kind?
  let digest: ImportDigest
  let dates: ShownDates

  private var language: Language { dates.language }

  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var html: HTML? {
    guard let kind, digest.changes.count > 0 else { return nil }
    let values = ValueText(titles: digest.titles, dates: dates)
    let items = digest.changes.shown.map { change -> HTML in
      let fields = change.fields.compactMap { field -> HTML? in
        guard let known = kind[field: field.field] else { return nil }
        let from = values.text(known, field.from)
        return """
          <span class="sub">\(known.label[language]): \(from.isEmpty ? say("（空）", "(empty)") : from)\
           → \(values.text(known, field.to))</span>
          """
      }
      let extras: HTML? =
        change.fields.isEmpty
        ? "<span class=\"sub\">\(say("その他の列だけが変わります。", "Only other columns change."))</span>" : nil
      let title = digest.titles[change.record] ?? Record.nameless[language]
      return """
        <li><a href="\(RecordPath.record(kind.key, change.record))">\(title)</a>\
        <span class="note"> \(digest.place(change.place.sheet, change.place.row, language))</span>\(fields)\(extras)</li>
        """
    }
    let left = digest.changes.count - digest.changes.shown.count
    let more: HTML? = left > 0 ? "<p class=\"note\">\(say("ほか\(left)件", "and \(left) more"))</p>" : nil
    return """
      <details class="more"><summary>\(say("変わる記録を見る", "Records that would change"))（\
      \(Unit.items.count(digest.changes.count, language))）</summary><ul class="log">\(items)</ul>\(more)</details>
      """
  }
}

extension ImportDigest {
  /// 「1階 12行目」; the sheet's name only where the file has sheets.
  func place(_ sheet: String, _ row: Int?, _ language: Language) -> String {
    let isBook = if case .xlsx = format { true } else { false }
    let name = sheet.isEmpty || !isBook ? "" : "\(sheet) "
    return row.map { Localized(ja: "\(name)\($0)行目", en: "\(name)row \($0)")[language] } ?? name
  }
}
