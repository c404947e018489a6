import Design
import HTML
import Nouns
import Tabular
import Text
import Time
import Web

/// `/assess/:pack/official`: the official workbook of a form: load it, see what was found in it, take it filled in.
struct OfficialPage {
  let checklist: Checklist
  let period: String
  let loaded: OfficialFormStore.Loaded?
  let absentColumns: [Localized]
  let request: WebRequest
  /// Why a file was not loaded.
  var problems: [TabularError] = []
  /// Whether a person may load it in spite of them.
  var isDoubt = false
  var fileName = ""

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private func path(_ verb: String = "") -> String {
    "\(AssessmentPath.official(checklist.id))\(verb)?period=\(period)"
  }

  var response: WebResponse {
    let actions: HTML? =
      loaded == nil || checklist.respondent == .vendor
      ? nil
      : Button.link(say("記入済みの様式を書き出す", "Export the filled-in form"), path("/filled"), look: .secondary, size: .small)
    return .page(
      Page(
        say("公式の様式", "Official form"),
        lead: HTML(
          text: say(
            "公表されたExcelの様式を取り込むと、公式の文が番号に付き、その様式のまま記入できます。ファイルは院内にだけ残ります。",
            "Load the published Excel form: its wording is attached to the numbers, and the form itself is filled in. The file stays in the hospital."
          )
        ),
        actions: actions,
        crumbs: [
          Crumb(say("自己点検", "Self-checks"), AssessmentPath.list),
          Crumb(checklist.title[language], AssessmentPath.round(checklist.id, period)),
        ],
        main: "\(refusal)\(state)\(upload)\(table)"
      ),
      current: "assessment.list",
      status: problems.isEmpty ? 200 : 422
    )
  }

  private var refusal: HTML {
    guard !problems.isEmpty else { return .empty }
    let lines = problems.prefix(30).map { "<li>\($0.message(language))</li>" as HTML }
    let more: HTML? =
      problems.count > 30
      ? "<p>\(say("ほかに\(problems.count - 30)か所あります。", "And \(problems.count - 30) more."))</p>" : nil
    return Banner(
      .warning,
      isDoubt
        ? say("公表された様式と違うところがあるため、取り込みませんでした", "The form was not loaded: it differs from the published one")
        : say("様式を取り込めませんでした", "The form could not be loaded"),
      detail: "<p>\(fileName)</p><ul>\(lines.joined())</ul>\(more)"
    ).html(language)
  }

  private var state: HTML {
    var lines: [KeyValues.Line] = []
    if let published = checklist.workbook {
      lines.append(
        .init(
          say("公表されたファイル", "Published file"),
          "\(published.address)<br><span class=\"sub\">SHA-256 \(published.hash)</span>"
        )
      )
    }
    if let loaded {
      lines.append(.init(say("取り込んだファイル", "Loaded file"), text: loaded.fileName))
      lines.append(
        .init(
          say("取り込み", "Loaded"),
          text: "\(request.dates.brief(loaded.loadedAt, today: request.now.day))　\(loaded.loadedBy)"
        )
      )
      lines.append(.init(say("指紋（SHA-256）", "Fingerprint (SHA-256)"), "\(loaded.hash) \(mark(loaded))"))
    }
    guard !lines.isEmpty else { return .empty }
    let remove: HTML? =
      loaded == nil || !request.may(.answerChecks)
      ? nil
      : Button.post(say("取り込んだ様式を外す", "Remove the loaded form"), path("/remove"), csrf: request.csrf, look: .secondary)
    return """
      <section><h2>\(say("ファイル", "File"))</h2>\(missingColumns)\(KeyValues(lines).html)\(remove)</section>
      """
  }

  private var missingColumns: HTML {
    guard !absentColumns.isEmpty else { return .empty }
    return Banner(
      .warning,
      say(
        "様式に見つからない欄：\(absentColumns.map(\.ja).joined(separator: "、"))",
        "Columns that are not in the form: \(absentColumns.map(\.en).joined(separator: ", "))"
      ),
      detail: HTML(
        text: say(
          "日付は答えの横に書きます。ほかの欄の内容は、記入済みの様式に書かれません。",
          "Days are written beside the answer. What belongs into the other columns is not written into the form."
        )
      )
    ).html(language)
  }

  private func mark(_ loaded: OfficialFormStore.Loaded) -> HTML {
    guard let published = checklist.workbook else {
      return Chip(say("照合できる指紋なし", "No fingerprint to compare with"), .grey).html
    }
    return published.hash == loaded.hash
      ? Chip(say("公表されたファイルと同じ", "The published file"), .green).html
      : Chip(say("公表されたファイルと違う", "Not the published file"), .orange).html
  }

  private var upload: HTML {
    guard request.may(.answerChecks) else { return .empty }
    var fields: [FormField] = [
      .file("file", say("公式の様式（.xlsx）", "The official form (.xlsx)"), accept: ".xlsx", required: true)
    ]
    if isDoubt {
      fields.append(
        .checkboxes(
          "certain",
          say("違いを確かめた場合", "If you have looked at the differences"),
          [
            Choice(
              "yes",
              say("公式のサイトで差し替えられたことを確かめたので、取り込む", "It was replaced on the official site; load it")
            )
          ]
        )
      )
    }
    var frame = FormFrame(
      action: path(),
      csrf: request.csrf,
      fields: fields,
      buttons: Button.submit(say("様式を取り込む", "Load the form"), look: loaded == nil ? .primary : .secondary)
    )
    frame.isMultipart = true
    return """
      <section><h2>\(loaded == nil ? say("様式を取り込む", "Load the form") : say("別の様式に替える", "Replace the form"))</h2>\
      \(frame.html(language))</section>
      """
  }

  private var table: HTML {
    guard let loaded else { return .empty }
    let absent = checklist.items.filter { !$0.isGate && loaded.wording[$0.key] == nil }
    let note: HTML =
      absent.isEmpty
      ? .empty
      : Banner(
        .warning,
        say(
          "様式に見つからない番号が\(absent.count)あります：\(absent.map(\.name.ja).joined(separator: "、"))",
          "\(absent.count) numbers are not in the form: \(absent.map(\.name.en).joined(separator: ", "))"
        )
      ).html(language)
    var table = DataTable<ChecklistItem>(
      id: "wording",
      caption: say("番号と公式の文", "Numbers and official wording"),
      address: Address(AssessmentPath.official(checklist.id)),
      columns: [
        .init("item", say("番号", "No.")) { HTML(text: $0.name[language]) },
        .init("official", say("公式の文", "Official wording"), isLong: true) { HTML(text: loaded.wording[$0.key] ?? "") },
        .init("own", say("Yaguraの文", "Wording of Yagura"), isLong: true) { HTML(text: $0.text[language]) },
      ],
      rows: checklist.items.filter { loaded.wording[$0.key] != nil },
      rowID: \.key,
      rowName: { $0.name[language] }
    )
    table.isDense = true
    return "<section><h2>\(say("番号と文", "Numbers and wording"))</h2>\(note)\(table.html(language))</section>"
  }
}
