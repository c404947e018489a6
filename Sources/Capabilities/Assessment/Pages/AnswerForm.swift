import Text
import Time
import Web

/// What was typed on the page of an item.
struct AnswerForm {
  let form: WebForm
  let today: LocalDate

  func draft() throws(AnswerProblems) -> AnswerDraft {
    var problems = AnswerProblems()
    let value = AnswerValue(text: form.text("value"))
    if value == nil { problems.add("value", "答えを選んでください。", "Choose an answer.") }
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
    draft.secondValue = AnswerValue(text: form.text("second"))
    draft.version = Int(form.text("version"))
    return draft
  }
}
