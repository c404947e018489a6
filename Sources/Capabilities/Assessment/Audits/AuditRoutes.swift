import Blobs
import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// `/audits`: internal and external audits, from plan to end.
struct AuditRoutes: Sendable {
  let assessment: Assessment

  private var store: AuditStore { assessment.audits }

  var routes: [Route] {
    let one = AuditPath.list + "/:id"
    let item = one + "/items/:item"
    let finding = one + "/findings/:finding"
    return [
      .get(AuditPath.list, ReadLedger.self, list),
      .get(AuditPath.list + "/new", AnswerChecks.self, new),
      .post(AuditPath.list, AnswerChecks.self, plan),
      .get(one, ReadLedger.self, show),
      .get(one + "/edit", AnswerChecks.self, edit),
      .get(one + "/print", ReadLedger.self, printed),
      .post(one, AnswerChecks.self, change),
      .post(one + "/auditors", AnswerChecks.self, addAuditor),
      .post(one + "/auditors/:auditor/remove", AnswerChecks.self, removeAuditor),
      .post(one + "/draw", AnswerChecks.self, draw),
      .post(one + "/pick", AnswerChecks.self, pick),
      .post(one + "/close", AnswerChecks.self, close),
      .post(one + "/reopen", AnswerChecks.self) { try await set(.open, $0, $1) },
      .post(one + "/withdraw", AnswerChecks.self) { try await set(.withdrawn, $0, $1) },
      .get(item, ReadLedger.self, showItem),
      .post(item, ReadLedger.self, record),
      .post(item + "/drop", AnswerChecks.self, drop),
      .post(item + "/evidence", ReadLedger.self, attach).accepting(bytes: BlobStore.limit + (1 << 20)),
      .get(finding, ReadLedger.self, showFinding),
      .post(finding + "/plan", AnswerChecks.self, planAction),
      .post(finding + "/done", ReadLedger.self, finish),
      .post(finding + "/verify", AnswerChecks.self, verify),
      .post(finding + "/accept", AnswerChecks.self, accept),
    ]
  }

  // MARK: Reading

  func found(_ request: WebRequest, _ facility: FacilityID) async throws -> Audit {
    do {
      return try await store.find(request["id"], facility)
    } catch KeptError.notFound {
      throw WebError.notFound(Localized(ja: "この監査", en: "This audit"))
    }
  }

  @Sendable func list(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    AuditListPage(
      audits: try await store.all(scope.facility),
      shelf: try await assessment.shelf(scope.facility),
      request: request
    ).response
  }

  @Sendable func show(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    try await page(try await found(request, scope.facility), request, scope.facility)
  }

  private func page(
    _ audit: Audit,
    _ request: WebRequest,
    _ facility: FacilityID,
    typed: WebForm? = nil,
    _ error: KeptError? = nil
  ) async throws -> WebResponse {
    AuditPage(
      audit: audit,
      items: try await assessment.auditItems(audit, facility),
      drawable: try await assessment.auditDrawable(audit, facility),
      involved: try await store.involved(audit, facility),
      people: request.may(.answerChecks) ? try await assessment.needs.people(facility) : [],
      typed: typed,
      errors: error?.fieldErrors(request.language) ?? [],
      shelf: try await assessment.shelf(facility),
      request: request
    ).response
  }

  @Sendable func printed(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let audit = try await found(request, scope.facility)
    return AuditSheet(
      audit: audit,
      involved: try await store.involved(audit, scope.facility),
      attachments: try await evidence(audit, scope.facility),
      shelf: try await assessment.shelf(scope.facility),
      request: request
    ).response
  }

  func evidence(_ audit: Audit, _ facility: FacilityID) async throws -> [String: [Attachment]] {
    Dictionary(
      grouping: try await assessment.attachments.all(AttachmentPlace.audit, audit.id, facility),
      by: \.item
    )
  }

  // MARK: The plan

  @Sendable func new(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    AuditPlanPage(
      audit: nil,
      typed: nil,
      errors: [],
      shelf: try await assessment.shelf(scope.facility),
      request: request
    ).response
  }

  @Sendable func edit(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    AuditPlanPage(
      audit: try await found(request, scope.facility),
      typed: nil,
      errors: [],
      shelf: try await assessment.shelf(scope.facility),
      request: request
    ).response
  }

  @Sendable func plan(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let form = try request.form()
    do {
      let made = try await store.plan(try await draft(form, scope.facility), in: scope)
      return done(
        AuditPath.audit(made.id),
        Localized(
          ja: "監査を計画しました。監査人と見る項目を決めてください。",
          en: "The audit is planned. Name auditors and choose what to look at."
        ),
        made.set
      )
    } catch let error as KeptError {
      return AuditPlanPage(
        audit: nil,
        typed: form,
        errors: error.fieldErrors(request.language),
        shelf: try await assessment.shelf(scope.facility),
        request: request
      ).response
    }
  }

  @Sendable func change(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let audit = try await found(request, scope.facility)
    let form = try request.form()
    do {
      let set = try await store.change(
        audit.id,
        version: Int(form.text("version")),
        try await draft(form, scope.facility),
        in: scope
      )
      return done(AuditPath.audit(audit.id), Localized(ja: "計画を保存しました。", en: "The plan is stored."), set)
    } catch let error as KeptError {
      return AuditPlanPage(
        audit: audit,
        typed: form,
        errors: error.fieldErrors(request.language),
        shelf: try await assessment.shelf(scope.facility),
        request: request
      ).response
    }
  }

  private func draft(_ form: WebForm, _ facility: FacilityID) async throws -> AuditStore.Plan {
    var plan = AuditStore.Plan()
    plan.name = form.text("name")
    plan.kind = Audit.Kind(rawValue: form.text("kind")) ?? .internal
    plan.purpose = form.text("purpose")
    plan.startsOn = try day("starts_on", form)
    plan.endsOn = try day("ends_on", form)
    let round = form.text("round")
    plan.scope = try await assessment.auditScope(form.text("pack"), round: round.isEmpty ? nil : round, facility)
    return plan
  }

  func day(_ field: String, _ form: WebForm) throws(KeptError) -> LocalDate? {
    let text = form.text(field)
    guard !text.isEmpty else { return nil }
    guard let day = JapaneseDate.read(text, today: assessment.today).day else {
      throw .wrong([
        .init(
          field,
          ja: "「\(text)」は日付として読めません。2026/11/21 のように書いてください。",
          en: "“\(text)” is no date. Write it as 2026-11-21."
        )
      ])
    }
    return day
  }

  func done(_ path: String, _ words: Localized, _ set: String?) -> WebResponse {
    .redirect(to: path, flash: Flash(.done, words, action: set.map(ChangeRoutes.undoAction)))
  }

  /// Does something to an audit and comes back to its page, with what is wrong where it was refused.
  private func act(
    _ request: WebRequest,
    _ scope: Scope<AnswerChecks>,
    _ words: Localized,
    _ body: (Audit, WebForm) async throws -> String?
  ) async throws -> WebResponse {
    let audit = try await found(request, scope.facility)
    let form = try request.form()
    do {
      return done(AuditPath.audit(audit.id), words, try await body(audit, form))
    } catch KeptError.notFound {
      throw WebError.notFound()
    } catch let error as KeptError {
      return try await page(audit, request, scope.facility, typed: form, error)
    }
  }

  @Sendable func addAuditor(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    try await act(request, scope, Localized(ja: "監査人を加えました。", en: "The auditor is named.")) { audit, form in
      let account = form.text("account")
      let person = try await assessment.needs.people(scope.facility).first { $0.id == account }
      return try await store.addAuditor(
        audit.id,
        account: person?.id,
        name: account.isEmpty ? form.text("name") : person?.name ?? "",
        organisation: account.isEmpty ? form.text("organisation") : "",
        in: scope
      )
    }
  }

  @Sendable func removeAuditor(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    try await act(request, scope, Localized(ja: "監査人を外しました。", en: "The auditor is taken off.")) { audit, _ in
      try await store.removeAuditor(request["auditor"], of: audit.id, in: scope)
    }
  }

  @Sendable func draw(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    try await act(request, scope, Localized(ja: "見る項目を抽出しました。", en: "The sample is drawn.")) { audit, form in
      let seed = form.text("seed")
      return try await assessment.drawAudit(
        audit.id,
        count: Int(Width.halved(form.text("count"))) ?? 0,
        seed: seed.isEmpty ? store.kept.ids.next() : seed,
        in: scope
      )
    }
  }

  @Sendable func pick(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    try await act(request, scope, Localized(ja: "見る項目に加えました。", en: "Added to what is looked at.")) { audit, form in
      let chosen = form.all("items") + [form.text("record")].filter { !$0.isEmpty }
      return try await store.pick(
        audit.id,
        try await assessment.auditChoice(chosen, of: audit, in: scope),
        from: try await assessment.auditItems(audit, scope.facility),
        in: scope
      )
    }
  }

  @Sendable func close(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    try await act(request, scope, Localized(ja: "監査を終了しました。", en: "The audit is closed.")) { audit, form in
      try await assessment.closeAudit(audit.id, conclusion: form.text("conclusion"), in: scope)
    }
  }

  private func set(
    _ state: Audit.State,
    _ request: WebRequest,
    _ scope: Scope<AnswerChecks>
  ) async throws -> WebResponse {
    let words =
      state == .open
      ? Localized(ja: "監査を開き直しました。理由は記録に残ります。", en: "The audit is open again. The reason is on record.")
      : Localized(ja: "監査を取りやめました。理由は記録に残ります。", en: "The audit is withdrawn. The reason is on record.")
    return try await act(request, scope, words) { audit, form in
      try await store.set(state, audit.id, reason: form.text("reason"), in: scope)
    }
  }
}
