import Design
import Nouns
import Text
import Time

/// What has to be answered, by whom and when: reminders of surveys.
struct SurveyDuties: Sendable {
  let surveys: PollStore

  func duties(_ facility: FacilityID) async throws -> [Duty] {
    let own = try await surveys.owing(facility).map(reminding)
    return own + (try await surveys.waiting(facility).map(answering))
  }

  private func answering(_ waiting: PollStore.Waiting) -> Duty {
    // Whoever heads several departments sees which of them it is.
    let (ja, en) = waiting.department == nil ? ("", "") : ("：\(waiting.name)", " for \(waiting.name)")
    var duty = Duty(
      id: "survey.\(waiting.survey).\(waiting.due.iso).\(waiting.department ?? "facility")",
      title: Localized(ja: "「\(waiting.title)」に答える\(ja)", en: "Answer “\(waiting.title)”\(en)"),
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

  /// The sender's own: to remind those who have no inbox here.
  private func reminding(_ owing: PollStore.Owing) -> Duty {
    Duty(
      id: "survey.remind.\(owing.survey).\(owing.due.iso)",
      title: Localized(ja: "「\(owing.title)」に答えていない相手に督促する", en: "Remind those who have not answered “\(owing.title)”"),
      owner: .administrator,
      due: owing.due,
      state: .open,
      reason: Localized(
        ja: "一覧で尋ねた相手のうち、\(owing.count)件がまだ答えていません。この人たちには、ここからのお知らせが届きません。",
        en:
          "Of those asked by a list \(owing.count.english("has", "have")) not answered. No message from here reaches them."
      ),
      link: SurveyPath.reminders(owing.survey),
      action: Localized(ja: "督促する", en: "Remind"),
      rank: 5
    )
  }
}
