import Text

/// A form that came back beside what is stored: what would be new, what would change, and what somebody answered since the
/// file was made.
struct FormComparison: Sendable {
  enum Change: String, Sendable {
    case new, changed
    /// Stored after the file was made, or nobody can tell: kept unless a person says otherwise.
    case newer
    case same
  }

  struct Line: Sendable {
    let item: ChecklistItem
    let row: Int
    let answer: FormAnswer
    let stored: FormAnswer?
    /// Of what is stored; nil where nothing is.
    let version: Int?
    let change: Change
  }

  let lines: [Line]

  init(_ reading: FormReading, _ checklist: Checklist, stored: [String: (answer: FormAnswer, version: Int)]) {
    lines = reading.lines.compactMap { line in
      guard let item = checklist[line.item] else { return nil }
      let now = stored[line.item]
      return Line(
        item: item,
        row: line.row,
        answer: line.answer,
        stored: now?.answer,
        version: now?.version,
        change: Self.change(line, now, reading.versions)
      )
    }
  }

  private static func change(
    _ line: FormReading.Line,
    _ stored: (answer: FormAnswer, version: Int)?,
    _ versions: [String: Int]?
  ) -> Change {
    guard let stored else { return .new }
    if isSame(line.answer, stored.answer) { return .same }
    return versions?[line.item] == stored.version ? .changed : .newer
  }

  /// A file without a column of days says nothing about days.
  private static func isSame(_ filed: FormAnswer, _ stored: FormAnswer) -> Bool {
    filed.value == stored.value && filed.target == stored.target && filed.second == stored.second
      && filed.remarks == stored.remarks && (filed.checkedOn ?? stored.checkedOn) == stored.checkedOn
      && (filed.secondOn ?? stored.secondOn) == stored.secondOn
  }

  func count(_ change: Change) -> Int { lines.count { $0.change == change } }
}
