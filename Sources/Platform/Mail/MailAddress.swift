import Text

/// The address of somebody's mail box, `name@host` (RFC 5321 §4.1.2 without quoted names and comments), and the name
/// shown with it.
package struct MailAddress: Sendable, Hashable {
  package let mailbox: String
  /// 「医療情報部 佐藤」, nil for none.
  package let name: String?

  /// Throws what is wrong with it.
  package init(_ mailbox: String, name: String? = nil) throws(MailProblem) {
    let mailbox = Width.halved(Width.trimmed(mailbox))
    guard Self.isMailbox(mailbox) else { throw .address(mailbox) }
    if let name, name.unicodeScalars.contains(where: MailMessage.isControl) { throw .control }
    self.mailbox = mailbox
    self.name = name.flatMap { $0.isEmpty ? nil : $0 }
  }

  private static func isMailbox(_ text: String) -> Bool {
    guard text.utf8.count <= 254, let at = text.lastIndex(of: "@") else { return false }
    let local = text[..<at]
    let domain = text[text.index(after: at)...]
    guard (1...64).contains(local.utf8.count), !local.hasPrefix("."), !local.hasSuffix("."), !local.contains("..")
    else { return false }
    guard local.utf8.allSatisfy(isLocal) else { return false }
    let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
    return labels.allSatisfy { label in
      (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
        && label.utf8.allSatisfy { isLetterOrDigit($0) || $0 == 45 }
    }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
  }

  /// `atext` of RFC 5322 §3.2.3 and the dot.
  private static func isLocal(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || "!#$%&'*+-/=?^_`{|}~.".utf8.contains(byte)
  }
}

/// What cannot be put into a mail.
package enum MailProblem: Error, Sendable, Hashable {
  /// Not an address.
  case address(String)
  /// A line break or another control character where it would begin a header of its own.
  case control
  /// More than one mail carries.
  case tooLong

  package var message: Localized {
    switch self {
    case .address(let text):
      Localized(
        ja: "「\(text)」はメールアドレスの形ではありません。name@example.jp のように入力してください。",
        en: "“\(text)” is not a mail address. Write it like name@example.jp."
      )
    case .control:
      Localized(
        ja: "件名や名前に改行などの制御文字は使えません。取り除いてください。",
        en: "Subjects and names cannot hold line breaks or other control characters. Remove them."
      )
    case .tooLong:
      Localized(ja: "メールの本文が長すぎます（上限256KB）。", en: "The mail is too long (at most 256 KB).")
    }
  }
}
