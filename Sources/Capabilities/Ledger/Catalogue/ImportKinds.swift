import Records

/// What the ledger's files are taken in as, by name.
extension ImportKind {
  package static let assets = ImportKind.records(.asset)
  package static let connections = ImportKind.records(.connection)
  package static let systems = ImportKind.records(.system)
  package static let vendors = ImportKind.records(.vendor)
  package static let locations = ImportKind.records(.location)
  package static let zones = ImportKind.records(.zone)
  package static let software = ImportKind.records(.software)
  package static let interfaces = ImportKind.records(.interface)
  package static let contracts = ImportKind.records(.contract)
}
