import Records

extension ImportKind {
  package static let people = ImportKind.records(.person)
  package static let departments = ImportKind.records(.department)
}
