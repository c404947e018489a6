import Text

/// What keeps a draft from being published, at the field it stands in.
package struct DraftProblem: Sendable, Hashable {
  package let part: ChecklistDraft.Part
  /// The name of the field on the part's page; empty for the part as a whole.
  package let field: String
  package let text: Localized

  init(_ part: ChecklistDraft.Part, _ field: String, _ ja: String, _ en: String) {
    self.part = part
    self.field = field
    text = Localized(ja: ja, en: en)
  }
}
