import SQL
import Time
import Web

/// A page of requests to take data out.
struct MediaPart: Sendable {
  let requests: [MediaRequest]
  /// Where the next page begins, nil on the last.
  let end: MediaPlace?
  let total: Int
}

/// Where a page of them ended: what waits comes first, then what is out, then the rest, each the newest first.
struct MediaPlace: Sendable {
  private let rank: Int
  private let at: Instant
  private let id: String

  init(_ request: MediaRequest) {
    rank = request.state == .waiting ? 0 : request.state == .approved ? 1 : 2
    at = request.requestedAt
    id = request.id
  }

  private static let mark = "media"

  /// Throws 422 for what we never handed out.
  init?(_ call: APICall) throws(WebError) {
    guard let parts = try call.cursor()?.parts else { return nil }
    guard parts.count == 4, parts[0] == Self.mark, let rank = Int(parts[1]), (0...2).contains(rank),
      let at = Int64(parts[2])
    else { throw .brokenCursor }
    (self.rank, self.at, id) = (rank, Instant(milliseconds: at), parts[3])
  }

  var cursor: Cursor { Cursor([Self.mark, String(rank), String(at.milliseconds), id]) }

  static let rank: SQL = "CASE state WHEN 'waiting' THEN 0 WHEN 'approved' THEN 1 ELSE 2 END"

  /// ` AND …` for what stands behind it.
  var condition: SQL {
    """
     AND (\(Self.rank) > \(rank) OR (\(Self.rank) = \(rank) AND
      (requested_at < \(at) OR (requested_at = \(at) AND id < \(id)))))
    """
  }
}
