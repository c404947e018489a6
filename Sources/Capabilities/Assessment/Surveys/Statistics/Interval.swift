/// Between which shares the whole lies, where the answers are a sample (95 %).
package struct Interval: Sendable, Hashable {
  /// Of one.
  package let low: Double
  package let high: Double

  /// Wilson's score interval, narrowed by the finite population correction (Cochran, Sampling Techniques, 3rd edition,
  /// §2.6 and §3.7). Nil where nobody answered; a point where everybody did.
  package init?(_ count: Int, of answered: Int, population: Int) {
    guard answered > 0, population >= answered, (0...answered).contains(count) else { return nil }
    let share = Double(count) / Double(answered)
    guard population > answered else {
      (low, high) = (share, share)
      return
    }
    let z = 1.959_963_984_540_054
    // As if so many more had been asked as the finite population makes the answers worth.
    let correction = Double(population - answered) / Double(population - 1)
    let n = Double(answered) / correction
    let middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    (low, high) = (max(0, middle - half), min(1, middle + half))
  }
}
