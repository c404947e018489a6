import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// One vendor's answer, as it came on paper or by telephone, in the order of the letter.
struct EnquiryAnswerPage {
  let enquiry: Record
  let vendor: String
  let values: [String: String]
  let version: Int
  var problems: [FieldProblem] = []
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  /// What is asked, in the order of the letter.
  static let questions = ["remote_line", "lines", "went_online", "subcontracts", "data_taken", "details"]
  /// What is written down of an answer.
  static let fields = ["answered_on", "way", "answered_by"] + questions

  private func field(_ key: String) -> FormField? {
    guard let field = Kind.vendorEnquiry[field: key] else { return nil }
    let value = values[key] ?? ""
    let label = field.label[language]
    let unknown = Design.Choice("?", say("不明", "Unknown"))
    var made: FormField
    switch field.type {
    case .yesNoUnknown:
      let choices = field.choices.map { Design.Choice($0.key, $0.label[language]) } + [unknown]
      made = .radios(key, label, choices, chosen: value.isEmpty ? nil : value, across: true)
    case .choice(let choices):
      made = .select(key, label, choices.map { Design.Choice($0.key, $0.label[language]) }, chosen: value)
    case .date:
      let shown = LocalDate(iso: value).map { request.dates.typed($0) } ?? value
      made = .date(key, label, value: shown, language: language, required: true)
    case .number: made = .number(key, label, value: value)
    case .multiline: made = .lines(key, label, value: value, rows: 4)
    default: made = .text(key, label, value: value)
    }
    made.error = problems.first { $0.field == key }?.reason[language]
    return made
  }

  var response: WebResponse {
    let fields = Self.fields.compactMap(field)
    let whole = problems.filter { problem in !Self.fields.contains(problem.field) }.map {
      FieldError("", $0.reason[language])
    }
    let back = EnquiryRoutes.round(enquiry)
    let frame = FormFrame(
      action: EnquiryRoutes.answer(enquiry.id),
      csrf: request.csrf,
      fields: fields,
      more: "<input type=\"hidden\" name=\"version\" value=\"\(version)\">",
      buttons: Button.submit(say("保存", "Save")) + Button.link(say("キャンセル", "Cancel"), back, look: .text),
      draft: "vendor_enquiry/\(enquiry.id)/answer"
    )
    return .page(
      Page(
        say("\(vendor)の回答", "Answer of \(vendor)"),
        lead: HTML(
          text: say(
            "紙、電話、メールで届いた回答を書き写します。分からないことは「不明」のままにします。",
            "Copy what came on paper, by telephone or mail. What is not known stays unknown."
          )
        ),
        crumbs: [
          Crumb(Kind.vendor.plural[language], RecordPath.list("vendor")), Crumb(say("照会", "Enquiry"), back),
        ],
        errors: whole + fields.errors,
        main: frame.html(language)
      ),
      current: "ledger.vendor"
    )
  }
}
