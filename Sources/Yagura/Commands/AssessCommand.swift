import ArgumentParser
import Assessment
import Blobs
import Identity
import Nouns
import Packs
import Records
import Text
import Time

struct AssessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assess",
    abstract: Help.text("自己点検：点検表、記録が示す答え、回答", "Self-checks: checklists, what the records answer, answers"),
    subcommands: [
      AssessListCommand.self, AssessOverviewCommand.self, AssessPacksCommand.self, AssessSuggestCommand.self,
      AssessAnswerCommand.self, AssessAcceptCommand.self, AssessLockCommand.self, AssessScoresCommand.self,
      AssessMeasuresCommand.self, AssessDifferenceCommand.self, AssessEvidenceCommand.self, AssessDelegateCommand.self,
      AssessPackCommand.self, AssessSurveyCommand.self, AssessAuditCommand.self,
      AssessExportCommand.self, AssessImportCommand.self, AssessVendorsCommand.self, AssessOfficialCommand.self,
      AssessInspectCommand.self,
    ]
  )

  /// Opens the installation and finds the checklist of this id, also a facility's own. Throws `CommandProblem.badInput`
  /// with those there are.
  static func open(
    _ place: Place,
    _ choice: FacilityChoice,
    _ id: String,
    by respondent: Checklist.Respondent? = nil
  ) async throws -> (House, Checklist) {
    let house = try await House.open(place.folder)
    do {
      let shelf = try await house.assessment.shelf(house.facility(choice.facility))
      return (house, try checklist(id, shelf, by: respondent))
    } catch {
      await house.close()
      throw error
    }
  }

  /// Runs `body` with a checklist and the operator's scope, with errors as a command says them.
  static func with<Value: Sendable>(
    _ place: Place,
    _ choice: FacilityChoice,
    _ id: String,
    by respondent: Checklist.Respondent = .hospital,
    _ body: @escaping @Sendable (Assessment, Checklist, Scope<AnswerChecks>) async throws -> Value
  ) async throws -> Value {
    let (house, checklist) = try await open(place, choice, id, by: respondent)
    return try await house.closing { house in
      let scope = try await house.operatorScope(AnswerChecks.self, facility: choice.facility)
      return try await speaking { try await body(house.assessment, checklist, scope) }
    }
  }

  /// Errors of answers, rounds, audits and evidence in words, as bad input; others as they are.
  static func speaking<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
    do {
      return try await body()
    } catch let problems as AnswerProblems {
      throw CommandProblem.badInput(problems.text)
    } catch let conflict as RoundConflict {
      throw CommandProblem.badInput(conflict.words)
    } catch let error as KeptError {
      throw CommandProblem.badInput(error.message)
    } catch let again as WithdrawnAgain {
      throw CommandProblem.badInput(again.message)
    }
  }

  static func noItem(_ key: String) -> CommandProblem {
    .badInput(Localized(ja: "「\(key)」という項目はこの点検表にありません。", en: "This checklist has no item “\(key)”."))
  }

  /// A day as commands write it, nil where none is given. Throws `CommandProblem.badInput` for what is no day.
  static func day(_ text: String?, _ option: String) throws(CommandProblem) -> LocalDate? {
    guard let text else { return nil }
    guard let day = LocalDate(iso: text) else {
      throw .badInput(
        Localized(
          ja: "\(option) は 2027-03-31 のように書いてください（\(text)）。",
          en: "Write \(option) like 2027-03-31, not “\(text)”."
        )
      )
    }
    return day
  }

  private static func checklist(
    _ id: String,
    _ shelf: ChecklistShelf,
    by respondent: Checklist.Respondent?
  ) throws(CommandProblem) -> Checklist {
    let found = shelf.checklist(id)
    let ids = shelf.all.filter { respondent == nil || $0.respondent == respondent }.map(\.id).joined(separator: ", ")
    guard let found else {
      throw .badInput(
        Localized(ja: "「\(id)」という点検表はありません。次から選んでください：\(ids)", en: "There is no checklist “\(id)”. Choose from \(ids).")
      )
    }
    if respondent == .vendor, found.respondent == .hospital {
      throw .badInput(
        Localized(ja: "「\(id)」には病院が答えます。次から選んでください：\(ids)", en: "The hospital answers “\(id)”. Choose from \(ids).")
      )
    }
    if respondent == .hospital, found.respondent == .vendor {
      throw .badInput(
        Localized(
          ja: "「\(id)」には事業者が答えます。病院の様式を指定すると、事業者の様式も入ります。",
          en: "Vendors answer “\(id)”. Name the hospital's form; the vendors' forms come with it."
        )
      )
    }
    return found
  }
}

struct AssessPacksCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "packs",
    abstract: Help.text("点検表の一覧を出す", "Print the checklists")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Flag(help: "JSON") var json = false

  struct Line: Encodable {
    let id: String
    let edition: Int
    let validFrom: String
    let validTo: String?
    let verification: String
    let items, provable: Int

    enum Key: String, CodingKey { case id, edition, validFrom, validTo, verification, items, provable }

    /// `validTo` is written as null where there is none, so that every line has the same keys.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(id, forKey: .id)
      try container.encode(edition, forKey: .edition)
      try container.encode(validFrom, forKey: .validFrom)
      try container.encode(validTo, forKey: .validTo)
      try container.encode(verification, forKey: .verification)
      try container.encode(items, forKey: .items)
      try container.encode(provable, forKey: .provable)
    }
  }

  func run() async throws {
    let house = try await House.open(place.folder)
    let all = try await house.closing { house in
      // Without a facility, or where it is not said of which, those of the program.
      let facilities = try await house.identity.facilities().count
      guard choice.facility != nil || facilities == 1 else { return Checklists.all }
      return try await house.assessment.shelf(house.facility(choice.facility)).all
    }
    let lines = all.map { checklist in
      Line(
        id: checklist.id,
        edition: checklist.pack.edition,
        validFrom: checklist.pack.validFrom,
        validTo: checklist.pack.validTo,
        verification: checklist.pack.verification == .unverified ? "unverified" : "verified",
        items: checklist.items.count,
        provable: checklist.provable
      )
    }
    if json { return try Terminal.json(lines) }
    for (line, checklist) in zip(lines, all) {
      print("\(line.id)\t\(checklist.title[Help.language])\t\(line.provable) / \(line.items)\t\(line.verification)")
    }
  }
}

struct AssessSuggestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suggest",
    abstract: Help.text("記録が示す答えを、根拠と一緒に出す", "Print what the records answer, with the evidence")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("点検表", "The checklist"))) var pack: String
  @Flag(help: "JSON") var json = false

  struct Line: Encodable {
    let item: String
    let suggestion: String?
    let reason: String
    let facts: [Figure]
    let records: Int

    struct Figure: Encodable {
      let key: String
      let value: Int
      let asOf: String
    }

    enum Key: String, CodingKey { case item, suggestion, reason, facts, records }

    /// `suggestion` is null where the records cannot tell.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(item, forKey: .item)
      try container.encode(suggestion, forKey: .suggestion)
      try container.encode(reason, forKey: .reason)
      try container.encode(facts, forKey: .facts)
      try container.encode(records, forKey: .records)
    }
  }

  func run() async throws {
    let (house, checklist) = try await AssessCommand.open(place, choice, pack)
    let standing = try await house.closing { house in
      try await house.assessment.standing(checklist, house.facility(choice.facility))
    }
    let language = Help.language
    let lines = standing.items.map { line in
      Line(
        item: line.item.key,
        suggestion: line.suggestion.answer?.plain,
        reason: line.suggestion.reason[language],
        facts: line.suggestion.facts.map { Line.Figure(key: $0.key, value: $0.value, asOf: $0.asOf.iso) },
        records: line.suggestion.records
      )
    }
    if json { return try Terminal.json(lines) }
    for line in lines { print("\(line.item)\t\(line.suggestion ?? "?")\t\(line.reason)") }
  }
}

struct AssessAnswerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "answer",
    abstract: Help.text("項目に答える", "Answer an item")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("点検表", "The checklist"))) var pack: String
  @Option(help: ArgumentHelp(Help.text("項目の番号", "The item"))) var item: String
  @Option(
    help: ArgumentHelp(
      Help.text(
        "答え：yes、no、0〜3、選択肢の鍵、整数、日付、文章のうち項目の答え方のもの。該当なしは na",
        "By the kind of the item: yes or no, 0 to 3, the key of a choice, a whole number, a date, a text; na"
      )
    )
  ) var value: String
  @Option(help: ArgumentHelp(Help.text("記録と違う答えにする理由", "Why it differs from the records"))) var reason: String?
  @Option(
    help: ArgumentHelp(
      Help.text("目標日（年-月-日）。書かなければいまの日のまま", "The target date, YYYY-MM-DD; stays where it is not given")
    )
  )
  var target: String?
  @Option(help: ArgumentHelp(Help.text("備考。書かなければいまのまま", "Remarks; stay where they are not given"))) var remarks:
    String?
  @Option(help: ArgumentHelp(Help.text("2回目の確認の答え。書かなければいまのまま", "The second check; stays where it is not given")))
  var second: String?
  @OptionGroup var reply: VendorReplyOptions

  func run() async throws {
    let day = try AssessCommand.day(target, "--target")
    try reply.check()
    let (house, checklist) = try await AssessCommand.open(place, choice, pack)
    let (line, answer, before, late) = try await house.closing { house in
      let today = house.clock.now().day
      let answer = try Self.read(value, item, checklist, today)
      let later = try second.map { try Self.read($0, item, checklist, today) }
      let scope = try await house.operatorScope(AnswerChecks.self, facility: choice.facility)
      let current = try await house.assessment.standing(checklist, scope.facility)
      var draft = AnswerDraft(changing: current[item]?.answer, to: answer)
      draft.reason = reason ?? draft.reason
      draft.target = day ?? draft.target
      draft.remarks = remarks ?? draft.remarks
      draft.secondValue = later ?? draft.secondValue
      let wanted = draft
      try await AssessCommand.speaking {
        try await house.assessment.answer(
          wanted,
          item,
          of: checklist,
          facts: current.facts,
          reply: reply.reply(today: today),
          in: scope
        )
      }
      let standing = try await house.assessment.standing(checklist, facts: current.facts, scope.facility)
      let (line, before) = (standing[item], current[item]?.answer)
      let late = standing.lateness(line?.answer?.secondOn ?? line?.answer?.checkedOn ?? today)
      return (line, answer, before?.answeredBy == scope.actor.name ? nil : before, late)
    }
    let label = answer.label
    Terminal.say("「\(item)」に「\(label.ja)」と答えました。", "“\(item)” is answered “\(label.en)”.")
    if let late { Terminal.say("この回は終わっています：\(late.ja)", "This round is over: \(late.en)") }
    // Somebody else's answer does not go unseen.
    if let before, let answered = line?.answer, before.latest != answered.latest || before.remarks != answered.remarks {
      let (was, note) = (before.latest.label, before.remarks.isEmpty ? "" : "（\(before.remarks)）")
      Terminal.say(
        "\(before.answeredBy)さんの答え「\(was.ja)」\(note)を置き換えました。",
        "It replaces “\(was.en)”\(before.remarks.isEmpty ? "" : " (\(before.remarks))") of \(before.answeredBy)."
      )
    }
    // Something found needs action: the answer claims more than the records show.
    guard line?.state == .contradicted, let shown = line?.suggestion else { return }
    guard line?.isBeyondRecords == true else {
      let vendors = line?.objections.map(\.vendorName) ?? []
      throw CommandProblem.needsAction(
        Localized(
          ja: "事業者は「いいえ」と答えています：\(vendors.joined(separator: "、"))",
          en: "Vendors say no: \(vendors.joined(separator: ", "))"
        )
      )
    }
    let why = shown.contradiction(of: line?.answer?.latest ?? answer)
    throw CommandProblem.needsAction(
      Localized(ja: "\(why.ja)\(shown.reason.ja)", en: "\(why.en) \(shown.reason.en)")
    )
  }

  /// An answer as it was typed. Throws `CommandProblem.badInput` for an item there is not, or with what it wants.
  private static func read(
    _ text: String,
    _ key: String,
    _ checklist: Checklist,
    _ today: LocalDate
  ) throws(CommandProblem) -> AnswerValue {
    guard let item = checklist[key] else { throw AssessCommand.noItem(key) }
    guard let value = item.read(text, today: today) else {
      throw .badInput(
        Localized(
          ja: "「\(text)」は「\(key)」の答えになりません。\(item.wanted.ja)",
          en: "“\(text)” is no answer to “\(key)”. \(item.wanted.en)"
        )
      )
    }
    return value
  }
}
