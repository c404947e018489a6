import HTML
import Nouns
import Web

/// What a capability adds to the pages of records, where it knows more of them than they say.
package struct RecordAdditions: Sendable {
  /// Beside what a record says of itself.
  package struct Parts: Sendable {
    /// Above everything: a warning.
    package var banner: HTML
    /// Beside what points to the record.
    package var sections: HTML
    /// Buttons in the head.
    package var actions: HTML

    package init(banner: HTML = .empty, sections: HTML = .empty, actions: HTML = .empty) {
      self.banner = banner
      self.sections = sections
      self.actions = actions
    }

    static func + (left: Parts, right: Parts) -> Parts {
      Parts(
        banner: left.banner + right.banner,
        sections: left.sections + right.sections,
        actions: left.actions + right.actions
      )
    }
  }

  let parts: @Sendable (Kind, Relations, WebRequest, Scope<ReadLedger>) async throws -> Parts
  /// A list on paper in an order of the capability's own; nil for the usual.
  let sheet: @Sendable (Kind, ListQuery, WebRequest, Scope<ReadLedger>) async throws -> ListSheet?

  package init(
    parts: @escaping @Sendable (Kind, Relations, WebRequest, Scope<ReadLedger>) async throws -> Parts = { _, _, _, _ in
      Parts()
    },
    sheet: @escaping @Sendable (Kind, ListQuery, WebRequest, Scope<ReadLedger>) async throws -> ListSheet? = {
      _,
      _,
      _,
      _ in nil
    }
  ) {
    self.parts = parts
    self.sheet = sheet
  }
}
