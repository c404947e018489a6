import Text

/// Counts what a reader meets.
struct FeedTally {
  private let limit: Int
  private(set) var read = 0
  private(set) var bad = 0
  private(set) var badParts = 0
  private(set) var problems: [FeedProblem] = []

  init(_ limits: FeedLimits) { limit = limits.problems }

  mutating func count() { read += 1 }

  /// A record that is left out.
  mutating func skip(_ record: String? = nil, row: Int? = nil, offset: Int? = nil, _ ja: String, _ en: String) {
    bad += 1
    list(FeedProblem(record: record, row: row, offset: offset, reason: Localized(ja: ja, en: en)))
  }

  mutating func skip(_ error: FeedError) {
    bad += 1
    list(FeedProblem(offset: error.offset, reason: error.reason))
  }

  /// A part that is left out of a record that stays.
  mutating func skipPart(_ record: String?, row: Int? = nil, _ ja: String, _ en: String) {
    badParts += 1
    list(FeedProblem(record: record, row: row, reason: Localized(ja: ja, en: en)))
  }

  mutating func skipName(_ name: String, of record: String?, row: Int? = nil) {
    let shown = name.prefix(120)
    skipPart(record, row: row, "CPE名「\(shown)」が読めません。", "The CPE name “\(shown)” cannot be read.")
  }

  private mutating func list(_ problem: FeedProblem) {
    if problems.count < limit { problems.append(problem) }
  }

  func reading(_ head: FeedHead, checks: [FeedCheck] = []) -> FeedReading {
    FeedReading(head: head, read: read, bad: bad, badParts: badParts, problems: problems, checks: checks)
  }
}
