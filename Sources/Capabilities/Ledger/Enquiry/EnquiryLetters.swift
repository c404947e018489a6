import Design
import HTML
import Records
import Text
import Time
import Web

/// One page a vendor that has not answered, to be sent, filled in by hand and entered again.
struct EnquiryLetters {
  let standing: EnquiryStanding
  /// Whether they remind of what was asked before.
  let isReminder: Bool
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let letters = standing.open.map(letter)
    return .sheet(
      PrintSheet(
        isReminder
          ? say("外部接続についての照会（再度のお願い）", "Enquiry about external connections (reminder)")
          : say("外部接続についての照会", "Enquiry about external connections"),
        subtitle: say("\(letters.count)社", "\(letters.count) vendors"),
        printed: request.printedBy,
        backAddress: EnquiryRoutes.path + "?year=\(standing.year.startYear)",
        contents: letters.joined()
      )
    )
  }

  private func letter(_ line: EnquiryStanding.Line) -> HTML {
    func day(_ field: String) -> String { line.enquiry.date(field).map { request.dates.day($0) } ?? "" }
    let rows = (EnquiryAnswerPage.questions + ["answered_by"]).compactMap { Kind.vendorEnquiry[field: $0] }.map {
      field -> HTML in
      let choices = field.choices.map(\.label[language]).joined(separator: "　・　")
      return "<tr><th scope=\"row\">\(field.label[language])</th><td>\(choices)　</td></tr>"
    }
    let text =
      isReminder
      ? say(
        "\(day("asked_on"))にお送りした照会のご回答（期限：\(day("due_on"))）を、まだいただいておりません。次のことを至急お答えください。",
        "We asked on \(day("asked_on")) for an answer by \(day("due_on")) and have none. Please answer now."
      )
      : say(
        "院内の医療情報システムの安全管理のため、次のことをお答えください。回答期限：\(day("due_on"))",
        "For the safety of our systems please answer by \(day("due_on"))"
      )
    return """
      <section class="block letter"><h2>\(line.name)\(say("　御中", ""))</h2><p>\(text)</p>\
      <table class="dense rows"><tbody>\(rows)</tbody></table></section>
      """
  }
}
