import Nouns
import SQL
import Text

/// Everything the ledger knows around one record: what points to it, and what shares its maker.
package struct Relations: Sendable {
  package let record: Record
  /// The names of everything mentioned here, by id.
  package let titles: [String: String]
  /// What points to the record, by kind and field, in the order of the catalogue; at most `limit` of each.
  package let pointing: [Group]
  /// Assets of the same vendor, model or system that are not this one.
  package let similar: [Record]
  /// How the network and tools saw an asset, newest first.
  package let sightings: [Sighting]
  /// The other spellings of a vendor.
  package let aliases: [Record]
  /// The records that became part of this one.
  package let parts: [String]
  /// The record this one became part of, while it is retired.
  package let whole: Record?

  package struct Group: Sendable {
    package let kind: Kind
    package let field: Field
    package let records: [Record]
    package let total: Int
  }

  package func group(_ kind: Kind, _ field: String) -> Group? {
    pointing.first { $0.kind.key == kind.key && $0.field.key == field }
  }
}

extension RecordStore {
  /// Throws `RecordError.notFound`. A few statements whatever the number of records.
  package func relations(
    _ kind: Kind,
    id: String,
    limit: Int = 50,
    in scope: Scope<ReadLedger>
  ) async throws -> Relations {
    let facility = scope.facility.rawValue
    let departments = scope.departments
    return try await database.read(scope.reach) { tx in
      let list = RecordList(kind: kind, facility: facility, departments: departments)
      guard let record = try list.find([id], in: tx).first else { throw RecordError.notFound }
      var groups: [Relations.Group] = []
      for (from, field) in Catalogue.fields(pointingTo: kind.key) {
        let list = RecordList(kind: from, facility: facility, departments: departments)
        let page = try list.page(ListQuery(filters: [field.key: [.value(id)]], pageSize: limit), in: tx)
        if page.total > 0 {
          groups.append(Relations.Group(kind: from, field: field, records: page.records, total: page.total))
        }
      }
      var similar: [Record] = []
      if kind.key == Kind.asset.key, let model = record.known("model") {
        let query = ListQuery(filters: ["model": [.value(model)]], pageSize: limit)
        similar = try list.page(query, in: tx).records.filter { $0.id != id }
      }
      let sightings =
        kind.key == Kind.asset.key ? try SightingRows.of(asset: id, facility: facility, limit: limit, in: tx) : []
      var titles = try ReferenceTitles.of([record], kind: kind, facility: facility, in: tx)
      for group in groups {
        titles.merge(try ReferenceTitles.of(group.records, kind: group.kind, facility: facility, in: tx)) { first, _ in
          first
        }
      }
      let aliases = groups.first { $0.kind.key == Kind.vendorAlias.key }?.records ?? []
      return Relations(
        record: record,
        titles: titles,
        pointing: groups.filter { $0.kind.key != Kind.vendorAlias.key },
        similar: similar,
        sightings: sightings,
        aliases: aliases,
        parts: try MergedRecords.parts(of: id, kind, facility: facility, in: tx),
        whole: record.archivedAt == nil
          ? nil
          : try MergedRecords.whole(of: id, kind, facility: facility, in: tx).flatMap {
            try list.find([$0], in: tx).first
          }
      )
    }
  }
}
