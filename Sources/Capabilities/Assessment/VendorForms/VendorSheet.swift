import Design
import HTML
import Records
import Text
import Time
import Web

/// The vendor's form on paper, empty or filled in, with the systems it is about.
struct VendorSheet {
  let checklist: Checklist
  let period: String
  let name: Localized
  let line: VendorStanding
  let wording: [String: String]
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let head = KeyValues([
      .init(say("事業者名", "Vendor"), text: line.vendor.name),
      .init(say("対象のシステム", "Systems"), text: line.systems.joined(separator: say("、", ", "))),
      .init(FormHead.who[language], text: line.form?.respondent ?? ""),
      .init(FormHead.day[language], text: line.form?.reply.map { request.dates.short($0.on) } ?? ""),
    ])
    let table = FormTable(
      checklist: checklist,
      asked: checklist.items,
      answers: line.form?.answers.mapValues(\.answer) ?? [:],
      wording: wording,
      day: { request.dates.short($0) },
      language: language
    )
    return .sheet(
      PrintSheet(
        checklist.title[language],
        subtitle: name[language],
        printed: request.printedBy,
        stamps: PaperStamps.usual(language),
        backAddress: AssessmentPath.vendor(checklist.id, line.vendor.id, period),
        contents: "\(head.html)\(table.html)\(PackNote(checklist.pack, language: language).html)"
      )
    )
  }
}
