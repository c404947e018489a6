import Nouns
import Records
import Text

/// What the registers say of vendors and of the devices they maintain. Both kinds are the ledger's and known here by key.
package struct Suppliers: Sendable {
  let records: RecordStore

  /// Devices beyond so many are counted only.
  package static let mostDevices = 1_000

  private func own<P: Permit>(_ scope: Scope<P>) -> Scope<ReadLedger> {
    .operatorOf(scope.facility, as: scope.actor, request: scope.request)
  }

  /// Every vendor by name, at most 5,000.
  package func all<P: Permit>(in scope: Scope<P>) async throws -> [(id: String, title: String)] {
    guard let kind = records.catalogue.kind("vendor") else { return [] }
    return try await records.choices(kind, limit: 5_000, in: own(scope))
  }

  /// What a vendor is called; nil for one that is not there, was retired or merged away.
  package func name(of vendor: String, in facility: FacilityID) async throws -> String? {
    guard let kind = records.catalogue.kind("vendor") else { return nil }
    let found = try await records.find(kind, ids: [vendor], in: system(facility)).first
    return found.flatMap { $0.archivedAt == nil ? $0.title : nil }
  }

  /// The devices a vendor maintains that are in use or kept, by name, and how many there are.
  package func devices(of vendor: String, limit: Int = mostDevices, in facility: FacilityID) async throws -> ListPage {
    guard let kind = records.catalogue.kind("asset") else { throw RecordError.notFound }
    return try await records.all(kind, Self.maintained(by: vendor), limit: limit, in: system(facility))
  }

  private static func maintained(by vendor: String) -> ListQuery {
    ListQuery(
      filters: [
        "maintenance_vendor": [.value(vendor)],
        "state": [.missing, .unknown, .value("in_use"), .value("moved"), .value("stored")],
      ],
      sort: [Sort("name")]
    )
  }

  /// A page of the same devices behind a place in their order, and how many there are in all.
  func part(
    of vendor: String,
    after end: PagingEnd?,
    limit: Int,
    in facility: FacilityID
  ) async throws -> (devices: [WorkDevice], end: PagingEnd?, total: Int) {
    guard let kind = records.catalogue.kind("asset"), let order = PagingOrder("name", of: kind) else {
      throw RecordError.notFound
    }
    var query = Self.maintained(by: vendor)
    let part = try await records.part(kind, query, order: order, after: end, limit: limit, in: system(facility))
    query.pageSize = 1
    let total = try await records.list(kind, query, in: system(facility)).total
    return (part.records.map(Self.device), part.end, total)
  }

  /// The device that was chosen or typed: by its id, number or name, among those the vendor maintains; with `scope` among
  /// all that somebody of the hospital may see, for a vendor works on what it does not maintain, too.
  package func device(
    _ typed: String,
    of vendor: String,
    in facility: FacilityID,
    others scope: Scope<ReadLedger>? = nil
  ) async throws -> Result<WorkDevice, Unclear> {
    let key = Fold.key(typed)
    let maintained = try await devices(of: vendor, limit: 5_000, in: facility).records.map(Self.device)
    if let one = maintained.first(where: { $0.id == typed }) { return .success(one) }
    let named = maintained.filter { Fold.key($0.name) == key || Fold.key($0.number) == key }
    if named.count == 1 { return .success(named[0]) }
    guard let scope, let kind = records.catalogue.kind("asset") else {
      return .failure(
        Unclear(
          text: Localized(
            ja: "「\(typed)」は、保守している機器の中に1台に決まりません。管理番号を入力してください。",
            en: "“\(typed)” is not one of the devices you maintain. Type its number."
          )
        )
      )
    }
    switch try await ReferenceEntry.resolve(typed, kind, store: records, in: scope) {
    case .failure(let unclear): return .failure(Unclear(text: unclear.text))
    case .success(let id):
      guard let record = try await records.find(kind, ids: [id], in: scope).first else {
        return .failure(
          Unclear(text: Localized(ja: "機器は「不明」にできません。", en: "Say which device; it cannot be unknown."))
        )
      }
      return .success(Self.device(record))
    }
  }

  /// Why it is not clear which device is meant.
  package struct Unclear: Error, Sendable { package let text: Localized }

  package static func device(_ record: Record) -> WorkDevice {
    WorkDevice(
      id: record.id,
      name: record.title,
      number: record.known("asset_number") ?? "",
      department: record.known("department")
    )
  }

  private func system(_ facility: FacilityID) -> Scope<ReadLedger> {
    .operatorOf(facility, as: .system, request: "suppliers")
  }
}
