import Design
import HTML
import Nouns
import Text
import Time
import Web

/// `/assess/:pack/vendors/:vendor`: what the vendor answered beside the hospital's own answer, and how the form travels.
struct VendorFormPage {
  let checklist: Checklist
  let period: String
  let year: FiscalYear
  let line: VendorStanding
  let comparison: VendorComparison
  /// What opens the form at a terminal inside, for whoever may hand it out.
  let link: VendorLink?
  /// The same link where it was made just now: its address is shown this once.
  let made: Assessment.HandedLink?
  let request: WebRequest
  /// What was typed into the form of sending, where it was not kept.
  /// What was typed as the day by which the form is wanted, where it was not kept, and why.
  var due: (typed: String, error: String)?

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private func path(_ verb: String) -> String {
    "\(AssessmentPath.vendor(checklist.id, line.vendor.id))/\(verb)?period=\(period)"
  }

  var response: WebResponse {
    let actions: HTML = """
      \(Button.link(say("様式をExcelで書き出す", "Export the form as Excel"), path("file"), look: .secondary, size: .small))\
      \(Button.link(say("様式を印刷", "Print the form"), path("print"), look: .secondary, size: .small))\
      \(Button.link(say("公式の様式で書き出す", "Export as the official form"), path("official"), look: .secondary, size: .small))
      """
    return .page(
      Page(
        say("\(line.vendor.name)の様式", "The form of \(line.vendor.name)"),
        lead: HTML(text: checklist.title[language]),
        actions: actions,
        crumbs: [
          Crumb(say("自己点検", "Self-checks"), AssessmentPath.list),
          Crumb(checklist.title[language], AssessmentPath.round(checklist.id, period)),
        ],
        errors: dueErrors,
        main: "\(warning)\(state)\(table)\(entering)\(sending)"
      ),
      current: "assessment.list"
    )
  }

  private var warning: HTML {
    let count = comparison.count(.contradicts)
    guard count > 0 else { return .empty }
    return Banner(
      .warning,
      say(
        "病院は「はい」、事業者は「いいえ」の項目が\(count)件あります。どちらが正しいか、事業者に確かめてください。",
        "In \(count) items the hospital says yes and the vendor no. Ask the vendor which is right."
      )
    ).html(language)
  }

  private var state: HTML {
    let form = line.form
    var lines = [
      KeyValues.Line(say("状態", "State"), VendorChips.state(line.state, language).html),
      KeyValues.Line(
        say("対象のシステム", "Systems"),
        text: line.systems.joined(separator: say("、", ", "))
      ),
    ]
    if !line.vendor.contact.isEmpty { lines.append(.init(say("連絡先", "Contact"), text: line.vendor.contact)) }
    if let sent = form?.sentOn {
      lines.append(.init(say("渡した日", "Sent"), text: "\(request.dates.day(sent))　\(form?.sentBy ?? "")"))
    }
    if let due = form?.dueOn { lines.append(.init(say("期限", "Due"), text: request.dates.day(due))) }
    if let reminded = form?.remindedOn {
      lines.append(
        .init(
          say("督促", "Reminded"),
          text: say(
            "\(request.dates.day(reminded))（\(form?.reminders ?? 0)回目）",
            "\(request.dates.day(reminded)) (no. \(form?.reminders ?? 0))"
          )
        )
      )
    }
    if let received = form?.receivedOn {
      let way = form?.way?.label[language] ?? ""
      lines.append(.init(say("受け取り", "Received"), text: "\(request.dates.day(received))　\(way)"))
    }
    if let reply = form?.reply {
      let text = "\(request.dates.day(reply.on))　\(reply.respondent)"
      lines.append(.init(FormHead.who[language], text: text))
    }
    return "<section><h2>\(say("やり取り", "Exchange"))</h2>\(KeyValues(lines).html)</section>"
  }

  private var table: HTML {
    var table = DataTable<VendorComparison.Line>(
      id: "answers",
      caption: say("事業者の答えと病院の答え", "Answers of vendor and hospital"),
      address: Address(AssessmentPath.vendor(checklist.id, line.vendor.id)),
      columns: [
        .init("item", say("項目", "Item"), isLong: true) { "\($0.item.name[language])　\($0.item.text[language])" },
        .init("vendor", say("事業者", "Vendor")) { line in
          line.vendor.map { AnswerChips.answer($0.latest, of: line.item, goal: nil, language) } ?? .empty
        },
        .init("hospital", say("病院", "Hospital")) { hospital($0) },
        .init("verdict", say("突き合わせ", "Compared")) { VendorChips.verdict($0.verdict, language)?.html ?? .empty },
        .init("target", say("目標日", "Target")) { HTML(text: $0.vendor?.target.map { request.dates.short($0) } ?? "") },
        .init("remarks", say("備考", "Remarks"), isLong: true) { HTML(text: $0.vendor?.remarks ?? "") },
      ],
      rows: comparison.lines,
      rowID: \.item.key,
      rowName: { $0.item.name[language] }
    )
    table.isDense = true
    return "<section><h2>\(say("答え", "Answers"))</h2>\(table.html(language))</section>"
  }

  private func hospital(_ line: VendorComparison.Line) -> HTML {
    guard let own = line.own, let pack = Checklists.hospital(of: checklist) else { return .empty }
    let shown: HTML =
      line.hospital.map { AnswerChips.answer($0, of: own, goal: nil, language) }
      ?? "<span class=\"nb\">\(say("未回答", "Open"))</span>"
    return """
      <a class="nb" href="\(AssessmentPath.item(pack.id, own.key, period))">\(own.name[language])</a> \(shown)
      """
  }

  // MARK: How the form travels

  private var entering: HTML {
    guard request.may(.answerChecks) else { return .empty }
    var upload = FormFrame(
      action: path("file"),
      csrf: request.csrf,
      fields: [.file("file", say("返ってきたファイル", "The file that came back"), accept: ".xlsx,.csv")],
      buttons: Button.submit(say("内容を確かめる", "Look at the contents"), look: .secondary)
    )
    upload.isMultipart = true
    return """
      <section><h2>\(say("回答を入れる", "Enter answers"))</h2>\
      <p>\(Button.link(say("紙や電話の回答を入力", "Type in the answers"), path("answers"), look: .secondary))</p>\
      \(upload.html(language))\(terminal)</section>
      """
  }

  /// The vendor itself at a terminal inside.
  private var terminal: HTML {
    let title = say("院内の端末で事業者に答えてもらう", "Have the vendor answer at a terminal inside")
    let words = say(
      "リンクを開いた人は、アカウントなしでこの様式だけに答えられます。院内の端末で開くか、作業に来た人に渡してください。",
      "Whoever opens the link answers this one form without an account. Open it at a terminal, or hand it to who comes."
    )
    func post(_ label: String, _ verb: String) -> HTML {
      Button.post(label, path(verb), csrf: request.csrf, look: .secondary, size: .small)
    }
    guard let link else {
      return "<h3>\(title)</h3><p>\(words)</p>\(post(say("リンクを作る", "Make a link"), "link"))"
    }
    return """
      <h3>\(title)</h3><p>\(words)</p>\(made.map(address) ?? standing(link))\
      \(Button.row(post(say("作り直す", "Make another"), "link"), post(say("使えなくする", "End it"), "link/end")))
      """
  }

  /// Of a link that was made just now.
  private func address(_ made: Assessment.HandedLink) -> HTML {
    let address = request.origin + made.address
    return Banner(
      .success,
      say(
        "リンクを作りました。\(request.dates.day(made.lastDay))まで使えます。アドレスはこの画面を閉じると、もう見られません。前のリンクは使えません。",
        "The link is made and opens the form until \(request.dates.day(made.lastDay)). Its address is shown on this page only. One that was there opens nothing any more."
      ),
      detail: "<p><a href=\"\(made.address)\"><span class=\"long\">\(address)</span></a></p>"
    ).html(language)
  }

  private func standing(_ link: VendorLink) -> HTML {
    let last = link.lastDay(due: line.form?.dueOn, in: year)
    let (made, until) = (request.dates.day(link.madeAt.day), request.dates.day(last))
    let words =
      last < request.now.day
      ? say(
        "\(made)に\(link.madeBy)さんが作ったリンクは、\(until)で終わりました。続けて答えてもらうときは、作り直してください。",
        "The link that \(link.madeBy) made on \(made) ended on \(until). Make another to let the vendor go on."
      )
      : say(
        "\(made)に\(link.madeBy)さんが作ったリンクが、\(until)まで使えます。アドレスは作ったときにだけ表示します。控えがないときは、作り直してください。",
        "The link that \(link.madeBy) made on \(made) opens the form until \(until). Its address was shown when it was made; make another where it is lost."
      )
    return "<p>\(words)</p>"
  }

  private var dueErrors: [FieldError] { due.map { [FieldError("due", $0.error)] } ?? [] }

  private var sending: HTML {
    guard request.may(.answerChecks), line.state != .answered else { return .empty }
    let today = request.now.day
    let form = FormFrame(
      action: path("sent"),
      csrf: request.csrf,
      fields: [
        FormField.date(
          "due",
          say("回答の期限", "Due"),
          value: due?.typed ?? today.adding(days: VendorForms.usualDays).slashed,
          language: language,
          required: true
        ).withError(from: dueErrors)
      ],
      buttons: Button.submit(
        line.form?.sentOn == nil
          ? say("渡したことを記録", "Note that it was handed over")
          : say("渡し直したことを記録", "Note that it was handed over again"),
        look: .secondary
      )
    )
    let remind: HTML =
      line.form?.sentOn == nil
      ? .empty
      : Button.post(say("督促したことを記録", "Note the reminder"), path("reminded"), csrf: request.csrf, look: .secondary)
    let withdraw: HTML =
      line.form?.sentOn == nil || line.form?.receivedOn != nil
      ? .empty
      : Button.post(say("渡した記録を取り消す", "It was not handed over"), path("unsent"), csrf: request.csrf, look: .secondary)
    return """
      <section><h2>\(say("様式を渡す", "Hand over the form"))</h2>\(form.html(language))\
      \(Button.row(remind, withdraw))</section>
      """
  }
}
