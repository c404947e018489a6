import Time

/// A draft as it is kept, with who changed it last.
package struct KeptDraft: Sendable {
  package let id: String
  package let draft: ChecklistDraft
  /// Grows with every change.
  package let version: Int
  package let madeAt: Instant
  package let madeBy: String
  package let changedAt: Instant
  package let changedBy: String
}
