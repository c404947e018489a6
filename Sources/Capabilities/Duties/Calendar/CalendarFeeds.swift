import Journal
import Nouns
import SQL
import Sealing
import Text
import Time
import Web

/// An address under which a calendar program fetches somebody's duties without signing in.
struct CalendarFeed: Sendable, Hashable {
  let id: String
  let createdAt: Instant
  let usedAt: Instant?
}

extension Duties {
  /// What stands in the calendar of this person for these days: open duties and checks, done ones left out.
  func calendarDuties(
    _ reader: DutyReader,
    _ facility: FacilityID,
    from first: LocalDate,
    to last: LocalDate
  ) async throws -> [Duty] {
    let today = today
    let marks = try await marks(facility)
    let holidays = LongHolidays(calendar: calendar).duties(from: first, to: last, today: today)
      // What nobody did at its time long ago is no date any more.
      .filter { !marks.done.contains($0.id) && reader.sees($0) && $0.due >= today.adding(days: -LongHolidays.behind) }
    let open = try await list(reader, facility)
    let known = Set(open.map(\.id))
    return (open + holidays.filter { !known.contains($0.id) && marks.snoozed[$0.id] == nil })
      .filter { first <= $0.due && $0.due <= last }
      .sorted { ($0.due, $0.rank, $0.id) < ($1.due, $1.rank, $1.id) }
  }

  func feed(_ account: String, _ facility: FacilityID) async throws -> CalendarFeed? {
    try await database.read(.facility(facility.rawValue)) { tx in
      try tx.row(
        """
        SELECT id, created_at, used_at FROM calendar_feed
        WHERE facility = \(facility.rawValue) AND account = \(account) AND revoked_at IS NULL
        """
      ).map {
        CalendarFeed(
          id: try $0.text("id"),
          createdAt: try $0.instant("created_at"),
          usedAt: try $0.optionalInstant("used_at")
        )
      }
    }
  }

  /// A new secret address; the one before no longer works. Answers the token, which is shown once and kept as a hash.
  func makeFeed(in scope: Scope<SignedIn>) async throws -> Token {
    let token = Token(from: entropy)
    try await database.write(.facility(scope.facility.rawValue)) { tx in
      try revoke(scope, tx)
      try tx.run(
        """
        INSERT INTO calendar_feed (facility, id, account, token_hash, created_at)
        VALUES (\(scope.facility.rawValue), \(ids.next()), \(scope.actor.id), \(token.hash), \(clock.now()))
        """
      )
      try tx.record([
        entry("duty.feed-made", (scope.actor.id, scope.actor.name), scope.facility, scope.actor, scope.request, [], nil)
      ])
    }
    return token
  }

  /// Under the house's own address where the mail settings name it, else under the one that was asked.
  func address(of token: Token, _ request: WebRequest, _ facility: FacilityID) async throws -> String {
    let base = try await relay(facility)?.address ?? ""
    return "\(base.isEmpty ? request.origin : base)/calendar/feed/\(token.text).ics"
  }

  func revokeFeed(in scope: Scope<SignedIn>) async throws {
    try await database.write(.facility(scope.facility.rawValue)) { tx in
      guard try revoke(scope, tx) > 0 else { return }
      try tx.record([
        entry(
          "duty.feed-revoked",
          (scope.actor.id, scope.actor.name),
          scope.facility,
          scope.actor,
          scope.request,
          [],
          nil
        )
      ])
    }
  }

  @discardableResult
  private func revoke(_ scope: Scope<SignedIn>, _ tx: any Transaction) throws -> Int {
    try tx.run(
      """
      UPDATE calendar_feed SET revoked_at = \(clock.now())
      WHERE facility = \(scope.facility.rawValue) AND account = \(scope.actor.id) AND revoked_at IS NULL
      """
    )
  }

  /// The calendar behind a secret address; nil where the address is unknown or taken back, or the account is locked.
  func calendarFile(_ token: Token) async throws -> [UInt8]? {
    let now = clock.now()
    let found = try await database.write(.everyFacility) { tx -> (FacilityID, String)? in
      guard
        let row = try tx.row(
          "SELECT facility, account FROM calendar_feed WHERE token_hash = \(token.hash) AND revoked_at IS NULL"
        )
      else { return nil }
      try tx.run("UPDATE calendar_feed SET used_at = \(now) WHERE token_hash = \(token.hash)")
      return (FacilityID(rawValue: try row.text("facility")), try row.text("account"))
    }
    guard let (facility, account) = found,
      let person = try await needs.people(facility).first(where: { $0.account == account })
    else { return nil }
    let reader = DutyReader(account: account, grants: person.grants, seesAll: false)
    return try await calendarFile(reader, facility, person.language)
  }

  /// Half a year back and a year ahead.
  func calendarFile(_ reader: DutyReader, _ facility: FacilityID, _ language: Language) async throws -> [UInt8] {
    let now = clock.now()
    let duties = try await calendarDuties(
      reader,
      facility,
      from: now.day.adding(days: -180),
      to: now.day.adding(days: 365)
    )
    let name = Localized(ja: "櫓 やること", en: "Yagura: to do")[language]
    let address = try await relay(facility)?.address ?? ""
    return ICalendar(name: name, facility: facility, language: language, now: now, address: address).file(duties)
  }
}
