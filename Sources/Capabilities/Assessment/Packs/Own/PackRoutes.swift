import Design
import Nouns
import Packs
import Tabular
import Text
import Time
import Web

/// `/checklists`: the packs of a facility, taking them in, giving them out, confirming them.
struct PackRoutes: Sendable {
  let assessment: Assessment

  var routes: [Route] {
    [
      .get(PackPath.list, ReadLedger.self, list),
      .post(PackPath.list, AnswerChecks.self, load).accepting(bytes: Assessment.packFileBytes),
      .get(PackPath.bundle, ReadLedger.self, bundle),
      .get(PackPath.list + "/:pack", ReadLedger.self, show),
      .get(PackPath.list + "/:pack/file", ReadLedger.self, file),
      .post(PackPath.list + "/:pack/confirm", AnswerChecks.self, confirm),
    ]
  }

  @Sendable func list(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    PackListPage(
      shelf: try await assessment.shelf(scope.facility),
      drafts: try await assessment.drafts.all(scope.facility),
      today: assessment.today,
      error: nil,
      request: request
    ).response
  }

  @Sendable func load(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let problem: Localized
    if let upload = try request.form().file("file") {
      do {
        let loaded = try await assessment.load(upload.bytes, name: String(upload.name.prefix(200)), in: scope)
        let new = loaded.filter(\.isNew).count
        let text =
          new == 0
          ? Localized(ja: "同じ内容の点検表がもう入っています。", en: "The same checklists are there already.")
          : Localized(
            ja: "\(new)件の点検表を取り込みました。人が確認するまでは「未検証」です。",
            en: "\(new) checklists are loaded. They are “not verified” until a person confirms them."
          )
        return .redirect(
          to: loaded.count == 1 ? PackPath.pack(loaded[0].checklist.id) : PackPath.list,
          flash: .done(text)
        )
      } catch let error as PackError {
        problem = Localized(ja: error.japanese, en: error.description)
      } catch let error as TabularError {
        problem = error.text
      } catch let found as OwnChecklistProblem {
        problem = found.text
      }
    } else {
      problem = Localized(ja: "点検表の YAML か搬送ファイルを選んでください。", en: "Choose the YAML of a checklist, or a bundle.")
    }
    return PackListPage(
      shelf: try await assessment.shelf(scope.facility),
      drafts: try await assessment.drafts.all(scope.facility),
      today: assessment.today,
      error: problem,
      request: request
    ).response
  }

  /// All own packs, or those named by `pack`.
  @Sendable func bundle(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    var ids = request.query.all("pack").filter { !$0.isEmpty }
    if ids.isEmpty { ids = try await assessment.packs.all(scope.facility).map(\.checklist.id) }
    guard !ids.isEmpty else {
      return .redirect(
        to: PackPath.list,
        flash: Flash(
          .notice,
          Localized(ja: "この施設の点検表はまだありません。先に取り込んでください。", en: "There is no checklist of your own. Load one first.")
        )
      )
    }
    do {
      let maker = request.session?.facilityName ?? ""
      let name = Localized(ja: "点検表の搬送ファイル", en: "checklist bundle")[request.language]
      return .file(
        try await assessment.bundle(ids, maker: maker, scope.facility),
        name: SheetWriter.fileName(name, at: request.now, ending: "zip"),
        type: "application/zip"
      )
    } catch is OwnChecklistProblem {
      throw WebError.notFound(Localized(ja: "この点検表", en: "This checklist"))
    }
  }

  @Sendable func show(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    try await page(request, nil, scope.facility)
  }

  private func page(_ request: WebRequest, _ error: Localized?, _ facility: FacilityID) async throws -> WebResponse {
    let own = try await assessment.packs.find(request["pack"], facility)
    let checklist: Checklist
    if let own { checklist = own.checklist } else { checklist = try await assessment.asked(request["pack"], facility) }
    return PackPage(
      checklist: checklist,
      own: own,
      unknownFacts: own == nil ? [] : try await assessment.unknownFacts(checklist, facility),
      error: error,
      request: request
    ).response
  }

  @Sendable func file(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    try await file(request["pack"], scope.facility)
  }

  /// The YAML of a checklist as it was given. Throws `WebError.notFound`.
  func file(_ id: String, _ facility: FacilityID) async throws -> WebResponse {
    do {
      let file = try await assessment.packFile(id, facility)
      return .file(Array(file.text.utf8), name: "\(file.id).yaml", type: "application/yaml")
    } catch is OwnChecklistProblem {
      throw WebError.notFound(Localized(ja: "この点検表", en: "This checklist"))
    }
  }

  @Sendable func confirm(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let checklist = try await assessment.asked(request["pack"], scope.facility)
    do {
      let reason = try request.form().text("reason")
      try await assessment.confirm(checklist, by: scope.actor, reason: reason, in: scope)
    } catch let problem as OwnChecklistProblem {
      return try await page(request, problem.text, scope.facility)
    }
    return .redirect(
      to: PackPath.pack(checklist.id),
      flash: .done(Localized(ja: "確認したことを記録しました。", en: "Your confirmation is on record."))
    )
  }
}
