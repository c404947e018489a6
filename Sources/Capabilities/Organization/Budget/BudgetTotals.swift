import Design
import Records
import Text
import Time

/// 今年度の予算と執行: the sums of one fiscal year. Pure; what nobody decided counts as asked for and not as granted.
struct BudgetTotals: Sendable, Hashable {
  let year: FiscalYear
  private(set) var requests = 0
  private(set) var undecided = 0
  private(set) var requested = 0
  private(set) var approved = 0
  private(set) var spent = 0
  /// The oldest day of which something spent is told; nil where no record says.
  private(set) var asOf: LocalDate?
  private(set) var records: [String] = []

  init(_ items: [Record], _ year: FiscalYear) {
    self.year = year
    for item in items where Self.year(of: item) == year.startYear {
      requests += 1
      if item.date("decided_on") == nil { undecided += 1 }
      requested += Self.yen(item.known("requested"))
      approved += Self.yen(item.known("approved"))
      let amount = Self.yen(item.known("spent"))
      spent += amount
      if amount != 0, let day = item.date("spent_as_of") { asOf = min(asOf ?? day, day) }
      records.append(item.id)
    }
  }

  /// 「2026」「令和8年度」; nil where the text names no year.
  static func year(of item: Record) -> Int? { item.known("fiscal_year").flatMap(FiscalYear.read)?.startYear }

  /// Whole yen; beyond any hospital's budget it is a slip of the finger and counts up to the limit.
  static func yen(_ text: String?) -> Int {
    guard let whole = text?.split(separator: ".", omittingEmptySubsequences: false).first else { return 0 }
    let most = 1_000_000_000_000
    guard let yen = Int(whole) else { return whole.hasPrefix("-") ? -most : most }
    return min(max(yen, -most), most)
  }

  /// Of what was granted, rounded down; nil where nothing was granted.
  var percent: Int? { approved > 0 ? max(spent, 0) * 100 / approved : nil }

  var sentence: Localized {
    let share = percent.map { (ja: "（\($0)％）", en: " (\($0) %)") } ?? (ja: "", en: "")
    let day = asOf.map { (ja: "執行額は\($0.era())時点です。", en: " Spending as of \($0.english).") } ?? (ja: "", en: "")
    let open =
      undecided == 0 ? (ja: "", en: "") : (ja: "\(undecided)件は決まっていません。", en: " \(undecided) are undecided.")
    return Localized(
      ja:
        "\(year.eraLabel)は、要求\(requests)件・\(requested.grouped)円、認められた額\(approved.grouped)円、執行額\(spent.grouped)円\(share.ja)です。\(open.ja)\(day.ja)",
      en:
        "\(year.english): \(requests) requests for \(requested.grouped) yen, \(approved.grouped) granted, \(spent.grouped) spent\(share.en).\(open.en)\(day.en)"
    )
  }
}
