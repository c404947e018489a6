import Design
import HTML
import Nouns
import Text
import Time
import Web

/// The form of one record, made from the kind's fields. Also says what a form that came back means.
struct RecordForm {
  let kind: Kind
  let dates: ShownDates
  /// Stored values, or what was typed where the form is shown again.
  let values: [String: String]
  /// Choices of references that are few enough for a select: kind → (id, title).
  let choices: [String: [(id: String, title: String)]]
  /// Titles of referenced records that are chosen by typing their name.
  let titles: [String: String]
  var problems: [FieldProblem] = []

  var language: Language { dates.language }

  /// More than this many are found by typing their name.
  static let selectLimit = 300

  func fields() -> [FormField] {
    kind.groups.flatMap { group in kind.fields.filter { $0.group == group.key }.map(field) }
  }

  private func field(_ field: Field) -> FormField {
    let value = values[field.key] ?? ""
    let label = field.label[language]
    let help = field.help?[language]
    var control: FormField
    switch field.type {
    case .choice, .yesNoUnknown:
      control = .select(field.key, label, options(field), chosen: value, required: field.isRequired, support: help)
    case .reference(let other):
      if let known = choices[other] {
        control = .select(
          field.key,
          label,
          nothing + known.map { Design.Choice($0.id, $0.title) } + [
            Design.Choice(Unknown.value, Unknown.label[language])
          ],
          chosen: value,
          required: field.isRequired,
          support: help
        )
      } else {
        let hint = Localized(ja: "名前または番号を入力します。", en: "Type the name or number.")[language]
        control = .text(
          field.key,
          label,
          value: titles[value] ?? value,
          required: field.isRequired,
          support: help ?? hint
        )
      }
    case .date:
      control = .date(
        field.key,
        label,
        value: shownDate(value),
        language: language,
        required: field.isRequired,
        support: help
      )
    case .multiline:
      control = .lines(field.key, label, value: value, rows: 4, required: field.isRequired, support: help)
    case .email: control = .email(field.key, label, value: value, required: field.isRequired, support: help)
    case .phone: control = .telephone(field.key, label, value: value, required: field.isRequired, support: help)
    default: control = .text(field.key, label, value: value, required: field.isRequired, support: help)
    }
    control.error = problems.first { $0.field == field.key }?.reason[language]
    return control
  }

  private var nothing: [Design.Choice] { [Design.Choice("", Unknown.missingLabel[language])] }

  private func options(_ field: Field) -> [Design.Choice] {
    nothing + field.choices.map { Design.Choice($0.key, $0.label[language]) }
      + (field.isRequired ? [] : [Design.Choice(Unknown.value, Unknown.label[language])])
  }

  private func shownDate(_ value: String) -> String {
    guard let day = LocalDate(iso: value) else { return value == Unknown.value ? Unknown.label[language] : value }
    return dates.typed(day)
  }
}

extension RecordForm {
  /// What was typed, field by field; references typed by name become ids, or stay as typed with a problem. A field that
  /// still shows the name of what `current` points to means just that one, however many are called so.
  static func typed(
    _ form: WebForm,
    _ kind: Kind,
    current: (record: Record, titles: [String: String])? = nil,
    store: RecordStore,
    in scope: Scope<ReadLedger>
  ) async throws -> (values: [String: String], problems: [FieldProblem]) {
    var values: [String: String] = [:]
    var problems: [FieldProblem] = []
    for field in kind.fields {
      guard let text = form[field.key] else { continue }
      guard let other = field.referenced.flatMap(store.catalogue.kind), !text.isEmpty, text != Unknown.value else {
        values[field.key] = text
        continue
      }
      if let current, let id = current.record.known(field.key), current.titles[id] == text {
        values[field.key] = id
        continue
      }
      switch try await ReferenceEntry.resolve(text, other, store: store, in: scope) {
      case .success(let id): values[field.key] = id
      case .failure(let reason):
        values[field.key] = text
        problems.append(FieldProblem(field: field.key, value: text, reason: reason.text))
      }
    }
    return (values, problems)
  }
}

/// A record named by a person: by id, or by its name or number.
package enum ReferenceEntry {
  /// Why it is not clear which is meant.
  package struct Unclear: Error { package let text: Localized }

  /// The id, or why there is none.
  package static func resolve(
    _ typed: String,
    _ kind: Kind,
    store: RecordStore,
    in scope: Scope<ReadLedger>
  ) async throws -> Result<String, Unclear> {
    if Unknown.synonyms.contains(typed) { return .success(Unknown.value) }
    if try await !store.find(kind, ids: [typed], in: scope).isEmpty { return .success(typed) }
    let found = try await store.list(kind, ListQuery(search: typed, pageSize: 20), in: scope).records
    let key = Fold.key(typed)
    let exact = found.filter { record in
      kind.titleFields.contains { Fold.key(record.values[$0] ?? "") == key }
        || kind.identities.contains { $0.count == 1 && Fold.key(record.values[$0[0]] ?? "") == key }
    }
    if exact.count == 1 { return .success(exact[0].id) }
    if exact.isEmpty, found.count == 1 { return .success(found[0].id) }
    // Where several have one name, the number tells them apart.
    let number = kind.identities.first { $0.count == 1 && $0[0] != kind.titleFields.first }?.first
    let names = (exact.isEmpty ? found : exact).prefix(5).map { record in
      number.flatMap { record.known($0) }.map { "\(record.title)（\($0)）" } ?? record.title
    }.joined(separator: "、")
    if names.isEmpty {
      return .failure(
        Unclear(
          text: Localized(
            ja: "「\(typed)」という\(kind.label.ja)は登録されていません。先に登録するか、名前を確かめてください。",
            en: "There is no \(kind.label.en.lowercased()) named “\(typed)”. Add it first, or check the name."
          )
        )
      )
    }
    return .failure(
      Unclear(
        text: Localized(
          ja: "「\(typed)」に当てはまる\(kind.label.ja)が1つに決まりません。候補：\(names)",
          en: "“\(typed)” fits several: \(names). Type the full name or number."
        )
      )
    )
  }
}
