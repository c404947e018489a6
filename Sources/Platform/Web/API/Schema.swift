import Text
import Time

/// The shape of a JSON value, as data: requests are checked against it before a handler sees them, tests check answers
/// against it, and the OpenAPI description is written from it. So none of the three can say something else.
package indirect enum Schema: Sendable {
  case text(TextRule)
  case integer(ClosedRange<Int>?)
  case number
  case boolean
  case array(Schema, most: Int?)
  /// `others` is the schema of members that have no name here; nil where there are none.
  case object([Member], others: Schema?)
  /// One of the named schemas of the description.
  case named(String)
  /// Or null.
  case optional(Schema)
  /// Whatever JSON can say.
  case any

  package struct Member: Sendable {
    package let name: String
    package let schema: Schema
    package let isRequired: Bool
    package let about: Localized?
  }

  /// What a text must be like.
  package struct TextRule: Sendable {
    package var shortest = 0
    package var longest: Int?
    package var choices: [String] = []
    package var format: Format?

    package init(shortest: Int = 0, longest: Int? = nil, choices: [String] = [], format: Format? = nil) {
      self.shortest = shortest
      self.longest = longest
      self.choices = choices
      self.format = format
    }
  }

  package enum Format: String, Sendable {
    /// RFC 3339.
    case instant = "date-time"
    case day = "date"
    /// Base64 of bytes.
    case bytes = "byte"
  }
}

extension Schema {
  package static let text = Schema.text(TextRule())
  package static let instant = Schema.text(TextRule(format: .instant))
  package static let day = Schema.text(TextRule(format: .day))
  /// An id of ours: never empty.
  package static let id = Schema.text(TextRule(shortest: 1, longest: 64))
  package static let count = Schema.integer(0...Int(Int32.max))

  package static func text(upTo longest: Int, from shortest: Int = 0) -> Schema {
    .text(TextRule(shortest: shortest, longest: longest))
  }

  package static func choice(_ choices: [String]) -> Schema { .text(TextRule(choices: choices)) }

  /// An object with no other members than these.
  package static func object(_ members: [Member]) -> Schema { .object(members, others: nil) }

  /// An object whose members all have one schema: values by name.
  package static func map(_ schema: Schema) -> Schema { .object([], others: schema) }

  package static func list(_ schema: Schema) -> Schema { .array(schema, most: nil) }

  package static func list(_ schema: Schema, upTo most: Int) -> Schema { .array(schema, most: most) }
}

extension Schema.Member {
  package static func always(_ name: String, _ schema: Schema, _ about: Localized? = nil) -> Self {
    Self(name: name, schema: schema, isRequired: true, about: about)
  }

  package static func maybe(_ name: String, _ schema: Schema, _ about: Localized? = nil) -> Self {
    Self(name: name, schema: schema, isRequired: false, about: about)
  }
}

// MARK: Checking

extension Schema {
  /// One thing that is not as it should be, and where (RFC 6901).
  package struct Fault: Error, Sendable, Hashable {
    package let pointer: String
    package let reason: Localized
  }

  /// Everything that is wrong with a value, at most `limit`.
  package func faults(
    in value: JSONValue,
    named schemas: [String: Schema] = [:],
    limit: Int = 20
  ) -> [Fault] {
    var faults: [Fault] = []
    check(value, at: "", schemas, &faults, limit)
    return faults
  }

  private func check(
    _ value: JSONValue,
    at pointer: String,
    _ schemas: [String: Schema],
    _ faults: inout [Fault],
    _ limit: Int
  ) {
    guard faults.count < limit else { return }
    func wrong(_ ja: String, _ en: String) { faults.append(Fault(pointer: pointer, reason: Localized(ja: ja, en: en))) }
    switch (self, value) {
    case (.any, _): break
    case (.optional, .null): break
    case (.optional(let schema), _): schema.check(value, at: pointer, schemas, &faults, limit)
    case (.named(let name), _):
      guard let schema = schemas[name] else { return wrong("「\(name)」の定義がありません。", "There is no schema \(name).") }
      schema.check(value, at: pointer, schemas, &faults, limit)
    case (.boolean, .bool), (.number, .number), (.number, .integer): break
    case (.integer(let range), .integer(let number)):
      if let range, !range.contains(number) {
        wrong(
          "\(range.lowerBound)〜\(range.upperBound)の整数にしてください。",
          "Use a whole number from \(range.lowerBound) to \(range.upperBound)."
        )
      }
    case (.integer(let range), .number(let number)) where number == number.rounded() && abs(number) < 9e15:
      Schema.integer(range).check(.integer(Int(number)), at: pointer, schemas, &faults, limit)
    case (.text(let rule), .text(let text)):
      if let reason = rule.fault(in: text) { faults.append(Fault(pointer: pointer, reason: reason)) }
    case (.array(let schema, let most), .array(let elements)):
      if let most, elements.count > most { return wrong("\(most)個までにしてください。", "Use at most \(most).") }
      for (index, element) in elements.enumerated() {
        schema.check(element, at: "\(pointer)/\(index)", schemas, &faults, limit)
      }
    case (.object(let members, let others), .object(let values)):
      Self.check(values, members, others, at: pointer, schemas, &faults, limit)
    default: wrong("\(kind.ja)にしてください。", "This must be \(kind.en).")
    }
  }

  private static func check(
    _ values: [String: JSONValue],
    _ members: [Member],
    _ others: Schema?,
    at pointer: String,
    _ schemas: [String: Schema],
    _ faults: inout [Fault],
    _ limit: Int
  ) {
    var known: Set<String> = []
    for member in members {
      known.insert(member.name)
      let place = "\(pointer)/\(escaped(member.name))"
      if let value = values[member.name] {
        member.schema.check(value, at: place, schemas, &faults, limit)
      } else if member.isRequired {
        faults.append(Fault(pointer: place, reason: Localized(ja: "必要な項目です。", en: "This is required.")))
      }
    }
    for (name, value) in values.sorted(by: { $0.key < $1.key }) where !known.contains(name) {
      let place = "\(pointer)/\(escaped(name))"
      if let others {
        others.check(value, at: place, schemas, &faults, limit)
      } else {
        faults.append(Fault(pointer: place, reason: Localized(ja: "この項目はありません。", en: "There is no such member.")))
      }
    }
  }

  /// As a part of a JSON pointer (RFC 6901 §3).
  private static func escaped(_ name: String) -> String {
    guard name.contains(where: { $0 == "~" || $0 == "/" }) else { return name }
    return name.map { $0 == "~" ? "~0" : $0 == "/" ? "~1" : String($0) }.joined()
  }

  private var kind: Localized {
    switch self {
    case .text: Localized(ja: "文字列", en: "a text")
    case .integer: Localized(ja: "整数", en: "a whole number")
    case .number: Localized(ja: "数", en: "a number")
    case .boolean: Localized(ja: "trueかfalse", en: "true or false")
    case .array: Localized(ja: "配列", en: "an array")
    case .object, .named: Localized(ja: "オブジェクト", en: "an object")
    case .optional(let schema):
      Localized(ja: schema.kind.ja + "かnull", en: schema.kind.en + " or null")
    case .any: Localized(ja: "JSON", en: "JSON")
    }
  }
}

extension Schema.TextRule {
  /// Why a text does not keep the rule, nil where it does.
  package func fault(in text: String) -> Localized? {
    if !choices.isEmpty {
      guard !choices.contains(text) else { return nil }
      let words = choices.prefix(12).joined(separator: ", ") + (choices.count > 12 ? " …" : "")
      return Localized(ja: "次のどれかにしてください：\(words)", en: "Use one of: \(words)")
    }
    let length = text.unicodeScalars.count
    if length < shortest { return Localized(ja: "\(shortest)文字以上にしてください。", en: "Use at least \(shortest) characters.") }
    if let longest, length > longest {
      return Localized(ja: "\(longest)文字以内にしてください。", en: "Use at most \(longest) characters.")
    }
    switch format {
    case .instant:
      if Instant(iso: text) == nil {
        return Localized(ja: "日時は 2026-04-01T09:00:00Z の形にしてください。", en: "Write the time as 2026-04-01T09:00:00Z.")
      }
    case .day:
      if LocalDate(iso: text) == nil {
        return Localized(ja: "日付は 2026-04-01 の形にしてください。", en: "Write the date as 2026-04-01.")
      }
    case .bytes, nil: break
    }
    return nil
  }
}

// MARK: JSON Schema

extension Schema {
  /// In the words of JSON Schema 2020-12, as OpenAPI 3.1 uses it. Requests are closed: a member nobody knows is refused.
  /// Answers stay open, so that a later version may say more.
  package func document(isRequest: Bool) -> JSONValue {
    switch self {
    case .any: return [:]
    case .boolean: return ["type": "boolean"]
    case .number: return ["type": "number"]
    case .integer(let range):
      var members: [String: JSONValue] = ["type": "integer"]
      if let range {
        members["minimum"] = .integer(range.lowerBound)
        members["maximum"] = .integer(range.upperBound)
      }
      return .object(members)
    case .text(let rule):
      if !rule.choices.isEmpty { return ["type": "string", "enum": .array(rule.choices.map { .text($0) })] }
      var members: [String: JSONValue] = ["type": "string"]
      if rule.shortest > 0 { members["minLength"] = .integer(rule.shortest) }
      if let longest = rule.longest { members["maxLength"] = .integer(longest) }
      if let format = rule.format { members["format"] = .text(format.rawValue) }
      // No database holds U+0000 in a text, so none is taken.
      if isRequest, rule.format == nil { members["pattern"] = "^[^\\u0000]*$" }
      return .object(members)
    case .array(let schema, let most):
      var members: [String: JSONValue] = ["type": "array", "items": schema.document(isRequest: isRequest)]
      if let most { members["maxItems"] = .integer(most) }
      return .object(members)
    case .object(let known, let others):
      var members: [String: JSONValue] = ["type": "object"]
      if !known.isEmpty {
        var properties: [String: JSONValue] = [:]
        for member in known { properties[member.name] = member.document(isRequest: isRequest) }
        members["properties"] = .object(properties)
        let required = known.filter(\.isRequired).map { JSONValue.text($0.name) }
        if !required.isEmpty { members["required"] = .array(required) }
      }
      if let others {
        members["additionalProperties"] = others.document(isRequest: isRequest)
        if isRequest { members["propertyNames"] = ["pattern": "^[^\\u0000]*$"] }
      } else if isRequest {
        members["additionalProperties"] = false
      }
      return .object(members)
    case .named(let name): return ["$ref": .text("#/components/schemas/\(name)")]
    case .optional(let schema):
      let document = schema.document(isRequest: isRequest)
      if var members = document.object, let type = members["type"]?.text, members["enum"] == nil {
        members["type"] = [.text(type), "null"]
        return .object(members)
      }
      return ["anyOf": [document, ["type": "null"]]]
    }
  }
}

extension Schema.Member {
  fileprivate func document(isRequest: Bool) -> JSONValue {
    let document = schema.document(isRequest: isRequest)
    guard let about, var members = document.object else { return document }
    members["description"] = .text(about.en)
    members["x-description-ja"] = .text(about.ja)
    return .object(members)
  }
}
