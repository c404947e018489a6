import Text

/// What a kind of ledger (assets, connections, people …) can hold: the pipeline of this module knows no hospital, it
/// reads any untidy table into the fields named here.
package struct IntakeSchema: Sendable {
  /// `assets`, `connections`, `people` …; part of what is remembered about a file's columns.
  package let kind: String
  package let fields: [IntakeField]
  /// How two records are known to be the same thing, the surest first. Never by an address alone.
  package let identity: [IdentityRule]
  /// What makes a row look like a record that no rule finds.
  package let lookalike: Lookalike?
  /// What rows keep their values by.
  package let order: FieldOrder

  package init(kind: String, fields: [IntakeField], identity: [IdentityRule], lookalike: Lookalike? = nil) {
    self.kind = kind
    self.fields = fields
    self.identity = identity
    self.lookalike = lookalike
    order = FieldOrder(fields.map(\.key))
  }

  package func field(_ key: String) -> IntakeField? { fields.first { $0.key == key } }

  /// What a record is called: its first field of plain text (機器名, 氏名). A row with neither this nor a number is no
  /// record.
  var subject: IntakeField? {
    fields.first { field in
      if case .text = field.type { true } else { false }
    }
  }
}

package struct IntakeField: Sendable {
  package let key: String
  package let label: Localized
  package let type: IntakeType
  /// Other words for this field at the head of a column, Japanese and English, the most usual first. Compared folded:
  /// width, case, kana, spaces and punctuation make no difference. The label and the key need not be repeated. A word
  /// with `?` in front (`?納入業者`) is only ever suggested, never mapped without asking.
  package let synonyms: [String]
  /// A row without this field is not imported.
  package let isRequired: Bool
  /// For references: what a file names must be there already, since a bare name makes no record of that kind. A row that
  /// needs one and names another is not imported.
  package let mustExist: Bool
  /// Whether 「なし」「該当なし」 in a cell means that there is nothing to write down. Dashes always mean that.
  package let noneIsEmpty: Bool

  package init(
    key: String,
    label: Localized,
    type: IntakeType,
    synonyms: [String] = [],
    isRequired: Bool = false,
    mustExist: Bool = false,
    noneIsEmpty: Bool? = nil
  ) {
    self.key = key
    self.label = label
    self.type = type
    self.synonyms = synonyms
    self.isRequired = isRequired
    self.mustExist = mustExist
    switch type {
    case .identifier, .ip, .mac, .date, .moment, .number, .phone, .email, .reference:
      self.noneIsEmpty = noneIsEmpty ?? true
    case .text, .multiline, .yesNoUnknown, .choice:
      self.noneIsEmpty = noneIsEmpty ?? false
    }
  }
}

/// How a cell is read and what is stored. For every type an empty string is "not recorded" and `?` is 「不明」, which is
/// a value of its own.
package enum IntakeType: Sendable {
  /// One line, stored as typed but for spaces at the ends and line breaks.
  case text
  /// Stored as typed but for spaces at the ends.
  case multiline
  /// `-?[0-9]+(.[0-9]+)?`
  case number
  /// `YYYY-MM-DD`
  case date
  /// RFC 3339 in UTC, as `Instant.iso`; read as a time in Japan.
  case moment
  /// One address or several joined by `, `; `DHCP` where the cell says that it is given out.
  case ip
  /// `AA:BB:CC:DD:EE:FF`, several joined by `, `.
  case mac
  case phone
  case email
  /// `yes`, `no`, `?`, or `na` for 対象外.
  case yesNoUnknown
  /// The key of a choice.
  case choice([IntakeChoice])
  /// Something with a name of its own (vendor, department, location …), looked up by `ReferenceResolver`. Stored is the
  /// id of what is known, or `+` and the name of what is yet to be made (`IntakeResult.newReferences`).
  case reference(kind: String)
  /// Asset number, serial, host name: half width, without spaces.
  case identifier
}

package struct IntakeChoice: Sendable {
  package let key: String
  package let label: Localized
  package let synonyms: [String]

  package init(key: String, label: Localized, synonyms: [String] = []) {
    self.key = key
    self.label = label
    self.synonyms = synonyms
  }
}

/// Things that are described rather than numbered: a row of the same name and group as a record may be that record,
/// corrected, or another of its kind. A person decides, but where nothing that tells them apart speaks against it.
package struct Lookalike: Sendable, Hashable {
  /// The field that names the thing: システム名.
  package let name: String
  /// The field that says whose it is; a row of another group is another thing.
  package let group: String
  /// The fields by which several of one name are told apart: line, vendor, use.
  package let telling: [String]

  package init(name: String, group: String, telling: [String]) {
    self.name = name
    self.group = group
    self.telling = telling
  }
}

/// Records agree when all these fields are there and equal (folded exactly: width and case make no difference).
package struct IdentityRule: Sendable, Hashable {
  package let fields: [String]
  /// As a person calls it: 管理番号, "asset number".
  package let label: Localized

  package init(_ fields: String..., label: Localized) { self.init(fields: fields, label: label) }

  package init(fields: [String], label: Localized) {
    self.fields = fields
    self.label = label
  }
}
