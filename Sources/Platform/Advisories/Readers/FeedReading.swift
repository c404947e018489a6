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
