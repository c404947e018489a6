import Nouns
import SQL

/// A page of a list with what stands around it, all as of one moment.
package struct Listing: Sendable {
  /// Its records hold their names and the fields that are shown, nothing else.
  package let page: ListPage
  /// What the filters by other records offer: field → (id, name).
  package let choices: [String: [(id: String, title: String)]]
  package let views: [SavedView]
}

extension RecordStore {
  /// What the page of a list shows. `shown` are the fields it has columns for, `filters` those of its filters that point
  /// to other records, of which at most `limit` are offered each.
  package func listing(
    _ kind: Kind,
    _ query: ListQuery,
    shown: [String],
    filters: [String],
    limit: Int,
    in scope: Scope<ReadLedger>
  ) async throws -> Listing {
    let list = try RecordList(kind, catalogue, scope)
    let offered = try filters.compactMap { field -> (field: String, list: RecordList)? in
      guard let other = kind[field: field]?.referenced.flatMap(catalogue.kind), other.key != kind.key else {
        return nil
      }
      return (field, try RecordList(other, catalogue, scope))
    }
    let (facility, owner) = (scope.facility.rawValue, scope.actor.id)
    let writes = database.writes
    return try await database.read(scope.reach) { [shelf] tx in
      let kept = try shelf.reader(facility, writes: writes, in: tx)
      var choices: [String: [(id: String, title: String)]] = [:]
      for (field, list) in offered {
        choices[field] = try list.choices(ListQuery(), limit: limit, shelf: kept, in: tx)
      }
      return Listing(
        page: try list.page(query, shown: shown, shelf: kept, in: tx),
        choices: choices,
        views: try SavedView.all(of: kind, owner: owner, facility: facility, in: tx)
      )
    }
  }
}
