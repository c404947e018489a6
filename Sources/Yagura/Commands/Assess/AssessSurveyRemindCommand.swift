import ArgumentParser
import Assessment
import Nouns
import Text

struct AssessSurveyRemindCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remind",
    abstract: Help.text(
      "一覧で尋ねた相手のうち、まだ答えていない相手を出し、督促する",
      "Print those asked by a list who have not answered, and remind them"
    ),
    discussion: Help.text(
      "--mail はメールアドレスのある相手に送ります。--noted は、電話や手紙で知らせたと記録します。どちらもなければ、相手と文を出すだけです。",
      "--mail writes to those with a mail address; --noted keeps that they were told otherwise. Without either it only prints whom and what."
    )
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("調査の番号", "The survey's id"))) var survey: String
  @Flag(help: ArgumentHelp(Help.text("メールで督促する", "Remind by mail"))) var mail = false
  @Flag(help: ArgumentHelp(Help.text("督促したと記録する", "Note that they were reminded"))) var noted = false
  @Flag(help: "JSON") var json = false

  private func way() throws -> Assessment.ReminderWay? {
    guard !(mail && noted) else {
      throw CommandProblem.badInput(
        Localized(ja: "--mail と --noted は、どちらか1つにしてください。", en: "Give either --mail or --noted, one of them.")
      )
    }
    return mail ? .mail : noted ? .noted : nil
  }

  func run() async throws {
    let chosen = try way()
    let house = try await House.open(place.folder)
    let (reminders, done) = try await house.closing { house in
      let scope = try await house.operatorScope(AnswerChecks.self, facility: choice.facility)
      return try await AssessSurveyCommand.speaking {
        let assessment = house.assessment
        let found = try await assessment.surveys.find(survey, scope.facility)
        let reminders = try await assessment.reminders(found, origin: "")
        var done: Assessment.Reminded?
        if let chosen { done = try await assessment.remind(found, nil, chosen, origin: "", Help.language, in: scope) }
        return (reminders, done)
      }
    }
    if let done {
      return Terminal.say(
        "メール\(done.mailed)件を送る列に入れ、\(done.noted)件を督促したと記録しました。メールアドレスのない相手は\(done.withoutMail)件です。",
        "\(done.mailed) mails are in line, \(done.noted) noted; \(done.withoutMail) have no mail address."
      )
    }
    if json { return Terminal.json(reminders, as: SurveyReminder.shape) }
    for reminder in reminders {
      let (name, contact) = (reminder.respondent.name, reminder.respondent.contact)
      print("\(name)\t\(contact)\t\(reminder.progress.rawValue)\t\(reminder.link)")
    }
  }
}
