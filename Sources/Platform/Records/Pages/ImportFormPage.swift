import Design
import HTML
import Tabular
import Text
import Time
import Web

/// 取り込み, first step: which ledger, which file.
struct ImportFormPage {
  let kinds: [ImportKind]
  let kind: ImportKind?
  let problem: FieldError?
  let request: WebRequest
  /// Files that were handed in before and are not decided on.
  var open: [ImportDraftStore.Open] = []

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  static func steps(_ current: Int, _ language: Language) -> HTML {
    Steps(
      [
        Localized(ja: "ファイルを選ぶ", en: "Choose the file")[language],
        Localized(ja: "列と問題を確かめる", en: "Check columns and problems")[language],
        Localized(ja: "取り込む", en: "Import")[language],
      ],
      current: current
    ).html(language)
  }

  var response: WebResponse {
    let choices = kinds.compactMap { kind in
      kind.files.map { Design.Choice(kind.name, kind.label[language], support: $0[language]) }
    }
    let picked = FormField.radios(
      "kind",
      say("台帳の種類", "Kind of ledger"),
      choices,
      chosen: kind?.name,
      required: true,
      error: problem?.field == "kind" ? problem?.message : nil
    )
    let drop = FileDrop(
      "file",
      say("ファイル", "File"),
      accept: ".xlsx,.csv,.tsv,.txt,.xml,.leases",
      limit: Route.fileBody,
      support: say(
        "Excel（.xlsx）、CSV、タブ区切り、nmap・DHCP・ARP の記録。題名や結合した見出しがあるままで構いません。",
        "Excel (.xlsx), CSV, tab-separated, nmap, DHCP or ARP files. Titles and merged headers may stay."
      ),
      error: problem?.field == "file" ? problem?.message : nil
    )
    var form = FormFrame(
      action: RecordPath.imports,
      csrf: request.csrf,
      fields: [picked],
      more: drop.html(language),
      buttons: Button.submit(say("読み取って確かめる", "Read and check"))
    )
    form.isMultipart = true
    return .page(
      Page(
        say("取り込み", "Import"),
        lead: HTML(
          text: say(
            "まず読み取って、何が変わるかをお見せします。取り込むまで台帳は変わりません。",
            "The file is read first and you see what would change. Nothing is stored until you say so."
          )
        ),
        crumbs: [Crumb(say("台帳", "Registers"), "/ledger")],
        errors: problem.map { [$0] } ?? [],
        main: "\(Self.steps(0, language))\(form.html(language))\(waiting)"
      ),
      current: "ledger.import"
    )
  }

  private var waiting: HTML? {
    guard !open.isEmpty else { return nil }
    let items = open.map { draft -> HTML in
      """
      <li><a href="\(RecordPath.imports)/\(draft.id)">\(draft.name)</a>\
      <span class="sub">\(draft.kind.label[language]) ・ \
      \(request.dates.brief(draft.createdAt, today: request.now.day))</span></li>
      """
    }
    return """
      <h2>\(say("取り込みの途中のファイル", "Files not imported yet"))</h2><p class="note">\
      \(say("読み取っただけで、まだ取り込んでいないファイルです。7日たつと消えます。", "Read, but not imported. They are kept for seven days."))\
      </p><ul class="log">\(items)</ul>
      """
  }
}

/// A file that cannot be read at all: what it is, why, what to do.
struct UnreadableFilePage {
  let draft: ImportDraftStore.Draft
  let reason: Localized
  let request: WebRequest

  var response: WebResponse {
    let language = request.language
    let banner = Banner(
      .error,
      Localized(ja: "「\(draft.source.name)」を読み取れません。", en: "“\(draft.source.name)” cannot be read.")[language],
      detail: "<p>\(reason[language])</p>",
      actions: Button.link(
        Localized(ja: "別のファイルを選ぶ", en: "Choose another file")[language],
        Address(RecordPath.imports, [("kind", draft.source.kind.name)]).text,
        look: .secondary,
        size: .small
      )
    )
    return .page(
      Page(
        Localized(ja: "取り込み", en: "Import")[language],
        crumbs: [Crumb(Localized(ja: "台帳", en: "Registers")[language], "/ledger")],
        main: "\(ImportFormPage.steps(0, language))\(banner.html(language))"
      ),
      current: "ledger.import",
      status: 422
    )
  }
}

/// A large file whose reading was stopped: read it again, or leave it.
struct UnreadFilePage {
  let draft: ImportDraftStore.Draft
  let request: WebRequest

  var response: WebResponse {
    let language = request.language
    let path = "\(RecordPath.imports)/\(draft.id)"
    let read = Button.post(Localized(ja: "読み取る", en: "Read it")[language], path + "/read", csrf: request.csrf)
    let discard = Button.post(
      Localized(ja: "やめる", en: "Discard")[language],
      path + "/discard",
      csrf: request.csrf,
      look: .text
    )
    let banner = Banner(
      .info,
      Localized(ja: "「\(draft.source.name)」はまだ読み取っていません。", en: "“\(draft.source.name)” has not been read yet.")[
        language
      ],
      detail:
        "<p>\(Localized(ja: "読み取りが途中で止まりました。もう一度読み取ると、取り込む前の確認に進めます。", en: "The reading was stopped. Read it again to see what would change.")[language])</p>"
    )
    return .page(
      Page(
        Localized(ja: "取り込み", en: "Import")[language],
        crumbs: [Crumb(Localized(ja: "台帳", en: "Registers")[language], "/ledger")],
        main: """
          \(ImportFormPage.steps(0, language))\(banner.html(language))<div class="btns">\(read)\(discard)</div>
          """
      ),
      current: "ledger.import"
    )
  }
}
