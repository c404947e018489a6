import Text

/// Reads one kind of feed. A record that cannot be read is skipped, counted and listed; only what makes the whole file
/// worthless is thrown.
package protocol FeedReader {
  /// Hands over what is in the file, record by record, and keeps nothing.
  ///
  /// - Parameter into: called for each; what it throws ends the reading and is thrown on.
  /// - Throws: `FeedError`, and what `into` throws. What was handed over before is then to be taken back.
  static func read(
    _ source: FeedSource,
    limits: FeedLimits,
    into: (FeedRecord) throws -> Void
  ) throws -> FeedReading
}

/// What came of reading a feed.
package struct FeedReading: Sendable, Hashable {
  package let head: FeedHead
  /// Records of the file that were read. One record of the file may yield several `FeedRecord`s, or none.
  package let read: Int
  /// Records that were skipped because they could not be read.
  package let bad: Int
  /// Parts of records (a CPE name, a date) that were left out while the rest of the record was kept.
  package let badParts: Int
  /// The first of them, with their places.
  package let problems: [FeedProblem]
  package let checks: [FeedCheck]

  package init(
    head: FeedHead,
    read: Int,
    bad: Int = 0,
    badParts: Int = 0,
    problems: [FeedProblem] = [],
    checks: [FeedCheck] = []
  ) {
    self.head = head
    self.read = read
    self.bad = bad
    self.badParts = badParts
    self.problems = problems
    self.checks = checks
  }
}

/// A record, or a part of one, that was left out.
package struct FeedProblem: Sendable, Hashable {
  /// The record's own number where it was known: `CVE-2021-44228`.
  package let record: String?
  /// Row of a table or line of a text, from 1.
  package let row: Int?
  /// Bytes from the front of the (inflated) file, for JSON.
  package let offset: Int?
  package let reason: Localized

  package init(record: String? = nil, row: Int? = nil, offset: Int? = nil, reason: Localized) {
    self.record = record
    self.row = row
    self.offset = offset
    self.reason = reason
  }
}
