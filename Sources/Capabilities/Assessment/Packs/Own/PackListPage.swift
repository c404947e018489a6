import Design
import HTML
import Nouns
import Packs
import Text
import Time
import Web

/// `/checklists`: every pack with its edition, who published it, and whether somebody verified it.
struct PackListPage {
  let shelf: ChecklistShelf
  let drafts: [KeptDraft]
  let today: LocalDate
  /// Why a file was not taken.
  let error: Localized?
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let refusal: HTML? = error.map { error in
      Banner(.warning, say("取り込みませんでした", "Nothing was loaded"), detail: "<p>\(error[language])</p>").html(language)
    }
    return .page(
      Page(
        say("点検表の管理", "Checklist packs"),
        lead: HTML(
          text: say(
            "点検表の版、有効期間、出典、検証の状態です。この施設で作った点検表を YAML か搬送ファイルで取り込み、ほかの施設へ渡せます。",
            "Editions, validity, sources and verification of the checklists. Load your own as YAML or bundle, and pass them on."
          )
        ),
        actions: shelf.own.isEmpty
          ? nil : Button.link(say("搬送ファイルに書き出す", "Export a bundle"), PackPath.bundle, look: .secondary, size: .small),
        crumbs: [Crumb(say("自己点検", "Self-checks"), AssessmentPath.list)],
        main: """
          \(refusal)<section><h2>\(say("この施設の点検表", "Your own checklists"))</h2>\(own)</section>\(writing)\(upload)\
          <section><h2>\(say("Yagura に入っている点検表", "Checklists that come with Yagura"))</h2>\
          \(table(shelf.shipped, "shipped").html(language))</section>
          """
      ),
      current: "assessment.packs",
      status: error == nil ? nil : 422
    )
  }

  private var own: HTML {
    var table = table(shelf.own.map(\.checklist), "own")
    table.empty = EmptyState(
      say("この施設の点検表はまだありません。", "There is no checklist of your own yet."),
      say(
        "下の「点検表を作る」で書くか、ほかの施設の点検表を取り込みます。",
        "Write one below, or load one of another facility."
      )
    )
    return table.html(language)
  }

  /// Drafts, and how to begin one.
  private var writing: HTML {
    guard request.may(.answerChecks) || !drafts.isEmpty else { return .empty }
    var table = DataTable<KeptDraft>(
      id: "drafts",
      caption: say("下書きの一覧", "List of drafts"),
      address: Address(PackPath.list),
      columns: [
        .init("title", say("下書き", "Draft"), isLong: true) { line in
          let title = line.draft.head.title.shown[language]
          return
            "<a href=\"\(DraftPath.draft(line.id))\">\(title.isEmpty ? say("名前なし", "No title") : title)</a><span class=\"sub\">\(line.draft.head.pack)</span>"
        },
        .init("items", say("項目", "Items"), isNumeric: true) { "\($0.draft.items.count)" },
        .init("changed", say("保存", "Kept"), isLong: true) { line in
          "\(request.dates.brief(line.changedAt, today: request.now.day))<span class=\"sub\">\(line.changedBy)</span>"
        },
      ],
      rows: drafts,
      rowID: \.id,
      rowName: { $0.draft.head.title.shown[language] }
    )
    table.isDense = true
    let list: HTML = drafts.isEmpty ? .empty : table.html(language)
    let make: HTML = request.may(.answerChecks) ? begin : .empty
    return "<section><h2>\(say("点検表を作る", "Write a checklist"))</h2>\(list)\(make)</section>"
  }

  private var begin: HTML {
    var seen: Set<String> = []
    let own = shelf.own.filter { seen.insert($0.pack).inserted }.map {
      Choice($0.pack, say("次の版：\($0.checklist.title.ja)", "Next edition: \($0.checklist.title.en)"))
    }
    let copies = Checklists.all.map { Choice($0.id, say("写し：\($0.title.ja)", "Copy: \($0.title.en)")) }
    return FormFrame(
      action: DraftPath.list,
      csrf: request.csrf,
      fields: [
        .select(
          "from",
          say("もとにするもの", "Begin with"),
          [Choice("", say("白紙から", "An empty one"))] + own + copies
        )
      ],
      buttons: Button.submit(say("下書きを作る", "Make a draft"), look: .secondary)
    ).html(language)
  }

  private func table(_ lines: [Checklist], _ id: String) -> DataTable<Checklist> {
    let inUse = Set(shelf.inUse(on: today).map(\.id))
    var table = DataTable<Checklist>(
      id: id,
      caption: say("点検表の一覧", "List of checklists"),
      address: Address(PackPath.list),
      columns: [
        .init("title", say("点検表", "Checklist"), isLong: true) { line in
          "<a href=\"\(PackPath.pack(line.id))\">\(line.title[language])</a><span class=\"sub\">\(line.id)</span>"
        },
        .init("edition", say("版", "Edition"), isNumeric: true) { "\($0.pack.edition)" },
        .init("valid", say("有効期間", "Valid")) { line in
          let mark: HTML? = inUse.contains(line.id) ? nil : " \(Chip(say("いまは使わない", "Not in use"), .grey).html)"
          return "\(PackPage.validity(line, request))\(mark)"
        },
        .init("publisher", say("発行", "Publisher")) { HTML(text: $0.pack.publisher) },
        .init("verification", say("検証", "Verification")) { PackPage.verification($0, request) },
        .init("items", say("項目（証明可）", "Items (provable)"), isNumeric: true) { line in
          "\(line.items.count)\(language.aside("\(line.provable)"))"
        },
      ],
      rows: lines,
      rowID: \.id,
      rowName: { $0.title[language] }
    )
    table.isDense = true
    return table
  }

  private var upload: HTML {
    guard request.may(.answerChecks) else { return .empty }
    var frame = FormFrame(
      action: PackPath.list,
      csrf: request.csrf,
      fields: [
        .file(
          "file",
          say("点検表の YAML か搬送ファイル（ZIP）", "The YAML of a checklist, or a bundle (ZIP)"),
          accept: ".yaml,.yml,.zip",
          required: true
        )
      ],
      buttons: Button.submit(say("取り込む", "Load"))
    )
    frame.isMultipart = true
    return "<section><h2>\(say("取り込む", "Load a checklist"))</h2>\(frame.html(language))</section>"
  }
}
