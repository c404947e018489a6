import Text
import Time

/// The day by which an answer is wanted, as it was typed: whoever is asked for items, and vendors for their forms.
enum DueDay {
  /// Nil where nothing was typed. Throws `AnswerProblems` that say what is wrong with it, such as that there is no such day.
  static func read(_ typed: String, today: LocalDate) throws(AnswerProblems) -> LocalDate? {
    guard !typed.isEmpty else { return nil }
    var problems = AnswerProblems()
    switch JapaneseDate.read(typed, today: today) {
    case .date(let day, _): return day
    case .ambiguous(_, let question): problems.add("due", question.ja, question.en)
    case .invalid(let reason): problems.add("due", reason.ja, reason.en)
    }
    throw problems
  }
}
