import Nouns
import Text
import Time

/// What has to be answered, by whom and when: reminders of surveys.
struct SurveyDuties: Sendable {
  let surveys: PollStore

  func duties(_ facility: FacilityID) async throws -> [Duty] {
    try await surveys.waiting(facility).map { waiting in
      var duty = Duty(
        id: "survey.\(waiting.survey).\(waiting.due.iso).\(waiting.department ?? "facility")",
        title: Localized(ja: "「\(waiting.title)」に答える", en: "Answer “\(waiting.title)”"),
        owner: waiting.department == nil ? .administrator : .departmentHead,
        due: waiting.due,
        state: .open,
        reason: waiting.hasBegun
          ? Localized(ja: "途中まで答えてあります。続きから再開できます。", en: "It is begun and can be gone on with.")
          : Localized(ja: "まだ答えていません。", en: "Nothing is answered yet."),
        link: SurveyPath.answer(waiting.token),
        action: Localized(ja: "答える", en: "Answer"),
        rank: 5
      )
      duty.department = waiting.department
      return duty
    }
  }
}
