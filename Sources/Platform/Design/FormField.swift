import HTML
import Text

/// What is wrong with one field, for the summary and beside the field in the same words: what, why, what to do.
package struct FieldError: Sendable, Hashable {
  /// The name of the field.
  package let field: String
  package let message: String
  /// The id its link leads to, where that is not the field's usual one.
  package var target: String?

  /// With an empty `field` the message is about the whole form.
  package init(_ field: String, _ message: String, target: String? = nil) {
    self.field = field
    self.message = message
    self.target = target
  }
}

/// One choice of a select, of radio buttons or of checkboxes.
package struct Choice: Sendable, Hashable {
  package let value: String
  package let label: String
  package let support: String?

  package init(_ value: String, _ label: String, support: String? = nil) {
    self.value = value
    self.label = label
    self.support = support
  }
}

/// A labelled field: name above in bold, ※必須 in words, what helps between name and field, then what is wrong.
/// There is no placeholder, no disabled and no read-only field; show a value as text with its reason instead.
package struct FormField: Sendable {
  package enum Width: String, Sendable {
    case short = "w-s"
    case medium = "w-m"
    case full = "w-l"
  }

  package enum Kind: Sendable {
    case text(value: String, type: String, mode: String?, autocomplete: String?)
    case lines(value: String, rows: Int)
    case select([Choice], chosen: String)
    case radios([Choice], chosen: String?, across: Bool)
    case checkboxes([Choice], chosen: Set<String>, across: Bool)
    case file(accept: String?, many: Bool)
    case hidden(value: String)
    /// Own controls; they carry their own labels.
    case group(HTML)
  }

  package let name: String
  package let label: String
  package var kind: Kind
  package var required = false
  package var support: String?
  package var error: String?
  package var width = Width.medium
  /// Starts the ids of the field; give another where one name stands twice on a page.
  package var idPrefix = "field"
  /// The id of a `datalist` whose words a text field offers.
  package var list: String?
  /// Which answer of another field of the form it belongs to; nil where it always stands there.
  package var condition: Condition?

  /// A field for certain answers of another. Without scripts it stays as the server sent it; `when.js` shows and hides it
  /// as the other is answered.
  package struct Condition: Sendable {
    /// The name of the deciding radio buttons.
    package let name: String
    package let values: [String]
    /// Whether the server sends it hidden.
    package let isHidden: Bool

    package init(_ name: String, _ values: [String], isHidden: Bool) {
      self.name = name
      self.values = values
      self.isHidden = isHidden
    }
  }

  package init(_ name: String, _ label: String, _ kind: Kind) {
    self.name = name
    self.label = label
    self.kind = kind
  }

  package var id: String { "\(idPrefix)-\(name)" }

  /// Where a link from the summary of errors goes: the control, or the first of a group.
  package var focusID: String {
    switch kind {
    case .radios(let choices, _, _), .checkboxes(let choices, _, _): choices.isEmpty ? id : "\(id)-0"
    default: id
    }
  }

  /// The field with its error taken from `errors`.
  package func withError(from errors: [FieldError]) -> FormField {
    var copy = self
    copy.error = errors.first { $0.field == name }?.message
    return copy
  }
}

// MARK: - The kinds

extension FormField {
  /// `type` is `text`, `email`, `tel`, `url` or `search`. Numbers are text too: people paste “１，２００” and mean it.
  package static func text(
    _ name: String,
    _ label: String,
    value: String = "",
    required: Bool = false,
    support: String? = nil,
    error: String? = nil,
    width: Width = .medium,
    type: String = "text",
    mode: String? = nil,
    autocomplete: String? = nil
  ) -> FormField {
    var field = FormField(name, label, .text(value: value, type: type, mode: mode, autocomplete: autocomplete))
    field.required = required
    field.support = support
    field.error = error
    field.width = width
    return field
  }

  /// `autocomplete` is `current-password` or `new-password`. Pasting is allowed; the value is never sent back.
  package static func password(
    _ name: String,
    _ label: String,
    autocomplete: String,
    support: String? = nil,
    error: String? = nil
  ) -> FormField {
    .text(
      name,
      label,
      required: true,
      support: support,
      error: error,
      type: "password",
      autocomplete: autocomplete
    )
  }

  package static func email(
    _ name: String,
    _ label: String,
    value: String = "",
    required: Bool = false,
    support: String? = nil,
    error: String? = nil
  ) -> FormField {
    .text(
      name,
      label,
      value: value,
      required: required,
      support: support,
      error: error,
      type: "email",
      autocomplete: "email"
    )
  }

  package static func telephone(
    _ name: String,
    _ label: String,
    value: String = "",
    required: Bool = false,
    support: String? = nil,
    error: String? = nil
  ) -> FormField {
    .text(
      name,
      label,
      value: value,
      required: required,
      support: support,
      error: error,
      type: "tel",
      autocomplete: "tel"
    )
  }

  package static func number(
    _ name: String,
    _ label: String,
    value: String = "",
    required: Bool = false,
    support: String? = nil,
    error: String? = nil
  ) -> FormField {
    .text(
      name,
      label,
      value: value,
      required: required,
      support: support,
      error: error,
      width: .short,
      mode: "numeric"
    )
  }

  /// One tolerant text field for a date; the hint says so unless `support` does.
  package static func date(
    _ name: String,
    _ label: String,
    value: String = "",
    language: Language,
    required: Bool = false,
    support: String? = nil,
    error: String? = nil
  ) -> FormField {
    let hint = Localized(
      ja: "例：令和8年11月21日、2026/11/21",
      en: "For example 21 Nov 2026, 2026-11-21 or R8.11.21"
    )
    return .text(
      name,
      label,
      value: value,
      required: required,
      support: support ?? hint[language],
      error: error
    )
  }

  package static func lines(
    _ name: String,
    _ label: String,
    value: String = "",
    rows: Int = 5,
    required: Bool = false,
    support: String? = nil,
    error: String? = nil
  ) -> FormField {
    FormField(name, label, .lines(value: value, rows: rows)).with(required, support, error)
  }

  package static func select(
    _ name: String,
    _ label: String,
    _ choices: [Choice],
    chosen: String = "",
    required: Bool = false,
    support: String? = nil,
    error: String? = nil
  ) -> FormField {
    FormField(name, label, .select(choices, chosen: chosen)).with(required, support, error)
  }

  package static func radios(
    _ name: String,
    _ label: String,
    _ choices: [Choice],
    chosen: String? = nil,
    across: Bool = false,
    required: Bool = false,
    support: String? = nil,
    error: String? = nil
  ) -> FormField {
    FormField(name, label, .radios(choices, chosen: chosen, across: across)).with(required, support, error)
  }

  package static func checkboxes(
    _ name: String,
    _ label: String,
    _ choices: [Choice],
    chosen: Set<String> = [],
    across: Bool = false,
    required: Bool = false,
    support: String? = nil,
    error: String? = nil
  ) -> FormField {
    FormField(name, label, .checkboxes(choices, chosen: chosen, across: across)).with(required, support, error)
  }

  /// A plain file input; `FileDrop` is the one with a drop zone.
  package static func file(
    _ name: String,
    _ label: String,
    accept: String? = nil,
    many: Bool = false,
    required: Bool = false,
    support: String? = nil,
    error: String? = nil
  ) -> FormField {
    FormField(name, label, .file(accept: accept, many: many)).with(required, support, error)
  }

  package static func hidden(_ name: String, _ value: String) -> FormField {
    FormField(name, "", .hidden(value: value))
  }

  private func with(_ required: Bool, _ support: String?, _ error: String?) -> FormField {
    var copy = self
    copy.required = required
    copy.support = support
    copy.error = error
    return copy
  }
}
