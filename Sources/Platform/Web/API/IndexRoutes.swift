import Nouns
import Text

/// `/api/v1`, its description, and who is asking.
struct IndexRoutes: Sendable {
  let version: String
  /// The description as bytes; made once, as the routes never change while the program runs.
  let description: [UInt8]

  static let group = EndpointGroup("general", Localized(ja: "入口", en: "Where to begin"))

  /// `others` are the routes it describes beside its own.
  static func routes(describing others: [Route], schemas: [String: Schema], version: String) -> [Route] {
    let own = IndexRoutes(version: version, description: []).routes
    let document = OpenAPI(routes: own + others, schemas: schemas, version: version).document
    return IndexRoutes(version: version, description: JSONWriter.bytes(of: document)).routes
  }

  private var routes: [Route] {
    [
      .api(
        .get,
        "",
        SignedIn.self,
        Endpoint(
          "getIndex",
          Self.group,
          Localized(ja: "版と入口", en: "Version and where to go on"),
          answers: [
            .json(
              .object([
                .always("name", .text), .always("version", .text), .always("description", .text),
              ]),
              Localized(ja: "版と入口", en: "Version and where to go on")
            )
          ]
        )
      ) { call, _ in
        call.answer { writer in
          writer.member("name", "Yagura")
          writer.member("version", version)
          writer.member("description", "\(Route.apiRoot)/openapi.json")
        }
      },
      .api(
        .get,
        "/openapi.json",
        SignedIn.self,
        Endpoint(
          "getDescription",
          Self.group,
          Localized(ja: "OpenAPI 3.1 による説明", en: "This description, in OpenAPI 3.1"),
          answers: [.json(.any, Localized(ja: "OpenAPI 3.1", en: "OpenAPI 3.1"))]
        )
      ) { _, _ in
        WebResponse(headers: ["Content-Type": "application/json"], body: .bytes(description))
      },
      .api(
        .get,
        "/me",
        SignedIn.self,
        Endpoint(
          "getMe",
          Self.group,
          Localized(ja: "だれとして、何ができるか", en: "Who is asking and what they may do"),
          answers: [.json(Self.me, Localized(ja: "利用者と権限", en: "The person and the permissions"))]
        ),
        me
      ),
    ]
  }

  private static let me = Schema.object([
    .always("user", .object([.always("id", .text), .always("name", .text)])),
    .always("facility", .object([.always("id", .text), .always("name", .text)])),
    .always("permissions", .list(.text)), .always("departments", .optional(.list(.text))),
    .always("language", .choice(Language.allCases.map(\.rawValue))), .always("expiresAt", .instant),
    .always("token", .optional(.object([.always("id", .text), .always("name", .text)]))),
  ])

  @Sendable private func me(_ call: APICall, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    guard let session = call.request.session else { throw Denied(permission: .signedIn) }
    return call.answer { writer in
      writer.object("user") { writer in
        writer.member("id", session.userID)
        writer.member("name", session.userName)
      }
      writer.object("facility") { writer in
        writer.member("id", session.facility.rawValue)
        writer.member("name", session.facilityName)
      }
      writer.member("permissions", texts: Permission.allCases.filter(session.may).map(\.rawValue))
      if let departments = scope.departments {
        writer.member("departments", texts: departments.sorted())
      } else {
        writer.member("departments", JSONValue.null)
      }
      writer.member("language", session.language.rawValue)
      writer.member("expiresAt", session.expiresAt)
      if let token = session.token {
        writer.object("token") { writer in
          writer.member("id", token.id)
          writer.member("name", token.name)
        }
      } else {
        writer.member("token", JSONValue.null)
      }
    }
  }
}
