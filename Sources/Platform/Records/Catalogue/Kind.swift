import Intake
import Text

/// What a register keeps records of: assets, external connections, vendors … A kind is data: lists, forms, imports, the
/// history and the quality page are all made from its fields, so a new column is one line in the catalogue and one in a
/// migration.
package final class Kind: Sendable {
  /// `asset`. The first word of its journal entries (`asset.changed`).
  package let key: String
  package let label: Localized
  /// The name of the list, as the menu shows it.
  package let plural: Localized
  package let groups: [FieldGroup]
  package let fields: [Field]
  /// The fields that name a record, the first that is recorded wins.
  package let titleFields: [String]
  /// Which fields together say that two rows are the same thing, strongest first. A network address alone never does.
  package let identities: [[String]]
  /// What makes a row of a file look like a record that none of the identities finds, nil where nothing does.
  package let lookalike: Lookalike?
  package let defaultSort: [Sort]
  /// The columns a list shows before anybody chooses.
  package let listed: [String]
  /// Nil where the kind has no entry of its own in the menu, as software, which is reached through its asset.
  package let menuOrder: Int?
  package let reach: DepartmentReach
  package let traits: KindTraits

  /// Text fields by which lists are sorted without sorting: their natural order stands in a column `…_key` with an index.
  package let keyed: [String]

  /// The table is named like the kind.
  package var table: String { key }

  /// The keys of the fields, in order.
  let keys: [String]
  private let index: [String: Int]

  package init(
    key: String,
    label: Localized,
    plural: Localized,
    groups: [FieldGroup],
    fields: [Field],
    titleFields: [String],
    identities: [[String]],
    lookalike: Lookalike? = nil,
    defaultSort: [Sort],
    listed: [String],
    keyed: [String] = [],
    menuOrder: Int? = nil,
    reach: DepartmentReach,
    traits: KindTraits = KindTraits()
  ) {
    self.key = key
    self.label = label
    self.plural = plural
    self.groups = groups
    self.fields = fields
    self.titleFields = titleFields
    self.identities = identities
    self.lookalike = lookalike
    self.defaultSort = defaultSort
    self.listed = listed
    self.menuOrder = menuOrder
    self.reach = reach
    self.traits = traits
    self.keyed = defaultSort.map(\.field) + keyed
    keys = fields.map(\.key)
    index = Dictionary(uniqueKeysWithValues: fields.enumerated().map { ($1.key, $0) })
  }

  package subscript(field key: String) -> Field? { index[key].map { fields[$0] } }

  /// Where a field stands in `fields`.
  package func position(of field: String) -> Int? { index[field] }

  /// What people call a record of these values; nil where nothing names it.
  package func name(of values: [String: String]) -> String? {
    naming(values).flatMap { $0.inTitle(values[$0.key]) }
  }

  /// The field by which people call a record of these values.
  package func naming(_ values: [String: String]) -> Field? {
    for key in titleFields {
      if let field = self[field: key], field.inTitle(values[key]) != nil { return field }
    }
    return nil
  }

  /// What a record of these values stands behind: the kind and the id of its owner.
  package func owner(_ values: [String: String]) -> (field: Field, kind: String, id: String)? {
    for key in traits.namedAfter {
      if let field = self[field: key], let kind = field.referenced, let id = values[key], !id.isEmpty,
        id != Unknown.value
      {
        return (field, kind, id)
      }
    }
    return nil
  }

  /// The fields that point to records of other kinds.
  package var references: [Field] { fields.filter { $0.referenced != nil } }
}

/// A kind is its key.
extension Kind: Hashable {
  package static func == (left: Kind, right: Kind) -> Bool { left.key == right.key }
  package func hash(into hasher: inout Hasher) { hasher.combine(key) }
}

/// Whose rows somebody sees who holds a role in one department only.
package enum DepartmentReach: Sendable, Hashable {
  /// Those whose field names the department.
  case field(String)
  /// Those whose parent, named by the field, belongs to the department.
  case parent(String)
  /// The department's own row.
  case itself
  /// All of them, but to change them takes the whole facility: vendors, places.
  case everyone
}

/// Fields that stand together in a form and on a record's page.
package struct FieldGroup: Sendable, Hashable {
  package let key: String
  package let label: Localized

  package init(_ key: String, ja: String, en: String) {
    self.key = key
    label = Localized(ja: ja, en: en)
  }
}

/// One column to sort by.
package struct Sort: Sendable, Hashable {
  package let field: String
  package let isDescending: Bool

  package init(_ field: String, isDescending: Bool = false) {
    self.field = field
    self.isDescending = isDescending
  }
}
