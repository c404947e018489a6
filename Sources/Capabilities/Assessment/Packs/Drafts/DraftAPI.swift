import Nouns
import Packs
import Text
import Time
import Web

/// `/api/v1/checklist-drafts`: drafts of own checklists; their contents travel as YAML.
struct DraftAPI: Sendable {
  let assessment: Assessment

  private static let shape = JSONShape<KeptDraft>([
    .text("id") { $0.id }, .text("pack") { $0.draft.head.pack }, .words("title") { $0.draft.head.title.shown },
    .count("items") { $0.draft.items.count }, .count("problems") { $0.draft.problems().count },
    .count("version") { $0.version }, .instant("changedAt") { $0.changedAt }, .text("changedBy") { $0.changedBy },
  ])

  static let draft = EndpointParameter.path(
    "draft",
    .text(upTo: 60, from: 1),
    Localized(ja: "下書き（GET /checklist-drafts の id）", en: "The draft (id of GET /checklist-drafts)")
  )

  private static let seen = Schema.object([.always("version", .integer(1...Int(Int32.max)))])

  private static let again = Localized(ja: "下書きを読んでから、送り直してください。", en: "Read the draft and send again.")

  var routes: [Route] {
    [
      .api(
        .get,
        "/checklist-drafts",
        ReadLedger.self,
        Endpoint(
          "listChecklistDrafts",
          AssessmentAPI.group,
          Localized(ja: "自分の点検表の下書き", en: "The drafts of own checklists"),
          parameters: [.limit, .cursor],
          answers: [.page(Self.shape, Localized(ja: "下書き", en: "The drafts"))]
        )
      ) { call, scope in
        let drafts = try await assessment.drafts.all(scope.facility)
        return try call.page(of: drafts) { Self.shape.write($0, call.language, to: &$1) }
      },
      .api(
        .post,
        "/checklist-drafts",
        AnswerChecks.self,
        Endpoint(
          "makeChecklistDraft",
          AssessmentAPI.group,
          Localized(
            ja: "下書きを作る。from に点検表の id を書くと、その写しか次の版になります。",
            en: "Make a draft: empty, or of the checklist whose id is given as from, a copy or the next edition."
          ),
          body: .json(.object([.maybe("from", .text(upTo: 60))])),
          answers: [.json(.object([.always("id", .text)]), Localized(ja: "下書き", en: "The draft"))],
          problems: [404, 409]
        ),
        make
      ),
      .api(
        .get,
        "/checklist-drafts/:draft/file",
        ReadLedger.self,
        Endpoint(
          "getChecklistDraftFile",
          AssessmentAPI.group,
          Localized(ja: "下書きの YAML", en: "The YAML of a draft"),
          parameters: [Self.draft],
          answers: [.file(["application/yaml"], Localized(ja: "YAML", en: "The file"))]
        )
      ) { call, scope in
        try await DraftRoutes(assessment: assessment).file(try await found(call, scope.facility), scope.facility)
      },
      .api(
        .post,
        "/checklist-drafts/:draft/publish",
        AnswerChecks.self,
        Endpoint(
          "publishChecklistDraft",
          AssessmentAPI.group,
          Localized(
            ja: "下書きを次の版として公開する。version は読んだときのもの。",
            en: "Publish a draft as the next edition. version is that which was read."
          ),
          parameters: [Self.draft],
          body: .json(Self.seen),
          answers: [
            .json(
              .object([.always("checklist", .text), .always("edition", .count)]),
              Localized(ja: "公開した点検表", en: "The published checklist")
            )
          ],
          problems: [409, 422]
        ),
        publish
      ),
      .api(
        .post,
        "/checklist-drafts/:draft/discard",
        AnswerChecks.self,
        Endpoint(
          "discardChecklistDraft",
          AssessmentAPI.group,
          Localized(ja: "下書きを破棄する。version は読んだときのもの。", en: "Discard a draft. version is that which was read."),
          parameters: [Self.draft],
          body: .json(Self.seen),
          answers: [.json(.object([.always("discarded", .boolean)]), Localized(ja: "破棄した", en: "It is discarded"))],
          problems: [409, 422]
        ),
        discard
      ),
    ]
  }

  private func found(_ call: APICall, _ facility: FacilityID) async throws -> KeptDraft {
    try await assessment.keptDraft(call["draft"], facility)
  }

  @Sendable private func make(_ call: APICall, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    do {
      let id = try await assessment.makeDraft(from: call.json["from"]?.text ?? "", in: scope)
      return call.answer { $0.member("id", id) }
    } catch is OwnChecklistProblem {
      throw WebError.notFound(Localized(ja: "この点検表", en: "This checklist"))
    } catch let conflict as DraftConflict {
      throw WebError.conflict(conflict.text, remedy: Self.again)
    }
  }

  @Sendable private func publish(_ call: APICall, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let kept = try await found(call, scope.facility)
    do {
      let version = call.json["version"]?.integer ?? 0
      let checklist = try await assessment.drafts.publish(kept.id, version: version, in: scope)
      return call.answer { writer in
        writer.member("checklist", checklist.id)
        writer.member("edition", checklist.pack.edition)
      }
    } catch DraftConflict.unfinished {
      throw WebError.invalid(
        kept.draft.problems().map { (pointer: "/\($0.part.path)/\($0.field)", reason: $0.text) },
        call.language
      )
    } catch let conflict as DraftConflict {
      throw WebError.conflict(conflict.text, remedy: Self.again)
    } catch let problem as OwnChecklistProblem {
      throw WebError.conflict(problem.text, remedy: Self.again)
    }
  }

  @Sendable private func discard(_ call: APICall, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let kept = try await found(call, scope.facility)
    do {
      try await assessment.drafts.discard(kept.id, version: call.json["version"]?.integer ?? 0, in: scope)
    } catch let conflict as DraftConflict {
      throw WebError.conflict(conflict.text, remedy: Self.again)
    }
    return call.answer { $0.member("discarded", true) }
  }
}
