import ArgumentParser
import Assessment
import Nouns
import Text
import Time

/// Which round of which survey a command is about.
struct SurveyOptions: ParsableArguments {
  @OptionGroup var place: Place
  @OptionGroup var choice: FacilityChoice
  @Option(help: ArgumentHelp(Help.text("調査の番号", "The survey's id"))) var survey: String
  @Option(help: ArgumentHelp(Help.text("回（2026-11）。指定しないといまの回", "The round, as 2026-11; that of today without")))
  var round: String?

  /// Runs `body` with the survey, its round and the time, with errors as a command says them.
  func with<Value: Sendable>(
    _ body: @escaping @Sendable (PollStore, Survey, String, Instant) async throws -> Value
  ) async throws -> Value {
    let house = try await House.open(place.folder)
    return try await house.closing { house in
      let facility = try await house.facility(choice.facility)
      return try await AssessSurveyCommand.speaking {
        let surveys = house.assessment.surveys
        let found = try await surveys.find(survey, facility)
        let now = house.clock.now()
        return try await body(surveys, found, round ?? found.round(on: now.day), now)
      }
    }
  }
}

struct AssessSurveyRespondentsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "respondents",
    abstract: Help.text("相手ごとの進み具合と、答えるためのリンクを出す", "Print each one's progress and its link"),
    discussion: Help.text(
      "リンクを知っている人は、その相手として答えられます。本人にだけ渡してください。",
      "Whoever has a link can answer for that one. Give it to them only."
    )
  )

  @OptionGroup var options: SurveyOptions
  @Flag(help: "JSON") var json = false

  func run() async throws {
    let lines = try await options.with { surveys, survey, round, _ in
      try await surveys.standings(survey, round: round)
    }
    if json { return Terminal.json(lines, as: RespondentStanding.shape) }
    for line in lines { print("\(line.respondent.name)\t\(line.progress.rawValue)\t\(line.address)") }
  }
}

struct AssessSurveyExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: Help.text(
      "結果、符号表、記名ならすべての答えを、Excel か CSV（ZIP）で書き出す",
      "Write counts, code book and, where names were asked, every answer, as Excel or as CSV in a ZIP"
    )
  )

  @OptionGroup var options: SurveyOptions
  @Option(
    help: ArgumentHelp(
      Help.text(
        "xlsx か csv。書かなければファイル名で決まる（.zip は csv）",
        "xlsx or csv; by the name of the file where it is not given, .zip being csv"
      )
    )
  )
  var form: String?
  @Option(help: ArgumentHelp(Help.text("書き出すファイル", "The file to write"))) var out: String
  @Option(help: ArgumentHelp(Help.text("見出しと意味の言葉。ja か en", "The language of heads and meanings, ja or en")))
  var language: String = Help.language.rawValue

  func run() async throws {
    let form = try chosen()
    guard let language = Language(rawValue: language) else {
      throw CommandProblem.badInput(Localized(ja: "--language は ja か en です。", en: "--language is ja or en."))
    }
    let bytes = try await options.with { surveys, survey, round, now in
      try await surveys.export(survey, round: round, language).bytes(form, at: now)
    }
    try AssessCommand.write(bytes, to: out)
    Terminal.say("\(out) に書き出しました。", "Written to \(out).")
  }
}

extension AssessSurveyExportCommand {
  /// The form, which the name of the file must not belie.
  private func chosen() throws(CommandProblem) -> SurveyExport.Form {
    let named = SurveyExport.Form.allCases.first { out.lowercased().hasSuffix(".\($0.ending)") }
    guard let form else {
      guard let named else {
        throw .badInput(
          Localized(
            ja: "ファイル名を .xlsx か .zip（CSV）にするか、--form で指定してください（\(out)）。",
            en: "Name the file .xlsx or .zip (CSV), or say which with --form (\(out))."
          )
        )
      }
      return named
    }
    guard let wanted = SurveyExport.Form(rawValue: form) else {
      throw .badInput(Localized(ja: "--form は xlsx か csv です。", en: "--form is xlsx or csv."))
    }
    guard named == nil || named == wanted else {
      throw .badInput(
        Localized(
          ja: "--form \(form) のファイル名は .\(wanted.ending) にしてください（\(out)）。",
          en: "With --form \(form) the file ends in .\(wanted.ending) (\(out))."
        )
      )
    }
    return wanted
  }
}

struct AssessSurveyCrossCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cross",
    abstract: Help.text("2つの設問を掛け合わせた表を出す（1〜4件の数は隠す）", "Print two questions against each other, small counts hidden")
  )

  @OptionGroup var options: SurveyOptions
  @Option(help: ArgumentHelp(Help.text("縦の設問（符号表の列）", "The question down, by its column"))) var rows: String
  @Option(help: ArgumentHelp(Help.text("横の設問（符号表の列）", "The question across, by its column"))) var columns: String
  @Flag(help: "JSON") var json = false

  func run() async throws {
    let crossed = try await options.with { surveys, survey, round, _ in
      try await surveys.crossed(survey, round: round, rows: rows, columns: columns)
    }
    if json { return Terminal.json(crossed, as: CrossedQuestions.shape) }
    print(([""] + crossed.values.map { $0.label[Help.language] }).joined(separator: "\t"))
    for line in crossed.lines {
      let counts = line.counts.map { $0.map { String($0) } ?? "×" }
      print(([line.label[Help.language]] + counts).joined(separator: "\t"))
    }
  }
}

struct AssessSurveyTextsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "texts",
    abstract: Help.text(
      "自由記述を出す（集計のみの調査では、書いた人が5人に満たない設問の分は出さない）",
      "Print what was written in words; counted only, not of a question to which fewer than five wrote"
    )
  )

  @OptionGroup var options: SurveyOptions
  @Flag(help: "JSON") var json = false

  func run() async throws {
    let texts = try await options.with { surveys, survey, round, _ in
      try await surveys.texts(survey, round: round)
    }
    if json { return Terminal.json(texts, as: FreeText.shape) }
    for text in texts {
      print("\(text.question.key)\t\(text.name ?? "")\t\(text.silence?[Help.language] ?? text.text)")
    }
  }
}
