import Intake
import Nouns
import Text

/// Files that are no register: what they hold is read and taken in by the capability that knows what it is, under the
/// same drafts, pages and command as everything else.
package struct OtherImport: Sendable {
  /// The word of the command and of drafts.
  package let name: String
  package let label: Localized
  /// What such files are, on the page that asks for one.
  package let files: Localized
  /// Where somebody goes after it.
  package let path: String
  /// What its columns may be, nil for files without columns.
  package let schema: IntakeSchema?
  let read:
    @Sendable (ImportSource, RecordImport, RecordImport.Progress, Scope<ImportLedger>) async throws -> ImportPreview
  let take: @Sendable (ImportPreview, RecordImport, Scope<ImportLedger>) async throws -> ImportReport

  /// `read` says what a file holds and stores nothing; `take` stores what such a preview promised.
  package init(
    name: String,
    label: Localized,
    files: Localized,
    path: String,
    schema: IntakeSchema?,
    read:
      @escaping @Sendable (
        ImportSource, RecordImport, RecordImport.Progress, Scope<ImportLedger>
      ) async throws -> ImportPreview,
    take: @escaping @Sendable (ImportPreview, RecordImport, Scope<ImportLedger>) async throws -> ImportReport
  ) {
    self.name = name
    self.label = label
    self.files = files
    self.path = path
    self.schema = schema
    self.read = read
    self.take = take
  }
}
