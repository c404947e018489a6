import Records

/// The addresses of the ledger's own pages; those of its records are `RecordPath`.
enum LedgerPath {
  static let quality = "/ledger/quality"
  static let unlisted = "/ledger/unlisted"
  static let unseen = "/ledger/unseen"
}
