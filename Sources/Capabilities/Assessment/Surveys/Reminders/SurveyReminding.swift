import Mail
import Time

/// When those who have not answered are reminded, and where a mail finds them. Pure.
enum SurveyReminding {
  /// From so many days before the end on, and again so many days after the last time.
  static let days = 7

  static func hasBegun(due: LocalDate, today: LocalDate) -> Bool { today >= due.adding(days: -days) }

  /// Whoever was reminded on this day or before is to be reminded again.
  static func latest(today: LocalDate) -> LocalDate { today.adding(days: -days) }

  /// The first mail address in what a list says of how somebody is reached.
  static func mailbox(in contact: String) -> String? {
    let parts = contact.split { $0.isWhitespace || "、，,;；／/（）()<>＜＞：:".contains($0) }
    for part in parts where part.contains(where: { $0 == "@" || $0 == "＠" }) {
      // What is no address is a name or a number.
      if let address = try? MailAddress(String(part)) { return address.mailbox }
    }
    return nil
  }
}
