import Blobs
import Text
import Time
import Web

/// An attachment before it is kept.
struct AttachmentDraft: Sendable {
  enum Body: Sendable {
    case file(DocumentUpload)
    case page(link: String, title: String, contents: String)
  }

  let kind: Attachment.Kind
  let body: Body
  let datedOn: LocalDate
  let note: String

  static let longestNote = 500

  /// An address of this installation and nothing else: it begins with one slash, and a browser cannot read a host in it.
  static func isOwnAddress(_ text: String) -> Bool {
    LocalPath.isSafe(text) && text.utf8.count <= 500
  }
}
