import Design
import HTML
import Nouns
import Text
import Time
import Web

/// The words and colours of a request's state.
struct MediaState {
  let asked: MediaRequest
  let today: LocalDate
  let language: Language

  var html: HTML {
    if asked.isLate(on: today) {
      return Chip(Localized(ja: "期限を過ぎています", en: "Past its last day")[language], .red).html
    }
    let tint: Chip.Tint =
      switch asked.state {
      case .waiting: .orange
      case .approved: .blue
      case .refused: .red
      case .returned: .green
      case .withdrawn: .grey
      }
    return Chip(asked.state.label[language], tint).html
  }
}

/// `/media`: one's own requests.
struct OwnMediaPage {
  let requests: [MediaRequest]
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let rows = requests.map { asked -> HTML in
      let days = say(
        "\(request.dates.short(asked.draft.from))から\(request.dates.short(asked.draft.until))まで",
        "\(request.dates.short(asked.draft.from)) to \(request.dates.short(asked.draft.until))"
      )
      let decided: HTML? = asked.decidedBy.map { name in
        let note = asked.note.isEmpty ? "" : say("：\(asked.note)", ": \(asked.note)")
        return "<span class=\"why\">\(say("決めた人 \(name)", "Decided by \(name)"))\(note)</span>"
      }
      let back: HTML =
        asked.state == .waiting
        ? Button.post(
          say("取り下げる", "Withdraw"),
          "\(OrganizationPath.media)/own/\(asked.id)/withdraw",
          csrf: request.csrf,
          look: .secondary,
          size: .small,
          context: asked.draft.contents
        ) : .empty
      return """
        <li><span class="due">\(MediaState(asked: asked, today: request.now.day, language: language).html)</span>\
        <span><span class="t">\(asked.draft.contents)</span>\
        <span class="why">\(asked.draft.medium.label[language])\(language == .ja ? "、" : ", ")\(asked.draft.destination)\
        \(language == .ja ? "、" : ", ")<span class="nb">\(days)</span></span>\(decided)</span>\(back)</li>
        """
    }
    let main: HTML =
      rows.isEmpty
      ? EmptyState(
        say("申請はありません。", "You have asked for nothing."),
        say("USBメモリなどで院外へデータを持ち出す前に、申請してください。", "Ask before you take data out of the house."),
        actions: Button.link(say("申請する", "Ask"), MediaRoutes.new)
      ).html(language) : "<ol class=\"todo\">\(rows)</ol>"
    return .page(
      Page(
        say("USB・データ持ち出しの申請", "Take data out"),
        lead: HTML(
          text: say(
            "認められるまで持ち出さないでください。なくしたときは、すぐに「異常を知らせる」から知らせます。",
            "Take nothing out before it is approved. If it is lost, report it at once."
          )
        ),
        actions: rows.isEmpty ? nil : Button.link(say("申請する", "Ask"), MediaRoutes.new, size: .small),
        main: main
      ),
      current: "organization.media"
    )
  }
}

/// `/media/new`: what is asked for.
struct MediaFormPage {
  let typed: [String: String]
  let errors: [String: Localized]
  let departments: [(id: String, title: String)]
  let request: WebRequest

  static let fields = [
    "medium", "label", "contents", "personal", "headCount", "purpose", "destination", "from", "until", "protection",
    "department",
  ]

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private func value(_ field: String) -> String { typed[field] ?? "" }

  var response: WebResponse {
    let fields = (data + journey).map { field in
      var copy = field
      copy.error = errors[field.name]?[language]
      return copy
    }
    let form = FormFrame(
      action: MediaRoutes.new,
      csrf: request.csrf,
      fields: fields,
      buttons: Button.submit(say("申請する", "Ask"))
        + Button.link(say("やめる", "Cancel"), OrganizationPath.media, look: .text),
      draft: "media"
    )
    return .page(
      Page(
        say("持ち出しの申請", "Ask to take data out"),
        crumbs: [Crumb(say("USB・データ持ち出しの申請", "Take data out"), OrganizationPath.media)],
        errors: (errors[""].map { [FieldError("", $0[language])] } ?? []) + fields.errors,
        main: form.html(language)
      ),
      current: "organization.media"
    )
  }

  private var data: [FormField] {
    [
      .radios(
        "medium",
        say("何で持ち出しますか", "On what?"),
        MediaRequest.Medium.allCases.map { Design.Choice($0.rawValue, $0.label[language]) },
        chosen: value("medium"),
        required: true
      ),
      .text(
        "label",
        say("媒体の番号・名前", "Number or name of the medium"),
        value: value("label"),
        support: say("貼ってあるラベルの番号です。なければ空のままで構いません。", "As its label says; may stay empty.")
      ),
      .lines(
        "contents",
        say("何を持ち出しますか", "Which data?"),
        value: value("contents"),
        rows: 3,
        required: true,
        support: say("例：学会発表のスライドと、匿名にした検査画像20枚", "As: slides for a talk and 20 anonymous images")
      ),
      .radios(
        "personal",
        say("患者や職員の情報を含みますか", "Are personal data among them?"),
        [Design.Choice("yes", say("含む", "Yes")), Design.Choice("no", say("含まない", "No"))],
        chosen: value("personal"),
        across: true,
        required: true
      ),
      .number("headCount", say("何人分ですか", "Of how many people?"), value: value("headCount")),
    ]
  }

  private var journey: [FormField] {
    [
      .lines("purpose", say("何のためですか", "What for?"), value: value("purpose"), rows: 2, required: true),
      .text("destination", say("どこへ持ち出しますか", "Where to?"), value: value("destination"), required: true, width: .full),
      .date("from", say("いつから", "From"), value: value("from"), language: language, required: true),
      .date(
        "until",
        say("いつまで（返す日・消す日）", "Until (back or deleted)"),
        value: value("until"),
        language: language,
        required: true
      ),
      .radios(
        "protection",
        say("どう守りますか", "How are they protected?"),
        MediaRequest.Protection.allCases.map { Design.Choice($0.rawValue, $0.label[language]) },
        chosen: value("protection"),
        required: true
      ),
      .select(
        "department",
        say("部署", "Department"),
        [Design.Choice("", say("選ばない（安全管理責任者が決めます）", "None (the safety manager decides)"))]
          + departments.map { Design.Choice($0.id, $0.title) },
        chosen: value("department"),
        support: say("選んだ部署の責任者に届きます。", "Its head decides.")
      ),
    ]
  }
}

/// `/media/requests`: what waits, what is out, what came back.
struct MediaListPage {
  let requests: [MediaRequest]
  let departments: [(id: String, title: String)]
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let today = request.now.day
    let names = Dictionary(departments.map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
    var table = DataTable<MediaRequest>(
      id: "media",
      caption: say("持ち出しの一覧", "Data taken out"),
      address: Address(OrganizationPath.mediaRequests),
      columns: [
        .init("contents", say("何を", "What"), isLong: true) { asked in
          "<a href=\"\(OrganizationPath.mediaRequest(asked.id))\">\(asked.draft.contents)</a>"
        }, .init("name", say("申請した人", "Asked by")) { HTML(text: $0.name) },
        .init("department", say("部署", "Department")) { HTML(text: $0.department.flatMap { names[$0] } ?? "") },
        .init("medium", say("方法", "On what")) { HTML(text: $0.draft.medium.label[language]) },
        .init("personal", say("個人の情報", "Personal data")) { asked in
          asked.draft.isPersonal ? Chip(say("含む", "Yes"), .orange).html : HTML(text: say("含まない", "No"))
        },
        .init("until", say("期限", "Until")) { asked in
          DateText.html(request.dates.short(asked.draft.until), machine: asked.draft.until.iso)
        }, .init("state", say("状態", "State")) { MediaState(asked: $0, today: today, language: language).html },
      ],
      rows: requests,
      rowID: \.id,
      rowName: \.draft.contents
    )
    table.isDense = true
    table.empty = EmptyState(
      say("持ち出しの申請はありません。", "Nobody has asked to take data out."),
      say("職員はホームの「USB・データ持ち出しを申請」から申請できます。", "Staff ask from their home.")
    )
    let waiting = requests.count { $0.state == .waiting }
    let out = requests.count { $0.state == .approved }
    let late = requests.count { $0.isLate(on: today) }
    return .page(
      Page(
        say("持ち出しの一覧", "Data taken out"),
        lead: HTML(
          text: say(
            "承認待ち\(waiting)件、持ち出し中\(out)件（うち期限を過ぎたもの\(late)件）です。",
            "\(waiting) wait, \(out) are out, \(late) of them past their last day."
          )
        ),
        actions: Button.print(language),
        main: table.html(language)
      ),
      current: "organization.mediaRequests"
    )
  }
}

/// One request with everything that was said, and the step that comes next.
struct MediaShowPage {
  let asked: MediaRequest
  let departments: [(id: String, title: String)]
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private var path: String { OrganizationPath.mediaRequest(asked.id) }

  var response: WebResponse {
    .page(
      Page(
        asked.draft.contents.count > 40 ? "\(asked.draft.contents.prefix(40))…" : asked.draft.contents,
        lead: MediaState(asked: asked, today: request.now.day, language: language).html,
        actions: Button.print(language),
        crumbs: [Crumb(say("持ち出しの一覧", "Data taken out"), OrganizationPath.mediaRequests)],
        main: "\(KeyValues(lines).html)\(next)"
      ),
      current: "organization.mediaRequests"
    )
  }

  private func moment(_ at: Instant?, _ by: String?) -> String {
    [at.map { request.dates.time($0) }, by].compactMap(\.self).joined(separator: say("、", ", "))
  }

  private var lines: [KeyValues.Line] {
    let draft = asked.draft
    let count = draft.headCount.map { say("\($0.grouped)人分", "of \($0.grouped) people") }
    let personal = draft.isPersonal ? say("含む", "Yes") : say("含まない", "No")
    let department = departments.first { $0.id == asked.department }?.title ?? ""
    return [
      KeyValues.Line(say("申請した人", "Asked by"), text: moment(asked.requestedAt, asked.name)),
      KeyValues.Line(say("部署", "Department"), text: department),
      KeyValues.Line(say("方法", "On what"), text: draft.medium.label[language]),
      KeyValues.Line(say("媒体の番号・名前", "Medium"), text: draft.label),
      KeyValues.Line(say("何を", "What"), text: draft.contents),
      KeyValues.Line(
        say("患者や職員の情報", "Personal data"),
        text: [personal, count].compactMap(\.self).joined(separator: say("、", ", "))
      ),
      KeyValues.Line(say("何のため", "What for"), text: draft.purpose),
      KeyValues.Line(say("どこへ", "Where to"), text: draft.destination),
      KeyValues.Line(
        say("いつ", "When"),
        text: say(
          "\(request.dates.day(draft.from))から\(request.dates.day(draft.until))まで",
          "\(request.dates.day(draft.from)) to \(request.dates.day(draft.until))"
        )
      ), KeyValues.Line(say("守り方", "Protection"), text: draft.protection.label[language]),
      KeyValues.Line(say("決めた人", "Decided by"), text: moment(asked.decidedAt, asked.decidedBy)),
      KeyValues.Line(say("ひとこと", "Note"), text: asked.note),
      KeyValues.Line(say("終わり", "Ended"), text: moment(asked.endedAt, asked.endedBy)),
    ].filter { !$0.value.isEmpty }
  }

  private var next: HTML {
    guard request.may(.editLedger) else { return .empty }
    switch asked.state {
    case .waiting where asked.account == request.session?.userID:
      return "<p>\(MediaStore.Refusal.ownRequest.message[language])</p>"
    case .waiting:
      return form(
        say("決める", "Decide"),
        "/decide",
        say("ひとこと（認めないときは理由）", "A word (why, where it is refused)"),
        Button.submit(say("認める", "Approve"), name: "decision", value: "approve")
          + Button.submit(say("認めない", "Refuse"), name: "decision", value: "refuse", look: .secondary)
      )
    case .approved:
      return form(
        say("戻ったとき", "When it is back"),
        "/returned",
        say("確かめたこと", "What you saw"),
        Button.submit(say("返却・消去を確かめた", "Returned or deleted"))
      )
    default: return .empty
    }
  }

  private func form(_ heading: String, _ verb: String, _ label: String, _ buttons: HTML) -> HTML {
    let form = FormFrame(
      action: path + verb,
      csrf: request.csrf,
      fields: [.lines("note", label, rows: 2)],
      buttons: buttons
    )
    return "<section class=\"noprint\"><h2>\(heading)</h2>\(form.html(language))</section>"
  }
}
