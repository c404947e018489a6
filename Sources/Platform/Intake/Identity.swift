import Text

/// The keys by which one thing is recognised, made from stored values.
struct IdentityKeys {
  private let rules: [(fields: [(key: String, place: Int?, isReference: Bool)], isNumber: Bool)]

  init(_ schema: IntakeSchema) {
    let references = Set(
      schema.fields.compactMap { field in
        if case .reference = field.type { field.key } else { nil }
      }
    )
    rules = schema.identity.map { rule in
      (rule.fields.map { ($0, schema.order.place(of: $0), references.contains($0)) }, rule.fields.count == 1)
    }
  }

  var count: Int { rules.count }

  /// A rule of several fields describes a thing; two things may answer to it.
  func isNumber(_ rule: Int) -> Bool { rules[rule].isNumber }

  /// Nil where a field of the rule is missing or unknown.
  func key(_ rule: Int, _ value: (String) -> String?) -> String? {
    key(rule) { field, _ in value(field) }
  }

  /// The same of a row whose fields stand in the schema's order.
  func key(_ rule: Int, of row: RowValues) -> String? {
    key(rule) { _, place in place.flatMap { row[$0]?.stored } }
  }

  private func key(_ rule: Int, _ value: (_ field: String, _ place: Int?) -> String?) -> String? {
    let fields = rules[rule].fields
    if fields.count == 1 { return part(fields[0].isReference, value(fields[0].key, fields[0].place)) }
    var key = ""
    var known = 0
    for field in fields {
      // A description may lack a part: two connections without a vendor are still told apart by the rest.
      if let part = part(field.isReference, value(field.key, field.place)) {
        key += part
        known += 1
      }
      key += "\u{1f}"
    }
    return known * 2 > fields.count ? key : nil
  }

  private func part(_ isReference: Bool, _ value: String?) -> String? {
    guard let value, !value.isEmpty, value != NormalValue.unknown else { return nil }
    return isReference ? value : Fold.exactKey(value)
  }
}

/// Records, of the ledger or of the file so far, by their keys.
struct IdentityIndex {
  /// Nearly every key belongs to one record; only the others need lists.
  private var first: [[String: Int]]
  private var more: [[String: [Int]]]

  init(rules: Int) {
    first = Array(repeating: [:], count: rules)
    more = Array(repeating: [:], count: rules)
  }

  mutating func reserve(_ count: Int) {
    for rule in first.indices { first[rule].reserveCapacity(count) }
  }

  mutating func add(_ record: Int, _ keys: [String?]) {
    for (rule, key) in keys.enumerated() {
      guard let key, let before = first[rule].updateValue(record, forKey: key) else { continue }
      first[rule][key] = before
      more[rule][key, default: []].append(record)
    }
  }

  func find(_ rule: Int, _ key: String?) -> [Int] {
    guard let key, let one = first[rule][key] else { return [] }
    return [one] + (more[rule][key] ?? [])
  }
}
