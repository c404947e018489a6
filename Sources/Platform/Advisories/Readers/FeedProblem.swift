import Text

/// A record, or a part of one, that was left out.
package struct FeedProblem: Sendable, Hashable {
  /// The record's own number where it was known: `CVE-2021-44228`.
  package let record: String?
  /// Row of a table or line of a text, from 1.
  package let row: Int?
  /// Bytes from the front of the (inflated) file, for JSON.
  package let offset: Int?
  package let reason: Localized

  package init(record: String? = nil, row: Int? = nil, offset: Int? = nil, reason: Localized) {
    self.record = record
    self.row = row
    self.offset = offset
    self.reason = reason
  }
}
