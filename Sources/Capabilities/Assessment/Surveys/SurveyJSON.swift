import Text
import Web

/// A report as JSON, the same for programs and for the command line. What is hidden is null.
package struct SurveyJSON {
  let survey: Survey
  let round: String?
  let report: SurveyReport
  let language: Language

  package init(_ survey: Survey, round: String?, _ report: SurveyReport, _ language: Language) {
    self.survey = survey
    self.round = round
    self.report = report
    self.language = language
  }

  package static let schema = Schema.object([
    .always("survey", .text), .always("title", .text),
    .always("naming", .choice(Survey.Naming.allCases.map(\.rawValue))),
    .always("round", .optional(.text)), .always("isClosed", .boolean, closedHelp),
    .always("silence", .optional(.text), silenceHelp), .always("minimumCell", .count),
    .always("strata", .list(.text)),
    .always("participation", .list(participation)), .always("whole", participation),
    .always("weak", .list(.text)), .always("questions", .list(question)),
  ])

  private static let closedHelp = Localized(ja: "もうだれも答えられないか", en: "Whether nobody can answer any more")

  private static let silenceHelp = Localized(
    ja: "結果をまだ出さない理由（集計のみで、締め切る前）。このとき questions は空。出すときは null",
    en: "Why there are no results yet (counted only and not closed), with no questions; null where there are"
  )

  private static let participation = Schema.object([
    .always("stratum", .text), .always("asked", .count), .always("answered", .count),
    .always("notConcerned", .count), .always("started", .count), .always("silent", .count),
    .always("ratePermille", .optional(.count)),
  ])

  private static let value = Schema.object([
    .always("value", .text), .always("label", .text), .always("counts", .list(.optional(.count))),
    .always("total", .optional(.count)), .always("permille", .optional(.count)),
    .always("lowPermille", .optional(.count)), .always("highPermille", .optional(.count)),
  ])

  private static let question = Schema.object([
    .always("column", .text), .always("text", .text), .always("kind", .text), .always("required", .boolean),
    .always("answered", .list(.optional(.count))), .always("empty", .list(.optional(.count))),
    .always("values", .list(value)),
    .always("meanTenths", .list(.optional(.count))), .always("medianTenths", .list(.optional(.count))),
  ])

  package var bytes: [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("survey", survey.id)
      writer.member("title", survey.title)
      writer.member("naming", survey.naming.rawValue)
      writer.member("round", round)
      writer.member("isClosed", report.isOver)
      writer.member("silence", report.isHeldBack ? SurveyProblem.heldBack.text[language] : nil)
      writer.member("minimumCell", Suppression.least)
      writer.member("strata", texts: report.strata)
      writer.array("participation") { writer in for line in report.participation.lines { Self.write(line, &writer) } }
      writer.key("whole") { Self.write(report.participation.whole, &$0) }
      writer.member("weak", texts: report.participation.weak().map(\.stratum))
      writer.array("questions") { writer in for line in report.lines { write(line, &writer) } }
    }
    return writer.bytes
  }

  private static func write(_ line: Participation.Line, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("stratum", line.stratum)
      writer.member("asked", line.asked)
      writer.member("answered", line.answered)
      writer.member("notConcerned", line.notConcerned)
      writer.member("started", line.started)
      writer.member("silent", line.silent)
      writer.member("ratePermille", line.ratePermille)
    }
  }

  private func write(_ line: SurveyReport.Line, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("column", line.column.key)
      writer.member("text", line.question.words(line.column)[language])
      writer.member("kind", line.question.kind.rawValue)
      writer.member("required", line.question.isRequired)
      Self.counts("answered", line.answered, &writer)
      Self.counts("empty", line.empty, &writer)
      writer.array("values") { writer in
        for place in line.question.choices.indices { value(line, place, &writer) }
      }
      Self.counts("meanTenths", line.numbers.map { $0?.meanTenths }, &writer)
      Self.counts("medianTenths", line.numbers.map { $0?.medianTenths }, &writer)
    }
  }

  private func value(_ line: SurveyReport.Line, _ place: Int, _ writer: inout JSONWriter) {
    let choice = line.question.choices[place]
    let (table, column) = line.question.kind == .choices ? (line.tables[place], 0) : (line.tables[0], place)
    let interval = line.intervals.isEmpty ? nil : line.intervals[place]
    writer.object { writer in
      writer.member("value", choice.key)
      writer.member("label", choice.label[language])
      Self.counts("counts", (0..<table.rows).map { table[$0, column] }, &writer)
      writer.member("total", table[table.rows, column])
      writer.member("permille", table.permille(table.rows, column))
      writer.member("lowPermille", interval.map { Int(($0.low * 1000).rounded()) })
      writer.member("highPermille", interval.map { Int(($0.high * 1000).rounded()) })
    }
  }

  private static func counts(_ name: String, _ values: [Int?], _ writer: inout JSONWriter) {
    writer.array(name) { writer in
      for value in values {
        if let value { writer.integer(value) } else { writer.null() }
      }
    }
  }
}
