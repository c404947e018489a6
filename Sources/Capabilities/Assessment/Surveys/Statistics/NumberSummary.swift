import Text

/// Numbers of one stratum, or of all, as far as they may be shown.
///
/// A mean stands on at least `Suppression.least` answers. The median and the quartiles are answers of one or two
/// respondents, so that each is told only where at least `Suppression.least` answers lie on either side of it, as for any
/// other count: the median from 10 answers on, the quartiles from 18 on. The least and the most are always somebody's own
/// answer and are never told.
package struct NumberSummary: Sendable, Hashable {
  /// Tenths.
  package let meanTenths: Int
  /// Tenths; nil where it would say too much of one answer.
  package let medianTenths: Int?
  /// The first and the third quartile in tenths, as Excel's QUARTILE.INC has them; nil where they would say too much of one
  /// answer.
  package let lowTenths: Int?
  package let highTenths: Int?

  /// The rule in words, for whoever reads the numbers.
  static let rule = Localized(
    ja: "平均は\(Suppression.least)件以上の答えから出します。中央値と四分位数は、その両側に\(Suppression.least)件以上の答えがあるときだけ出し、最小と最大は出しません。",
    en:
      "A mean stands on at least \(Suppression.least) answers. Median and quartiles are told where at least \(Suppression.least) answers lie on either side of them, the least and the most never."
  )

  /// Nil for fewer than `least`, whose mean would say much of each.
  package init?(_ numbers: [Int], least: Int = Suppression.least) {
    guard numbers.count >= max(1, least) else { return nil }
    let sorted = numbers.sorted()
    meanTenths = (sorted.reduce(0, +) * 20 + sorted.count) / (2 * sorted.count)
    medianTenths = Self.tenths(sorted, quarter: 2, least: least)
    lowTenths = Self.tenths(sorted, quarter: 1, least: least)
    highTenths = Self.tenths(sorted, quarter: 3, least: least)
  }

  /// Between two neighbours in proportion; nil where fewer than `least` lie on one side.
  private static func tenths(_ sorted: [Int], quarter: Int, least: Int) -> Int? {
    let (place, rest) = ((sorted.count - 1) * quarter).quotientAndRemainder(dividingBy: 4)
    let (below, above) = (rest == 0 ? place : place + 1, sorted.count - 1 - place)
    guard min(below, above) >= least else { return nil }
    let step = rest == 0 ? 0 : sorted[place + 1] - sorted[place]
    return Int((Double(sorted[place] * 10) + Double(step * rest * 10) / 4).rounded())
  }

  /// By stratum, then of all. `hiddenRows` are the strata (and `strata.count` for all) of which it is hidden how many
  /// answered: their mean would tell it. Where the whole less what is shown would be the numbers of one stratum, or of
  /// fewer than `Suppression.least` answers, the smallest other stratum is hidden too, and where there is none, the whole.
  static func all(_ strata: [[Int]], hiddenRows: Set<Int> = []) -> [NumberSummary?] {
    var lines = strata.indices.map { hiddenRows.contains($0) ? nil : NumberSummary(strata[$0]) }
    let whole = hiddenRows.contains(strata.count) ? nil : NumberSummary(strata.flatMap { $0 })
    guard whole != nil else { return lines + [nil] }
    while true {
      let hidden = strata.indices.filter { lines[$0] == nil && (!strata[$0].isEmpty || hiddenRows.contains($0)) }
      let left = hidden.reduce(0) { $0 + strata[$1].count }
      if hidden.isEmpty || hidden.count > 1 && left >= Suppression.least { return lines + [whole] }
      let shown = strata.indices.filter { lines[$0] != nil }
      guard let next = shown.min(by: { strata[$0].count < strata[$1].count }) else { return lines + [nil] }
      lines[next] = nil
    }
  }
}
