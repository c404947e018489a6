import Nouns
import Text

/// The description of `/api/v1` in the words of OpenAPI 3.1, written from the routes themselves.
struct OpenAPI {
  let routes: [Route]
  /// Named schemas the endpoints point to.
  let schemas: [String: Schema]
  let version: String

  var document: JSONValue {
    [
      "openapi": "3.1.0",
      "info": [
        "title": "Yagura", "version": .text(version.isEmpty ? "0" : version),
        "summary": "The records of a hospital's cybersecurity",
        "description": .text(Self.introduction),
        "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
      ],
      "servers": [["url": "/"]],
      "security": [["token": []]],
      "tags": .array(groups.map { ["name": .text($0.name), "description": .text("\($0.about.en) / \($0.about.ja)")] }),
      "paths": .object(paths),
      "components": [
        "securitySchemes": [
          "token": ["type": "http", "scheme": "bearer", "description": "A token of Settings, API tokens"]
        ],
        "schemas": .object(components), "responses": ["Problem": Self.problem],
      ],
    ]
  }

  private static let introduction = """
    Every page of Yagura as JSON. Ask with `Authorization: Bearer TOKEN`; what a token may do is what its owner may do and \
    its scopes say, in one facility. Lists come in pages: send what a page calls `next` as `cursor`. A change names the \
    version it was made from (`If-Match` or `version`): 412 or 409 with both values where somebody was first. Problems are \
    `application/problem+json` (RFC 9457) in Japanese or English by `Accept-Language`. Parameters and members that are not \
    described here are refused. Later versions of v1 may add paths and members of answers; they take nothing away. \
    Signing in, one's own password and second factor, linking one's accounts, making tokens, and the secrets of mail relays \
    and sign-in providers are left to the pages on purpose: a token does some of what its owner may, and must \
    never become its owner.
    """

  private var described: [(route: Route, endpoint: Endpoint)] {
    routes.compactMap { route in route.endpoint.map { (route, $0) } }
  }

  private var groups: [EndpointGroup] {
    var seen: Set<EndpointGroup> = []
    return described.map(\.endpoint.group).filter { seen.insert($0).inserted }
  }

  private var paths: [String: JSONValue] {
    var paths: [String: [String: JSONValue]] = [:]
    for (route, endpoint) in described {
      let path = route.pattern.split(separator: "/").reduce(into: "") { path, segment in
        path += segment.hasPrefix(":") ? "/{\(segment.dropFirst())}" : "/\(segment)"
      }
      paths[path, default: [:]][route.method.rawValue.lowercased()] = operation(route, endpoint)
    }
    return paths.mapValues { .object($0) }
  }

  private func operation(_ route: Route, _ endpoint: Endpoint) -> JSONValue {
    var members: [String: JSONValue] = [
      "operationId": .text(endpoint.id), "tags": [.text(endpoint.group.name)], "summary": .text(endpoint.summary.en),
      "x-summary-ja": .text(endpoint.summary.ja),
    ]
    if let detail = endpoint.detail {
      members["description"] = .text(detail.en)
      members["x-description-ja"] = .text(detail.ja)
    }
    if case .needs(let permission) = route.access { members["x-permission"] = .text(permission.rawValue) }
    if !endpoint.parameters.isEmpty { members["parameters"] = .array(endpoint.parameters.map(Self.parameter)) }
    switch endpoint.body {
    case .none: break
    case .json(let schema):
      members["requestBody"] = [
        "required": true, "content": ["application/json": ["schema": schema.document(isRequest: true)]],
      ]
    case .file(let types):
      // Whatever is sent is taken as bytes.
      members["requestBody"] = ["required": true, "content": Self.content(of: types)]
    }
    var responses: [String: JSONValue] = [:]
    for answer in endpoint.answers { responses[String(answer.status)] = Self.response(answer) }
    for status in endpoint.statuses { responses[String(status)] = ["$ref": "#/components/responses/Problem"] }
    // 304 goes with the ETag of every answer that is read.
    if route.method == .get { responses["304"] = ["description": "Not changed"] }
    members["responses"] = .object(responses)
    return .object(members)
  }

  private static func parameter(_ parameter: EndpointParameter) -> JSONValue {
    let schema = parameter.schema.document(isRequest: true)
    var members: [String: JSONValue] = [
      "name": .text(parameter.name), "in": .text(parameter.place.rawValue), "required": .bool(parameter.isRequired),
      "description": .text(parameter.about.en), "x-description-ja": .text(parameter.about.ja),
      "schema": parameter.isMany ? ["type": "array", "items": schema, "maxItems": 50] : schema,
    ]
    if parameter.isMany {
      members["style"] = "form"
      members["explode"] = true
    }
    return .object(members)
  }

  private static func response(_ answer: EndpointAnswer) -> JSONValue {
    var members: [String: JSONValue] = [
      "description": .text(answer.about.en), "x-description-ja": .text(answer.about.ja),
    ]
    if !answer.headers.isEmpty {
      members["headers"] = .object(
        Dictionary(answer.headers.map { ($0, ["schema": ["type": "string"]]) }, uniquingKeysWith: { first, _ in first })
      )
    }
    switch answer.content {
    case .none: break
    case .json(let schema):
      members["content"] = ["application/json": ["schema": schema.document(isRequest: false)]]
    case .file(let types):
      members["content"] = Self.content(of: types)
    }
    return .object(members)
  }

  /// A file of any of these types. Bytes have no schema in OpenAPI 3.1 ("Considerations for File Uploads"): `type: string`
  /// would speak of text, and files of JSON or YAML are read as what they hold.
  private static func content(of types: [String]) -> JSONValue {
    .object(Dictionary(types.map { ($0, ["schema": [:]]) }, uniquingKeysWith: { first, _ in first }))
  }

  private static let problem: JSONValue = [
    "description": "What happened, why and what to do",
    "content": ["application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]],
  ]

  private var components: [String: JSONValue] {
    var components = schemas.mapValues { $0.document(isRequest: false) }
    components["Problem"] = Self.problemSchema.document(isRequest: false)
    return components
  }

  /// RFC 9457, and our own members.
  static let problemSchema = Schema.object([
    .always("type", .text), .always("title", .text), .always("status", .integer(400...599)),
    .always("detail", .text),
    .always("instance", .text, Localized(ja: "ログにある受付番号", en: "The number of the request in the log")),
    .maybe(
      "errors",
      .list(.object([.always("pointer", .text), .always("detail", .text)])),
      Localized(ja: "直すところ", en: "What to correct, by JSON pointer or parameter")
    ),
    .maybe(
      "conflicts",
      .list(.any),
      Localized(ja: "ほかの人の変更と、送られた値", en: "What somebody else changed, with both values")
    ),
  ])
}
