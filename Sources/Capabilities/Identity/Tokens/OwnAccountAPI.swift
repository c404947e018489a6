import Nouns
import Text
import Time
import Web

/// One's own name, language and dates, and the end of all other sign-ins, as `/account` for people. A password, a second
/// factor and linked accounts are changed by their owner on the page alone.
struct OwnAccountAPI: Sendable {
  let identity: Identity

  private static let languages = Language.allCases.map(\.rawValue)
  private static let styles = DateStyle.allCases.map(\.rawValue)

  private static let shape = JSONShape<Account>([
    .text("id") { $0.id }, .text("userName") { $0.userName }, .text("name") { $0.name },
    .choice("language", languages) { $0.language.rawValue },
    .init(
      "dates",
      .optional(.choice(styles)),
      Localized(ja: "null は言語のふだんの書き方", en: "Null for what is usual in the language")
    ) { $3.member($2, $0.dateStyle?.rawValue) },
    .flag("secondFactor") { $0.hasSecondFactor },
  ])

  private static let one = EndpointAnswer.one(shape, Localized(ja: "自分のアカウント", en: "One's own account"))

  var routes: [Route] {
    [
      .api(
        .get,
        "/own-account",
        SignedIn.self,
        Endpoint(
          "getOwnAccount",
          AccountAPI.group,
          Localized(ja: "自分の名前・言語・日付の書き方", en: "One's own name, language and way with dates"),
          answers: [Self.one]
        )
      ) { call, _ in call.answer(try await own(call), as: Self.shape) },
      .api(
        .patch,
        "/own-account",
        SignedIn.self,
        Endpoint(
          "changeOwnAccount",
          AccountAPI.group,
          Localized(ja: "自分の名前・言語・日付の書き方を変える", en: "Change one's own name, language and way with dates"),
          body: .json(
            .object([
              .maybe("name", .text(upTo: 100, from: 1)), .maybe("language", .choice(Self.languages)),
              .maybe("dates", .optional(.choice(Self.styles))),
            ])
          ),
          answers: [Self.one]
        ),
        change
      ),
      .api(
        .post,
        "/other-sessions/end",
        SignedIn.self,
        Endpoint(
          "endOtherSessions",
          AccountAPI.group,
          Localized(ja: "自分のほかのサインインをすべて終える", en: "Sign oneself out everywhere else"),
          answers: [.nothing(Localized(ja: "終えた", en: "They have ended"))]
        )
      ) { call, _ in
        try await identity.endOtherSessions(session(call), visit: Visit(call.request))
        return .noContent
      },
    ]
  }

  private func session(_ call: APICall) throws -> Session {
    guard let session = call.request.session else { throw Denied(permission: .signedIn) }
    return session
  }

  private func own(_ call: APICall) async throws -> Account { try await identity.ownAccount(session(call)) }

  @Sendable private func change(_ call: APICall, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let account = try await own(call)
    let dates: DateStyle? =
      switch call.json["dates"] {
      case .text(let text): DateStyle(rawValue: text)
      case .null: nil
      default: account.dateStyle
      }
    do {
      let draft = try AccountDraft(
        userName: account.userName,
        name: call.json["name"]?.text ?? account.name,
        language: call.json["language"]?.text.flatMap(Language.init) ?? account.language,
        dateStyle: dates
      )
      try await identity.saveOwn(draft, account, visit: Visit(call.request))
    } catch let problems as Problems {
      let places = problems.list.map {
        (pointer: $0.field == "displayName" ? "/name" : "/\($0.field)", reason: $0.message)
      }
      throw WebError.invalid(places, call.language)
    }
    return call.answer(try await own(call), as: Self.shape)
  }
}
