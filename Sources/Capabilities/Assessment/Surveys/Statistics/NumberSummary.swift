/// Numbers of one stratum, or of all.
package struct NumberSummary: Sendable, Hashable {
  package let count: Int
  /// Tenths.
  package let meanTenths: Int
  /// Tenths.
  package let medianTenths: Int

  /// Nil for fewer than `least`, whose mean would say much of each.
  package init?(_ numbers: [Int], least: Int = Suppression.least) {
    guard numbers.count >= max(1, least) else { return nil }
    let sorted = numbers.sorted()
    count = sorted.count
    let sum = sorted.reduce(0, +)
    meanTenths = (sum * 20 + count) / (2 * count)
    let middle = count / 2
    medianTenths = count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) * 5 : sorted[middle] * 10
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
