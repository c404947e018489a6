import ArgumentParser
import Assessment
import Nouns
import Packs
import Text
import Time

struct AssessSurveyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "survey",
    abstract: Help.text(
      "調査：始める、回答を取り込む、締め切る、結果。尋ねられた調査と、自分の答え",
      "Surveys: begin, import answers, close, report; those one was asked in, and one's own answers"
    ),
    subcommands: [
      AssessSurveyListCommand.self, AssessSurveyOpenCommand.self, AssessSurveyRespondentsCommand.self,
      AssessSurveyRemindCommand.self, AssessSurveyImportCommand.self, AssessSurveyCloseCommand.self,
      AssessSurveyReportCommand.self,
      AssessSurveyCrossCommand.self, AssessSurveyTextsCommand.self, AssessSurveyExportCommand.self,
      AssessSurveyAskedCommand.self, AssessSurveyAnswerCommand.self, AssessSurveyMirrorCommand.self,
    ]
  )

  /// Errors of surveys in words, as bad input; others as they are.
  static func speaking<T: Sendable>(_ body: () async throws -> T) async throws -> T {
    do {
      return try await body()
    } catch let error as PackError {
      throw CommandProblem.badInput(Localized(ja: error.japanese, en: error.description))
    } catch {
      guard let words = Assessment.surveyWords(error) else { throw error }
      throw CommandProblem.badInput(words)
    }
  }
}

struct AssessSurveyOpenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open",
    abstract: Help.text("調査を始める", "Begin a survey"),
    discussion: Help.text(
      "始めると、設問と、記名か集計のみかは変えられません。番号を標準出力に出します。",
      "Neither questions nor naming can be changed afterwards. Prints the survey's id."
    )
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("調査票（YAML）", "The questionnaire (YAML)"))) var questionnaire: String
  @Option(help: ArgumentHelp(Help.text("相手の一覧（CSV、Excel）", "Whom to ask (CSV or Excel)"))) var respondents: String?
  @Option(
    help: ArgumentHelp(
      Help.text(
        "一覧の代わりに departments（この施設の部門）か facilities（すべての施設）",
        "Instead of a list: departments of this facility, or facilities of the installation"
      )
    )
  )
  var whom: String?
  @Option(help: ArgumentHelp(Help.text("named（記名）か aggregate（集計のみ）", "named or aggregate"))) var naming: String
  @Option(help: ArgumentHelp(Help.text("名前", "Title"))) var title = ""
  @Option(help: ArgumentHelp(Help.text("once（1回）か month（毎月）", "once or month"))) var cycle = "once"
  @Option(help: ArgumentHelp(Help.text("期限（YYYY-MM-DD）", "Due (YYYY-MM-DD)"))) var due: String?
  @Option(help: ArgumentHelp(Help.text("一部に尋ねるとき、全体の数", "For a sample, how many there are in all")))
  var population: Int?

  private func asking() throws -> Assessment.Asking {
    switch (respondents, whom.map(Assessment.Whom.init(rawValue:))) {
    case (let list?, nil): return .list(try ImportCommand.read(list), name: list)
    case (nil, let whom??): return .all(whom)
    default:
      throw CommandProblem.badInput(
        Localized(
          ja: "--respondents の一覧か、--whom の departments か facilities の、どちらか1つを指定してください。",
          en: "Give either a list with --respondents, or departments or facilities with --whom."
        )
      )
    }
  }

  func run() async throws {
    guard let naming = Survey.Naming(rawValue: naming), let cycle = Survey.Cycle(rawValue: cycle) else {
      throw CommandProblem.badInput(
        Localized(
          ja: "--naming は named か aggregate、--cycle は once か month です。",
          en: "--naming is named or aggregate, --cycle once or month."
        )
      )
    }
    let day = due.flatMap { LocalDate(iso: $0) }
    guard (due == nil) == (day == nil) else {
      throw CommandProblem.badInput(Localized(ja: "--due は YYYY-MM-DD の日付です。", en: "--due is a date as YYYY-MM-DD."))
    }
    let source = String(decoding: try ImportCommand.read(questionnaire), as: UTF8.self)
    let asking = try asking()
    let house = try await House.open(place.folder)
    let id = try await house.closing { house in
      let scope = try await house.operatorScope(AnswerChecks.self, facility: choice.facility)
      return try await AssessSurveyCommand.speaking {
        try await house.assessment.openSurvey(
          title: title,
          source: source,
          file: questionnaire,
          naming: naming,
          cycle: cycle,
          due: day,
          population: population,
          asking: asking,
          in: scope
        )
      }
    }
    print(id)
  }
}

struct AssessSurveyImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: Help.text("ファイルの回答を取り込む", "Import answers from a file")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("調査の番号", "The survey's id"))) var survey: String
  @Option(help: ArgumentHelp(Help.text("回（2026-11）", "The round, as 2026-11"))) var round: String?
  @Flag(help: ArgumentHelp(Help.text("もう答えている相手の答えを置き換える", "Replace answers that are there already")))
  var replace = false
  @Argument(help: ArgumentHelp(Help.text("ファイル（CSV、Excel）", "The file (CSV or Excel)"))) var file: String

  func run() async throws {
    let bytes = try ImportCommand.read(file)
    let house = try await House.open(place.folder)
    let imported = try await house.closing { house in
      let scope = try await house.operatorScope(AnswerChecks.self, facility: choice.facility)
      return try await AssessSurveyCommand.speaking {
        try await house.assessment.importAnswers(
          bytes,
          name: file,
          survey: survey,
          round: round,
          replacing: replace,
          in: scope
        )
      }
    }
    Terminal.say(
      "\(imported.added + imported.replaced)件の回答を取り込みました（置き換え\(imported.replaced)件）。",
      "\(imported.added + imported.replaced) answers are in, \(imported.replaced) of them replaced."
    )
  }
}

struct AssessSurveyReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: Help.text("調査の結果を出す（1〜4件の数は隠す）", "Print what a survey found, counts from 1 to 4 hidden")
  )

  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("調査の番号", "The survey's id"))) var survey: String
  @Option(help: ArgumentHelp(Help.text("回（2026-11）。指定しないといまの回", "The round, as 2026-11; that of today without")))
  var round: String?
  @Flag(help: ArgumentHelp(Help.text("すべての回をまとめる", "All rounds together"))) var allRounds = false
  @Flag(help: "JSON") var json = false

  func run() async throws {
    let house = try await House.open(place.folder)
    let (found, chosen, report) = try await house.closing { house in
      let facility = try await house.facility(choice.facility)
      return try await AssessSurveyCommand.speaking {
        let surveys = house.assessment.surveys
        let found = try await surveys.find(survey, facility)
        let chosen = allRounds ? nil : round ?? found.round(on: house.clock.now().day)
        return (found, chosen, try await surveys.report(found, round: chosen))
      }
    }
    if json { return Terminal.json(bytes: SurveyJSON(found, round: chosen, report, Help.language).bytes) }
    let whole = report.participation.whole
    print("\(found.title)\t\(whole.answered + whole.notConcerned) / \(whole.asked)")
    if report.isHeldBack {
      // The table alone goes to the output of a command.
      let words = SurveyProblem.heldBack.text
      Terminal.say(words.ja, words.en)
    }
    for line in report.lines {
      for (index, choice) in line.question.choices.enumerated() {
        let (table, column) = line.question.kind == .choices ? (line.tables[index], 0) : (line.tables[0], index)
        let count = table[table.rows, column].map { String($0) } ?? "×"
        print("\(line.column.key)\t\(choice.label[Help.language])\t\(count)")
      }
      guard let summary = line.numbers.last else { continue }
      let figures = [
        (Localized(ja: "平均", en: "Mean"), summary?.meanTenths),
        (Localized(ja: "中央値", en: "Median"), summary?.medianTenths),
      ]
      for (name, tenths) in figures {
        print("\(line.column.key)\t\(name[Help.language])\t\(tenths.map(SurveyText.percent) ?? "×")")
      }
    }
  }
}
