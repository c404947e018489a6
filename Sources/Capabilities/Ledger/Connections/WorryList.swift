import Nouns
import Records
import SQL
import Text
import Time

/// An external connection with its worry.
package struct WorriedConnection: Sendable {
  package let record: Record
  /// The asset it ends at.
  package let boundary: Record?
  package let worry: ConnectionWorry
}

/// External connections, the most worrying first.
package struct WorryList: Sendable {
  package let connections: [WorriedConnection]
  package let titles: [String: String]

  package func count(_ level: ConnectionWorry.Level) -> Int { connections.count { $0.worry.level == level } }
}

extension RecordStore {
  /// All connections the query finds (its sort and page are not used), in the order of worry. Two reads of records and one
  /// of names.
  package func worries(
    _ query: ListQuery = ListQuery(),
    endOfSupport: @escaping SupportEnd,
    in scope: Scope<ReadLedger>
  ) async throws -> WorryList {
    let list = try RecordList(.connection, catalogue, scope)
    let facility = scope.facility.rawValue
    let today = clock.now().day
    return try await database.read(scope.reach) { [catalogue] tx in
      let records = try list.all(query, limit: 10_000, in: tx)
      let wanted = Set(records.compactMap { $0.known("boundary_asset") })
      // The device a connection ends at may be another department's; its support is the reader's concern all the same.
      let assets = try RecordList(kind: .asset, catalogue, facility: facility).find(wanted.sorted(), in: tx)
      let byID = Dictionary(assets.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
      let titles = try ReferenceTitles.of(records, kind: .connection, catalogue, facility: facility, in: tx)
      let worried = records.map { record in
        let boundary = record.known("boundary_asset").flatMap { byID[$0] }
        return WorriedConnection(
          record: record,
          boundary: boundary,
          worry: ConnectionWorry.score(record, boundary: boundary, today: today, endOfSupport: endOfSupport)
        )
      }
      return WorryList(
        connections: worried.enumerated().sorted { left, right in
          if ConnectionWorry.isBefore(left.element.worry, right.element.worry) { return true }
          if ConnectionWorry.isBefore(right.element.worry, left.element.worry) { return false }
          return left.offset < right.offset
        }.map(\.element),
        titles: titles
      )
    }
  }
}
