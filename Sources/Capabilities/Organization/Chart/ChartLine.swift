import Nouns
import Text

/// A line of the contact chart for papers of others: who answers for what, and how to reach them.
package struct ChartLine: Sendable, Hashable {
  package let role: Localized
  package let department: String
  /// Nil where nobody holds the post.
  package let holder: String?
  package let deputy: String?
  package let phone: String
  package let nightPhone: String
}

extension Organization {
  /// Every post from the top, open ones too.
  package func contactChart(in scope: Scope<ReadLedger>) async throws -> [ChartLine] {
    try await ChartReading.posts(records, scope).map { post in
      ChartLine(
        role: post.role.label,
        department: post.department,
        holder: post.holder,
        deputy: post.deputy,
        phone: post.phone,
        nightPhone: post.nightPhone
      )
    }
  }
}
