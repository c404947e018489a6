import SQL
import Time

/// Dropping what the journal says about a person whose data may not be kept any longer.
package enum Erasure {
  /// The kind of entry that records an erasure: its changes name the erased entries.
  package static let kind = "journal.erased"

  /// Drops title, changes, reason and salt of every entry about a subject, and records that with who and why. That
  /// something was changed, when and by whom stays, and the chain still proves it. Answers how many entries were
  /// erased. `record` makes the entry that records it, given what its changes must be; its kind must be
  /// `Erasure.kind`.
  @discardableResult
  package static func erase(
    subjectType: String,
    subjectID: String,
    facility: String,
    in tx: any Transaction,
    record: ([FieldChange]) -> JournalEntry
  ) throws -> Int {
    let links = try tx.rows(
      """
      SELECT \(Link.columns) FROM journal WHERE facility = \(facility) AND subject_type = \(subjectType)
        AND subject_id = \(subjectID) AND salt IS NOT NULL ORDER BY at, place, id
      """
    ).map { row throws(StorageError) in try Link(row) }
    guard !links.isEmpty else { return 0 }
    for link in links {
      guard let leaf = link.provenLeaf else { continue }
      // The leaf of an entry that is not sealed yet is computed while its content is still there.
      try tx.run(
        """
        UPDATE journal SET payload = NULL, salt = NULL, subject_title = '', leaf = \(link.leaf ?? leaf)
        WHERE facility = \(facility) AND id = \(link.id)
        """
      )
    }
    let entry = record(links.map { FieldChange(field: "entry", from: $0.id, to: nil) })
    precondition(entry.kind == kind && entry.changes.count == links.count, "an erasure is recorded as one")
    try tx.record([entry])
    return links.count
  }
}
