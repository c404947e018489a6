import Nouns
import Text
import Time

/// The words of mails. They say no more than the titles of what is to do: the rest is behind the sign-in.
enum MailText {
  static let senderName = "櫓 Yagura"

  /// Without what cannot stand in a subject.
  static func line(_ text: String) -> String {
    String(
      String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? " " : $0 }).prefix(150)
    )
  }

  static func urgent(_ message: InboxMessage.Draft, address: String) -> String {
    "\(message.title.ja)\n\(message.text.ja)\n\n\(place(message.link, address))\n\n\(foot)\n"
  }

  /// The daily summary: what is overdue and due soon, and what is new in the inbox.
  static func digest(
    _ duties: [Duty],
    _ messages: [String],
    today: LocalDate,
    address: String
  ) -> (
    subject: String, body: String
  ) {
    let late = duties.filter { $0.due < today }
    let soon = duties.filter { $0.due >= today && $0.due <= today.adding(days: 7) }
    var parts: [String] = []
    func list(_ title: String, _ duties: [Duty]) {
      guard !duties.isEmpty else { return }
      let lines = duties.prefix(20).map { "・\(line($0.title.ja))（期限 \($0.due.slashed)）" }
      let rest = duties.count > 20 ? ["ほか\(duties.count - 20)件"] : []
      parts.append("■ \(title)（\(duties.count)件）\n" + (lines + rest).joined(separator: "\n"))
    }
    list("期限を過ぎたもの", late)
    list("7日以内のもの", soon)
    if !messages.isEmpty {
      parts.append(
        "■ 新しいお知らせ（\(messages.count)件）\n" + messages.prefix(20).map { "・\(line($0))" }.joined(separator: "\n")
      )
    }
    let subject =
      late.isEmpty ? "【櫓】今日のまとめ：やること\(soon.count)件、お知らせ\(messages.count)件" : "【櫓】期限を過ぎたやること\(late.count)件"
    return (subject, parts.joined(separator: "\n\n") + "\n\n\(place("/", address))\n\n\(foot)\n")
  }

  private static func place(_ link: String, _ address: String) -> String {
    address.isEmpty ? "櫓にサインインして確かめてください。" : "開く：\(address)\(link)"
  }

  private static let foot = "このメールは自動で送っています。受け取りの設定は、櫓の「アカウント」→「お知らせの受け取り」で変えられます。"
}
