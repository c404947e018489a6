import Foundation
import Mail
import Support
import Testing
import Text
import Time
import Transfer

/// Mails on the wire, read by Python's mail package, and handed to a real Postfix.
@Suite struct MailTests {
  static let at = Instant(LocalDate(iso: "2026-11-21") ?? LocalDate(dayNumber: 0), hour: 8, minute: 5)
  static let subject = "【櫓】期限を過ぎた「やること」が3件あります：外部接続の確認、バックアップの復元確認、髙橋様への連絡①"
  static let text = "おはようございます。\n\n.で始まる行\n" + String(repeating: "長い行です。", count: 200) + "\r\n終わり"

  static func message(
    to mailbox: String = "nurse@hospital.example",
    subject: String = subject,
    text: String = text
  ) throws -> MailMessage {
    try MailMessage(
      id: "0192-test",
      sender: MailAddress("yagura@hospital.example", name: "医療情報部（櫓）からのお知らせ・自動送信のため返信できません"),
      recipient: MailAddress(mailbox, name: "Sato Misaki"),
      subject: subject,
      text: text,
      at: at
    )
  }

  /// What another program reads out of it.
  static func readByPython(_ letter: Data) throws -> [String: String] {
    let folder = try TemporaryFolder()
    try letter.write(to: URL(filePath: folder.file("letter")))
    let code = """
      import email, email.policy, json, sys
      from email.header import decode_header, make_header
      # The newer parser of Python puts spaces between the encoded words of a name, which RFC 2047 §6.2 forbids.
      raw = email.message_from_binary_file(open(sys.argv[1], "rb"))
      m = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default)
      d = m.defects + [x for h in m.values() for x in getattr(h, "defects", [])]
      print(json.dumps({"subject": m["subject"], "from": str(make_header(decode_header(raw["from"]))), "to": str(m["to"]),
        "date": m["date"].datetime.isoformat(), "text": m.get_content().replace("\\r\\n", "\\n"), "defects": str(d), "id": m["message-id"]}))
      """
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", code, folder.file("letter")]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return try JSONDecoder().decode([String: String].self, from: bytes)
  }

  @Test func anotherProgramReadsWhatWasWritten() throws {
    let bytes = try Self.message().bytes
    for line in String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n") {
      #expect(line.utf8.count <= 76, "\(line)")
      #expect(line.utf8.allSatisfy { (32...126).contains($0) }, "\(line)")
    }
    let read = try Self.readByPython(Data(bytes))
    #expect(read["subject"] == Self.subject)
    #expect(read["from"] == "医療情報部（櫓）からのお知らせ・自動送信のため返信できません <yagura@hospital.example>")
    #expect(read["to"] == "Sato Misaki <nurse@hospital.example>")
    #expect(read["date"] == "2026-11-21T08:05:00+09:00")
    #expect(read["text"] == Self.text.replacing("\r\n", with: "\n") + "\n")
    #expect(read["id"] == "<0192-test@hospital.example>")
    #expect(read["defects"] == "[]")
  }

  /// Whatever is cut, characters stay whole: every length of a subject around the limit of one word.
  @Test func subjectsOfAnyLengthStayWhole() throws {
    for count in [1, 12, 13, 14, 25, 26, 27, 60] {
      let subject = String(repeating: "髙", count: count) + "👩‍⚕️ab"
      #expect(try Self.readByPython(Data(Self.message(subject: subject, text: "x").bytes))["subject"] == subject)
    }
  }

  @Test(arguments: ["a\r\nBcc: x@y.example", "a\nb", "a\u{0}b", "a\u{7f}", "a\u{85}b", "a\u{2028}b"])
  func aSubjectOrNameCannotBeginAHeader(text: String) throws {
    #expect(throws: MailProblem.control) { try Self.message(subject: text) }
    #expect(throws: MailProblem.control) { try MailAddress("a@b.example", name: text) }
    #expect(throws: MailProblem.self) { try MailAddress(text + "@b.example") }
  }

  @Test(arguments: [
    "", "a", "a@", "@b", "a b@c.example", "a@b..example", ".a@b.example", "a.@b.example", "a..b@c.example",
    "<a@b.example>", "a@b.example>", "a@b.example SIZE=1", "医療@b.example", "a@-b.example", "a,b@c.example",
  ])
  func whatIsNoAddressIsRefused(text: String) {
    #expect(throws: MailProblem.self) { try MailAddress(text) }
  }

  @Test func addressesTypedWideAreTaken() throws {
    #expect(try MailAddress("　ｓａｔｏ＠ｂ．ｅｘａｍｐｌｅ ").mailbox == "sato@b.example")
  }

  // MARK: A real relay

  @Test(.enabled(if: Postfix.canRun, "Postfix is not installed, or the tests do not run as root"))
  func postfixTakesALetterAndSaysNoInItsOwnWays() async throws {
    let postfix = try await Postfix()
    for security in [SMTPTransfer.Security.startTLS, .tls] {
      let answer = try await MailRelay(postfix.server(security), trust: postfix.trust).send(Self.message())
      #expect(answer.contains("queued as"), "\(answer)")
    }
    let letters = try await postfix.letters(2)
    #expect(letters.count == 2)
    for letter in letters {
      let read = try Self.readByPython(letter)
      #expect(read["subject"] == Self.subject)
      #expect(read["text"] == Self.text.replacing("\r\n", with: "\n") + "\n")
    }
    let relay = MailRelay(postfix.server(), trust: postfix.trust)
    await #expect { try await relay.send(Self.message(to: "full@hospital.example")) } throws: { error in
      guard case SMTPError.later(code: 450, let line) = error else { return false }
      return line.contains("the box is full")
    }
    await #expect { try await relay.send(Self.message(to: "nobody@hospital.example")) } throws: { error in
      guard case SMTPError.refused(code: 550, _) = error else { return false }
      return true
    }
    let stranger = MailRelay(postfix.server(password: "wrong"), trust: postfix.trust)
    await #expect { try await stranger.send(Self.message()) } throws: { error in
      guard case SMTPError.wrongCredentials = error else { return false }
      return true
    }
    let trusting = MailRelay(postfix.server())
    await #expect { try await trusting.send(Self.message()) } throws: { error in
      guard case SMTPError.transfer(.untrusted) = error else { return false }
      return true
    }
    await postfix.stop()
    await #expect(throws: SMTPError.self) { try await relay.send(Self.message()) }
    #expect(try await postfix.letters(2).count == 2)
  }

  /// A relay that offers no encryption gets neither letter nor password.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/sbin/smtp-sink"), "smtp-sink is not installed"))
  func nothingIsSentInTheClearUnlessAsked() async throws {
    let folder = try TemporaryFolder()
    let port = freePort()
    let sink = try Spawned(
      "/usr/sbin/smtp-sink",
      ["-u", geteuid() == 0 ? "nobody" : NSUserName(), "127.0.0.1:\(port)", "10"],
      environment: [:],
      output: folder.file("output"),
      errors: folder.file("output")
    )
    defer { sink.signal(SIGTERM) }
    let plain = SMTPTransfer.Server(host: "127.0.0.1", port: port, security: .none)
    var answer: String?
    for _ in 0..<50 where answer == nil {
      do {
        answer = try await MailRelay(plain).send(Self.message())
      } catch SMTPError.transfer(.unreachable) {
        try await Task.sleep(for: .milliseconds(100))
      }
    }
    #expect(answer != nil)
    var wanting = plain
    wanting.security = .startTLS
    let relay = MailRelay(wanting)
    await #expect(throws: SMTPError.noEncryption) { try await relay.send(Self.message()) }
    let open = SMTPTransfer.Server(host: "mail.hospital.example", port: 25, security: .none, user: "a", password: "b")
    await #expect { try await MailRelay(open).send(Self.message()) } throws: { error in
      guard case SMTPError.transfer(.refused) = error else { return false }
      return true
    }
  }

  @Test(arguments: ["", "a b", "host/../x", "a@b", "host?x", "-oProxy", "host\r\nX", "あ"])
  func whatIsNoHostIsNotCalled(host: String) async throws {
    let relay = MailRelay(SMTPTransfer.Server(host: host, port: 25, security: .none))
    await #expect { try await relay.send(Self.message()) } throws: { error in
      guard case SMTPError.transfer(.refused) = error else { return false }
      return true
    }
  }

  @Test func aRelayThatIsDownIsSaidInWords() async throws {
    let relay = MailRelay(SMTPTransfer.Server(host: "127.0.0.1", port: freePort(), security: .none))
    do {
      _ = try await relay.send(Self.message())
      Issue.record("nobody listens there")
    } catch let error as SMTPError {
      #expect(error.isPassing)
      #expect(error.message.ja.contains("つながりません"))
    }
  }
}
