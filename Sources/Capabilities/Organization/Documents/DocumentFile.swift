import Blobs
import Text
import Time

/// A file of a form or a regulation: one version of its original, or of what is printed when everything stands still.
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

  /// The kinds of record that have files.
  static let kinds = ["form_original", "regulation"]

  /// What its name becomes on somebody's disk: the ending is what the bytes are.
  var downloadName: String {
    let ending = type.ending(name)
    let lower = name.lowercased()
    let isSame = lower.hasSuffix("." + ending) || (type == .jpeg && lower.hasSuffix(".jpeg"))
    return isSame ? name : "\(name).\(ending)"
  }
}

/// A file that was handed in, checked: what is kept is one of the kinds that offices print, without a program in it.
struct DocumentUpload: Sendable {
  let bytes: [UInt8]
  let name: String
  let type: MediaKind

  static let longestName = 200

  /// Why a file is not taken.
  enum Refusal: Error, Sendable {
    case empty, tooLarge, otherKind, macros

    var reason: Localized {
      switch self {
      case .empty:
        Localized(ja: "ファイルが選ばれていないか、中身が空です。ファイルを選んでください。", en: "No file was chosen, or it is empty. Choose a file.")
      case .tooLarge:
        Localized(
          ja: "ファイルが20MBを超えています。画像を小さくするか、ファイルを分けてください。",
          en: "The file is larger than 20 MB. Make its pictures smaller or split it."
        )
      case .otherKind:
        Localized(
          ja: "PDF、Word、Excel、PowerPoint、JPEG、PNG、WebPのどれでもないファイルです。PDFに書き出してから選んでください。",
          en: "This is no PDF, Word, Excel, PowerPoint, JPEG, PNG or WebP file. Save it as PDF and choose that."
        )
      case .macros:
        Localized(
          ja: "マクロの入ったファイルは預かれません。マクロのない形式（.docx、.xlsx）かPDFで保存し直してください。",
          en: "Files with macros are not taken. Save it without macros (.docx, .xlsx) or as PDF."
        )
      }
    }
  }

  init(_ bytes: [UInt8], name: String) throws(Refusal) {
    guard !bytes.isEmpty else { throw .empty }
    guard bytes.count <= BlobStore.limit else { throw .tooLarge }
    guard let type = MediaKind(of: bytes) else { throw .otherKind }
    guard !type.hasMacros(bytes) else { throw .macros }
    self.bytes = bytes
    self.type = type
    let plain = String(name.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 && $0 != "/" && $0 != "\\" })
    self.name = plain.isEmpty ? "file" : String(plain.prefix(Self.longestName))
  }
}
