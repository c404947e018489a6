import Design
import HTML
import Text
import Time

/// Values as a page shows them: dates in the reader's way, 「不明」 as its own word, references as links.
package struct ValueText: Sendable {
  let titles: [String: String]
  let dates: ShownDates

  package init(titles: [String: String], dates: ShownDates) {
    self.titles = titles
    self.dates = dates
  }

  private var language: Language { dates.language }

  package func html(_ record: Record, _ field: Field) -> HTML { html(field, record.values[field.key]) }

  package func html(_ field: Field, _ value: String?) -> HTML {
    guard let value, !value.isEmpty else { return .empty }
    if value == Unknown.value { return Design.Unknown.html(language) }
    switch field.type {
    case .reference(let kind):
      let title = titles[value].map { Record.shown(title: $0, language) } ?? Record.nameless[language]
      return "<a href=\"\(RecordPath.record(kind, value))\">\(title)</a>"
    case .date:
      guard let day = LocalDate(iso: value) else { return HTML(text: value) }
      return DateText.html(dates.day(day), machine: value)
    case .number: return HTML(text: Self.number(value))
    case .multiline:
      return value.split(separator: "\n", omittingEmptySubsequences: false).map { HTML(text: $0) }
        .joined(separator: "<br>")
    case .identifier, .ip, .mac, .phone: return "<span class=\"nb\">\(value)</span>"
    default: return HTML(text: FieldRule.shown(field, value, titles: titles, in: language)) + privateUse(value)
    }
  }

  /// As plain text, for titles, sheets and files.
  package func text(_ field: Field, _ value: String?) -> String {
    if field.type == .date, let day = value.flatMap(LocalDate.init(iso:)) {
      return dates.short(day)
    }
    if field.type == .number, let value, value != Unknown.value { return Self.number(value) }
    return FieldRule.shown(field, value, titles: titles, in: language)
  }

  /// What people call the record: what it belongs to before its own name where that alone tells none apart, and a day in
  /// the reader's way.
  package func title(_ record: Record, isAmongItsOwn: Bool = false) -> String {
    let kind = record.of
    let own: String
    if let field = kind.naming(record.values), field.type == .date, let day = record.date(field.key) {
      own = dates.day(day)
    } else {
      own = record.title(language)
    }
    guard !isAmongItsOwn, let owner = kind.owner(record.values), let name = titles[owner.id] else { return own }
    return "\(Record.shown(title: name, language)) \(own)"
  }

  /// With commas between thousands; what is no whole number stays as it is.
  private static func number(_ value: String) -> String { Int(value)?.grouped ?? value }

  /// A chip beside characters that only one hospital's fonts know.
  private func privateUse(_ value: String) -> HTML {
    guard value.unicodeScalars.contains(where: { $0.value >= 0xE000 && $0.value <= 0xF8FF }) else { return .empty }
    return " \(Chip(Localized(ja: "外字あり", en: "Private-use character")[language], .yellow).html)"
  }
}

/// The addresses of records.
package enum RecordPath {
  package static func list(_ kind: String) -> String { "/ledger/\(kind)" }
  package static func list(_ kind: String, _ query: ListQuery) -> String {
    Address(list(kind), query.parameters.map { ($0.name, $0.value) }).text
  }
  package static func record(_ kind: String, _ id: String) -> String { "/ledger/\(kind)/\(Address.encoded(id))" }
  package static func edit(_ kind: String, _ id: String) -> String { record(kind, id) + "/edit" }
  package static func new(_ kind: String) -> String { "/ledger/\(kind)/new" }
  package static func merge(_ kind: String, _ ids: [String]) -> String {
    Address("\(list(kind))/merge", ids.prefix(MergeOrder.most).map { ("id", $0) }).text
  }
  package static let imports = "/ledger/import"
  package static let changes = "/ledger/changes"
}
