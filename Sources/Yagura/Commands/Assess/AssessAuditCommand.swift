import ArgumentParser
import Assessment
import Nouns
import Text
import Time

struct AssessAuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: Help.text(
      "監査：計画、監査人、抽出、結果、指摘と是正、終了",
      "Audits: plan, auditors, sample, results, findings and their correction, close"
    ),
    subcommands: [
      AssessAuditListCommand.self, AssessAuditShowCommand.self, AssessAuditPlanCommand.self,
      AssessAuditAuditorCommand.self, AssessAuditDrawCommand.self, AssessAuditPickCommand.self,
      AssessAuditResultCommand.self, AssessAuditEvidenceCommand.self, AssessAuditActionCommand.self,
      AssessAuditDoneCommand.self, AssessAuditVerifyCommand.self, AssessAuditAcceptCommand.self,
      AssessAuditCloseCommand.self,
    ]
  )

  /// Runs `body` with the operator's scope, with errors as a command says them.
  static func with<Value: Sendable>(
    _ place: Place,
    _ choice: FacilityChoice,
    _ body: @escaping @Sendable (Assessment, Scope<AnswerChecks>) async throws -> Value
  ) async throws -> Value {
    let house = try await House.open(place.folder)
    return try await house.closing { house in
      let scope = try await house.operatorScope(AnswerChecks.self, facility: choice.facility)
      return try await AssessCommand.speaking { try await body(house.assessment, scope) }
    }
  }
}

struct AssessAuditListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: Help.text("監査の一覧を出す", "Print the audits")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Flag(help: "JSON") var json = false

  struct Line: Encodable {
    let id, name, kind, state: String
    let items, unchecked, findings, open: Int
  }

  func run() async throws {
    let house = try await House.open(place.folder)
    let audits = try await house.closing { house in
      try await house.assessment.audits.all(house.facility(choice.facility))
    }
    let lines = audits.map { audit in
      Line(
        id: audit.id,
        name: audit.name,
        kind: audit.kind.rawValue,
        state: audit.state.rawValue,
        items: audit.sample.count,
        unchecked: audit.unchecked,
        findings: audit.findings.count,
        open: audit.findings.count(where: \.isOpen)
      )
    }
    if json { return try Terminal.json(lines) }
    for line in lines {
      print("\(line.id)\t\(line.name)\t\(line.state)\t\(line.items - line.unchecked) / \(line.items)\t\(line.open)")
    }
  }
}

struct AssessAuditPlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: Help.text("監査を計画し、番号を出す", "Plan an audit and print its id")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("監査の名前", "Its name"))) var name: String
  @Option(help: ArgumentHelp(Help.text("internal（内部）か external（外部）", "internal or external"))) var kind = "internal"
  @Option(help: ArgumentHelp(Help.text("点検表", "The checklist"))) var pack: String
  @Option(help: ArgumentHelp(Help.text("回（2026、2026-11）。書かなければいまの回", "The round; that of today without"))) var round:
    String?
  @Option(help: ArgumentHelp(Help.text("目的", "Its purpose"))) var purpose = ""
  @Option(help: ArgumentHelp(Help.text("始める日（年-月-日）", "Begins on, YYYY-MM-DD"))) var from: String?
  @Option(help: ArgumentHelp(Help.text("終える日（年-月-日）", "Ends on, YYYY-MM-DD"))) var to: String

  func run() async throws {
    guard let kind = Audit.Kind(rawValue: kind), let ends = LocalDate(iso: to),
      from == nil || from.flatMap(LocalDate.init(iso:)) != nil
    else {
      throw CommandProblem.badInput(
        Localized(
          ja: "--kind は internal か external、日付は 2026-11-30 のように書いてください。",
          en: "--kind is internal or external; write dates like 2026-11-30."
        )
      )
    }
    let id = try await AssessAuditCommand.with(place, choice) { assessment, scope in
      var plan = AuditStore.Plan()
      plan.name = name
      plan.kind = kind
      plan.purpose = purpose
      plan.startsOn = from.flatMap(LocalDate.init(iso:))
      plan.endsOn = ends
      plan.scope = try await assessment.auditScope(pack, round: round, scope.facility)
      return try await assessment.audits.plan(plan, in: scope).id
    }
    print(id)
  }
}

struct AssessAuditAuditorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "auditor",
    abstract: Help.text("外部の監査人を加える", "Name an auditor from outside")
  )

  @OptionGroup var options: AuditOptions
  @Option(help: ArgumentHelp(Help.text("名前", "Name"))) var name: String
  @Option(help: ArgumentHelp(Help.text("所属", "Organisation"))) var organisation = ""

  func run() async throws {
    _ = try await options.with { assessment, scope in
      try await assessment.audits.addAuditor(
        options.audit,
        account: nil,
        name: name,
        organisation: organisation,
        in: scope
      )
    }
    Terminal.say("\(name)さんを監査人に加えました。", "\(name) audits.")
  }
}

struct AssessAuditDrawCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draw",
    abstract: Help.text("見る項目を抽出して出す。同じ種からは同じ標本になる", "Draw and print the sample; the same seed draws the same")
  )

  @OptionGroup var options: AuditOptions
  @Option(help: ArgumentHelp(Help.text("抽出する数", "How many"))) var count: Int
  @Option(help: ArgumentHelp(Help.text("乱数の種", "The seed"))) var seed: String

  func run() async throws {
    let drawn = try await options.with { assessment, scope in
      _ = try await assessment.drawAudit(options.audit, count: count, seed: seed, in: scope)
      let audit = try await assessment.audits.find(options.audit, scope.facility)
      let checklist = try await assessment.auditChecklist(audit, scope.facility)
      return audit.sample.filter(\.isDrawn).map { ($0.item, audit.title(of: $0, in: checklist)[Help.language]) }
    }
    for (item, title) in drawn { print("\(item)\t\(title)") }
  }
}

struct AssessAuditCloseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "close",
    abstract: Help.text("監査を終了する。残っているものがあれば終了せずに出す", "Close an audit, or say what is left")
  )

  @OptionGroup var options: AuditOptions
  @Option(help: ArgumentHelp(Help.text("結論", "The conclusion"))) var conclusion: String

  func run() async throws {
    _ = try await options.with { assessment, scope in
      try await assessment.closeAudit(options.audit, conclusion: conclusion, in: scope)
    }
    Terminal.say("監査を終了しました。", "The audit is closed.")
  }
}
