import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// The form of 異常を知らせる: short sentences, big fields, the five lines of what to do first.
struct ReportPage {
  let hospital: (id: FacilityID, name: String)?
  let hospitals: [(id: FacilityID, name: String)]
  let phones: [ChartPost]
  let request: WebRequest
  let form: WebForm
  let place: String
  let errors: [String: Localized]
  var notice: Localized?

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse { response(nil) }

  func response(_ status: Int?) -> WebResponse {
    let fields = self.fields
    var frame = FormFrame(
      action: OrganizationPath.report,
      csrf: request.csrf,
      fields: fields,
      buttons: Button.submit(say("知らせる", "Send"))
    )
    frame.isMultipart = true
    let banner = notice.map { Banner(.error, $0[language], detail: ReportPhones(phones, language).html) }
    return .page(
      Page(
        say("異常を知らせる", "Report a problem"),
        lead: HTML(
          text: say(
            "名前やパスワードは要りません。わかることだけ書いて送ってください。急ぐときは、先に電話してください。",
            "No account is needed. Say what you know. If it is urgent, telephone first."
          )
        ),
        errors: fields.errors,
        main: "\(banner?.html(language))\(FirstLines(phones: phones, language: language).html)\(frame.html(language))"
      ),
      surroundings: request.session == nil ? .bare : .full,
      status: status
    )
  }

  private var fields: [FormField] {
    var fields: [FormField] = []
    if let hospital {
      fields.append(FormField("h", "", .hidden(value: hospital.id.rawValue)))
    } else {
      fields.append(
        .select(
          "h",
          say("病院", "Hospital"),
          [Design.Choice("", say("選んでください", "Choose"))] + hospitals.map { Design.Choice($0.id.rawValue, $0.name) },
          chosen: form.text("h"),
          required: true
        )
      )
    }
    fields.append(
      .radios(
        "what",
        say("何が起きましたか", "What happened?"),
        ProblemReport.What.allCases.map { Design.Choice($0.rawValue, $0.label[language]) },
        chosen: form["what"],
        required: true
      )
    )
    fields += [
      .text(
        "place",
        say("どこですか（場所と端末）", "Where (place and device)?"),
        value: place,
        required: true,
        support: say("例：3階東病棟 ナースステーション、端末 N3-012", "For example: ward 3 east, terminal N3-012")
      ),
      .text(
        "since",
        say("いつからですか", "Since when?"),
        value: form.text("since"),
        support: say("例：今朝8時ごろ", "As: about 8 this morning")
      ),
      .lines(
        "details",
        say("画面に何と出ていますか", "What does the screen say?"),
        value: form.text("details"),
        rows: 3
      ),
      .lines(
        "touched",
        say("そのあと何をしましたか", "What did you do since?"),
        value: form.text("touched"),
        rows: 2,
        support: say("例：LANケーブルを抜いた。何も触っていない。", "As: pulled the cable; nothing.")
      ),
      FormField("photo", say("画面の写真", "Photograph"), .file(accept: "image/jpeg,image/png,image/webp", many: false)),
      .text(
        "reporter",
        say("あなたの名前", "Your name"),
        value: form.text("reporter"),
        support: say("書かなくても送れます。", "May stay empty.")
      ),
      .text(
        "callBack",
        say("折り返しの電話（内線）", "Number to call back"),
        value: form.text("callBack"),
        type: "tel"
      ),
    ]
    return fields.map { field in
      var copy = field
      copy.error = errors[field.name]?[language]
      return copy
    }
  }
}

/// The five lines of what to do, whoever one is.
struct FirstLines {
  let phones: [ChartPost]
  let language: Language

  var html: HTML {
    let lines = [
      Localized(ja: "LANケーブルを抜く。無線（Wi-Fi）を切る。", en: "Pull the network cable. Switch Wi-Fi off."),
      Localized(ja: "電源は切らない。", en: "Leave the power on."),
      Localized(ja: "それ以上触らない。", en: "Touch nothing more."),
      Localized(ja: "電話する。", en: "Telephone."),
      Localized(ja: "この画面で知らせる。", en: "Tell us on this page."),
    ]
    let items = lines.map { "<li>\($0[language])</li>" as HTML }
    return "<ol class=\"steps5\">\(items)</ol>\(ReportPhones(phones, language).html)"
  }
}

/// Whom to call inside.
struct ReportPhones {
  let posts: [ChartPost]
  let language: Language

  init(_ posts: [ChartPost], _ language: Language) {
    self.posts = posts
    self.language = language
  }

  var html: HTML {
    let lines = posts.filter { !$0.phone.isEmpty || !$0.nightPhone.isEmpty }.map { post in
      KeyValues.Line(
        post.role.label[language],
        PhoneText.html(day: post.phone, night: post.nightPhone, language)
      )
    }
    return lines.isEmpty ? .empty : KeyValues(lines).html
  }
}

/// Thanks, and what happens now.
struct ReportDonePage {
  let report: ProblemReport
  let photoWasLeft: Bool
  let phones: [ChartPost]
  let request: WebRequest

  var response: WebResponse {
    let language = request.language
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
    let photo: HTML? =
      photoWasLeft
      ? "<p>\(say("写真は、いま多くの写真が届いているため保存できませんでした。写真は消さずに持っていてください。", "The photograph could not be kept, as many came in. Please keep yours."))</p>"
      : nil
    let urgent: HTML? =
      report.what.isAlarming
      ? Banner(
        .warning,
        say("電話でも知らせてください。", "Please telephone, too."),
        detail: ReportPhones(phones, language).html
      ).html(language) : nil
    return .page(
      Page(
        say("知らせを受け付けました", "Your report has arrived"),
        lead: HTML(
          text: say(
            "ありがとうございます。システム担当者の画面に届きました。端末はそのままにして、連絡を待ってください。",
            "Thank you. The system staff see it now. Leave the device as it is and wait for a call."
          )
        ),
        main: "\(urgent)\(photo)<p>\(say("受付時刻", "Received")) \(report.reportedAt.clock)</p>"
      ),
      surroundings: request.session == nil ? .bare : .full
    )
  }
}

/// What came in, the newest first.
struct ReportListPage {
  let reports: [ProblemReport]
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let unseen = reports.count { $0.seenAt == nil }
    let open = reports.count { $0.closedAt == nil }
    var table = DataTable<ProblemReport>(
      id: "reports",
      caption: say("異常の知らせ", "Reports of problems"),
      address: Address(OrganizationPath.reports),
      columns: [
        .init("what", say("何が", "What")) { report in
          "<a href=\"\(OrganizationPath.reports)/\(report.id)\">\(report.what.label[language])</a>"
        },
        .init("place", say("どこで", "Where")) { HTML(text: $0.place) },
        .init("at", say("届いた時刻", "Received")) { report in
          DateText.html(
            request.dates.brief(report.reportedAt, today: request.now.day),
            machine: report.reportedAt.iso
          )
        },
        .init("who", say("知らせた人", "From")) {
          HTML(text: $0.reporter.isEmpty ? say("（名乗りなし）", "(no name)") : $0.reporter)
        },
        .init("call", say("折り返し", "Call back")) { HTML(text: $0.callBack) },
        .init("state", say("状態", "State")) { state($0) },
      ],
      rows: reports,
      rowID: \.id,
      rowName: { $0.what.label[language] }
    )
    table.empty = EmptyState(
      say("知らせは届いていません。", "No report has come in."),
      say("どの画面にもある「異常を知らせる」から、だれでも送れます。", "Anybody can send one from the red button on every page.")
    )
    return .page(
      Page(
        say("異常の知らせ", "Reports of problems"),
        lead: HTML(
          text: say("まだ見ていないもの\(unseen)件、対応中\(open)件です。", "\(unseen) not looked at, \(open) open.")
        ),
        actions: Button.link(
          say("掲示用のQRを印刷", "Print the code for the wall"),
          OrganizationPath.poster,
          look: .secondary,
          size: .small
        ),
        main: table.html(language)
      ),
      current: "organization.reports"
    )
  }

  private func state(_ report: ProblemReport) -> HTML {
    if report.closedAt != nil { return Chip(say("対応済み", "Closed"), .grey).html }
    if let by = report.seenBy { return Chip(say("対応中（\(by)）", "Seen by \(by)"), .blue).html }
    return Chip(say("まだ見ていない", "Not looked at"), .red).html
  }
}

/// One report with everything that was said.
struct ReportShowPage {
  let report: ProblemReport
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let path = "\(OrganizationPath.reports)/\(report.id)"
    let lines = [
      KeyValues.Line(say("何が", "What"), text: report.what.label[language]),
      KeyValues.Line(say("どこで", "Where"), text: report.place),
      KeyValues.Line(say("いつから", "Since"), text: report.since),
      KeyValues.Line(say("画面の文章", "On the screen"), text: report.details),
      KeyValues.Line(say("そのあとしたこと", "Done since"), text: report.touched),
      KeyValues.Line(say("知らせた人", "From"), text: report.reporter),
      KeyValues.Line(say("折り返し", "Call back"), text: report.callBack),
      KeyValues.Line(
        say("届いた時刻", "Received"),
        text: request.dates.brief(report.reportedAt, today: request.now.day)
      ), KeyValues.Line(say("送った端末のアドレス", "Sent from"), text: report.address),
      KeyValues.Line(say("見た人", "Seen by"), text: report.seenBy ?? ""),
    ].filter { !$0.value.isEmpty }
    let photo: HTML? =
      report.photo == nil
      ? nil
      : """
      <h2>\(say("写真", "Photograph"))</h2><p><a href="\(path)/photo">\(say("写真を開く", "Open the photograph"))</a> \
      \(FileWithdrawal.link(report.photo ?? "", name: say("写真", "Photograph"), request))</p>
      """
    let outcome: HTML
    if let text = report.outcome {
      outcome = "<h2>\(say("対応", "Outcome"))</h2><p>\(text)（\(report.closedBy)）</p>"
    } else {
      outcome = FormFrame(
        action: path + "/close",
        csrf: request.csrf,
        fields: [
          .lines(
            "outcome",
            say("どうなりましたか", "What came of it?"),
            rows: 3,
            required: true,
            support: say("例：迷惑メール。開いていないことを確認。端末は使ってよい。", "As: spam, not opened; the device may be used.")
          )
        ],
        buttons: Button.submit(say("対応済みにする", "Close"))
      ).html(language)
    }
    return .page(
      Page(
        report.what.label[language],
        crumbs: [Crumb(say("異常の知らせ", "Reports of problems"), OrganizationPath.reports)],
        main: "\(KeyValues(lines).html)\(photo)\(outcome)"
      ),
      current: "organization.reports"
    )
  }
}
