import Nouns
import Records
import Text
import Time
import Web

/// What follows from looking: finds of a walk checked and taken into the ledger, systems without a recorded line answered.
struct LookingAPI: Sendable {
  let store: RecordStore

  private var surveys: SurveyStore { SurveyStore(records: store) }

  private static let group = EndpointGroup("looking", Localized(ja: "現地調査・回線の有無", en: "Walks and lines in question"))

  private static let absence = JSONShape<Absence>([
    .text("kind") { $0.kind }, .text("id") { $0.id }, .text("title") { $0.title },
    .text("department") { $0.department }, .text("vendor") { $0.vendor },
  ])

  private static let changed = [
    EndpointAnswer.json(
      .object([.always("changeSet", .optional(.text))]),
      Localized(ja: "元に戻すときの番号", en: "What takes it back")
    )
  ]

  private static let find = EndpointParameter.path("id", .id, Localized(ja: "見つけたものの番号", en: "The find's id"))

  var routes: [Route] { finds + absences }

  private var finds: [Route] {
    [
      .api(
        .post,
        "/survey-finds/:id/check",
        EditLedger.self,
        Endpoint(
          "checkSurveyFind",
          Self.group,
          Localized(ja: "別の人が確かめた（見つけた本人は確かめられません）", en: "A second person has looked; never whoever found it"),
          parameters: [Self.find],
          answers: Self.changed,
          problems: [409, 422]
        )
      ) { call, scope in try await told(call) { try await surveys.check(call["id"], in: scope).lastSet } },
      .api(
        .post,
        "/survey-finds/:id/merge",
        EditLedger.self,
        Endpoint(
          "mergeSurveyFind",
          Self.group,
          Localized(ja: "見つけたものを台帳に登録する", en: "Take a find into the ledger"),
          parameters: [Self.find],
          answers: Self.changed,
          problems: [409, 422]
        )
      ) { call, scope in try await told(call) { try await surveys.merge(call["id"], in: scope) } },
    ]
  }

  private var absences: [Route] {
    [
      .api(
        .get,
        "/connections/absences",
        ReadLedger.self,
        Endpoint(
          "listAbsences",
          Self.group,
          Localized(ja: "保守回線の記録がないシステム・装置", en: "Systems and modalities without a recorded line"),
          parameters: [.limit, .cursor],
          answers: [.page(Self.absence, Localized(ja: "システム・装置", en: "Systems and devices"))]
        )
      ) { call, scope in
        try call.page(of: try await store.absences(limit: AbsenceRoutes.most, in: scope), as: Self.absence)
      },
      .api(
        .post,
        "/connections/absences",
        EditLedger.self,
        Endpoint(
          "answerAbsence",
          Self.group,
          Localized(ja: "回線がないことを確かめたと記録する", en: "Somebody has seen that there is no line"),
          body: .json(
            .object([.always("kind", .choice([Kind.system, .asset].map(\.key))), .always("id", .id)])
          ),
          answers: Self.changed,
          problems: [409]
        )
      ) { call, scope in
        let kind = call.json["kind"]?.text == Kind.asset.key ? Kind.asset : .system
        let id = call.json["id"]?.text ?? ""
        guard try await !store.find(kind, ids: [id], in: scope.reading).isEmpty else {
          let reason = Localized(ja: "このシステム・装置は登録されていません。", en: "There is no such system or device.")
          throw WebError.invalid([(pointer: "/id", reason: reason)], call.language)
        }
        return try await told(call) {
          try await store.answerAbsence(kind, id, on: call.now.day, in: scope).made.lastSet
        }
      },
    ]
  }

  private func told(_ call: APICall, _ body: () async throws -> String?) async throws -> WebResponse {
    do {
      let set = try await RecordError.told(call) { try await body() }
      return call.answer { $0.member("changeSet", set) }
    } catch let refusal as SurveyStore.Refusal {
      throw WebError.conflict(
        refusal.message,
        remedy: Localized(ja: "いまの記録を読み直してください。", en: "Read the find as it is now.")
      )
    }
  }
}

extension SurveyStore.Refusal {
  var message: Localized {
    switch self {
    case .ownFind:
      Localized(ja: "見つけた本人は確かめられません。別の人に頼んでください。", en: "Whoever found it cannot check it. Ask somebody else.")
    case .alreadyMerged: Localized(ja: "すでに台帳に登録されています。", en: "It is in the ledger already.")
    case .nothingToAdd: Localized(ja: "「何もなかった」は台帳に登録しません。", en: "“Nothing there” is not added to the ledger.")
    }
  }
}
