import Nouns
import SQL
import Text

/// Everything known around one record: what points to it, and what is like it.
package struct Relations: Sendable {
  package let record: Record
  /// The names of everything mentioned here, by id.
  package let titles: [String: String]
  /// What points to the record, by kind and field, in the order of the catalogue; at most `limit` of each.
  package let pointing: [Group]
  /// Others with the same value in the field by which its kind is compared.
  package let similar: [Record]
  /// The other names it is known under.
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
    let list = try RecordList(kind, catalogue, scope)
    let aliasing = catalogue.aliases(of: kind)?.kind.key
    return try await database.read(scope.reach) { [catalogue] tx in
      guard let record = try list.find([id], in: tx).first else { throw RecordError.notFound }
      var groups: [Relations.Group] = []
      for (from, field) in catalogue.fields(pointingTo: kind.key) where scope.holds(from.traits.readers) {
        let list = RecordList(kind: from, catalogue: catalogue, facility: facility, departments: departments)
        let page = try list.page(ListQuery(filters: [field.key: [.value(id)]], pageSize: limit), in: tx)
        if page.total > 0 {
          groups.append(Relations.Group(kind: from, field: field, records: page.records, total: page.total))
        }
      }
      var similar: [Record] = []
      if let field = kind.traits.similarBy, let value = record.known(field) {
        let query = ListQuery(filters: [field: [.value(value)]], pageSize: limit)
        similar = try list.page(query, in: tx).records.filter { $0.id != id }
      }
      var titles = try ReferenceTitles.of([record], kind: kind, catalogue, facility: facility, in: tx)
      for group in groups {
        titles.merge(try ReferenceTitles.of(group.records, kind: group.kind, catalogue, facility: facility, in: tx)) {
          first,
          _ in
          first
        }
      }
      let aliases = groups.first { $0.kind.key == aliasing }?.records ?? []
      return Relations(
        record: record,
        titles: titles,
        pointing: groups.filter { $0.kind.key != aliasing },
        similar: similar,
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
