import Text
import Web

/// One's own answers beside those of one's stratum as JSON, the same for programs and for the command line. What is hidden is
/// null.
package struct SurveyMirrorJSON {
  let comparison: PollStore.Comparison
  let language: Language

  package init(_ comparison: PollStore.Comparison, _ language: Language) {
    self.comparison = comparison
    self.language = language
  }

  static let schema = Schema.object([
    .always("survey", .text), .always("title", .text), .always("round", .text), .always("rounds", .list(.text)),
    .always("minimumCell", .count), .always("stratum", .optional(.text)), .always("knowsOwn", .boolean),
    .always("silence", .optional(.text), silenceHelp),
    .always("lines", .list(line)),
  ])

  private static let silenceHelp = Localized(
    ja: "件数を1つも出さない理由。出すときは null",
    en: "Why no count is shown at all; null where some are"
  )

  private static let groupHelp = Localized(
    ja: "比べる相手。stratum は同じ区分、all は全体（区分では出せないとき）、none は出せない",
    en: "Whose answers these are: of the stratum, of all where those may not be shown, or of nobody"
  )

  private static let line = Schema.object([
    .always("column", .text), .always("text", .text), .always("kind", .text),
    .always("group", .choice(SurveyMirror.Group.allCases.map(\.rawValue)), groupHelp),
    .always("number", .optional(.integer(nil))),
    .always("meanTenths", .optional(.integer(nil))), .always("medianTenths", .optional(.integer(nil))),
    .always(
      "values",
      .list(
        .object([
          .always("value", .text), .always("label", .text), .always("count", .optional(.count)),
          .always("permille", .optional(.count)), .always("own", .boolean),
        ])
      )
    ),
  ])

  package var bytes: [UInt8] {
    var writer = JSONWriter()
    writer.object { write(to: &$0) }
    return writer.bytes
  }

  func write(to writer: inout JSONWriter) {
    writer.member("survey", comparison.survey.id)
    writer.member("title", comparison.survey.title)
    writer.member("round", comparison.round)
    writer.member("rounds", texts: comparison.rounds)
    writer.member("minimumCell", Suppression.least)
    writer.member("stratum", comparison.mirror?.stratum)
    writer.member("knowsOwn", comparison.mirror?.knowsOwn ?? false)
    writer.member("silence", comparison.silence?[language])
    writer.array("lines") { writer in
      for line in comparison.mirror?.lines ?? [] { write(line, &writer) }
    }
  }

  private func write(_ line: SurveyMirror.Line, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("column", line.column.key)
      writer.member("text", line.question.words(line.column)[language])
      writer.member("kind", line.question.kind.rawValue)
      writer.member("group", line.group.rawValue)
      writer.member("number", line.number)
      writer.member("meanTenths", line.summary?.meanTenths)
      writer.member("medianTenths", line.summary?.medianTenths)
      writer.array("values") { writer in
        for share in line.shares {
          writer.object { writer in
            writer.member("value", share.choice.key)
            writer.member("label", share.choice.label[language])
            writer.member("count", share.count)
            writer.member("permille", share.permille)
            writer.member("own", share.isOwn)
          }
        }
      }
    }
  }
}
