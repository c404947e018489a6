import Blobs
import Text
import Time

/// A file of a form, a regulation or a training: one version of its original, or of what is printed when everything stands still.
struct DocumentFile: Sendable, Hashable {
  enum Use: String, Sendable, CaseIterable {
    /// What is edited when the form changes.
    case original
    /// What is printed from a medium off the network.
    case master

    var label: Localized {
      switch self {
      case .original: Localized(ja: "原本", en: "Original")
      case .master: Localized(ja: "印刷用原版", en: "Print master")
      }
    }
  }

  let id: String
  /// The key of the record's kind, and its id.
  let kind: String
  let record: String
  let use: Use
  /// Counted from 1 for each use of each record.
  let version: Int
  /// As it was called when it came, without folders.
  let name: String
  let type: MediaKind
  /// Bytes.
  let size: Int
  /// SHA-256 in hexadecimal, by which an offline copy can be compared.
  let hash: String
  /// What changed, in the words of whoever added it.
  let note: String
  let addedAt: Instant
  let addedBy: String
  /// When its content was withdrawn; nil for nearly all.
  var withdrawnAt: Instant?

  /// The kinds of record that have files.
  static let kinds = ["form_original", "regulation", "training"]

  /// What its name becomes on somebody's disk: the ending is what the bytes are.
  var downloadName: String { type.downloadName(name) }
}
