import Design
import HTML
import Records
import Text
import Time
import Web

/// The papers of a survey by a contractor, in the same form for every survey, each on a page of its own: request, procedure,
/// pledge, the record of people and hours, the technical review (厚労行政推進調査事業 報告書 §1, §2).
struct ContractorPapers {
  let survey: Record
  let titles: [String: String]
  let request: WebRequest

  private static let hourLines = 14

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    .sheet(
      PrintSheet(
        say("現地調査を頼むときの書類", "Papers for a survey by a contractor"),
        subtitle: survey.title(language),
        printed: request.printedBy,
        backAddress: RecordPath.record(Kind.survey.key, survey.id),
        contents: "\(order)\(procedure)\(pledge)\(hours)\(review)"
      )
    )
  }

  // MARK: What the record says

  private func name(_ field: String) -> String { survey.known(field).flatMap { titles[$0] } ?? "" }
  private func day(_ field: String) -> String { survey.date(field).map { request.dates.day($0) } ?? "" }

  private var contractor: String {
    let name = name("contractor")
    return name.isEmpty ? say("（事業者名）　　　　　　　　　　", "(contractor)              ") : name
  }

  private func row(_ heading: String, _ value: String) -> HTML {
    "<tr><th scope=\"row\">\(heading)</th><td>\(value)　</td></tr>"
  }

  private func lines(_ part: SurveyPaper.Part) -> HTML {
    let items = SurveyPaper.all.filter { $0.part == part }.map { "<li>\($0.text[language])</li>" as HTML }
    return "<ol>\(items)</ol>"
  }

  private func paper(_ title: String, _ body: HTML) -> HTML {
    "<section class=\"block letter\"><h2>\(title)</h2>\(body)</section>"
  }

  private var signature: HTML {
    """
    <table class="dense rows"><tbody>\(row(say("日付", "Date"), ""))\(row(say("会社・所属", "Company"), ""))\
    \(row(say("氏名（自署）", "Name (signed)"), ""))</tbody></table>
    """
  }

  // MARK: The papers

  private var order: HTML {
    let facts: [HTML] = [
      row(say("調査名", "Survey"), survey.title(language)),
      row(say("期間", "Days"), "\(day("starts_on"))〜\(day("ends_on"))"),
      row(say("立ち入る時間帯", "Hours"), survey.known("hours") ?? ""),
      row(say("調べる範囲", "Scope"), survey.known("scope") ?? ""),
      row(say("病院の責任者", "In charge at the hospital"), name("leader")),
      row(say("依頼日", "Requested on"), day("requested_on")),
    ]
    return paper(
      say("現地調査の依頼書", "Request for a field survey"),
      """
      <p>\(contractor)\(say("　御中", ""))</p><table class="dense rows"><tbody>\(facts)</tbody></table>\(lines(.request))
      """
    )
  }

  private var procedure: HTML {
    let own =
      survey.known("procedure")
      ?? say(
        "未記入。見るだけか、つないで調べるか。つなぐなら、機器・アドレス・通信の内容を書いてください。",
        "Not written. Only looking, or connecting? If connecting: device, address, traffic."
      )
    let items = own.split(separator: "\n").map { "<p>\(String($0))</p>" as HTML }
    return paper(
      say("作業手順書", "Procedure"),
      """
      <h3>\(say("この調査ですること", "What is done in this survey"))</h3>\(items)\
      <h3>\(say("いつも守ること", "Always"))</h3>\(lines(.procedure))
      """
    )
  }

  private var pledge: HTML {
    paper(
      say("情報保護の誓約書", "Pledge of confidentiality"),
      """
      <p>\(say("「\(survey.title(.ja))」にあたり、次のことを守ります。", "For “\(survey.title(.en))” we pledge:"))</p>\
      \(lines(.pledge))\(signature)
      """
    )
  }

  private var hours: HTML {
    let heads = [
      say("日付", "Date"), say("人数", "People"), say("始め", "From"), say("終わり", "To"), say("場所・したこと", "Where and what"),
      say("立ち会い", "Present"),
    ]
    let row: HTML = "<tr>\(each: heads, { _ in "<td>　</td>" })</tr>"
    let rows = Array(repeating: row, count: Self.hourLines)
    let known = [survey.known("workers"), survey.known("person_hours")]
    let sum: HTML? =
      known.contains { $0 != nil }
      ? """
      <p>\(say("記録済み：\(known[0] ?? "？")人、のべ\(known[1] ?? "？")時間", "Recorded: \(known[0] ?? "?") people, \(known[1] ?? "?") hours of work"))</p>
      """ : nil
    return paper(
      say("人数と時間の記録", "Record of people and hours"),
      """
      <p>\(say("次の調査の見積もりと、事業者どうしの比べものになります。", "It lets the next survey be priced, and contractors be compared."))</p>\(sum)\
      <table class="dense"><thead><tr>\(each: heads, { "<th scope=\"col\">\($0)</th>" })</tr></thead><tbody>\(rows)</tbody></table>
      """
    )
  }

  private var review: HTML {
    let heads = [say("確かめること", "To be checked"), say("はい・いいえ", "Met"), say("気づいたこと", "Remarks")]
    let rows = SurveyPaper.all.filter { $0.part == .review }.map { line -> HTML in
      "<tr><th scope=\"row\">\(line.text[language])</th><td>　</td><td>　</td></tr>"
    }
    return paper(
      say("技術面の確認票", "Technical review"),
      """
      <p>\(say("調査した事業者とは別の、技術の分かる人が確かめます。", "By somebody with the skills who did not survey."))</p>\
      <table class="dense"><thead><tr>\(each: heads, { "<th scope=\"col\">\($0)</th>" })</tr></thead><tbody>\(rows)</tbody></table>\
      <table class="dense rows"><tbody>\(row(say("確かめた人", "Reviewed by"), name("reviewer")))\
      \(row(say("確かめた日", "On"), day("reviewed_on")))</tbody></table>\
      \(PackNote(SurveyPaper.pack, language: language).html)
      """
    )
  }
}
