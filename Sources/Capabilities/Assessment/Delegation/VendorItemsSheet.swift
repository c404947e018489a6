import Design
import HTML
import Records
import Text
import Time
import Web

/// The items that a vendor is asked for, on paper: with a word to each, and room for who answers.
struct VendorItemsSheet {
  let items: Assessment.VendorItems
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let (standing, checklist) = (items.standing, items.checklist)
    let due = items.lines.map(\.assignment.due).min().map { request.dates.short($0) } ?? ""
    let head = KeyValues([
      .init(say("医療機関名", "Hospital"), text: request.session?.facilityName ?? ""),
      .init(say("事業者名", "Vendor"), text: items.vendor.name),
      .init(say("対象のシステム", "Systems"), text: items.vendor.systems.joined(separator: say("、", ", "))),
      .init(say("回答の期限", "Answer by"), text: due),
      .init(FormHead.who[language], text: items.reply?.respondent ?? ""),
      .init(FormHead.day[language], text: items.reply.map { request.dates.short($0.on) } ?? ""),
    ])
    let words = items.lines.filter { !$0.assignment.note.isEmpty }.map { line -> HTML in
      "<li>\(line.item.name[language])　\(line.assignment.note)</li>"
    }
    let notes: HTML = words.isEmpty ? .empty : "<ul>\(words.joined())</ul>"
    let table = FormTable(
      checklist: checklist,
      asked: checklist.items,
      answers: items.answers,
      wording: standing.wording,
      day: { request.dates.short($0) },
      language: language
    )
    return .sheet(
      PrintSheet(
        checklist.title[language],
        subtitle: say("\(standing.name.ja)　事業者に尋ねる項目", "\(standing.name.en), items for the vendor"),
        printed: request.printedBy,
        stamps: PaperStamps.usual(language),
        backAddress: AssessmentPath.askedVendor(checklist.id, items.vendor.id, standing.round.period),
        contents: "\(head.html)\(notes)\(table.html)\(PackNote(checklist.pack, language: language).html)"
      )
    )
  }
}
