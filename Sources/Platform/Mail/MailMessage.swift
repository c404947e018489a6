import FoundationEssentials
import Time

/// A plain-text mail and its form on the wire: RFC 5322, MIME (RFC 2045), headers in UTF-8 as encoded words (RFC 2047).
package struct MailMessage: Sendable, Hashable {
  package let id: String
  package let sender: MailAddress
  package let recipient: MailAddress
  package let subject: String
  package let text: String
  package let at: Instant

  package static let longest = 256 << 10

  /// `id` is unique and stays the same when the mail is tried again, so that one that arrives twice is known as one.
  package init(
    id: String,
    sender: MailAddress,
    recipient: MailAddress,
    subject: String,
    text: String,
    at: Instant
  ) throws(MailProblem) {
    if subject.unicodeScalars.contains(where: Self.isControl) || id.unicodeScalars.contains(where: Self.isControl) {
      throw .control
    }
    guard text.utf8.count <= Self.longest, subject.utf8.count <= 1000 else { throw .tooLong }
    self.id = id
    self.sender = sender
    self.recipient = recipient
    self.subject = subject
    self.text = text
    self.at = at
  }

  /// The letter as it is sent: lines of at most 76 characters that end in CR LF.
  package var bytes: [UInt8] {
    let domain = sender.mailbox.split(separator: "@").last.map(String.init) ?? "localhost"
    let (body, encoding) = encodedBody
    let head = [
      "Date: \(Self.date(at))",
      "From: \(Self.shown(sender, after: 6))",
      "To: \(Self.shown(recipient, after: 4))",
      "Subject: \(Self.words(subject))",
      "Message-ID: <\(id)@\(domain)>",
      // Answering machines keep still (RFC 3834).
      "Auto-Submitted: auto-generated",
      "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=UTF-8",
      "Content-Transfer-Encoding: \(encoding)",
    ]
    return Array((head.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8)
  }

  private var encodedBody: (text: String, encoding: String) {
    let lines = text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
    let crlf = lines.joined(separator: "\r\n") + "\r\n"
    if crlf.utf8.allSatisfy({ $0 == 9 || $0 == 10 || $0 == 13 || (32...126).contains($0) }),
      lines.allSatisfy({ $0.utf8.count <= 76 && !$0.contains("\r") })
    {
      return (crlf, "7bit")
    }
    let code = Array(Data(crlf.utf8).base64EncodedString().utf8)
    let rows = stride(from: 0, to: code.count, by: 76).map { start in
      String(decoding: code[start..<min(start + 76, code.count)], as: UTF8.self)
    }
    return (rows.joined(separator: "\r\n") + "\r\n", "base64")
  }

  private static func shown(_ address: MailAddress, after used: Int) -> String {
    guard let name = address.name else { return address.mailbox }
    let isPlain = name.utf8.allSatisfy {
      (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 32
    }
    if isPlain, name.utf8.count + address.mailbox.utf8.count + used < 72 { return "\(name) <\(address.mailbox)>" }
    return "\(encoded(name))\r\n <\(address.mailbox)>"
  }

  private static func words(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { (32...126).contains($0) } && !text.contains("=?")
    return isPlain && text.utf8.count <= 64 ? text : encoded(text)
  }

  /// Encoded words of at most 39 bytes each, cut between characters, so that each line stays below 76 with its name.
  private static func encoded(_ text: String) -> String {
    var pieces: [[UInt8]] = [[]]
    for scalar in text.unicodeScalars {
      let bytes = Array(String(scalar).utf8)
      if let last = pieces.last, last.count + bytes.count > 39 { pieces.append([]) }
      pieces[pieces.count - 1] += bytes
    }
    return pieces.map { "=?UTF-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\r\n ")
  }

  /// Sat, 21 Nov 2026 09:05:00 +0900
  static func date(_ at: Instant) -> String {
    let (year, month, day) = at.day.parts
    let (hour, minute, second) = at.timeOfDay
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let weekday = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][at.day.weekday]
    return
      "\(weekday), \(day) \(LocalDate.englishMonths[month - 1]) \(year) \(two(hour)):\(two(minute)):\(two(second)) +0900"
  }

  /// What would end a header line or upset a terminal.
  static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 32 || (127...159).contains(scalar.value) || scalar.value == 0x2028 || scalar.value == 0x2029
  }
}
