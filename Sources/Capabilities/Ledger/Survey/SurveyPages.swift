import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// The form of the walk: few fields, for a telephone. What cannot be sent waits in the telephone (`walk.js`).
struct WalkPage {
  let survey: Record
  let values: [String: String]
  let errors: [String: Localized]
  let locations: [(id: String, title: String)]
  let departments: [(id: String, title: String)]
  let request: WebRequest

  static let fields = [
    "what", "name", "location", "spot", "department", "model", "serial_number", "connected", "sheet_line", "remarks",
  ]

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private var nothing: Design.Choice { Design.Choice("", say("選んでください", "Choose")) }

  var response: WebResponse {
    let fields = self.fields
    var form = FormFrame(
      action: SurveyRoutes.walk(survey.id),
      csrf: request.csrf,
      fields: fields,
      buttons: Button.submit(say("保存して次へ", "Save and go on"))
        + Button.link(say("進み具合", "Progress"), SurveyRoutes.progress(survey.id), look: .text),
      draft: "survey/\(survey.id)"
    )
    form.isMultipart = true
    let waiting = say(
      "送れなかった記録が{}件、この端末に残っています。つながったときに送ります。",
      "{} finds wait in this device and are sent when it is connected."
    )
    let away = say(
      "サインインが切れました。別のタブでサインインし直すと、残っている記録を送ります。",
      "You are signed out. Sign in again in another tab and the finds are sent."
    )
    let refused = say(
      "受け付けられなかった記録が{}件あります。下の欄に戻したので、直して保存してください。",
      "{} finds could not be taken. One is back in the form: mend and save it."
    )
    let nameless = say("「種類」と「見たもの」を入れてください。", "Fill in the type and what it is.")
    let picture: HTML? = values["photo"].map { id in
      """
      <p><img class="shot" src="\(PhotoRoutes.image(id))?size=small" alt="\(say("この写真で記録します", "The photograph of this find"))"></p>
      """
    }
    return .page(
      Page(
        say("調査の記録", "Record a find"),
        lead: HTML(text: survey.title(language)),
        crumbs: [
          Crumb(Kind.survey.plural[language], RecordPath.list(Kind.survey.key)),
          Crumb(survey.title(language), RecordPath.record(Kind.survey.key, survey.id)),
        ],
        errors: fields.errors,
        main: """
          <div data-walk data-words="\(waiting)" data-away="\(away)" data-refused="\(refused)" data-name="\(nameless)">\
          <p role="status" hidden></p>\(picture)\(form.html(language))</div>
          """
      ),
      current: "ledger.survey"
    )
  }

  private func value(_ key: String) -> String { values[key] ?? "" }

  private var fields: [FormField] {
    let connected =
      [nothing]
      + (Kind.surveyFind[field: "connected"]?.choices ?? []).map {
        Design.Choice($0.key, $0.label[language])
      } + [Design.Choice(Unknown.value, Unknown.label[language])]
    let all: [FormField] = [
      values["photo"].map { FormField("photo", "", .hidden(value: $0)) }
        ?? FormField("picture", say("写真", "Photograph"), .file(accept: "image/jpeg,image/png,image/webp", many: false)),
      .select(
        "what",
        say("種類", "Type"),
        [nothing] + SurveyObject.allCases.map { Design.Choice($0.rawValue, $0.label[language]) },
        chosen: value("what"),
        required: true
      ),
      .text(
        "name",
        say("見たもの（ラベルの名前）", "What (name on its label)"),
        value: value("name"),
        support: say(
          "例：FortiGate 60F、青い箱。何もなければ空のままで構いません。",
          "As: FortiGate 60F, a blue box. May stay empty where nothing is."
        )
      ),
      .select(
        "location",
        say("場所", "Place"),
        [nothing] + locations.map { Design.Choice($0.id, $0.title) },
        chosen: value("location")
      ),
      .text(
        "spot",
        say("詳しい位置", "Exact spot"),
        value: value("spot"),
        support: say("例：ラックAの裏、天井裏", "As: behind rack A")
      ),
      .select(
        "department",
        say("部署", "Department"),
        [nothing] + departments.map { Design.Choice($0.id, $0.title) },
        chosen: value("department")
      ), .text("model", say("メーカー・型番", "Maker and model"), value: value("model")),
      .text("serial_number", say("製造番号", "Serial number"), value: value("serial_number")),
      .select("connected", say("外につながっている", "Connected outside"), connected, chosen: value("connected")),
      .text(
        "sheet_line",
        say("調査票の行", "Line of the sheet"),
        value: value("sheet_line"),
        support: say("紙に書いた場合の行の番号です。", "Its number, where it was written on paper."),
        width: .short,
        mode: "numeric"
      ), .lines("remarks", say("気づいたこと", "Remarks"), value: value("remarks"), rows: 2),
    ]
    return all.map { field in
      var copy = field
      copy.error = errors[field.name]?[language]
      return copy
    }
  }
}

/// How far the walk is, by floor and by department, and what waits for a second person or for the ledger.
struct ProgressPage {
  let survey: Record
  let finds: [Record]
  let titles: [String: String]
  let locations: [Record]
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let visited = Set(finds.compactMap { $0.known("location") })
    let real = finds.filter { $0.known("what") != SurveyObject.nothing.rawValue }
    let unchecked = real.filter { $0.known("checked_by") == nil }
    let unmerged = real.filter { $0.known("asset") == nil && $0.known("connection") == nil }
    let list = Address(RecordPath.list(Kind.surveyFind.key)).setting("f.survey", survey.id)
    let numbers = Numbers([
      Numbers.Item(
        say("回った場所", "Places visited"),
        value: visited.count.grouped,
        of: " / \(locations.count.grouped)"
      ), Numbers.Item(say("見つけたもの", "Finds"), value: real.count.grouped, of: say("件", ""), address: list.text),
      Numbers.Item(
        say("2人目の確認待ち", "To be checked"),
        value: unchecked.count.grouped,
        of: say("件", ""),
        address: list.setting("f.checked_by", "!").text,
        isWorrying: !unchecked.isEmpty
      ),
      Numbers.Item(
        say("台帳に未反映", "Not in the ledger"),
        value: unmerged.count.grouped,
        of: say("件", ""),
        address: list.setting("f.asset", "!").text,
        isWorrying: !unmerged.isEmpty
      ),
    ])
    let walk: HTML? =
      request.may(.editLedger)
      ? Button.link(say("記録する", "Record a find"), SurveyRoutes.walk(survey.id), size: .small) : nil
    return .page(
      Page(
        say("調査の進み具合", "Progress of the survey"),
        lead: HTML(text: survey.title(language)),
        actions: Button.link(
          say("調査票を印刷", "Print the sheet"),
          SurveyRoutes.sheet(survey.id),
          look: .secondary,
          size: .small
        )
          + Button.link(
            say("場所ごとの調査票", "Sheet by place"),
            SurveyRoutes.sheet(survey.id) + "?by=place",
            look: .secondary,
            size: .small
          ) + Button.link(say("写真", "Photographs"), PhotoRoutes.path(survey.id), look: .secondary, size: .small)
          + (walk ?? .empty),
        crumbs: [
          Crumb(Kind.survey.plural[language], RecordPath.list(Kind.survey.key)),
          Crumb(survey.title(language), RecordPath.record(Kind.survey.key, survey.id)),
        ],
        main: """
          \(numbers.html)\(table(say("階ごと", "By floor"), floors(visited)))\(departments)\(left(visited))
          """
      ),
      current: "ledger.survey"
    )
  }

  private func floors(_ visited: Set<String>) -> [(String, String)] {
    let unknown = say("階の記録なし", "No floor recorded")
    return Dictionary(grouping: locations) {
      [$0.known("building"), $0.known("floor")].compactMap { $0 }.joined(separator: " ")
    }.sorted { $0.key < $1.key }.map { floor, places in
      let seen = places.count { visited.contains($0.id) }
      return (floor.isEmpty ? unknown : floor, "\(seen) / \(places.count)")
    }
  }

  private var departments: HTML {
    let rows = Dictionary(grouping: finds) { $0.known("department") ?? "" }.map { id, found in
      (titles[id] ?? say("部署の記録なし", "No department recorded"), say("\(found.count)件", "\(found.count) finds"))
    }.sorted { $0.0 < $1.0 }
    return table(say("部署ごと", "By department"), rows)
  }

  private func left(_ visited: Set<String>) -> HTML? {
    let open = locations.filter { !visited.contains($0.id) }
    guard !open.isEmpty, request.may(.editLedger) else { return nil }
    let items = open.prefix(100).map { place -> HTML in
      let address = Address(SurveyRoutes.walk(survey.id)).setting("location", place.id).text
      return "<li><a href=\"\(address)\">\(place.title(language))</a></li>"
    }
    return """
      <h2>\(say("まだ回っていない場所", "Not visited yet"))<span class="sub">\(open.count.grouped)</span></h2><ul>\(items)</ul>
      """
  }

  private func table(_ heading: String, _ rows: [(String, String)]) -> HTML {
    guard !rows.isEmpty else { return .empty }
    let lines = rows.map { "<tr><th scope=\"row\">\($0.0)</th><td>\($0.1)</td></tr>" as HTML }
    return """
      <h2>\(heading)</h2><div class="table"><table class="dense rows"><caption class="vh">\(heading)</caption>\
      <tbody>\(lines)</tbody></table></div>
      """
  }
}

/// 調査票: numbered lines to write on, each with a code that opens the form at its number.
struct SurveySheet {
  let survey: Record
  let first: Int
  let request: WebRequest

  static let lines = 12

  var response: WebResponse {
    let language = request.language
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
    let host = "\(request.isSecure ? "https" : "http")://\(request.headers["host"] ?? "localhost")"
    let rows = (first..<first + Self.lines).map { number -> HTML in
      let address = host + Address(SurveyRoutes.walk(survey.id)).setting("sheet_line", String(number)).text
      let code = QRDrawing(text: address, label: say("\(number)行目のQRコード", "Code of line \(number)")).html
      return
        "<tr><th scope=\"row\">\(number)</th><td class=\"code\">\(code)</td><td></td><td></td><td></td><td></td><td></td></tr>"
    }
    let heads = [
      say("行", "Line"), "QR", say("場所・位置", "Place and spot"), say("種類・型番・製造番号", "Type, model, serial"),
      say("外につながる線（色・行き先）", "Lines out (colour, where to)"), say("時刻", "Time"), say("見た人", "By"),
    ]
    let kinds = SurveyObject.allCases.map { $0.label[language] }.joined(separator: language == .ja ? "、" : ", ")
    return .sheet(
      PrintSheet(
        say("現地調査票", "Survey sheet"),
        subtitle: "\(survey.title(language))　\(say("探すもの：", "Look for: "))\(kinds)",
        printed: request.printedBy,
        stamps: PaperStamps.usual(language),
        orientation: .landscape,
        backAddress: SurveyRoutes.progress(survey.id),
        contents: """
          <p>\(say("写真を撮るときは、QRコードも一緒に写してください。あとで何行目の写真か分かります。", "Photograph the code with the thing, so that the line is known later."))</p>\
          <table class="dense"><thead><tr>\(each: heads, { "<th scope=\"col\">\($0)</th>" })</tr></thead><tbody>\(rows)</tbody></table>
          """
      )
    )
  }
}
