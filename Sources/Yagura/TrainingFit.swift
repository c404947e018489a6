import Duties
import Home
import Nouns
import Organization
import Records
import Text
import Time

// How trainings are fitted to homes, inboxes and the command line.
extension Capabilities {
  /// What commands do with trainings, as the pages do.
  static func trainings(_ house: House) -> TrainingDesk {
    TrainingDesk(trainings: house.organization.trainings, needs: needs(house))
  }

  /// One message a person, training and day.
  static func remind(_ house: House, _ facility: FacilityID, _ reminders: [TrainingReminder]) async throws {
    let day = house.clock.now().day
    try await house.work.tell(
      reminders.map { reminder in
        InboxMessage.Draft(
          account: reminder.account,
          origin: "training.remind/\(reminder.training)/\(day.iso)",
          title: Localized(ja: "研修「\(reminder.title)」がまだです", en: "The training “\(reminder.title)” is left to take"),
          text: reminder.due < day
            ? Localized(
              ja: "受講期限の\(reminder.due.era())を過ぎています。2、3分で終わります。",
              en: "It was to be taken until \(reminder.due.english). It takes a few minutes."
            )
            : Localized(
              ja: "受講期限は\(reminder.due.era())です。2、3分で終わります。",
              en: "It is to be taken until \(reminder.due.english). It takes a few minutes."
            ),
          link: reminder.link,
          isUrgent: false
        )
      },
      facility
    )
  }

  /// What an account has to take.
  static func ownTrainings(_ house: House, _ account: String, _ facility: FacilityID) async throws -> [Duty] {
    try await house.organization.ownTrainings(account, facility, needs(house))
  }

  /// 職員の研修 on the home of whoever answers for people.
  static func staffTraining(_ house: House, _ scope: Scope<ReadLedger>) async throws -> HomeStaffTraining? {
    try await house.organization.staffTrained(needs(house), in: scope).map {
      HomeStaffTraining(done: $0.done, asked: $0.asked, link: "/trainings")
    }
  }

  /// 期限が近い研修.
  static func trainingsDue(_ house: House, _ facility: FacilityID) async throws -> [HomeTraining] {
    try await house.organization.trainingsDue(facility, needs(house)).map {
      HomeTraining(title: $0.title, due: $0.due, done: $0.done, asked: $0.asked, link: $0.link)
    }
  }
}
