import Nouns
import Tabular
import Text
import Time
import Web

/// What was typed to begin a survey.
struct SurveyForm {
  let form: WebForm
  let assessment: Assessment

  /// Throws `AnswerProblems`, `PackError`, `SurveyFile.Faults` and `TabularError`.
  func draft(_ scope: Scope<AnswerChecks>) async throws -> SurveyDraft {
    var problems = AnswerProblems()
    var (source, file) = (form.text("questions"), form.text("questions"))
    if let shipped = Questionnaires.source(source) {
      source = shipped
    } else if let sent = form.file("questionnaire") {
      (source, file) = (String(decoding: sent.bytes, as: UTF8.self), sent.name)
    } else {
      problems.add("questionnaire", "調査票のファイルを選んでください。", "Choose the file of the questionnaire.")
    }
    let naming = Survey.Naming(rawValue: form.text("naming"))
    if naming == nil { problems.add("naming", "記名か集計のみかを選んでください。", "Choose with names or counted only.") }
    let cycle = Survey.Cycle(rawValue: form.text("cycle")) ?? .once
    let typed = form.text("due")
    let day = typed.isEmpty ? nil : JapaneseDate.read(typed, today: assessment.today).day
    if !typed.isEmpty, day == nil {
      problems.add("due", "日付を読み取れません。2026/11/21 のように入力してください。", "This is no date. Write it like 2026-11-21.")
    }
    let number = Width.halved(form.text("population")).filter { $0 != "," }
    let population = number.isEmpty ? nil : Int(number)
    if !number.isEmpty, population ?? 0 < 1 {
      problems.add("population", "1以上の整数を入力してください。", "Enter a whole number from 1.")
    }
    let members = try await members(scope.facility, &problems)
    guard problems.list.isEmpty, let naming else { throw problems }
    return try SurveyDraft(
      title: form.text("title"),
      source: source,
      file: file,
      naming: naming,
      cycle: cycle,
      due: day ?? Month(containing: assessment.today).last,
      population: population,
      members: members
    )
  }

  private func members(
    _ facility: FacilityID,
    _ problems: inout AnswerProblems
  ) async throws -> [SurveyDraft.Member] {
    switch form.text("whom") {
    case "departments":
      return try await assessment.members(.departments, facility)
    case "facilities":
      return try await assessment.members(.facilities, facility)
    default:
      guard let sent = form.file("members") else {
        problems.add("members", "一覧のファイルを選んでください。", "Choose the file of the list.")
        return []
      }
      return try SurveyFile(today: assessment.today).members(try TableReader.read(sent.bytes, name: sent.name))
    }
  }
}
