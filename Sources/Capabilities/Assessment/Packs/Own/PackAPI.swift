import Nouns
import Packs
import Tabular
import Text
import Time
import Web

/// `/api/v1/checklists`: the packs of a facility.
struct PackAPI: Sendable {
  let assessment: Assessment

  private struct Line: Sendable {
    let checklist: Checklist
    let own: OwnChecklist?
    let isInUse: Bool
  }

  private static let shape = JSONShape<Line>([
    .text("id") { $0.checklist.id }, .words("title") { $0.checklist.title },
    .count("edition") { $0.checklist.pack.edition },
    .text("validFrom") { $0.checklist.pack.validFrom }, .maybe("validTo") { $0.checklist.pack.validTo },
    .text("publisher") { $0.checklist.pack.publisher },
    .choice("verification", ["unverified", "verified"]) {
      $0.checklist.pack.verification == .unverified ? "unverified" : "verified"
    },
    .count("items") { $0.checklist.items.count }, .count("provable") { $0.checklist.provable },
    .flag("isOwn") { $0.own != nil }, .flag("isInUse") { $0.isInUse },
    .maybe("sha256") { $0.own?.hash }, .maybe("confirmedBy") { $0.checklist.confirmation?.by },
  ])

  private static let loaded = Schema.object([
    .always("checklists", .list(.object([.always("id", .text), .always("new", .boolean)])))
  ])

  private static let types = ["application/yaml", "application/zip"]

  var routes: [Route] {
    [
      .api(
        .get,
        "/checklists",
        ReadLedger.self,
        Endpoint(
          "listChecklists",
          AssessmentAPI.group,
          Localized(ja: "点検表の版、有効期間、検証の状態", en: "The checklists with edition, validity and verification"),
          parameters: [.limit, .cursor],
          answers: [.page(Self.shape, Localized(ja: "点検表", en: "The checklists"))]
        )
      ) { call, scope in
        let shelf = try await assessment.shelf(scope.facility)
        let inUse = Set(shelf.inUse(on: assessment.today).map(\.id))
        let own = Dictionary(shelf.own.map { ($0.checklist.id, $0) }, uniquingKeysWith: { first, _ in first })
        let lines = shelf.all.map { Line(checklist: $0, own: own[$0.id], isInUse: inUse.contains($0.id)) }
        return try call.page(of: lines) { Self.shape.write($0, call.language, to: &$1) }
      },
      .api(
        .get,
        "/checklists/:pack/file",
        ReadLedger.self,
        Endpoint(
          "getChecklistFile",
          AssessmentAPI.group,
          Localized(ja: "点検表の YAML", en: "The YAML of a checklist"),
          parameters: [AssessmentAPI.pack],
          answers: [.file(["application/yaml"], Localized(ja: "YAML", en: "The file"))]
        )
      ) { call, scope in try await PackRoutes(assessment: assessment).file(call["pack"], scope.facility) },
      .api(
        .post,
        "/checklists",
        AnswerChecks.self,
        Endpoint(
          "loadChecklists",
          AssessmentAPI.group,
          Localized(
            ja: "自分の点検表（YAML か搬送ファイル）を取り込む。誤りがあれば何も取り込みません。",
            en: "Load own checklists, a YAML file or a bundle. With a mistake nothing is loaded."
          ),
          body: .file(["application/octet-stream"] + Self.types),
          answers: [.json(Self.loaded, Localized(ja: "取り込んだ点検表", en: "What was loaded"))],
          problems: [409, 422]
        ),
        load
      ),
      .api(
        .post,
        "/checklists/:pack/confirm",
        AnswerChecks.self,
        Endpoint(
          "confirmChecklist",
          AssessmentAPI.group,
          Localized(
            ja: "出典と照らして確認したと、自分の名前で記録する",
            en: "Record under one's own name that it was compared with its source"
          ),
          parameters: [AssessmentAPI.pack],
          body: .json(.object([.always("reason", .text(upTo: 500, from: 1))])),
          answers: [.json(.object([.always("confirmedBy", .text)]), Localized(ja: "確認した人", en: "Who confirmed"))],
          problems: [409, 422]
        ),
        confirm
      ),
    ]
  }

  @Sendable private func load(_ call: APICall, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    func invalid(_ text: Localized) -> WebError { .invalid([(pointer: "", reason: text)], call.language) }
    do {
      let done = try await assessment.load(call.request.body, name: "upload", in: scope)
      return call.answer { writer in
        writer.array("checklists") { writer in
          for line in done {
            writer.object { writer in
              writer.member("id", line.checklist.id)
              writer.member("new", line.isNew)
            }
          }
        }
      }
    } catch let error as PackError {
      throw invalid(Localized(ja: error.japanese, en: error.description))
    } catch let error as TabularError {
      throw invalid(error.text)
    } catch let problem as OwnChecklistProblem {
      throw WebError.conflict(problem.text, remedy: Self.again)
    }
  }

  private static let again = Localized(ja: "点検表の一覧を読んでから、送り直してください。", en: "Read the list of checklists and send again.")

  @Sendable private func confirm(_ call: APICall, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let checklist = try await assessment.asked(call["pack"], scope.facility)
    do {
      try await assessment.confirm(checklist, by: scope.actor, reason: call.json["reason"]?.text ?? "", in: scope)
    } catch let problem as OwnChecklistProblem {
      throw WebError.conflict(problem.text, remedy: Self.again)
    }
    return call.answer { $0.member("confirmedBy", scope.actor.name) }
  }
}
