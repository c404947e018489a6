import Nouns
import Records
import Text
import Web

/// Regulations that staff must have read, for programs: which they are, and 「読みました」.
struct ReadingAPI: Sendable {
  let reading: ReadingRoutes

  private struct Line: Sendable {
    let regulation: Record
    let isConfirmed: Bool
  }

  private static let group = EndpointGroup("regulations-to-read", Localized(ja: "読んで確認する規程", en: "Regulations to read"))

  private static let shape = JSONShape<Line>([
    .text("regulation") { $0.regulation.id }, .text("title") { $0.regulation.title },
    .text("version") { ReadingRoutes.version($0.regulation) }, .flag("isConfirmed") { $0.isConfirmed },
  ])

  var routes: [Route] {
    [
      .api(
        .get,
        "/regulations-to-read",
        SignedIn.self,
        Endpoint(
          "listRegulationsToRead",
          Self.group,
          Localized(ja: "自分が読んで確認する規程", en: "What one must have read, and whether one confirmed it"),
          parameters: [.limit, .cursor],
          answers: [.page(Self.shape, Localized(ja: "規程", en: "The regulations"))]
        )
      ) { call, scope in try call.page(of: try await lines(call, scope), as: Self.shape) },
      .api(
        .post,
        "/regulations-to-read/confirm",
        SignedIn.self,
        Endpoint(
          "confirmReading",
          Self.group,
          Localized(ja: "いまの版を読んだと記録する", en: "One has read the version in force"),
          body: .json(.object([.always("regulation", .id), .always("version", .text(upTo: 200, from: 1))])),
          answers: [.one(Self.shape, Localized(ja: "規程", en: "The regulation"))],
          problems: [409]
        ),
        confirm
      ),
    ]
  }

  private func lines(_ call: APICall, _ scope: Scope<SignedIn>) async throws -> [Line] {
    let confirmed = try await reading.readings.confirmed(in: scope)
    return try await reading.toRead(call.request, scope).map { regulation in
      let isConfirmed = confirmed[regulation.id]?.contains(ReadingRoutes.version(regulation)) ?? false
      return Line(regulation: regulation, isConfirmed: isConfirmed)
    }
  }

  @Sendable private func confirm(_ call: APICall, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let id = call.json["regulation"]?.text
    guard let line = try await lines(call, scope).first(where: { $0.regulation.id == id }) else {
      let reason = Localized(ja: "読んで確認する規程ではありません。", en: "This is no regulation to read.")
      throw WebError.invalid([(pointer: "/regulation", reason: reason)], call.language)
    }
    let version = ReadingRoutes.version(line.regulation)
    guard call.json["version"]?.text == version else {
      throw WebError.conflict(
        Localized(ja: "この規程は変わりました。", en: "This regulation has changed."),
        remedy: Localized(ja: "いまの版を読んでから送ってください。", en: "Read the version in force first.")
      )
    }
    try await reading.readings.confirm(line.regulation.id, version: version, title: line.regulation.title, in: scope)
    return call.answer(Line(regulation: line.regulation, isConfirmed: true), as: Self.shape)
  }
}
