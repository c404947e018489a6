import Packs
import Text
import Time

extension Checklist {
  /// Why there is no such round of it, nil where there is: `2026`, or `2026-11` for what is done monthly. There was nothing to
  /// answer before the edition was valid, and nobody can answer for a time to come.
  func problem(ofRound text: String, on today: LocalDate, fiscalYearStart: Int) -> Localized? {
    let last = period(on: today, fiscalYearStart: fiscalYearStart)
    let begun = LocalDate(iso: pack.validFrom).map { period(on: $0, fiscalYearStart: fiscalYearStart) } ?? last
    let first = min(begun, last)
    // Written alike, they sort as their times do.
    guard !isRound(text) || text < first || text > last else { return nil }
    return Localized(
      ja: "「\(text)」という回はありません。この点検表の回は\(first == last ? "\(last)だけ" : "\(first)から\(last)まで")です。",
      en:
        "There is no round “\(text)”. The rounds of this checklist are \(first == last ? last : "\(first) to \(last)")."
    )
  }

  private func isRound(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard let year = parts.first, year.count == 4, parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } })
    else { return false }
    switch cycle {
    case _ where self.year != nil, .fiscalYear: return parts.count == 1
    case .month:
      // What is done in some months may have been done once a year before.
      if parts.count == 1 { return !months.isEmpty }
      guard parts.count == 2, parts[1].count == 2, let month = Int(parts[1]) else { return false }
      return months.isEmpty ? (1...12).contains(month) : months.contains(month)
    }
  }
}
