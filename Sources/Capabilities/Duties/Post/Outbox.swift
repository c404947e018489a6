import Jobs
import Mail
import Nouns
import SQL
import Text
import Time
import Transfer

/// A mail that waits, went, or cannot go.
struct Letter: Sendable, Hashable {
  enum State: String, Sendable, CaseIterable {
    /// To be handed to the relay at its time.
    case waiting
    /// Being handed over right now.
    case sending
    case sent
    /// The relay refused it for good, or it waited for three days.
    case failed
    /// The connection or the program broke off in the midst of it: it may have gone, so a person decides.
    case unknown
  }

  let id: String
  let account: String
  let recipient: String
  let subject: String
  let body: String
  let state: State
  let createdAt: Instant
  let nextTryAt: Instant
  let attempts: Int
  let problem: Localized

  static let columns: SQL = """
    id, account, recipient, subject, body, state, created_at, next_try_at, attempts, problem_ja, problem_en
    """

  init(_ row: Row) throws {
    id = try row.text("id")
    account = try row.text("account")
    recipient = try row.text("recipient")
    subject = try row.text("subject")
    body = try row.text("body")
    state = State(rawValue: try row.text("state")) ?? .unknown
    createdAt = try row.instant("created_at")
    nextTryAt = try row.instant("next_try_at")
    attempts = try row.integer("attempts")
    problem = Localized(ja: try row.text("problem_ja"), en: try row.text("problem_en"))
  }

  /// Seconds until the next try: soon at first, hourly in the end.
  static func pause(after attempts: Int) -> Int {
    [60, 300, 900, 1800].dropFirst(max(0, attempts - 1)).first ?? 3600
  }

  /// How long a letter is tried.
  static let patienceDays = 3
  /// A letter that has been on its way for so long was left behind by a process that died.
  static let longestSendingSeconds = 300
}

extension Duties {
  package static let postKind = "duties.post"

  var postJob: JobKind {
    JobKind(name: Self.postKind, title: Localized(ja: "メールの送信", en: "Sending mail"), keepDays: 2) { context in
      let result = try await sendDue(FacilityID(rawValue: context.facility))
      guard let problem = result.problem else {
        return JobOutcome(message: Localized(ja: "\(result.sent)通を送りました。", en: "\(result.sent) sent."))
      }
      let rest = Localized(
        ja: "\(result.sent)通を送りました。\(result.waiting)通は送れず、あとでもう一度送ります。\(problem.ja)",
        en: "\(result.sent) sent. \(result.waiting) wait and will be tried again. \(problem.en)"
      )
      return JobOutcome(isPartial: true, message: rest, link: "/settings/mail")
    }
  }

  /// Puts a letter in line. Goes when the relay is there.
  func post(
    to account: String,
    _ recipient: String,
    subject: String,
    body: String,
    _ facility: FacilityID,
    _ tx: any Transaction
  ) throws {
    let now = clock.now()
    try tx.run(
      """
      INSERT INTO mail_out (facility, id, account, recipient, subject, body, state, created_at, next_try_at, attempts,
        problem_ja, problem_en, answer)
      VALUES (\(facility.rawValue), \(ids.next()), \(account), \(recipient), \(subject), \(body), 'waiting', \(now),
        \(now), 0, '', '', '')
      """
    )
  }

  /// A mail to somebody without an account, such as one who was asked by a list.
  package struct OutsideMail: Sendable {
    package let recipient: String
    package let subject: String
    package let text: String

    package init(recipient: String, subject: String, text: String) {
      self.recipient = recipient
      self.subject = subject
      self.text = text
    }
  }

  /// The address of these pages for links in mails, empty where it is not set; nil where the facility sends no mail.
  package func mailing(_ facility: FacilityID) async throws -> String? { try await relay(facility)?.address }

  /// Puts mails to people outside in line, all or none. False where the facility sends no mail.
  package func post(_ mails: [OutsideMail], _ facility: FacilityID) async throws -> Bool {
    guard try await relay(facility) != nil else { return false }
    try await database.write(.facility(facility.rawValue)) { tx in
      for mail in mails {
        try post(to: "", mail.recipient, subject: MailText.line(mail.subject), body: mail.text, facility, tx)
      }
    }
    if !mails.isEmpty { try await needs.order(Self.postKind, facility) }
    return true
  }

  /// An urgent message goes by mail at once to those who asked for it.
  func postUrgent(_ message: InboxMessage.Draft, _ facility: FacilityID, _ tx: any Transaction) throws {
    guard
      let wish = try tx.row(
        """
        SELECT account, address, wants_digest, wants_urgent FROM mail_wish
        WHERE facility = \(facility.rawValue) AND account = \(message.account) AND wants_urgent AND address <> ''
        """
      ).map(MailWish.init)
    else { return }
    try post(
      to: wish.account,
      wish.address,
      subject: "【急ぎ】" + MailText.line(message.title.ja),
      body: MailText.urgent(message, address: try mailAddress(facility, tx)),
      facility,
      tx
    )
  }

  func mailAddress(_ facility: FacilityID, _ tx: any Transaction) throws -> String {
    try tx.row("SELECT address FROM mail_relay WHERE facility = \(facility.rawValue)")?.text("address")
      ?? usualRelay?.address ?? ""
  }

  struct Sending: Sendable, Hashable {
    var sent = 0
    var waiting = 0
    /// Why what waits did not go.
    var problem: Localized?
  }

  /// Hands over what is due, one letter at a time. A relay that is down ends it: all wait.
  func sendDue(_ facility: FacilityID, limit: Int = 200) async throws -> Sending {
    var result = Sending()
    try await giveUpOnLostLetters(facility)
    let due = try await database.read(.facility(facility.rawValue)) { [now = clock.now()] tx in
      try tx.rows(
        """
        SELECT \(Letter.columns) FROM mail_out WHERE facility = \(facility.rawValue) AND state = 'waiting'
          AND next_try_at <= \(now) ORDER BY next_try_at, id LIMIT \(limit)
        """
      ).map(Letter.init)
    }
    guard !due.isEmpty else { return result }
    guard let settings = try await relay(facility) else {
      result.waiting = due.count
      result.problem = Localized(ja: "メールサーバーが設定されていません。", en: "No mail server is set.")
      return result
    }
    for (index, letter) in due.enumerated() where try await claim(letter, facility) {
      switch await hand(letter, to: settings) {
      case .success(let answer):
        try await end(letter, .sent, facility, answer: answer)
        result.sent += 1
      case .failure(let error) where error.isPassing:
        try await put(letter, back: error.message, facility)
        // Trouble with one box is no trouble with the relay.
        if case .later = error {
          result.waiting += 1
        } else {
          result.waiting += due.count - index
          result.problem = error.message
          return result
        }
      case .failure(let error):
        try await end(letter, error == .unknownOutcome ? .unknown : .failed, facility, problem: error.message)
      }
    }
    return result
  }

  private func hand(_ letter: Letter, to settings: RelaySettings) async -> Result<String, SMTPError> {
    do {
      let message = try MailMessage(
        id: letter.id,
        sender: MailAddress(settings.sender, name: MailText.senderName),
        recipient: MailAddress(letter.recipient),
        subject: letter.subject,
        text: letter.body,
        at: letter.createdAt
      )
      return .success(try await settings.relay.send(message))
    } catch let error as SMTPError {
      return .failure(error)
    } catch let error as MailProblem {
      return .failure(.refused(code: 0, line: error.message.ja))
    } catch {
      // Too many transfers at once, or the program is ending: later.
      return .failure(.transfer(.failed("\(error)")))
    }
  }

  /// Of two processes one gets it.
  private func claim(_ letter: Letter, _ facility: FacilityID) async throws -> Bool {
    let now = clock.now()
    return try await database.write(.facility(facility.rawValue)) { tx in
      try tx.run(
        """
        UPDATE mail_out SET state = 'sending', attempts = attempts + 1, next_try_at = \(now)
        WHERE facility = \(facility.rawValue) AND id = \(letter.id) AND state = 'waiting'
        """
      ) == 1
    }
  }

  private func put(_ letter: Letter, back problem: Localized, _ facility: FacilityID) async throws {
    let now = clock.now()
    if now > letter.createdAt.adding(days: Letter.patienceDays) {
      return try await end(letter, .failed, facility, problem: problem)
    }
    let next = now.adding(seconds: Letter.pause(after: letter.attempts + 1))
    try await database.write(.facility(facility.rawValue)) { tx in
      try tx.run(
        """
        UPDATE mail_out SET state = 'waiting', next_try_at = \(next), problem_ja = \(problem.ja),
          problem_en = \(problem.en) WHERE facility = \(facility.rawValue) AND id = \(letter.id) AND state = 'sending'
        """
      )
    }
  }

  private func end(
    _ letter: Letter,
    _ state: Letter.State,
    _ facility: FacilityID,
    answer: String = "",
    problem: Localized = Localized(both: "")
  ) async throws {
    let now = clock.now()
    try await database.write(.facility(facility.rawValue)) { tx in
      try tx.run(
        """
        UPDATE mail_out SET state = \(state.rawValue), ended_at = \(now), answer = \(answer),
          problem_ja = \(problem.ja), problem_en = \(problem.en)
        WHERE facility = \(facility.rawValue) AND id = \(letter.id)
        """
      )
    }
  }

  /// Letters whose process died while it sent them, and old letters that went long ago.
  private func giveUpOnLostLetters(_ facility: FacilityID) async throws {
    let now = clock.now()
    let problem = SMTPError.unknownOutcome.message
    try await database.write(.facility(facility.rawValue)) { tx in
      try tx.run(
        """
        UPDATE mail_out SET state = 'unknown', ended_at = \(now), problem_ja = \(problem.ja), problem_en = \(problem.en)
        WHERE facility = \(facility.rawValue) AND state = 'sending'
          AND next_try_at < \(now.adding(seconds: -Letter.longestSendingSeconds))
        """
      )
      try tx.run(
        """
        DELETE FROM mail_out WHERE facility = \(facility.rawValue) AND state = 'sent'
          AND ended_at < \(now.adding(days: -30))
        """
      )
    }
  }

  /// Once more, by a person's decision. Answers false where the letter is not one that ended badly.
  func sendAgain(_ id: String, in scope: Scope<ManageSettings>) async throws -> Bool {
    let now = clock.now()
    let count = try await database.write(.facility(scope.facility.rawValue)) { tx in
      try tx.run(
        """
        UPDATE mail_out SET state = 'waiting', next_try_at = \(now), created_at = \(now), ended_at = NULL
        WHERE facility = \(scope.facility.rawValue) AND id = \(id) AND state IN ('failed', 'unknown')
        """
      )
    }
    if count == 1 { try await needs.order(Self.postKind, scope.facility) }
    return count == 1
  }

  func letters(_ facility: FacilityID, limit: Int) async throws -> [Letter] {
    try await database.read(.facility(facility.rawValue)) { tx in
      try tx.rows(
        """
        SELECT \(Letter.columns) FROM mail_out WHERE facility = \(facility.rawValue) AND state <> 'sent'
        ORDER BY id DESC LIMIT \(limit)
        """
      ).map(Letter.init)
    }
  }
}
