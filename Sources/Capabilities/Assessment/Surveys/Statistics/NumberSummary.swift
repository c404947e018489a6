/// Numbers of one stratum, or of all.
package struct NumberSummary: Sendable, Hashable {
  /// Nil where it would tell how few left the question empty.
  package private(set) var count: Int?
  /// Tenths.
  package let meanTenths: Int
  /// Tenths.
  package let medianTenths: Int
  /// The first and the third quartile in tenths, as Excel's QUARTILE.INC has them.
  package let lowTenths: Int
  package let highTenths: Int
  package let least: Int
  package let most: Int

  /// Nil for fewer than `least`, whose mean would say much of each.
  package init?(_ numbers: [Int], least: Int = Suppression.least) {
    guard numbers.count >= max(1, least) else { return nil }
    let sorted = numbers.sorted()
    let sum = sorted.reduce(0, +)
    count = sorted.count
    meanTenths = (sum * 20 + sorted.count) / (2 * sorted.count)
    medianTenths = Self.tenths(sorted, quarter: 2)
    lowTenths = Self.tenths(sorted, quarter: 1)
    highTenths = Self.tenths(sorted, quarter: 3)
    (self.least, most) = (sorted[0], sorted[sorted.count - 1])
  }

  /// Between two neighbours in proportion.
  private static func tenths(_ sorted: [Int], quarter: Int) -> Int {
    let (place, rest) = ((sorted.count - 1) * quarter).quotientAndRemainder(dividingBy: 4)
    let step = rest == 0 ? 0 : sorted[place + 1] - sorted[place]
    return Int((Double(sorted[place] * 10) + Double(step * rest * 10) / 4).rounded())
  }

  /// The same without how many there are.
  var withoutCount: NumberSummary {
    var copy = self
    copy.count = nil
    return copy
  }

  /// By stratum, then of all. Where one stratum alone is hidden the smallest other is hidden too, as the difference from
  /// the whole would be the numbers of it.
  static func all(_ strata: [[Int]]) -> [NumberSummary?] {
    var lines = strata.map { NumberSummary($0) }
    let hidden = strata.indices.filter { lines[$0] == nil && !strata[$0].isEmpty }
    let left = hidden.reduce(0) { $0 + strata[$1].count }
    if !hidden.isEmpty, hidden.count == 1 || left < Suppression.least,
      let next = strata.indices.filter({ lines[$0] != nil }).min(by: { strata[$0].count < strata[$1].count })
    {
      lines[next] = nil
    }
    return lines + [NumberSummary(strata.flatMap { $0 })]
  }
}
