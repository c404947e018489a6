import Intake
import Tabular
import Text

/// What the preview page says of a file: small enough to be kept with the draft, so that a large file is read once.
package struct ImportDigest: Sendable, Codable {
  /// A list of which only the beginning is kept.
  package struct Part<Element: Sendable & Codable>: Sendable, Codable {
    package let shown: [Element]
    package let count: Int

    init(_ all: some Collection<Element>, limit: Int) {
      shown = Array(all.prefix(limit))
      count = all.count
    }
  }

  /// A row that only a person can decide on.
  package struct Question: Sendable, Codable {
    package let place: RowPlace
    package let reason: Localized
    /// What it may be, as `RowDecision.text`, the likeliest first.
    package let choices: [String]
    /// The row it collides with, where the file itself is in two minds.
    package let other: RowPlace?
    /// The fields that differ from the likeliest record.
    package let fields: [FieldConflict]
  }

  /// A record that would change.
  package struct Change: Sendable, Codable {
    package let place: RowPlace
    package let record: String
    package let fields: [PlannedFieldChange]
  }

  package let source: String
  package let format: FileFormat?
  /// Nil for what is only seen.
  package let counts: ImportCounts?
  /// Things seen, 0 for records.
  package let seen: Int
  /// How many problems should be mended, and how many are notes; questions are not among them.
  package let serious: Int
  package let notes: Int
  package let problems: [IntakeProblem]
  package let questions: Part<Question>
  /// How many rows no choice but to leave them out, or to decide one by one, is open to: for `rest`.
  package let openTo: [String: Int]
  package let changes: Part<Change>
  package let skipped: Part<SkippedRow>
  package let leftOut: [LeftOut]
  package let mappings: [ColumnMapping]
  package let newNames: [String: Part<NewReference>]
  /// What the ids in here are called.
  package let titles: [String: String]
  /// Whether the user's own rows can be given back with what to mend.
  package let hasErrorFile: Bool

  package static let shownProblems = 200
  package static let shownQuestions = 100
  package static let shownChanges = 50

  package var isEmpty: Bool { counts.map { $0.dataRows == 0 } ?? (seen == 0) }

  /// Rows that would be looked at.
  package var rowCount: Int { counts?.dataRows ?? seen }

  /// What a decision makes of each question: new, changed, left out; the rest stays open. Of the questions that are not
  /// shown only the general decision is known.
  package func outcome(of decisions: RowDecisions) -> (new: Int, changed: Int, leftOut: Int, open: Int) {
    var tally = (new: 0, changed: 0, leftOut: 0, open: 0)
    for question in questions.shown {
      switch decisions.decision(for: question.place, among: question.choices.compactMap(RowDecision.init(text:))) {
      case .new: tally.new += 1
      case .record, .undisputed, .earlierRow: tally.changed += 1
      case .skip: tally.leftOut += 1
      case nil: tally.open += 1
      }
    }
    let rest = questions.count - questions.shown.count
    switch decisions.rest {
    case .skip: tally.leftOut += rest
    case .new: tally.new += min(rest, openTo["new"] ?? 0)
    case .record: tally.changed += min(rest, openTo["record"] ?? 0)
    case nil: break
    }
    tally.open += questions.count - tally.new - tally.changed - tally.leftOut - tally.open
    return tally
  }
}

extension ImportPreview {
  /// What the page needs of all this.
  package var digest: ImportDigest {
    var plan: ImportPlan?
    var seen = 0
    switch content {
    case .records(_, let records, _): plan = records
    case .other(_, let count, _, _): seen = count
    }
    let plain = problems.filter { !$0.asksForDecision }
    let serious = plain.filter { $0.severity != .note }
    let notes = plain.filter { $0.severity == .note }
    let questions = (plan?.conflicts ?? []).map { conflict in
      ImportDigest.Question(
        place: conflict.row.place,
        reason: conflict.reason,
        choices: conflict.choices.prefix(8).map(\.text) + (conflict.choices.count > 8 ? ["new", "skip"] : []),
        other: conflict.other,
        fields: conflict.fields
      )
    }
    let unshown = questions.dropFirst(ImportDigest.shownQuestions)
    return ImportDigest(
      source: source.name,
      format: format,
      counts: plan?.counts,
      seen: seen,
      serious: serious.count,
      notes: notes.count,
      problems: Array((serious + notes).prefix(ImportDigest.shownProblems)),
      questions: ImportDigest.Part(questions, limit: ImportDigest.shownQuestions),
      openTo: [
        "new": unshown.count { $0.choices.contains("new") },
        "record": unshown.count { $0.choices.contains { $0.hasPrefix("record:") || $0 == "earlier" } },
      ],
      changes: ImportDigest.Part(
        (plan?.changed ?? []).map { .init(place: $0.row.place, record: $0.id, fields: $0.changes) },
        limit: ImportDigest.shownChanges
      ),
      skipped: ImportDigest.Part(skipped, limit: 300),
      leftOut: leftOut,
      mappings: mappings,
      newNames: (plan?.newReferences ?? [:]).mapValues { ImportDigest.Part($0, limit: 60) },
      titles: titles,
      hasErrorFile: problems.contains { $0.severity != .note }
    )
  }

  /// The rows to mend in the user's own layout, with what is wrong with each; nil where there is nothing to mend. Mended
  /// and handed in again it is an ordinary file.
  package func errorFile(_ language: Language, _ options: SheetWriter.BookOptions) throws(TabularError) -> [UInt8]? {
    let result: IntakeResult? =
      switch content {
      case .records(_, _, let result): result
      case .other(_, _, _, let result): result
      }
    guard let result, let workbook,
      let errors = ErrorFile.make(workbook, result: result, problems: problems, language: language)
    else { return nil }
    return try SheetWriter.workbook(copying: errors, marking: ErrorFile.column, options)
  }
}
