import Time

/// An item that somebody else shall answer: a department, one person, or a vendor. A vendor has no account here: what it
/// says comes back on paper, by telephone or as a file.
package struct Assignment: Sendable, Hashable {
  package let pack: String
  package let period: String
  package let item: String
  /// The department's id; nil where somebody else is asked.
  package let department: String?
  /// The account's id; nil where no person is asked.
  package let person: String?
  /// The id of the vendor in the ledger; nil where somebody inside is asked.
  package var vendor: String?
  /// What whoever is asked was called when it was assigned.
  package let name: String
  package let due: LocalDate
  package let note: String
  package let assignedBy: String
  /// When it was asked for last; nil for what is only about to be asked.
  package var askedAt: Instant?
  /// When whoever is asked was last reminded, and how often.
  package var remindedOn: LocalDate?
  package var reminders = 0
  /// How the vendor's answer came; nil where none did.
  package var reply: VendorReply?

  /// Whether an answer was given since it was asked for: one from before stands, but is not what is asked for.
  func isAnswered(by answer: GivenAnswer?) -> Bool {
    guard let answer else { return false }
    return askedAt.map { answer.answeredAt >= $0 } ?? true
  }

  /// `d:`, `p:` or `v:` and the id of whoever is asked.
  package var whom: String { vendor.map { "v:\($0)" } ?? department.map { "d:\($0)" } ?? "p:\(person ?? "")" }
}
