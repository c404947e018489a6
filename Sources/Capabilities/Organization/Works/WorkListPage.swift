import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// `/works` and `/own-works`: what waits, what is planned, what is owed, and what is over.
struct WorkListPage: WorkView {
  let side: WorkSide
  let requests: [WorkRequest]
  /// Nil where nobody has said whose the account is.
  let vendor: String?
  let request: WebRequest

  var response: WebResponse {
    var page = Page(listTitle, lead: lead, main: main)
    let mayAsk = side == .vendor ? vendor != nil : request.may(.editLedger)
    if mayAsk {
      page.actions = Button.link(
        side == .vendor ? say("新しく申請", "Ask for work") : say("申請を入力する", "Enter a request"),
        side.new,
        size: .small
      )
    }
    return .page(page, current: side.current)
  }

  private var lead: HTML {
    let waiting = requests.count { $0.state == .waiting }
    let owed = requests.count { $0.owesReport(at: request.now) }
    let planned = requests.count { $0.state == .approved && !$0.owesReport(at: request.now) }
    let counts = say(
      "承認待ち\(waiting)件、承認済み\(planned)件、報告待ち\(owed)件です。",
      "Waiting for approval: \(waiting); approved: \(planned); report owed: \(owed)."
    )
    return HTML(text: side == .vendor ? (vendor.map { $0 + language.colon } ?? "") + counts : counts)
  }

  private var main: HTML {
    if side == .vendor, vendor == nil {
      return EmptyState(
        say("このアカウントがどの会社のものか、まだ登録されていません。", "The hospital has not said which company this account belongs to."),
        say("病院の担当者に登録を頼んでください。", "Please ask them to.")
      ).html(language)
    }
    let columns: [DataTable<WorkRequest>.Column] = [
      .init("what", say("作業", "Work"), isLong: true) { asked in
        "<a href=\"\(side.one(asked.id))\">\(asked.draft.kind.label[language])\(language.colon)\(asked.device.name)</a>"
      }, .init("when", say("日時", "When")) { when($0) },
      .init("vendor", say("事業者", "Vendor")) { HTML(text: $0.vendorName) },
      .init("way", say("作業のしかた", "How")) { HTML(text: $0.draft.way.label[language]) },
      .init("stops", say("止まるもの", "Stands still")) { asked in
        asked.draft.stops ? Chip(say("ある", "Yes"), .orange).html : HTML(text: say("ない", "No"))
      }, .init("state", say("状態", "State")) { chip($0) },
    ]
    var table = DataTable<WorkRequest>(
      id: "works",
      caption: listTitle,
      address: Address(side.list),
      columns: columns.filter { side == .hospital || $0.key != "vendor" },
      rows: requests,
      rowID: \.id,
      rowName: \.device.name
    )
    table.isDense = true
    table.empty = EmptyState(
      say("作業申請はありません。", "There is no request for work."),
      side == .vendor
        ? say("病院で作業する前に、ここから申請してください。", "Please ask here before you work at the hospital.")
        : say(
          "事業者のアカウントから届くほか、書面や電話で受けた申請をここで入力できます。",
          "Vendors ask from their own page; what comes on paper or by telephone is entered here."
        )
    )
    return table.html(language)
  }
}
