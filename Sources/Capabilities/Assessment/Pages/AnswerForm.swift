import Text
import Time
import Web

/// What was typed on the page of an item.
struct AnswerForm {
  let form: WebForm
  let item: ChecklistItem
  let today: LocalDate

  func draft() throws(AnswerProblems) -> AnswerDraft {
    var problems = AnswerProblems()
    // What does not apply is ticked where the answer is typed.
    let written = form.text("absent") == "na" ? "na" : form.text("value")
    let value = item.read(written, today: today)
    if value == nil {
      let wanted = item.wanted
      written.isEmpty && item.format.kind.isChosen
        ? problems.add("value", "答えを選んでください。", "Choose an answer.")
        : problems.add("value", wanted.ja, wanted.en)
    }
    let typed = form.text("target")
    let target = typed.isEmpty ? nil : JapaneseDate.read(typed, today: today).day
    if !typed.isEmpty, target == nil {
      problems.add(
        "target",
        "日付を読み取れません。2026/11/21 や 令和8年11月21日 のように入力してください。",
        "This is no date. Write it like 2026-11-21 or 21 Nov 2026."
      )
    }
    guard problems.list.isEmpty, let value else { throw problems }
    var draft = AnswerDraft(value)
    draft.reason = form.text("reason")
    draft.remarks = form.text("remarks")
    draft.target = target
    draft.secondValue = item.read(form.text("second"), today: today)
    draft.version = Int(form.text("version"))
    return draft
  }
}
