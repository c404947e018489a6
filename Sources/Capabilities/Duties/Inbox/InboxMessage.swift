import Nouns
import SQL
import Text
import Time

/// A message to one account.
package struct InboxMessage: Sendable, Hashable {
  package let id: String
  package let title: Localized
  package let text: Localized
  package let link: String
  package let isUrgent: Bool
  package let at: Instant
  package let readAt: Instant?

  /// A message to be written. `origin` says what it is about; of two with one origin, an account gets the first only.
  package struct Draft: Sendable, Hashable {
    package let account: String
    package let origin: String
    package let title: Localized
    package let text: Localized
    package let link: String
    package let isUrgent: Bool

    package init(
      account: String,
      origin: String,
      title: Localized,
      text: Localized,
      link: String,
      isUrgent: Bool
    ) {
      self.account = account
      self.origin = origin
      self.title = title
      self.text = text
      self.link = link
      self.isUrgent = isUrgent
    }
  }

  static let columns: SQL = "id, title_ja, title_en, text_ja, text_en, link, is_urgent, at, read_at"

  init(_ row: Row) throws {
    id = try row.text("id")
    title = Localized(ja: try row.text("title_ja"), en: try row.text("title_en"))
    text = Localized(ja: try row.text("text_ja"), en: try row.text("text_en"))
    link = try row.text("link")
    isUrgent = try row.bool("is_urgent")
    at = try row.instant("at")
    readAt = try row.optionalInstant("read_at")
  }
}

extension Duties {
  /// Puts messages into inboxes, and mails to those who want urgent ones at once. For other capabilities too: an alarm,
  /// an answer, a job that ended.
  package func tell(_ messages: [InboxMessage.Draft], _ facility: FacilityID) async throws {
    guard !messages.isEmpty else { return }
    try await database.write(.facility(facility.rawValue)) { tx in
      for message in messages { try deliver(message, facility, tx) }
    }
    if messages.contains(where: \.isUrgent) { try await needs.order(Self.postKind, facility) }
  }

  /// The same for everybody who holds a role.
  package func tell(
    _ role: Role,
    origin: String,
    title: Localized,
    text: Localized,
    link: String,
    isUrgent: Bool,
    _ facility: FacilityID
  ) async throws {
    let people = try await needs.people(facility).filter { $0.holds(role) }
    try await tell(
      people.map {
        .init(account: $0.account, origin: origin, title: title, text: text, link: link, isUrgent: isUrgent)
      },
      facility
    )
  }

  @discardableResult
  func deliver(_ message: InboxMessage.Draft, _ facility: FacilityID, _ tx: any Transaction) throws -> Bool {
    let now = clock.now()
    let count = try tx.run(
      """
      INSERT INTO inbox_message (facility, id, account, origin, title_ja, title_en, text_ja, text_en, link, is_urgent, at)
      VALUES (\(facility.rawValue), \(ids.next()), \(message.account), \(message.origin), \(message.title.ja),
        \(message.title.en), \(message.text.ja), \(message.text.en), \(message.link), \(message.isUrgent), \(now))
      ON CONFLICT (facility, account, origin) DO NOTHING
      """
    )
    guard count == 1 else { return false }
    if message.isUrgent { try postUrgent(message, facility, tx) }
    return true
  }

  /// How many are unread and how many of those are urgent, for the head of every page.
  package func unread(_ account: String, _ facility: FacilityID) async throws -> (count: Int, urgent: Int) {
    try await database.read(.facility(facility.rawValue)) { tx in
      var answer = (count: 0, urgent: 0)
      try tx.each(Self.unreadStatement(account, facility)) { row in
        let number = try row.integer("number")
        answer.count += number
        if try row.bool("is_urgent") { answer.urgent += number }
      }
      return answer
    }
  }

  static func unreadStatement(_ account: String, _ facility: FacilityID) -> SQL {
    """
    SELECT is_urgent, count(*) AS number FROM inbox_message
    WHERE facility = \(facility.rawValue) AND account = \(account) AND read_at IS NULL GROUP BY is_urgent
    """
  }

  /// The newest three that are unread, urgent ones first.
  package func newest(_ account: String, _ facility: FacilityID) async throws -> [InboxMessage] {
    try await database.read(.facility(facility.rawValue)) { tx in
      try tx.rows(
        """
        SELECT \(InboxMessage.columns) FROM inbox_message WHERE facility = \(facility.rawValue) AND account = \(account)
          AND read_at IS NULL ORDER BY is_urgent DESC, id DESC LIMIT 3
        """
      ).map(InboxMessage.init)
    }
  }

  func messages(
    _ account: String,
    _ facility: FacilityID,
    page: Int,
    size: Int
  ) async throws
    -> (messages: [InboxMessage], total: Int)
  {
    try await database.read(.facility(facility.rawValue)) { tx in
      let total = try tx.count(
        "SELECT count(*) FROM inbox_message WHERE facility = \(facility.rawValue) AND account = \(account)"
      )
      let rows = try tx.rows(
        """
        SELECT \(InboxMessage.columns) FROM inbox_message WHERE facility = \(facility.rawValue) AND account = \(account)
        ORDER BY id DESC LIMIT \(size) OFFSET \((page - 1) * size)
        """
      )
      return (try rows.map(InboxMessage.init), total)
    }
  }

  /// Older than `before`, the newest first.
  func messages(
    _ account: String,
    _ facility: FacilityID,
    before: String?,
    limit: Int
  ) async throws -> [InboxMessage] {
    let older: SQL = before.map { " AND id < \($0)" } ?? ""
    return try await database.read(.facility(facility.rawValue)) { tx in
      try tx.rows(
        """
        SELECT \(InboxMessage.columns) FROM inbox_message
        WHERE facility = \(facility.rawValue) AND account = \(account)\(older) ORDER BY id DESC LIMIT \(limit)
        """
      ).map(InboxMessage.init)
    }
  }

  /// Notes that one message, or all, were read. Answers the link of the one, nil where there is none of this account.
  func read(_ id: String?, _ account: String, _ facility: FacilityID) async throws -> String? {
    try await database.write(.facility(facility.rawValue)) { tx in
      let one: SQL = id.map { " AND id = \($0)" } ?? ""
      try tx.run(
        """
        UPDATE inbox_message SET read_at = \(clock.now())
        WHERE facility = \(facility.rawValue) AND account = \(account) AND read_at IS NULL\(one)
        """
      )
      guard let id else { return nil }
      return try tx.row(
        """
        SELECT link FROM inbox_message WHERE facility = \(facility.rawValue) AND account = \(account) AND id = \(id)
        """
      )?.text("link")
    }
  }
}
