import ArgumentParser
import Assessment
import Nouns
import Text
import Time

struct AssessPackDraftCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draft",
    abstract: Help.text(
      "自分の点検表の下書き：一覧、作る、書き出す、公開する、破棄する",
      "Drafts of own checklists: list, make, export, publish, discard"
    ),
    subcommands: [
      AssessDraftListCommand.self, AssessDraftMakeCommand.self, AssessDraftExportCommand.self,
      AssessDraftPublishCommand.self, AssessDraftDiscardCommand.self,
    ]
  )

  /// Runs `body` with a draft of this id, with errors as a command says them.
  static func with<Value: Sendable>(
    _ place: Place,
    _ choice: FacilityChoice,
    _ id: String,
    _ body: @escaping @Sendable (Assessment, KeptDraft, Scope<AnswerChecks>) async throws -> Value
  ) async throws -> Value {
    let house = try await House.open(place.folder)
    return try await house.closing { house in
      let scope = try await house.operatorScope(AnswerChecks.self, facility: choice.facility)
      do {
        guard let kept = try await house.assessment.drafts.find(id, scope.facility) else { throw DraftConflict.gone }
        return try await body(house.assessment, kept, scope)
      } catch DraftConflict.unfinished {
        let problems = try await house.assessment.drafts.find(id, scope.facility)?.draft.problems() ?? []
        throw CommandProblem.badInput(
          Localized(
            ja: "公開する前に直すところがあります：\n" + problems.map { "\($0.part.path) \($0.text.ja)" }.joined(separator: "\n"),
            en: "To mend before it is published:\n"
              + problems.map { "\($0.part.path) \($0.text.en)" }.joined(separator: "\n")
          )
        )
      } catch {
        throw AssessPackCommand.problem(error, id)
      }
    }
  }
}

struct AssessDraftListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Help.text("下書きの一覧を出す", "Print the drafts")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Flag(help: "JSON") var json = false

  struct Line: Encodable {
    let id: String
    let pack: String
    let title: String
    let items, problems, version: Int
    let changedAt: String
    let changedBy: String
  }

  func run() async throws {
    let house = try await House.open(place.folder)
    let drafts = try await house.closing { house in
      try await house.assessment.drafts.all(house.facility(choice.facility))
    }
    let lines = drafts.map { kept in
      Line(
        id: kept.id,
        pack: kept.draft.head.pack,
        title: kept.draft.head.title.shown[Help.language],
        items: kept.draft.items.count,
        problems: kept.draft.problems().count,
        version: kept.version,
        changedAt: kept.changedAt.iso,
        changedBy: kept.changedBy
      )
    }
    if json { return try Terminal.json(lines) }
    for line in lines { print("\(line.id)\t\(line.pack)\t\(line.title)\t\(line.items)\t\(line.problems)") }
  }
}

struct AssessDraftMakeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "make",
    abstract: Help.text("下書きを作り、番号を標準出力に出す", "Make a draft and print its id")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(
    help: ArgumentHelp(
      Help.text("もとにする点検表。自分のものなら次の版、ほかは写し", "The checklist to begin with: the next edition of an own one, or a copy")
    )
  ) var from = ""

  func run() async throws {
    let house = try await House.open(place.folder)
    let id = try await house.closing { house in
      let scope = try await house.operatorScope(AnswerChecks.self, facility: choice.facility)
      do {
        return try await house.assessment.makeDraft(from: from, in: scope)
      } catch {
        throw AssessPackCommand.problem(error, from)
      }
    }
    print(id)
  }
}

struct AssessDraftExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: Help.text("下書きの YAML を書き出す", "Write the YAML of a draft")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("書き出すファイル", "The file to write"))) var out: String
  @Argument(help: ArgumentHelp(Help.text("下書きの番号", "The draft's id"))) var draft: String

  func run() async throws {
    let source = try await AssessPackDraftCommand.with(place, choice, draft) { assessment, kept, scope in
      kept.draft.yaml(edition: try await assessment.nextEdition(of: kept, scope.facility))
    }
    try AssessCommand.write(Array(source.utf8), to: out)
    Terminal.say("\(out) に書き出しました。", "Written to \(out).")
  }
}

struct AssessDraftPublishCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish",
    abstract: Help.text("下書きを次の版として公開する", "Publish a draft as the next edition")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Argument(help: ArgumentHelp(Help.text("下書きの番号", "The draft's id"))) var draft: String

  func run() async throws {
    let checklist = try await AssessPackDraftCommand.with(place, choice, draft) { assessment, kept, scope in
      try await assessment.drafts.publish(kept.id, version: kept.version, in: scope)
    }
    Terminal.say(
      "「\(checklist.title.ja)」を \(checklist.id) として公開しました。未検証です。",
      "“\(checklist.title.en)” is published as \(checklist.id). It is not verified yet."
    )
  }
}

struct AssessDraftDiscardCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "discard",
    abstract: Help.text("下書きを破棄する", "Discard a draft")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Argument(help: ArgumentHelp(Help.text("下書きの番号", "The draft's id"))) var draft: String

  func run() async throws {
    try await AssessPackDraftCommand.with(place, choice, draft) { assessment, kept, scope in
      try await assessment.drafts.discard(kept.id, version: kept.version, in: scope)
    }
    Terminal.say("下書きを破棄しました。", "The draft is discarded.")
  }
}
