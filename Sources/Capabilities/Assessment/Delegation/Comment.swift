import Time

/// What somebody wrote about an item.
package struct Comment: Sendable, Hashable {
  package let id: String
  package let item: String
  package let text: String
  package let at: Instant
  package let by: String

  static let longest = 2_000
}
