import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// `/ledger/vendor_enquiry/round`: once a year every vendor is asked which lines it has into the house. The forms go out as a
/// workbook or on paper; answers come back by file, by paper or by telephone into the same records.
struct EnquiryRoutes: Sendable {
  let store: RecordStore

  static let path = "/ledger/vendor_enquiry/round"

  var routes: [Route] {
    [
      .get(Self.path, ReadLedger.self, round), .post(Self.path, EditLedger.self, begin),
      .get(Self.path + "/letters", ReadLedger.self, letters),
    ]
  }

  private func year(_ request: WebRequest) -> FiscalYear { request.fiscalYear(of: request.now.day) }

  private func read(
    _ request: WebRequest,
    _ scope: Scope<ReadLedger>
  ) async throws -> (vendors: [Record], enquiries: [Record]) {
    try await EnquiryRound(records: store, year: year(request)).read(in: scope)
  }

  @Sendable func round(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let (vendors, enquiries) = try await read(request, scope)
    let asked = Set(enquiries.compactMap { $0.known("vendor") })
    let open = vendors.filter { !asked.contains($0.id) }
    let answered = enquiries.count { $0.date("answered_on") != nil }
    let online = enquiries.count { $0["went_online"] == "yes" }
    let language = request.language
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
    let year = year(request)
    let list = Address(RecordPath.list(Kind.vendorEnquiry.key)).setting("f.year", String(year.startYear))
    let export = Address(RecordPath.list(Kind.vendorEnquiry.key) + "/export").setting("f.year", String(year.startYear))
    let numbers = Numbers([
      Numbers.Item(say("事業者", "Vendors"), value: vendors.count.grouped, of: say("社", "")),
      Numbers.Item(say("照会した", "Asked"), value: asked.count.grouped, of: say("社", ""), address: list.text),
      Numbers.Item(
        say("回答待ち", "Waiting"),
        value: (enquiries.count - answered).grouped,
        of: say("社", ""),
        address: list.setting("f.answered_on", "!").text,
        isWorrying: enquiries.count > answered
      ),
      Numbers.Item(
        say("訪問から遠隔に変わっていた", "Went online"),
        value: online.grouped,
        of: say("社", ""),
        address: list.setting("f.went_online", "yes").text,
        isWorrying: online > 0
      ),
    ])
    let begin: HTML? =
      open.isEmpty || !request.may(.editLedger)
      ? nil
      : "<p>\(say("まだ照会していない事業者が\(open.count)社あります。", "\(open.count) vendors were not asked yet."))</p>"
        + Button.post(say("\(open.count)社への照会を作る", "Ask \(open.count) vendors"), Self.path, csrf: request.csrf)
    var ways: [HTML] = [
      Button.link(say("照会の文書を印刷", "Print the letters"), Self.path + "/letters", look: .secondary, size: .small)
    ]
    if request.may(.importLedger) {
      ways.append(
        Button.link(say("回答用のExcelを書き出す", "Export the form (Excel)"), export.text, look: .secondary, size: .small)
      )
      ways.append(
        Button.link(
          say("回答のファイルを取り込む", "Import answers"),
          Address(RecordPath.imports, [("kind", Kind.vendorEnquiry.key)]).text,
          look: .secondary,
          size: .small
        )
      )
    }
    ways.append(Button.link(say("電話や紙の回答を記入", "Enter answers by hand"), list.text, look: .secondary, size: .small))
    return .page(
      Page(
        say("\(request.dates.fiscalYear(year))の事業者への照会", "Enquiry to all vendors"),
        lead: HTML(
          text: say(
            "年に一度、すべての事業者に、院内につながる回線、再委託、データの持ち出しを聞きます。",
            "Once a year every vendor is asked about lines into the house, subcontracting and data taken away."
          )
        ),
        crumbs: [Crumb(Kind.vendor.plural[language], RecordPath.list("vendor"))],
        main: "\(numbers.html)\(begin)<div class=\"btns\">\(ways)</div>"
      ),
      current: "ledger.vendor"
    )
  }

  @Sendable func begin(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let (count, set) = try await EnquiryRound(records: store, year: year(request)).begin(on: request.now.day, in: scope)
    return .redirect(
      to: Self.path,
      flash: .done(
        Localized(
          ja: "\(count)社への照会を作りました。回答期限は\(EnquiryRound.answerDays)日後です。",
          en: "\(count) enquiries made; answers are due in \(EnquiryRound.answerDays) days."
        ),
        action: set.map { ChangeRoutes.undoAction($0) }
      )
    )
  }

  /// One page a vendor, to be sent, answered by hand and entered again.
  @Sendable func letters(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let (vendors, enquiries) = try await read(request, scope)
    let language = request.language
    func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }
    let byID = Dictionary(vendors.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let questions = ["remote_line", "lines", "went_online", "subcontracts", "data_taken", "details", "answered_by"]
    let letters = enquiries.filter { $0.date("answered_on") == nil }.compactMap { enquiry -> HTML? in
      guard let vendor = enquiry.known("vendor").flatMap({ byID[$0] }) else { return nil }
      let due = enquiry.date("due_on").map { request.dates.day($0) } ?? ""
      let rows = questions.compactMap { Kind.vendorEnquiry[field: $0] }.map { field -> HTML in
        let choices = field.choices.map(\.label[language]).joined(separator: "　・　")
        return "<tr><th scope=\"row\">\(field.label[language])</th><td>\(choices)　</td></tr>"
      }
      return """
        <section class="block letter"><h2>\(vendor.title(language))\(say("　御中", ""))</h2>\
        <p>\(say("院内の医療情報システムの安全管理のため、次のことをお答えください。回答期限：", "For the safety of our systems please answer by "))\(due)</p>\
        <table class="dense rows"><tbody>\(rows)</tbody></table></section>
        """
    }
    return .sheet(
      PrintSheet(
        say("外部接続についての照会", "Enquiry about external connections"),
        subtitle: say("\(letters.count)社", "\(letters.count) vendors"),
        printed: request.printedBy,
        backAddress: Self.path,
        contents: letters.joined()
      )
    )
  }
}
