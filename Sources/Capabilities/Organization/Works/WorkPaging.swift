import Nouns
import Records
import SQL
import Time
import Web

/// A page of the requests for work, where it ends, and how many there are.
struct WorkPart: Sendable {
  let requests: [WorkRequest]
  /// Nil where nothing follows.
  let end: WorkPlace?
  let total: Int
}

/// A place in the order of the list: what is open first, the soonest first; then what is over, the newest first.
struct WorkPlace: Sendable {
  let isOver: Bool
  let day: String
  let id: String

  init(_ request: WorkRequest) {
    isOver = request.state.isOver
    day = request.draft.day.iso
    id = request.id
  }

  private static let mark = "work"

  /// Throws 422 for what we never handed out.
  init?(_ call: APICall) throws(WebError) {
    guard let parts = try call.cursor()?.parts else { return nil }
    guard parts.count == 4, parts[0] == Self.mark, ["0", "1"].contains(parts[1]) else { throw .brokenCursor }
    (isOver, day, id) = (parts[1] == "1", parts[2], parts[3])
  }

  var cursor: Cursor { Cursor([Self.mark, isOver ? "1" : "0", day, id]) }

  /// ` AND …` for what stands behind it.
  fileprivate var condition: SQL {
    let over: SQL = "state IN ('confirmed', 'withdrawn')"
    guard isOver else {
      return " AND (\(over) OR work_on > \(day) OR (work_on = \(day) AND id < \(id)))"
    }
    return " AND \(over) AND (work_on < \(day) OR (work_on = \(day) AND id < \(id)))"
  }
}

extension WorkStore {
  /// Those of the reader's departments, a page of them.
  func part(after place: WorkPlace?, limit: Int, in scope: Scope<ReadLedger>) async throws -> WorkPart {
    try await part(WorkParty.reach(scope), place, limit, scope.facility)
  }

  /// A vendor's own, a page of them.
  func part(
    of vendor: String,
    after place: WorkPlace?,
    limit: Int,
    _ facility: FacilityID
  ) async throws -> WorkPart {
    try await part(" AND vendor = \(vendor)", place, limit, facility)
  }

  private func part(_ reach: SQL, _ place: WorkPlace?, _ limit: Int, _ facility: FacilityID) async throws -> WorkPart {
    let key = facility.rawValue
    return try await kept.database.read(.facility(key)) { tx in
      let found = try Self.rows("\(reach)\(place?.condition ?? "")\(Self.order(limit + 1))", key, in: tx)
      let shown = Array(found.prefix(limit))
      return WorkPart(
        requests: shown,
        end: found.count > limit ? shown.last.map(WorkPlace.init) : nil,
        total: try tx.count("SELECT count(*) FROM vendor_work WHERE facility = \(key)\(reach)")
      )
    }
  }
}
