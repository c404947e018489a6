import Nouns

/// What the self-checks need from others, in their own words.
package struct AssessmentNeeds: Sendable {
  /// A record by the address of its page: what it is called and what it says now; nil where that is no record the reader
  /// may see.
  package var page: @Sendable (String, Scope<ReadLedger>) async throws -> (title: String, contents: String)?

  package init(
    page: @escaping @Sendable (String, Scope<ReadLedger>) async throws -> (title: String, contents: String)? = {
      _,
      _ in nil
    }
  ) {
    self.page = page
  }
}
