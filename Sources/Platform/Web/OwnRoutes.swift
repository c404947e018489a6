import Text

// Addresses of the shell itself.

extension WebApp {
  /// `/health`, `/metrics` and `/static/` are answered before sessions are looked up; they stand here so that the list is whole.
  static func ownRoutes(_ sessions: SessionSource) -> [Route] {
    @Sendable func change(to language: String?, next: String?, _ request: WebRequest) async throws -> WebResponse {
      guard let language = language.flatMap(Language.init) else {
        throw WebError.badRequest(
          Localized(ja: "その言語はありません。", en: "There is no such language."),
          remedy: Localized(ja: "日本語か英語を選んでください。", en: "Choose Japanese or English.")
        )
      }
      if let session = request.session { try await sessions.setLanguage(session, language) }
      return .redirect(to: next ?? "/")
        .setting(SetCookie(languageCookie, language.rawValue, maxAge: 365 * 86_400))
    }
    return [
      // A link must do in the head of each page. Another site could at worst change the language.
      .open(.get, "/language/:language") { request in
        try await change(to: request["language"], next: request.query["next"], request)
      },
      .open(.post, "/language") { request in
        let form = try request.form()
        return try await change(to: form["language"], next: form["next"], request)
      },
      .open(.get, "/health") { _ in throw WebError.notFound() },
      .open(.get, "/metrics") { _ in throw WebError.notFound() },
      .open(.get, "/static/*file") { _ in throw WebError.notFound() },
    ]
  }
}
