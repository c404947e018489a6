import Design
import Text
import Time
import Web

/// What was typed in for a vendor.
struct VendorEntry {
  let form: WebForm
  let checklist: Checklist
  let year: FiscalYear
  let today: LocalDate
  /// Whether these are single items of a form, of which the round says whether they are asked.
  var isPartial = false

  typealias Line = (item: ChecklistItem, answer: FormAnswer, version: Int?)

  /// The same with who answered, and everything that is wrong at its field. `way` is nil where it was chosen.
  func checked(
    stored: [String: VendorForm.Answer],
    _ way: VendorForm.Way? = nil,
    _ language: Language
  ) -> (lines: [Line], reply: VendorReply?, errors: [FieldError]) {
    let (lines, problems) = read(stored: stored)
    var errors = problems.map { FieldError($0.field, $0.text[language]) }
    var reply: VendorReply?
    do { reply = try VendorReplyFields.read(form, way, today: today) } catch {
      errors = error.errors(language) + errors
    }
    if errors.isEmpty, lines.isEmpty {
      let text = Localized(ja: "1項目以上に答えを入れてください。", en: "Answer at least one item.")
      errors.append(FieldError("", text[language]))
    }
    return (lines, reply, errors)
  }

  /// The lines that differ from what is stored, and what is wrong by field.
  func read(stored: [String: VendorForm.Answer]) -> (lines: [Line], problems: [(field: String, text: Localized)]) {
    let rule = FormRule(checklist: checklist, year: year, today: today)
    var lines: [Line] = []
    var problems: [(field: String, text: Localized)] = []
    for item in checklist.items {
      let target = day("target.\(item.key)", &problems)
      let remarks = form.text("remarks.\(item.key)")
      let before = stored[item.key]
      let written = form.text("absent.\(item.key)") == "na" ? "na" : form.text("value.\(item.key)")
      guard let value = item.read(written, today: today) else {
        if !written.isEmpty {
          let wanted = item.wanted
          problems.append(
            (
              "value.\(item.key)",
              Localized(ja: "\(item.name.ja)：\(wanted.ja)", en: "\(item.name.en): \(wanted.en)")
            )
          )
        } else if target != nil || !remarks.isEmpty {
          let text = Localized(
            ja: "\(item.name.ja)：目標日や備考を入れるときは、答えも選んでください。",
            en: "\(item.name.en): choose an answer where there is a target date or a remark."
          )
          problems.append(("value.\(item.key)", text))
        }
        continue
      }
      let answer = Self.answer(value, target, remarks, before?.answer, today)
      for problem in rule.problems(answer, item) {
        let field = Self.field(problem.column)
        let text = Localized(
          ja: "\(item.name.ja)：\(problem.reason.ja)\(problem.remedy.ja)",
          en: "\(item.name.en): \(problem.reason.en) \(problem.remedy.en)"
        )
        problems.append(("\(field).\(item.key)", text))
      }
      if answer != before?.answer { lines.append((item, answer, Int(form.text("version.\(item.key)")))) }
    }
    if !isPartial { problems += notAsked(lines, stored) }
    return (lines, problems)
  }

  /// Answers to children whose parent is not answered so.
  private func notAsked(
    _ lines: [Line],
    _ stored: [String: VendorForm.Answer]
  ) -> [(field: String, text: Localized)] {
    let new = Dictionary(lines.map { ($0.item.key, $0.answer.latest) }, uniquingKeysWith: { first, _ in first })
    let asked = Set(checklist.asked { new[$0] ?? stored[$0]?.answer.latest }.map(\.key))
    return lines.filter { $0.item.parent != nil && !asked.contains($0.item.key) }.map { line in
      let when = checklist.condition(line.item) ?? Localized(both: "")
      return (
        "value.\(line.item.key)",
        Localized(
          ja: "\(line.item.name.ja) は、\(when.ja)だけに尋ねます。空にするか、親の項目の答えを直してください。",
          en: "\(line.item.name.en) is asked only \(when.en). Leave it open, or mend the answer above."
        )
      )
    }
  }

  /// The field that a column of the form is typed into.
  static func field(_ column: FormColumn) -> String {
    switch column {
    case .target: "target"
    case .remarks: "remarks"
    default: "value"
    }
  }

  /// A yes after a no is the second check of the same form; the first one stays.
  static func answer(
    _ value: AnswerValue,
    _ target: LocalDate?,
    _ remarks: String,
    _ before: FormAnswer?,
    _ today: LocalDate
  ) -> FormAnswer {
    guard let before else { return FormAnswer(value, checkedOn: today, target: target, remarks: remarks) }
    var answer = before
    answer.target = target
    answer.remarks = remarks
    if value != before.latest {
      if before.value == .no {
        answer.second = value == .no ? nil : value
        answer.secondOn = answer.second == nil ? nil : today
      } else {
        answer = FormAnswer(value, checkedOn: today, target: target, remarks: remarks)
      }
    }
    return answer
  }

  private func day(_ field: String, _ problems: inout [(field: String, text: Localized)]) -> LocalDate? {
    let typed = form.text(field)
    guard !typed.isEmpty else { return nil }
    if let day = JapaneseDate.read(typed, today: today).day { return day }
    problems.append(
      (
        field,
        Localized(
          ja: "「\(typed)」は日付として読み取れません。2026/11/21 や 令和8年11月21日 のように入力してください。",
          en: "“\(typed)” is no date. Write it like 2026-11-21 or 21 Nov 2026."
        )
      )
    )
    return nil
  }
}
