import Nouns
import SQL
import Text
import Time
import Web

// Requests that are done once, however often they are sent: `Idempotency-Key`.

extension Identity {
  /// How long an answer is kept.
  static let keptHours = 24
  /// After so many seconds a request without an answer was cut off, and its key is free again.
  static let lostSeconds = 300

  var once: OnceSource {
    OnceSource(
      begin: { key, print, session, request in try await begin(key, print, session, at: request.now) },
      end: { key, session, answer in try await end(key, session, answer) }
    )
  }

  private func begin(
    _ key: String,
    _ print: String,
    _ session: Session,
    at now: Instant
  ) async throws
    -> OnceSource.Found
  {
    let (facility, caller) = (session.facility.rawValue, session.userID)
    return try await database.write(.facility(facility)) { tx in
      try tx.run(
        """
        DELETE FROM api_once WHERE facility = \(facility) AND (at < \(now.adding(seconds: -Self.keptHours * 3600))
          OR (status IS NULL AND at < \(now.adding(seconds: -Self.lostSeconds))))
        """
      )
      let taken = try tx.run(
        """
        INSERT INTO api_once (facility, caller, once_key, print, at)
        VALUES (\(facility), \(caller), \(key), \(print), \(now)) ON CONFLICT DO NOTHING
        """
      )
      guard taken == 0 else { return .new }
      guard
        let row = try tx.row(
          """
          SELECT print, status, location, tag, body FROM api_once
          WHERE facility = \(facility) AND caller = \(caller) AND once_key = \(key)
          """
        )
      else { return .underWay }
      guard try row.text("print") == print else { return .otherRequest }
      guard let status = try row.optionalInteger("status") else { return .underWay }
      return .answered(
        OnceSource.KeptAnswer(
          status: status,
          location: try row.optionalText("location"),
          tag: try row.optionalText("tag"),
          body: try row.optionalBytes("body") ?? []
        )
      )
    }
  }

  private func end(_ key: String, _ session: Session, _ answer: OnceSource.KeptAnswer?) async throws {
    let (facility, caller) = (session.facility.rawValue, session.userID)
    try await database.write(.facility(facility)) { tx in
      guard let answer else {
        try tx.run(
          "DELETE FROM api_once WHERE facility = \(facility) AND caller = \(caller) AND once_key = \(key)"
        )
        return
      }
      try tx.run(
        """
        UPDATE api_once SET status = \(answer.status), location = \(answer.location), tag = \(answer.tag),
          body = \(answer.body)
        WHERE facility = \(facility) AND caller = \(caller) AND once_key = \(key)
        """
      )
    }
  }
}
