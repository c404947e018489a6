import Text

/// A file that was handed in, checked: what is kept is one of the kinds that offices print, without a program in it.
package struct DocumentUpload: Sendable {
  package let bytes: [UInt8]
  package let name: String
  package let type: MediaKind

  package static let longestName = 200

  /// Why a file is not taken.
  package enum Refusal: Error, Sendable {
    case empty, tooLarge, otherKind, macros

    package var reason: Localized {
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

  /// Throws what is wrong with it.
  package init(_ bytes: [UInt8], name: String) throws(Refusal) {
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

extension MediaKind {
  /// What a file becomes on somebody's disk: the ending is what the bytes are.
  package func downloadName(_ name: String) -> String {
    let ending = ending(name)
    let lower = name.lowercased()
    let isSame = lower.hasSuffix("." + ending) || (self == .jpeg && lower.hasSuffix(".jpeg"))
    return isSame ? name : "\(name).\(ending)"
  }
}
