import Nouns
import Text
import Time
import Web

/// `/api/v1/views`: lists that somebody named, one's own and those for everybody.
struct ViewAPI: Sendable {
  let views: ViewStore
  let catalogue: RecordCatalogue

  private static let shape = JSONShape<SavedView>([
    .text("id") { $0.id }, .text("name") { $0.name },
    .text("query", Localized(ja: "一覧の画面のアドレスの「?」より後", en: "What stands behind the ? in the list's address")) {
      $0.query
    },
    .flag("isShared") { $0.isShared },
  ])

  var routes: [Route] {
    [
      .api(
        .get,
        "/views/:kind",
        ReadLedger.self,
        Endpoint(
          "listViews",
          RecordAPI.group,
          Localized(ja: "一覧の保存した見方（名前順）", en: "Saved views of a list, by name"),
          parameters: [RecordAPI.kinds(catalogue), .limit, .cursor],
          answers: [.page(Self.shape, Localized(ja: "見方", en: "The views"))]
        )
      ) { call, scope in
        try call.page(of: try await views.views(of: try kind(call), in: scope), as: Self.shape)
      },
      .api(
        .post,
        "/views/:kind",
        ReadLedger.self,
        Endpoint(
          "saveView",
          RecordAPI.group,
          Localized(ja: "一覧の見方を保存する（自分だけに見えます）", en: "Keep a view of a list, for oneself"),
          parameters: [RecordAPI.kinds(catalogue)],
          body: .json(
            .object([
              .always("name", .text(upTo: 200, from: 1)),
              .always(
                "query",
                .text(upTo: 4_000),
                Localized(
                  ja: "q=CT&f.category=server&sort=-name のような、一覧の画面のアドレスの「?」より後",
                  en: "As behind the ? in the list's address: q=CT&f.category=server&sort=-name"
                )
              ),
            ])
          ),
          answers: [.one(Self.shape, Localized(ja: "保存した見方", en: "The view"), status: 201, headers: ["Location"])],
          takesKey: true
        ),
        save
      ),
      .api(
        .delete,
        "/views/:kind/:id",
        ReadLedger.self,
        Endpoint(
          "deleteView",
          RecordAPI.group,
          Localized(ja: "保存した見方を消す", en: "Delete a saved view"),
          parameters: [RecordAPI.kinds(catalogue), .path("id", .id, Localized(ja: "見方の番号", en: "The view's id"))],
          answers: [.nothing(Localized(ja: "消した", en: "It is gone"))]
        )
      ) { call, scope in
        guard try await views.delete(call["id"], of: try kind(call), in: scope) else {
          throw WebError.notFound(Localized(ja: "この見方", en: "This view"))
        }
        return .noContent
      },
    ]
  }

  private func kind(_ call: APICall) throws -> Kind { try RecordRoutes.kind(call.request, catalogue) }

  @Sendable private func save(_ call: APICall, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let kind = try kind(call)
    let view = try await views.save(
      call.json["name"]?.text ?? "",
      kind: kind,
      query: try RecordRoutes.viewQuery(call.json["query"]?.text ?? "", kind),
      isShared: false,
      in: scope
    )
    return call.answer(view, as: Self.shape, status: 201, location: "/views/\(kind.key)/\(view.id)")
  }
}
