import Tabular
import Text
import Time

/// What a survey found, for other programs: who answered, the counts, the code book, what was written in words and, where it
/// was asked with names, every answer. What is only counted never leaves line by line.
package struct SurveyExport: Sendable {
  package enum Form: String, Sendable, CaseIterable {
    case xlsx
    /// One CSV file a table, in a ZIP.
    case csv

    package var ending: String {
      switch self {
      case .xlsx: "xlsx"
      case .csv: "zip"
      }
    }

    package var type: String {
      switch self {
      case .xlsx: FormFile.type
      case .csv: ZipFile.type
      }
    }
  }

  private let tables: [(name: String, sheet: SheetDraft)]

  init(
    _ survey: Survey,
    _ report: SurveyReport,
    responses: [(name: String?, answerer: String, stratum: String, answers: SurveyAnswers)],
    texts: [FreeText],
    _ language: Language
  ) {
    let sheets = SurveySheets(survey: survey, language: language)
    var tables = [
      (name: "response", sheet: sheets.participation(report)), (name: "counts", sheet: sheets.counts(report)),
      (name: "codebook", sheet: sheets.codeBook),
    ]
    if survey.questionnaire.questions.contains(where: { $0.kind == .text }) {
      tables.append((name: "texts", sheet: sheets.texts(texts)))
    }
    if survey.naming == .named { tables.append((name: "answers", sheet: sheets.answers(responses))) }
    self.tables = tables
  }

  package func bytes(_ form: Form, at now: Instant) throws -> [UInt8] {
    switch form {
    case .xlsx: try SheetWriter.workbook(tables.map(\.sheet), SheetWriter.BookOptions(createdAt: now))
    case .csv: try ZipFile.bytes(of: tables.map { ("\($0.name).csv", Self.csv($0.sheet)) })
    }
  }

  /// UTF-8 with a BOM, as Excel wants it.
  static func csv(_ sheet: SheetDraft) -> [UInt8] {
    switch SheetWriter.text(sheet) {
    case .written(let bytes, _): bytes
    // UTF-8 has every character.
    case .unwritable: []
    }
  }
}

extension PollStore {
  /// A round of a survey, or all of them together where `round` is nil, for other programs. Throws
  /// `SurveyProblem.heldBack`.
  package func export(_ survey: Survey, round: String?, _ language: Language) async throws -> SurveyExport {
    try mustTell(survey, round: round)
    return SurveyExport(
      survey,
      try await report(survey, round: round),
      responses: survey.naming == .named ? try await responses(survey, round: round) : [],
      texts: try await texts(survey, round: round),
      language
    )
  }
}
