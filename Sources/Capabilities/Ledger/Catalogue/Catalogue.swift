import Text

/// Every kind of record the ledger keeps, in the order in which records can be made: what is pointed to comes first.
package enum Catalogue {
  package static let kinds: [Kind] = [
    .department, .vendor, .vendorAlias, .location, .zone, .person, .system, .asset, .software, .interface, .connection,
    .contract, .contractCover, .contractClause, .informationAsset, .cloudService, .boundaryEvidence, .disposal,
    .entryRight, .vendorEnquiry,
  ]

  private static let index = Dictionary(uniqueKeysWithValues: kinds.map { ($0.key, $0) })

  package static func kind(_ key: String) -> Kind? { index[key] }

  /// The kinds with an entry of their own, in the menu's order.
  package static let menu: [Kind] = kinds.filter { $0.menuOrder != nil }.sorted {
    ($0.menuOrder ?? 0, $0.key) < ($1.menuOrder ?? 0, $1.key)
  }

  /// Every field that points to records of `kind`.
  package static func fields(pointingTo kind: String) -> [(kind: Kind, field: Field)] {
    kinds.flatMap { from in from.fields.filter { $0.referenced == kind }.map { (from, $0) } }
  }
}
