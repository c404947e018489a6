import SQL

/// Where a facility's journal stands: every recorded change moves it. What was computed from records may be kept for as
/// long as it stands still.
///
/// Of two writers that commit in another order than their clocks say, the one that was overtaken is seen once its entries
/// are sealed, seconds later.
package struct JournalMark: Sendable, Hashable {
  private let newest: String?
  private let sealed: Int

  package init(_ facility: String, in tx: any Transaction) throws {
    newest = try tx.row(
      "SELECT id FROM journal WHERE facility = \(facility) ORDER BY at DESC, place DESC, id DESC LIMIT 1"
    )?.text("id")
    sealed = try tx.count(
      "SELECT seq FROM journal WHERE facility = \(facility) AND seq IS NOT NULL ORDER BY seq DESC LIMIT 1"
    )
  }
}
