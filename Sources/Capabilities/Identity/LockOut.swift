import Time

/// How long after wrong passwords the next one has to wait. It only depends on what was tried, so it holds for names that
/// no account has as well, and tells nothing about them.
///
/// The guideline (7.0 システム運用編 14) wants a lock; a delay that grows is one nobody can use to keep a colleague out for
/// good. A whole hospital may come from one address, so that is allowed more than one account is.
struct LockOut: Sendable, Hashable {
  /// Wrong attempts that cost nothing.
  let free: Int
  /// Seconds after the first that costs; each further doubles it.
  let first: Int
  /// Seconds at most.
  let longest: Int

  /// Five guesses, then 1, 2, 4 … 30 minutes.
  static let account = LockOut(free: 5, first: 60, longest: 1800)
  /// Thirty guesses, then 10, 20, 40 seconds … 15 minutes.
  static let address = LockOut(free: 30, first: 10, longest: 900)

  /// Failures older than this do not count any more.
  static let memory = 24 * 3600

  /// Seconds still to wait after `failures` in a row, the latest at `last`.
  func wait(failures: Int, last: Instant?, now: Instant) -> Int {
    guard let last, failures >= free else { return 0 }
    let end = last.adding(seconds: delay(failures: failures))
    guard end > now else { return 0 }
    return max(1, Int((end.milliseconds - now.milliseconds + 999) / 1000))
  }

  func delay(failures: Int) -> Int {
    guard failures >= free else { return 0 }
    // 2^20 × 10 s is beyond every limit and within every integer.
    return min(longest, first << min(failures - free, 20))
  }
}
