import Journal
import Nouns
import Text
import Web

/// Changes of tables that are no kinds of record: how `/ledger/changes` tells of them and takes them back. A capability
/// with tables of its own makes one, so that people find everything they changed in one place.
package struct OtherChanges: Sendable {
  /// What a row of the table is called, nil where the table is another's.
  package let label: @Sendable (_ subjectType: String) -> Localized?
  /// The page of what an entry is about, nil where it has none.
  package let link: @Sendable (JournalEntry) -> String?
  /// What an entry changed, a line a field.
  package let lines: @Sendable (JournalEntry, WebRequest) -> [String]
  /// Takes a set back. Throws `RecordError.cannotUndo` with the reason, `Denied` where the asker may not.
  package let undo: @Sendable (_ set: String, WebRequest) async throws -> (set: String, restored: Int, left: Int)

  package init(
    label: @escaping @Sendable (String) -> Localized?,
    link: @escaping @Sendable (JournalEntry) -> String?,
    lines: @escaping @Sendable (JournalEntry, WebRequest) -> [String],
    undo: @escaping @Sendable (String, WebRequest) async throws -> (set: String, restored: Int, left: Int)
  ) {
    self.label = label
    self.link = link
    self.lines = lines
    self.undo = undo
  }

  /// Whose tables a change set is about, nil for records.
  static func owner(
    of set: String,
    among others: [OtherChanges],
    _ journal: JournalReader,
    facility: String
  ) async throws -> OtherChanges? {
    guard !others.isEmpty else { return nil }
    let type = try await journal.entries(of: set, facility: facility, limit: 1).first?.subjectType
    return type.flatMap { type in others.first { $0.label(type) != nil } }
  }
}

extension OtherChanges {
  /// Those of kept tables, whose `undo` throws a `KeptError` where it cannot be done.
  package static func kept(
    label: @escaping @Sendable (String) -> Localized?,
    link: @escaping @Sendable (JournalEntry) -> String?,
    lines: @escaping @Sendable (JournalEntry, WebRequest) -> [String],
    undo: @escaping @Sendable (String, WebRequest) async throws -> KeptUndoing
  ) -> OtherChanges {
    OtherChanges(label: label, link: link, lines: lines) { set, request in
      do {
        let undoing = try await undo(set, request)
        return (undoing.set, undoing.restored, undoing.left)
      } catch KeptError.cannotUndo(let reason) {
        throw RecordError.cannotUndo(reason)
      } catch KeptError.notFound {
        throw RecordError.notFound
      }
    }
  }
}

extension JournalEntry {
  /// What it changed, a line a field that has a name: 「状態：新しい → 対応中」. `shown` says a value of a field in words.
  package func lines(
    _ language: Language,
    named: (_ field: String) -> Localized?,
    shown: (_ field: String, _ value: String) -> String
  ) -> [String] {
    changes.compactMap { change in
      guard let label = named(change.field)?[language] else { return nil }
      let none = Localized(ja: "（なし）", en: "(none)")[language]
      let to = change.to.map { shown(change.field, $0) } ?? none
      let from = change.from.map { shown(change.field, $0) + " → " } ?? ""
      return label + language.colon + from + to
    }
  }
}
