import ArgumentParser
import Nouns
import Organization
import Records
import Text
import Time
import Web

/// Vendors' requests for work, as the pages of the hospital have them.
struct WorkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "work",
    abstract: Help.text(
      "保守の作業申請：一覧、入力、承認、開始・終了、報告、確認",
      "Work by vendors: list, enter, decide, begin and end, report, confirm"
    ),
    subcommands: [
      List.self, Show.self, Enter.self, Decide.self, Begin.self, End.self, Report.self, Confirm.self, Withdraw.self,
    ]
  )

  /// Which installation, which facility, which request.
  struct One: ParsableArguments {
    @OptionGroup var place: Place
    @OptionGroup var choice: FacilityChoice
    @Argument(help: ArgumentHelp(Help.text("申請の番号（list の最初の欄）", "The request's id, first by list"))) var id: String

    func with<Value: Sendable>(
      _ body: @escaping @Sendable (WorkStore, Scope<EditLedger>) async throws -> Value
    ) async throws -> Value {
      try await WorkCommand.with(place, choice) { try await body($0.works, $1) }
    }
  }

  /// Runs `body` with the operator's scope, with errors as a command says them.
  static func with<Value: Sendable>(
    _ place: Place,
    _ choice: FacilityChoice,
    _ body: @escaping @Sendable (Organization, Scope<EditLedger>) async throws -> Value
  ) async throws -> Value {
    let house = try await House.open(place.folder)
    return try await house.closing { house in
      let scope = try await house.operatorScope(EditLedger.self, facility: choice.facility)
      do {
        return try await body(house.organization, scope)
      } catch let error as KeptError {
        throw CommandProblem.badInput(error.message)
      }
    }
  }

  static func line(_ work: WorkRequest) -> String {
    let draft = work.draft
    let hours = Help.text(draft.window.text, draft.window.english)
    return [
      work.id, work.state.label[Help.language], draft.day.iso, hours, work.vendorName, work.device.title(Help.language),
      draft.kind.label[Help.language],
    ].joined(separator: "\t")
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: Help.text("作業申請の一覧（終わっていないものから）", "Print the requests, what is open first")
    )

    @OptionGroup var place: Place
    @OptionGroup var choice: FacilityChoice
    @Flag(help: ArgumentHelp(Help.text("終わったもの、取り下げたものも出す", "Also what is finished or withdrawn"))) var all = false
    @Flag(help: "JSON") var json = false

    func run() async throws {
      let found = try await WorkCommand.with(place, choice) { try await $0.works.list(limit: 5_000, in: $1.reading) }
      let shown = all ? found : found.filter { !$0.state.isOver }
      if json { return Terminal.json(shown, as: WorkRequest.shape) }
      for work in shown { print(WorkCommand.line(work)) }
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: Help.text("1つの申請をJSONで出す", "Print one request as JSON")
    )

    @OptionGroup var one: One

    func run() async throws {
      let id = one.id
      Terminal.json(try await one.with { try await $0.find(id, in: $1.reading) }, as: WorkRequest.shape)
    }
  }

  struct Decide: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "decide",
      abstract: Help.text("承認するか、理由を付けて差し戻す", "Approve, or send back with the reason")
    )

    @OptionGroup var one: One
    @Flag(help: ArgumentHelp(Help.text("承認せずに差し戻す", "Send it back instead of approving it"))) var sendBack = false
    @Option(help: ArgumentHelp(Help.text("ひとこと（差し戻すときは理由）", "A word; why, where it is sent back"))) var note = ""
    @Option(help: ArgumentHelp(Help.text("受付・入り口", "Where to come in"))) var door = ""

    func run() async throws {
      let (id, note, door, isApproved) = (one.id, note, door, !sendBack)
      _ = try await one.with { try await $0.decide(id, isApproved: isApproved, note: note, door: door, in: $1) }
      if isApproved { Terminal.say("承認しました。", "Approved.") } else { Terminal.say("差し戻しました。", "Sent back.") }
    }
  }

  struct Begin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "begin",
      abstract: Help.text("いま作業が始まった", "Work begins now")
    )

    @OptionGroup var one: One

    func run() async throws {
      let id = one.id
      _ = try await one.with { try await $0.begin(id, by: .hospital($1)) }
      Terminal.say("開始を記録しました。", "Work has begun.")
    }
  }

  struct End: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "end",
      abstract: Help.text("いま作業が終わった", "Work ends now")
    )

    @OptionGroup var one: One

    func run() async throws {
      let id = one.id
      _ = try await one.with { try await $0.end(id, by: .hospital($1)) }
      Terminal.say("終了を記録しました。", "Work has ended.")
    }
  }

  struct Withdraw: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "withdraw",
      abstract: Help.text("申請を取り下げる", "Withdraw a request")
    )

    @OptionGroup var one: One

    func run() async throws {
      let id = one.id
      _ = try await one.with { try await $0.withdraw(id, by: .hospital($1)) }
      Terminal.say("取り下げました。", "Withdrawn.")
    }
  }

  struct Confirm: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "confirm",
      abstract: Help.text("報告を確かめたと記録するか、書き直してもらう", "Confirm the report, or ask for a better one")
    )

    @OptionGroup var one: One
    @Flag(help: ArgumentHelp(Help.text("確かめずに書き直してもらう", "Ask for a better report"))) var sendBack = false
    @Option(help: ArgumentHelp(Help.text("確かめたこと（差し戻すときは足りないこと）", "What was seen, or what is missing"))) var note = ""
    @Flag(
      help: ArgumentHelp(Help.text("報告のOS・ファームウェアを台帳に書く", "Change the register to what the report says it runs on"))
    )
    var ledger = false

    func run() async throws {
      let (id, note, isEnough, ledger) = (one.id, note, !sendBack, ledger)
      let version = try await WorkCommand.with(one.place, one.choice) { organization, scope -> WorkVersion? in
        guard isEnough else {
          _ = try await organization.works.confirm(id, isEnough: false, note: note, in: scope)
          return nil
        }
        let confirmation = WorkConfirmation(works: organization.works, records: organization.records)
        let work = try await organization.works.find(id, in: scope.reading)
        let version = try await confirmation.version(of: work, in: scope.reading)
        _ = try await confirmation.confirm(id, note: note, device: ledger ? version?.revision : nil, in: scope)
        return version
      }
      if let version {
        Terminal.say(
          "OS・ファームウェア：台帳「\(version.before)」、報告「\(version.after)」。\(ledger ? "台帳を書き換えました。" : "台帳はそのままです（--ledger で書き換え）。")",
          "OS or firmware: register “\(version.before)”, report “\(version.after)”. \(ledger ? "The register is changed." : "The register stays (--ledger changes it).")"
        )
      }
      if isEnough {
        Terminal.say("報告を確かめたと記録しました。", "The report is confirmed.")
      } else {
        Terminal.say("報告を差し戻しました。", "The report is sent back.")
      }
    }
  }
}
