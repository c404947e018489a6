import Design
import Text
import Time
import Web

/// The fields that say who answered for a vendor, on which day, and how it came; the same wherever people of the hospital
/// enter what a vendor said.
struct VendorReplyFields {
  let typed: WebForm?
  let kept: VendorReply?
  let dates: ShownDates
  /// What helps beside the name; the name is required without.
  var support: String?

  private var language: Language { dates.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var who: FormField {
    .text(
      "respondent",
      say("答えた人", "Who answered"),
      value: typed?.text("respondent") ?? kept?.respondent ?? "",
      required: support == nil,
      support: support ?? say("事業者の部署と氏名", "Department and name at the vendor")
    )
  }

  var day: FormField {
    .date(
      "repliedOn",
      say("答えた日（空なら今日）", "Day of the answer (today if empty)"),
      value: typed?.text("repliedOn") ?? kept.map { dates.typed($0.on) } ?? "",
      language: language
    )
  }

  var way: FormField {
    .radios(
      "way",
      say("受け取り方", "How it came"),
      VendorForm.Way.byHand.map { Choice($0.rawValue, $0.label[language]) },
      chosen: typed?.text("way") ?? kept?.way.rawValue ?? VendorForm.Way.paper.rawValue,
      across: true
    )
  }

  /// What was typed. Throws `AnswerProblems` with the names of the fields.
  static func read(
    _ form: WebForm,
    _ way: VendorForm.Way? = nil,
    today: LocalDate
  ) throws(AnswerProblems) -> VendorReply {
    let typed = form.text("repliedOn")
    let day = typed.isEmpty ? today : JapaneseDate.read(typed, today: today).day
    let way = way ?? VendorForm.Way(rawValue: form.text("way")) ?? .paper
    let reply = VendorReply(way, form.text("respondent"), on: day ?? today)
    guard day != nil else {
      var problems = AnswerProblems()
      problems.add(
        "repliedOn",
        "日付を読み取れません。2026/11/21 や 令和8年11月21日 のように入力してください。",
        "This is no date. Write it like 2026-11-21 or 21 Nov 2026."
      )
      throw problems
    }
    try reply.check(on: today)
    return reply
  }
}
