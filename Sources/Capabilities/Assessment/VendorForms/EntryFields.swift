import Design
import Text
import Time
import Web

/// The fields with which a form is answered item by item: the answer, the target date of a no, remarks.
struct EntryFields {
  let checklist: Checklist
  /// What was answered so far, by the key of the item.
  let stored: [String: VendorForm.Answer]
  let typed: WebForm?
  let errors: [FieldError]
  /// What is said beside an item, by its key.
  var words: [String: String] = [:]
  let language: Language

  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var all: [FormField] { checklist.items.flatMap { item in fields(item).map { bound($0, item) } } }

  /// A field of a child goes and comes with the answer of its parent; one with a fault stays in sight.
  private func bound(_ field: FormField, _ item: ChecklistItem) -> FormField {
    guard let parent = item.parent, let above = checklist[parent.question], above.format.kind.isChosen,
      !errors.contains(where: { $0.field == field.name })
    else { return field }
    var field = field
    let answered = typed?.text("value.\(above.key)") ?? stored[above.key]?.answer.latest.text ?? ""
    let values = above.choices.filter { parent.values.contains($0.plain) }.map(\.text)
    field.condition = .init("value.\(above.key)", values, isHidden: !answered.isEmpty && !values.contains(answered))
    return field
  }

  private func fields(_ item: ChecklistItem) -> [FormField] {
    let stored = stored[item.key]
    func text(_ name: String, _ value: String?) -> String { typed?.text("\(name).\(item.key)") ?? value ?? "" }
    let label = "\(item.name[language])　\(item.text[language])"
    let version = FormField.hidden("version.\(item.key)", text("version", stored.map { String($0.version) }))
    var answer = AnswerFields(item: item, language: language).fields(
      "value.\(item.key)",
      label,
      chosen: text("value", stored.map { AnswerFields.shown($0.answer.latest) }),
      isAbsent: typed.map { $0.text("absent.\(item.key)") == "na" } ?? (stored?.answer.latest == .notApplicable),
      absent: "absent.\(item.key)",
      required: false,
      open: Choice("", say("未回答", "Open"))
    )
    if let words = words[item.key] {
      answer[0].support = [words, answer[0].support ?? ""].filter { !$0.isEmpty }.joined(separator: "　")
    }
    let remarks = FormField.text(
      "remarks.\(item.key)",
      say("\(item.name.ja) の備考", "Remarks on \(item.name.en)"),
      value: text("remarks", stored?.answer.remarks)
    )
    guard item.format.kind == .yesNo else { return [version] + answer + [remarks] }
    return [version] + answer + [
      .date(
        "target.\(item.key)",
        say("\(item.name.ja) の目標日（「いいえ」のとき）", "Target date of \(item.name.en) (for a no)"),
        value: text("target", stored?.answer.target?.slashed),
        language: language
      ),
      remarks,
    ]
  }
}
