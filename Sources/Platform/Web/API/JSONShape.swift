import Text
import Time

/// How values of one type look as JSON: each member once, with its schema and where it comes from. The description and
/// what is answered are made from the same list and cannot differ.
package struct JSONShape<Value: Sendable>: Sendable {
  package struct Member: Sendable {
    package let name: String
    package let schema: Schema
    package let about: Localized?
    package let write: @Sendable (Value, Language, String, inout JSONWriter) -> Void

    package init(
      _ name: String,
      _ schema: Schema,
      _ about: Localized? = nil,
      write: @escaping @Sendable (Value, Language, String, inout JSONWriter) -> Void
    ) {
      self.name = name
      self.schema = schema
      self.about = about
      self.write = write
    }
  }

  package let members: [Member]

  package init(_ members: [Member]) { self.members = members }

  package var schema: Schema { .object(members.map { .always($0.name, $0.schema, $0.about) }) }

  /// As an element of an array.
  package func write(_ value: Value, _ language: Language, to writer: inout JSONWriter) {
    writer.object { fill(value, language, &$0) }
  }

  /// The members alone.
  package func fill(_ value: Value, _ language: Language, _ writer: inout JSONWriter) {
    for member in members { member.write(value, language, member.name, &writer) }
  }
}

extension JSONShape.Member {
  package static func text(
    _ name: String,
    _ about: Localized? = nil,
    _ value: @escaping @Sendable (Value) -> String
  ) -> Self {
    Self(name, .text, about) { $3.member($2, value($0)) }
  }

  /// Null where it is empty or nil.
  package static func maybe(
    _ name: String,
    _ about: Localized? = nil,
    _ value: @escaping @Sendable (Value) -> String?
  ) -> Self {
    Self(name, .optional(.text), about) { thing, _, name, writer in
      let text = value(thing)
      writer.member(name, text.flatMap { $0.isEmpty ? nil : $0 })
    }
  }

  /// In the language of the asker.
  package static func words(_ name: String, _ value: @escaping @Sendable (Value) -> Localized) -> Self {
    Self(name, .text) { $3.member($2, value($0)[$1]) }
  }

  package static func choice(
    _ name: String,
    _ choices: [String],
    _ value: @escaping @Sendable (Value) -> String
  ) -> Self {
    Self(name, .choice(choices)) { $3.member($2, value($0)) }
  }

  package static func day(_ name: String, _ value: @escaping @Sendable (Value) -> LocalDate?) -> Self {
    Self(name, .optional(.day)) { $3.member($2, value($0)) }
  }

  package static func instant(_ name: String, _ value: @escaping @Sendable (Value) -> Instant?) -> Self {
    Self(name, .optional(.instant)) { $3.member($2, value($0)) }
  }

  package static func count(_ name: String, _ value: @escaping @Sendable (Value) -> Int?) -> Self {
    Self(name, .optional(.integer(nil))) { $3.member($2, value($0)) }
  }

  /// A number from 0 that is always there.
  package static func number(_ name: String, _ value: @escaping @Sendable (Value) -> Int) -> Self {
    Self(name, .count) { $3.member($2, value($0)) }
  }

  package static func flag(_ name: String, _ value: @escaping @Sendable (Value) -> Bool) -> Self {
    Self(name, .boolean) { $3.member($2, value($0)) }
  }

  package static func texts(_ name: String, _ value: @escaping @Sendable (Value, Language) -> [String]) -> Self {
    Self(name, .list(.text)) { $3.member($2, texts: value($0, $1)) }
  }

  package static func list<Element>(
    _ name: String,
    _ shape: JSONShape<Element>,
    _ value: @escaping @Sendable (Value) -> [Element]
  ) -> Self {
    Self(name, .list(shape.schema)) { thing, language, name, writer in
      writer.array(name) { writer in
        for element in value(thing) { shape.write(element, language, to: &writer) }
      }
    }
  }
}

extension APICall {
  /// One value, with the ETag of its version where it has one.
  package func answer<Value>(
    _ value: Value,
    as shape: JSONShape<Value>,
    status: Int = 200,
    version: Int? = nil,
    location: String? = nil
  ) -> WebResponse {
    var headers: Headers = [:]
    if let version { headers["ETag"] = "\"\(version)\"" }
    if let location { headers["Location"] = Route.apiRoot + location }
    return answer(status: status, headers: headers) { shape.fill(value, language, &$0) }
  }

  /// A page of a list that lies in memory.
  package func page<Element>(of all: [Element], as shape: JSONShape<Element>) throws -> WebResponse {
    try page(of: all) { shape.write($0, language, to: &$1) }
  }

  /// The version a change was made from, by header or body. Throws 428 where neither says it.
  package func version() throws(WebError) -> (number: Int, isHeader: Bool) {
    if let version = try expectedVersion() { return (version, true) }
    guard let version = json["version"]?.integer else { throw .versionMissing }
    return (version, false)
  }
}

extension EndpointAnswer {
  package static func page<Value>(_ shape: JSONShape<Value>, _ about: Localized) -> EndpointAnswer {
    .json(.page(of: shape.schema, total: true), about)
  }

  package static func one<Value>(
    _ shape: JSONShape<Value>,
    _ about: Localized,
    status: Int = 200,
    headers: [String] = []
  ) -> EndpointAnswer {
    .json(shape.schema, about, status: status, headers: headers)
  }
}
