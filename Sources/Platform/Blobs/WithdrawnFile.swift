import Text
import Time

/// What is left of a file that should never have been kept: its content is gone, that it was there is not. Thrown where
/// somebody asks for the content.
package struct WithdrawnFile: Error, Sendable, Hashable {
  /// SHA-256 of the content in hexadecimal, by which whoever has a copy can prove what it was.
  package let hash: String
  /// As it was called where it was last cited.
  package let name: String
  package let type: MediaKind
  /// Bytes it had.
  package let size: Int
  package let at: Instant
  package let by: String
  package let reason: String

  /// For whoever wanted to read it.
  package var message: Localized {
    Localized(
      ja: "このファイルは\(at.day.slashed)に\(by)さんが取り下げました。理由：\(reason)",
      en: "\(by) withdrew this file on \(at.day.iso). Reason: \(reason)"
    )
  }
}

/// The same content is handed in again: it is not taken, for somebody withdrew it.
package struct WithdrawnAgain: Error, Sendable, Hashable {
  package let file: WithdrawnFile

  package var message: Localized {
    Localized(
      ja: "\(file.at.day.slashed)に\(file.by)さんが取り下げたファイルと同じ内容です（理由：\(file.reason)）。正しいファイルを選んでください。",
      en: "This is the content that \(file.by) withdrew on \(file.at.day.iso) (\(file.reason)). Choose the right file."
    )
  }
}
