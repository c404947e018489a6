import ArgumentParser
import Assessment
import Nouns
import Text
import Time

struct AssessAuditActionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "action",
    abstract: Help.text("指摘の原因、是正処置、担当者、期限を決める", "Decide cause, corrective action, owner and date of a finding")
  )

  @OptionGroup var options: AuditOptions
  @Option(help: ArgumentHelp(Help.text("指摘の番号", "The finding's id"))) var finding: String
  @Option(help: ArgumentHelp(Help.text("原因", "The cause"))) var cause: String
  @Option(help: ArgumentHelp(Help.text("是正処置", "The action"))) var action: String
  @Option(help: ArgumentHelp(Help.text("担当者の氏名かユーザー名", "Name or user name of who owns it"))) var owner: String
  @Option(help: ArgumentHelp(Help.text("期限（年-月-日）", "Due on, YYYY-MM-DD"))) var due: String

  func run() async throws {
    let day = try AssessCommand.day(due, "--due")
    _ = try await options.with { assessment, scope in
      do {
        let person = try await assessment.person(owner, scope.facility)
        var wanted = AuditStore.Action()
        wanted.cause = cause
        wanted.action = action
        wanted.owner = (person.id, person.name)
        wanted.dueOn = day
        return try await assessment.audits.plan(wanted, finding, of: options.audit, in: scope)
      } catch let problem as OwnChecklistProblem {
        throw CommandProblem.badInput(problem.text)
      }
    }
    Terminal.say("是正処置を保存しました。", "The action is stored.")
  }
}
