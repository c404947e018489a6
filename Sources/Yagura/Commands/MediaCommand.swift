import ArgumentParser
import Nouns
import Organization
import Text
import Time
import Web

/// Requests to take data out, as those who decide have them.
struct MediaCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "media",
    abstract: Help.text("持ち出しの申請：一覧、承認、返却の記録", "Data taken out: list, decide, note that it is back"),
    subcommands: [List.self, Decide.self, Return.self]
  )

  /// Runs `body` with the operator's scope, with refusals as a command says them.
  static func with<Value: Sendable>(
    _ place: Place,
    _ choice: FacilityChoice,
    _ body: @escaping @Sendable (House, Scope<EditLedger>) async throws -> Value
  ) async throws -> Value {
    let house = try await House.open(place.folder)
    return try await house.closing { house in
      let scope = try await house.operatorScope(EditLedger.self, facility: choice.facility)
      do {
        return try await body(house, scope)
      } catch let refusal as MediaStore.Refusal {
        throw CommandProblem.badInput(refusal.message)
      } catch let error as WebError {
        throw CommandProblem.badInput(error.cause)
      }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: Help.text("申請の一覧（待っているもの、持ち出し中のものから）", "Print the requests, what waits and what is out first")
    )

    @OptionGroup var place: Place
    @OptionGroup var choice: FacilityChoice
    @Flag(help: ArgumentHelp(Help.text("終わったものも出す", "Also what is settled"))) var all = false
    @Flag(help: "JSON") var json = false

    func run() async throws {
      let found = try await MediaCommand.with(place, choice) { house, scope in
        try await house.organization.media.list(limit: 5_000, in: scope.reading)
      }
      let shown = all ? found : found.filter { $0.state == .waiting || $0.state == .approved }
      if json { return Terminal.json(shown, as: MediaRequest.shape) }
      for asked in shown {
        print(
          [
            asked.id, asked.state.label[Help.language], asked.draft.until.iso, asked.name, asked.draft.contents,
            asked.draft.destination,
          ].joined(separator: "\t")
        )
      }
    }
  }

  struct Decide: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "decide",
      abstract: Help.text("認めるか、理由を付けて認めない", "Approve, or refuse with the reason")
    )

    @OptionGroup var place: Place
    @OptionGroup var choice: FacilityChoice
    @Argument(help: ArgumentHelp(Help.text("申請の番号（list の最初の欄）", "The request's id, first by list"))) var id: String
    @Flag(help: ArgumentHelp(Help.text("認めない", "Refuse instead of approving"))) var refuse = false
    @Option(help: ArgumentHelp(Help.text("ひとこと（認めないときは理由）", "A word; why, where it is refused"))) var note = ""

    func run() async throws {
      let (id, note, isApproved) = (id, note, !refuse)
      guard isApproved || !note.isEmpty else {
        throw CommandProblem.badInput(Localized(ja: "認めない理由を --note に書いてください。", en: "Say why with --note."))
      }
      try await MediaCommand.with(place, choice) { house, scope in
        let decided = try await house.organization.media.decide(id, isApproved: isApproved, note: note, in: scope)
        // It is decided whether or not the inbox takes the message.
        try? await Capabilities.tellDecided(house, scope.facility, decided)
      }
      if isApproved { Terminal.say("認めました。", "Approved.") } else { Terminal.say("認めないと記録しました。", "Refused.") }
    }
  }

  struct Return: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "return",
      abstract: Help.text("返却・消去を確かめたと記録する", "It is back, or deleted where it went")
    )

    @OptionGroup var place: Place
    @OptionGroup var choice: FacilityChoice
    @Argument(help: ArgumentHelp(Help.text("申請の番号（list の最初の欄）", "The request's id, first by list"))) var id: String
    @Option(help: ArgumentHelp(Help.text("確かめたこと", "What was seen"))) var note = ""

    func run() async throws {
      let (id, note) = (id, note)
      _ = try await MediaCommand.with(place, choice) { house, scope in
        try await house.organization.media.giveBack(id, note: note, in: scope)
      }
      Terminal.say("返却・消去を記録しました。", "Recorded as returned.")
    }
  }
}
