import Text

/// What a route of `/api/v1` takes and answers, as data beside its handler. The router checks requests against it, the
/// OpenAPI description and the tests are made from it.
package struct Endpoint: Sendable {
  /// What it is called in generated clients: `listRecords`.
  package let id: String
  package let group: EndpointGroup
  package let summary: Localized
  package let detail: Localized?
  package let parameters: [EndpointParameter]
  package let body: EndpointBody
  /// What it answers where all is well.
  package let answers: [EndpointAnswer]
  /// Statuses of problems beyond those every endpoint has.
  package let problems: Set<Int>
  /// Whether a request may carry `Idempotency-Key`, and one that is sent twice is done once.
  package let takesKey: Bool

  package init(
    _ id: String,
    _ group: EndpointGroup,
    _ summary: Localized,
    detail: Localized? = nil,
    parameters: [EndpointParameter] = [],
    body: EndpointBody = .none,
    answers: [EndpointAnswer],
    problems: Set<Int> = [],
    takesKey: Bool = false
  ) {
    self.id = id
    self.group = group
    self.summary = summary
    self.detail = detail
    self.parameters = takesKey ? parameters + [.key] : parameters
    self.body = body
    self.answers = answers
    self.problems = problems
    self.takesKey = takesKey
  }

  /// The statuses of problems it may answer with, as described.
  var statuses: Set<Int> {
    var all = problems.union([400, 401, 403, 404, 406, 414, 429, 503])
    if !body.isNone { all.formUnion([413, 415, 422]) }
    // A cursor that is not ours, a field the kind does not have: well formed and yet meaningless.
    if parameters.contains(where: { $0.place == .query }) { all.insert(422) }
    if takesKey { all.formUnion([409, 422]) }
    return all
  }
}

/// A chapter of the description.
package struct EndpointGroup: Sendable, Hashable {
  package let name: String
  package let about: Localized

  package init(_ name: String, _ about: Localized) {
    self.name = name
    self.about = about
  }
}

package enum EndpointBody: Sendable {
  case none
  case json(Schema)
  /// Bytes of a file, of any of these types; `*/*` for any.
  case file([String])

  var isNone: Bool {
    if case .none = self { return true }
    return false
  }
}

package struct EndpointParameter: Sendable {
  package enum Place: String, Sendable { case path, query, header }

  package let name: String
  package let place: Place
  package let schema: Schema
  package let isRequired: Bool
  /// May stand several times.
  package let isMany: Bool
  package let about: Localized

  package static func path(_ name: String, _ schema: Schema, _ about: Localized) -> Self {
    Self(name: name, place: .path, schema: schema, isRequired: true, isMany: false, about: about)
  }

  package static func query(
    _ name: String,
    _ schema: Schema,
    _ about: Localized,
    isRequired: Bool = false,
    isMany: Bool = false
  ) -> Self {
    Self(name: name, place: .query, schema: schema, isRequired: isRequired, isMany: isMany, about: about)
  }

  package static func header(_ name: String, _ schema: Schema, _ about: Localized) -> Self {
    Self(name: name, place: .header, schema: schema, isRequired: false, isMany: false, about: about)
  }

  /// How many elements a page has.
  package static let limit = query(
    "limit",
    .integer(1...500),
    Localized(ja: "1ページの件数。指定しなければ50", en: "How many a page holds, 50 unless told otherwise")
  )

  /// Where the next page begins.
  package static let cursor = query(
    "cursor",
    .text(upTo: 600),
    Localized(ja: "前のページの next。中身は見ないでください", en: "What the page before called next; opaque")
  )

  static let key = header(
    "Idempotency-Key",
    .text(upTo: 200, from: 1),
    Localized(
      ja: "作成を1回だけにするための、呼び出し側が決める文字列。24時間有効",
      en: "A text of the caller's own; a request sent twice under it is done once. Kept for 24 hours"
    )
  )

  /// The version a change was made from.
  package static let ifMatch = header(
    "If-Match",
    .text(upTo: 200),
    Localized(ja: "見て変更した版のETag。版が進んでいれば412", en: "The ETag that was looked at; 412 where it is no longer the latest")
  )
}

package struct EndpointAnswer: Sendable {
  package let status: Int
  package let about: Localized
  package let content: Content
  /// Headers it carries beside those all have.
  package let headers: [String]

  package enum Content: Sendable {
    case none
    case json(Schema)
    /// Files of these types.
    case file([String])
  }

  package static func json(
    _ schema: Schema,
    _ about: Localized,
    status: Int = 200,
    headers: [String] = []
  ) -> Self {
    Self(status: status, about: about, content: .json(schema), headers: headers)
  }

  package static func file(_ types: [String], _ about: Localized) -> Self {
    Self(status: 200, about: about, content: .file(types), headers: ["Content-Disposition"])
  }

  package static func nothing(_ about: Localized) -> Self {
    Self(status: 204, about: about, content: .none, headers: [])
  }

  /// The media types it may have.
  var types: [String] {
    switch content {
    case .none: []
    case .json: ["application/json"]
    case .file(let types): types
    }
  }
}

extension Schema {
  /// A page of a list with the cursor of the next.
  package static func page(of element: Schema, total: Bool = false) -> Schema {
    var members: [Member] = [
      .always("items", .list(element, upTo: 500)),
      .always(
        "next",
        .optional(.text),
        Localized(ja: "次のページの cursor。最後ならnull", en: "The cursor of the next page, null on the last")
      ),
    ]
    if total { members.append(.always("total", .count, Localized(ja: "絞り込みに合う件数", en: "How many there are in all"))) }
    return .object(members)
  }
}
