import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// The round of a year: who has not answered and what to do about it, what the answers say against the ledger, and its end.
struct EnquiryPage {
  let standing: EnquiryStanding
  /// Years in which anybody was asked.
  let years: [Int]
  let request: WebRequest
  var typedReason = ""
  var problem: FieldError?

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
  private var mayEdit: Bool { request.may(.editLedger) }
  private var yearName: String { request.dates.fiscalYear(standing.year) }

  /// An address of the round, in its year.
  private func address(_ path: String) -> Address { Address(path).setting("year", String(standing.year.startYear)) }

  var response: WebResponse {
    .page(
      Page(
        say("\(yearName)の事業者への照会", "Enquiry to all vendors, \(yearName)"),
        lead: HTML(
          text: say(
            "年に一度、すべての事業者に、院内につながる回線、再委託、データの持ち出しを聞きます。",
            "Once a year every vendor is asked about lines into the house, subcontracting and data taken away."
          )
        ),
        crumbs: [Crumb(Kind.vendor.plural[language], RecordPath.list("vendor"))],
        errors: problem.map { [$0] } ?? [],
        main: "\(choice)\(closedNote)\(numbers)\(begin)\(ways)\(table)\(end)"
      ),
      current: "ledger.vendor"
    )
  }

  private var choice: HTML {
    let all = Set(years + [standing.year.startYear, request.fiscalYear(of: request.now.day).startYear]).sorted(by: >)
    guard all.count > 1 else { return .empty }
    return FilterBar(
      address: Address(EnquiryRoutes.path),
      fields: [
        .select(
          name: "year",
          label: say("年度", "Fiscal year"),
          choices: all.map { Design.Choice(String($0), request.dates.fiscalYear(FiscalYear(startYear: $0))) },
          chosen: String(standing.year.startYear)
        )
      ]
    ).html(language)
  }

  private var closedNote: HTML {
    guard standing.isClosed else { return .empty }
    let silent = standing.count(.silent)
    return Banner(
      silent == 0 ? .success : .warning,
      silent == 0
        ? say("この年度の照会は締め切りました。全社が回答しました。", "This round is closed; everybody answered.")
        : say("この年度の照会は締め切りました。\(silent)社は回答していません。", "This round is closed; \(silent) vendors did not answer."),
      detail: silent == 0
        ? nil
        : "<p>\(say("回答がないことは、回線がないことではありません。現地調査で確かめてください。", "No answer does not mean no line. Find out by a field survey."))</p>",
      actions: mayEdit
        ? Button.post(
          say("再開", "Open again"),
          address(EnquiryRoutes.path + "/reopen").text,
          csrf: request.csrf,
          look: .secondary,
          size: .small
        ) : nil
    ).html(language)
  }

  private var numbers: HTML {
    let list = Address(RecordPath.list(Kind.vendorEnquiry.key)).setting("f.year", String(standing.year.startYear))
    let overdue = standing.count(.overdue)
    let online = standing.lines.count { $0.enquiry["went_online"] == "yes" }
    let vendors = say("社", "")
    return Numbers([
      Numbers.Item(say("照会した", "Asked"), value: standing.lines.count.grouped, of: vendors, address: list.text),
      Numbers.Item(say("回答した", "Answered"), value: standing.count(.answered).grouped, of: vendors),
      Numbers.Item(
        say("回答待ち", "Waiting"),
        value: standing.open.count.grouped,
        of: vendors,
        note: overdue > 0 ? say("うち期限超過\(overdue)社", "\(overdue) overdue") : nil,
        address: standing.open.isEmpty ? nil : list.setting("f.answered_on", "!").text,
        isWorrying: overdue > 0
      ),
      Numbers.Item(
        say("台帳と違う回答", "Against the ledger"),
        value: standing.differing.grouped,
        of: vendors,
        isWorrying: standing.differing > 0
      ),
      Numbers.Item(
        say("訪問から遠隔に変わっていた", "Went online"),
        value: online.grouped,
        of: vendors,
        address: list.setting("f.went_online", "yes").text,
        isWorrying: online > 0
      ),
    ]).html
  }

  private var begin: HTML {
    let count = standing.unasked.count
    guard count > 0, mayEdit, standing.year == request.fiscalYear(of: request.now.day) else { return .empty }
    return "<p>\(say("まだ照会していない事業者が\(count)社あります。", "\(count) vendors were not asked yet."))</p>"
      + Button.post(
        say("\(count)社への照会を作る", "Ask \(count) vendors"),
        address(EnquiryRoutes.path).text,
        csrf: request.csrf
      )
  }

  private var ways: HTML {
    guard !standing.lines.isEmpty else { return .empty }
    func small(_ ja: String, _ en: String, _ path: String) -> HTML {
      Button.link(say(ja, en), path, look: .secondary, size: .small)
    }
    var ways: [HTML] = []
    let letters = address(EnquiryRoutes.path + "/letters")
    if !standing.open.isEmpty {
      ways.append(small("照会の文書を印刷", "Print the letters", letters.text))
      ways.append(small("督促の文書を印刷", "Print reminders", letters.setting("reminder", "1").text))
      if mayEdit {
        ways.append(
          Button.post(
            say("\(standing.open.count)社すべてに督促したと記録", "Note a reminder to all \(standing.open.count)"),
            address(EnquiryRoutes.path + "/remind").text,
            csrf: request.csrf,
            look: .secondary,
            size: .small
          )
        )
      }
    }
    if request.may(.importLedger) {
      let list = RecordPath.list(Kind.vendorEnquiry.key)
      let export = Address(list + "/export").setting("f.year", String(standing.year.startYear))
      ways.append(small("回答用のExcelを書き出す", "Export the form (Excel)", export.text))
      ways.append(
        small(
          "回答のファイルを取り込む",
          "Import answers",
          Address(RecordPath.imports, [("kind", Kind.vendorEnquiry.key)]).text
        )
      )
    }
    return "<div class=\"btns\">\(ways)</div>"
  }

  // MARK: The list

  private var table: HTML {
    let pager = Pager(
      address: request.address(EnquiryRoutes.path),
      number: Int(request.query["page"] ?? "") ?? 1,
      size: 100,
      total: standing.lines.count
    )
    var table = DataTable<EnquiryStanding.Line>(
      id: "enquiries",
      caption: say("事業者ごとの回答", "Answers by vendor"),
      address: address(EnquiryRoutes.path),
      columns: [
        .init("vendor", say("事業者", "Vendor"), cell: vendor),
        .init("state", say("回答", "Answer"), cell: state),
        .init("reminded", say("督促", "Reminders"), cell: reminded),
        .init("answer", say("院内への回線", "Lines into the house"), isLong: true, cell: answer),
        .init("enter", say("記入", "Enter"), cell: actions),
      ],
      rows: pager.part(of: standing.lines),
      rowID: \.enquiry.id,
      rowName: \.name
    )
    table.pager = pager
    table.empty = EmptyState(
      say("この年度は、まだどの事業者にも照会していません。", "Nobody was asked this year yet."),
      say("上のボタンで全社への照会を作ると、ここに回答の状況が並びます。", "Make the enquiries above; their answers are listed here.")
    )
    return table.html(language)
  }

  private func vendor(_ line: EnquiryStanding.Line) -> HTML {
    let phone = line.vendor?.known("phone") ?? ""
    let contact = [line.vendor?.known("contact_name") ?? "", phone].filter { !$0.isEmpty }.joined(separator: "　")
    return """
      <a href="\(RecordPath.record(Kind.vendorEnquiry.key, line.enquiry.id))">\(line.name)</a><span class="sub">\(contact)</span>
      """
  }

  private func state(_ line: EnquiryStanding.Line) -> HTML {
    func day(_ field: String) -> String { line.enquiry.date(field).map { request.dates.day($0) } ?? "" }
    switch line.state {
    case .overdue:
      return Chip(say("期限超過", "Overdue"), .red).html
        + "<span class=\"sub\">\(say("期限 ", "due "))\(day("due_on"))</span>"
    case .waiting:
      return Chip(say("回答待ち", "Waiting"), .yellow).html
        + "<span class=\"sub\">\(say("期限 ", "due "))\(day("due_on"))</span>"
    case .answered:
      return Chip(say("回答あり", "Answered"), .green).html + "<span class=\"sub\">\(day("answered_on"))</span>"
    case .silent:
      return Chip(say("回答なしで締切", "Closed, no answer"), .orange).html
        + "<span class=\"sub\">\(day("closed_on"))</span>"
    }
  }

  private func reminded(_ line: EnquiryStanding.Line) -> HTML {
    guard line.reminders > 0 else { return HTML(text: line.state == .answered ? "" : say("なし", "None")) }
    let last = line.enquiry.date("reminded_on").map { request.dates.day($0) } ?? ""
    return "\(say("\(line.reminders)回", "\(line.reminders)"))<span class=\"sub\">\(last)</span>"
  }

  private func answer(_ line: EnquiryStanding.Line) -> HTML {
    guard line.state == .answered else { return .empty }
    let field = Kind.vendorEnquiry[field: "remote_line"]
    let said = line.enquiry["remote_line"].map { value in
      field?.choices.first { $0.key == value }?.label[language] ?? say("不明", "Unknown")
    }
    let lines = line.enquiry.known("lines").map { say("\($0)本", "\($0)") } ?? ""
    let first = HTML(text: [said ?? say("未記入", "Not recorded"), lines].filter { !$0.isEmpty }.joined(separator: " "))
    guard let difference = line.difference, let vendor = line.vendor else { return first }
    let connections = Address(RecordPath.list("connection")).setting("f.vendor", vendor.id).text
    return """
      \(first) \(Chip(words(difference), .red).html)<span class="sub"><a href="\(connections)">\
      \(say("台帳の回線 \(line.recorded)本", "\(line.recorded) in the ledger"))</a></span>
      """
  }

  private func words(_ difference: EnquiryStanding.Difference) -> String {
    switch difference {
    case .unrecorded: say("台帳にない", "Not in the ledger")
    case .denied: say("台帳にはある", "In the ledger")
    case .counted: say("本数が違う", "Other number")
    }
  }

  private func actions(_ line: EnquiryStanding.Line) -> HTML {
    guard mayEdit, !standing.isClosed else { return .empty }
    let path = EnquiryRoutes.answer(line.enquiry.id)
    guard line.state != .answered else {
      return Button.link(say("回答を直す", "Correct"), path, look: .text, size: .small, context: line.name)
    }
    var all = Button.link(say("回答を記入", "Enter answer"), path, look: .secondary, size: .small, context: line.name)
    if let mail = line.vendor?.known("email") {
      all += Button.link(
        say("督促のメールを書く", "Write a reminder"),
        reminder(to: mail, line),
        look: .text,
        size: .small,
        context: line.name
      )
    }
    all += Button.post(
      say("督促した", "Reminded"),
      address(EnquiryRoutes.path + "/remind").setting("id", line.enquiry.id).text,
      csrf: request.csrf,
      look: .text,
      size: .small,
      context: line.name
    )
    return all
  }

  /// Opens the mail program of whoever works here with the reminder written (RFC 6068).
  private func reminder(to mail: String, _ line: EnquiryStanding.Line) -> String {
    let due = line.enquiry.date("due_on").map { request.dates.day($0) } ?? ""
    let facility = request.session?.facilityName ?? ""
    let subject = "【\(facility)】外部接続についての照会のご回答のお願い"
    let body = """
      \(line.name)　御中\r
      \r
      \(facility)です。外部接続についての照会（回答期限：\(due)）のご回答を、まだいただいておりません。\r
      院内につながる回線の有無、訪問から遠隔に変わった保守、再委託、データの持ち出しについて、ご返信ください。\r
      行き違いの場合はご容赦ください。\r
      """
    return "mailto:\(mail)?subject=\(Address.encoded(subject))&body=\(Address.encoded(body))"
  }

  // MARK: The end

  private var end: HTML {
    guard mayEdit, !standing.isClosed, !standing.lines.isEmpty else { return .empty }
    let waiting = standing.open.count
    var field = FormField.text(
      "reason",
      say("回答のない\(waiting)社をどう扱うか", "What follows for the \(waiting) who did not answer"),
      value: typedReason,
      required: true,
      support: say("例：現地調査で確かめる。次の契約更新で回答を条件にする。", "For example: looked at on site."),
      width: .full
    )
    field.error = problem?.message
    let frame = FormFrame(
      action: address(EnquiryRoutes.path + "/close").text,
      csrf: request.csrf,
      fields: waiting == 0 ? [] : [field],
      buttons: Button.submit(say("この年度の照会を締め切る", "Close this round"), look: waiting == 0 ? .primary : .secondary)
    )
    let text =
      waiting == 0
      ? say("全社が回答しました。締め切ると、この年度の記録として残ります。", "Everybody answered. Closing keeps it as the record of the year.")
      : say(
        "締め切ると、回答のない\(waiting)社は「回答なし」として残り、督促は出なくなります。",
        "After closing, \(waiting) stay without an answer and nobody is reminded."
      )
    return "<section><h2>\(say("締め切り", "Closing the round"))</h2><p>\(text)</p>\(frame.html(language))</section>"
  }
}
