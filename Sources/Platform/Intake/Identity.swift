import Text

/// The keys by which one thing is recognised, made from stored values.
struct IdentityKeys {
  private let rules: [(positions: [String], isNumber: Bool)]
  private let referenceFields: Set<String>

  init(_ schema: IntakeSchema) {
    rules = schema.identity.map { ($0.fields, $0.fields.count == 1) }
    referenceFields = Set(
      schema.fields.compactMap { field in
        if case .reference = field.type { field.key } else { nil }
      }
    )
  }

  var count: Int { rules.count }

  /// A rule of several fields describes a thing; two things may answer to it.
  func isNumber(_ rule: Int) -> Bool { rules[rule].isNumber }

  /// Nil where a field of the rule is missing or unknown.
  func key(_ rule: Int, _ value: (String) -> String?) -> String? {
    let fields = rules[rule].positions
    if fields.count == 1 { return part(fields[0], value(fields[0])) }
    var key = ""
    var known = 0
    for field in fields {
      // A description may lack a part: two connections without a vendor are still told apart by the rest.
      if let part = part(field, value(field)) {
        key += part
        known += 1
      }
      key += "\u{1f}"
    }
    return known * 2 > fields.count ? key : nil
  }

  private func part(_ field: String, _ value: String?) -> String? {
    guard let value, !value.isEmpty, value != NormalValue.unknown else { return nil }
    return referenceFields.contains(field) ? value : Fold.exactKey(value)
  }
}

/// Records, of the ledger or of the file so far, by their keys.
struct IdentityIndex {
  private var byRule: [[String: [Int]]]

  init(rules: Int) { byRule = Array(repeating: [:], count: rules) }

  mutating func reserve(_ count: Int) {
    for rule in byRule.indices { byRule[rule].reserveCapacity(count) }
  }

  mutating func add(_ record: Int, _ keys: [String?]) {
    for (rule, key) in keys.enumerated() {
      guard let key else { continue }
      byRule[rule][key, default: []].append(record)
    }
  }

  func find(_ rule: Int, _ key: String?) -> [Int] {
    guard let key else { return [] }
    return byRule[rule][key] ?? []
  }
}
