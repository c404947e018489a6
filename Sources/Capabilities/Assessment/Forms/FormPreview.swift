import Design
import HTML
import Tabular
import Text
import Time
import Web

/// What a file would change, before anything is kept: each line with what is stored beside it. The lines travel in the form
/// itself, so that the preview outlives a restart of the server; whoever answers in the meantime is not overwritten.
struct FormPreview {
  let checklist: Checklist
  let comparison: FormComparison
  let problems: [TabularError]
  /// Items whose answer differs from what the records say, which takes a reason; empty for forms of vendors.
  let differing: Set<String>
  let fileName: String
  /// Where the lines go, and where to go back to.
  let action: String
  let back: Crumb
  let crumbs: [Crumb]
  let request: WebRequest
  var error: String?
  /// Said of a check that was made after the time of the round.
  var lateness: (LocalDate) -> Localized? = { _ in nil }
  /// What else is asked before the lines are taken in.
  var more: [FormField] = []

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  private var open: [FormComparison.Line] { comparison.lines.filter { $0.change != .same } }

  var response: WebResponse {
    let errors = error.map { [FieldError("reason", $0)] } ?? []
    return .page(
      Page(
        say("取り込む前の確認", "Look before taking in"),
        lead: HTML(text: lead),
        crumbs: crumbs + [back],
        errors: errors,
        main: "\(wrong)\(form(errors))\(unchanged)"
      ),
      current: "assessment.list",
      status: problems.isEmpty && errors.isEmpty ? 200 : 422
    )
  }

  private var lead: String {
    say(
      "\(fileName)：新しい答え\(comparison.count(.new))、変わる答え\(comparison.count(.changed))、ファイルを作った後に保存された答え\(comparison.count(.newer))、同じ答え\(comparison.count(.same))。",
      "\(fileName): \(comparison.count(.new)) new, \(comparison.count(.changed)) changed, \(comparison.count(.newer)) stored since the file was made, \(comparison.count(.same)) the same."
    )
  }

  private var wrong: HTML {
    guard !problems.isEmpty else { return .empty }
    let lines = problems.map { "<li>\($0.message(language))</li>" as HTML }
    return Banner(
      .warning,
      say(
        "読み取れないところが\(problems.count)件あります。直したファイルを選び直してください。",
        "\(problems.count) problems. Mend the file and choose it again."
      ),
      detail: "<p>\(fileName)</p><ul>\(lines.joined())</ul>",
      actions: Button.link(say("戻る", "Back"), back.address, look: .secondary)
    ).html(language)
  }

  private func form(_ errors: [FieldError]) -> HTML {
    guard problems.isEmpty else { return .empty }
    guard !open.isEmpty else {
      return """
        <p>\(say("保存されている答えと同じです。取り込むものはありません。", "The same as what is stored. There is nothing to take in."))</p>\
        <p>\(Button.link(say("戻る", "Back"), back.address, look: .secondary))</p>
        """
    }
    var fields: [FormField] = []
    let groups: [(FormComparison.Change, String, String)] = [
      (.new, say("新しい答え", "New answers"), ""), (.changed, say("変わる答え", "Changed answers"), ""),
      (
        .newer, say("ファイルを作った後に保存された答え", "Answers stored since the file was made"),
        say("印を付けたものだけ、ファイルの答えで置き換えます。", "Only those you mark are replaced by the file's answers.")
      ),
    ]
    for (change, title, support) in groups {
      let lines = open.filter { $0.change == change }
      guard !lines.isEmpty else { continue }
      var field = FormField.checkboxes(
        "take",
        title,
        lines.map(choice),
        chosen: change == .newer ? [] : Set(lines.map(\.item.key)),
        support: support.isEmpty ? nil : support
      )
      field.idPrefix = "field-\(change.rawValue)"
      fields.append(field)
    }
    fields += more + open.flatMap(hidden)
    if !differing.isEmpty {
      fields.append(
        .lines(
          "reason",
          say("記録と違う答えにする理由", "Why answers differ from the records"),
          rows: 2,
          support: say(
            "記録と違う答えが\(differing.count)件あります。取り込むなら理由が要ります。",
            "\(differing.count) answers differ from the records. Taking them in needs a reason."
          )
        )
      )
    }
    return FormFrame(
      action: action,
      csrf: request.csrf,
      fields: fields.map { $0.withError(from: errors) },
      buttons: Button.row(
        Button.submit(say("印を付けた答えを取り込む", "Take in the marked answers")),
        Button.link(say("やめる", "Cancel"), back.address, look: .secondary)
      )
    ).html(language)
  }

  private func choice(_ line: FormComparison.Line) -> Choice {
    let was = line.stored.map { say("いまの答え：\(shown($0, line.item))", "Stored: \(shown($0, line.item))") }
    let differs = differing.contains(line.item.key) ? say("記録と違います。", "Differs from the records.") : nil
    let row = say("\(line.row)行目", "Row \(line.row)")
    return Choice(
      line.item.key,
      "\(line.item.name[language])　\(line.item.text[language]) → \(shown(line.answer, line.item))",
      support: [row, was, differs].compactMap(\.self).joined(separator: language == .ja ? "　" : "; ")
    )
  }

  private func shown(_ answer: FormAnswer, _ item: ChecklistItem) -> String {
    var parts = [item.words(answer.value)[language] + day(answer.checkedOn)]
    if let target = answer.target { parts.append(say("目標日 ", "target ") + request.dates.short(target)) }
    if let second = answer.second {
      parts.append(say("2回目 ", "second ") + second.label[language] + day(answer.secondOn))
    }
    if !answer.remarks.isEmpty { parts.append(answer.remarks) }
    return parts.joined(separator: say("、", ", "))
  }

  private func day(_ day: LocalDate?) -> String {
    guard let day else { return "" }
    let words = [request.dates.short(day), lateness(day)?[language]].compactMap(\.self).joined(
      separator: say("、", ", ")
    )
    return say("（\(words)）", " (\(words))")
  }

  private var unchanged: HTML {
    let count = comparison.count(.same)
    guard problems.isEmpty, count > 0, !open.isEmpty else { return .empty }
    return
      "<p class=\"note\">\(say("ほかの\(count)項目は保存されている答えと同じです。", "The other \(count) items are the same as what is stored."))</p>"
  }

  // MARK: Back and forth

  private func hidden(_ line: FormComparison.Line) -> [FormField] {
    let answer = line.answer
    let values: [(String, String?)] = [
      ("value", answer.value.text), ("checked", answer.checkedOn?.iso), ("target", answer.target?.iso),
      ("second", answer.second?.text), ("secondOn", answer.secondOn?.iso), ("remarks", answer.remarks),
      ("version", line.version.map(String.init)),
    ]
    return values.compactMap { name, value in
      value.flatMap { $0.isEmpty ? nil : FormField.hidden("\(name).\(line.item.key)", $0) }
    }
  }

  /// The lines that were marked, as they came back. Those that no longer make sense are left out.
  static func taken(
    _ form: WebForm,
    _ checklist: Checklist
  ) -> [(item: ChecklistItem, answer: FormAnswer, version: Int?)] {
    form.all("take").compactMap { key in
      guard let item = checklist[key],
        let value = AnswerValue(text: form.text("value.\(key)")).map(item.named)
      else { return nil }
      func day(_ name: String) -> LocalDate? { LocalDate(iso: form.text("\(name).\(key)")) }
      let answer = FormAnswer(
        value,
        checkedOn: day("checked"),
        target: day("target"),
        second: AnswerValue(text: form.text("second.\(key)")).map(item.named),
        secondOn: day("secondOn"),
        remarks: form.text("remarks.\(key)")
      )
      return (item, answer, Int(form.text("version.\(key)")))
    }
  }
}
