import Blobs
import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// What is looked at, and what follows from findings.
extension AuditRoutes {
  // MARK: Items

  @Sendable func showItem(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    try await itemPage(request, scope.facility)
  }

  private func itemPage(
    _ request: WebRequest,
    _ facility: FacilityID,
    typed: WebForm? = nil,
    attaching: WebForm? = nil,
    problems: AnswerProblems = AnswerProblems(),
    _ error: KeptError? = nil
  ) async throws -> WebResponse {
    let audit = try await found(request, facility)
    guard let item = audit.sample.first(where: { $0.id == request["item"] }) else {
      throw WebError.notFound(Localized(ja: "この項目", en: "This item"))
    }
    return AuditItemPage(
      audit: audit,
      item: item,
      involved: try await assessment.audits.involved(audit, facility)[item.item] ?? [],
      attachments: try await evidence(audit, facility)[item.id] ?? [],
      typed: typed,
      attaching: attaching,
      problems: problems,
      // The form of the evidence beside it has a note of its own.
      errors: (error?.fieldErrors(request.language) ?? []).map {
        FieldError($0.field == "note" ? "remark" : $0.field, $0.message)
      },
      shelf: try await assessment.shelf(facility),
      request: request
    ).response
  }

  /// The result of whoever is an auditor of this audit, who otherwise may only read.
  @Sendable func record(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let form = try request.form()
    var outcome = AuditStore.Outcome()
    outcome.auditor = form.text("auditor")
    outcome.result = SampledItem.Result(rawValue: form.text("result"))
    outcome.seen = form.text("seen")
    outcome.note = form.text("remark")
    outcome.withdrawal = form.text("withdrawn_reason")
    outcome.version = Int(form.text("version"))
    do {
      let set = try await assessment.recordAudit(outcome, request["item"], of: request["id"], in: scope)
      return done(AuditPath.audit(request["id"]), Localized(ja: "結果を保存しました。", en: "The result is stored."), set)
    } catch KeptError.notFound {
      throw WebError.notFound()
    } catch let error as KeptError {
      return try await itemPage(request, scope.facility, typed: form, error)
    }
  }

  @Sendable func drop(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    do {
      let set = try await assessment.audits.drop(request["item"], of: request["id"], in: scope)
      return done(AuditPath.audit(request["id"]), Localized(ja: "見る項目から外しました。", en: "It is taken off."), set)
    } catch KeptError.notFound {
      throw WebError.notFound()
    } catch let error as KeptError {
      return try await itemPage(request, scope.facility, error)
    }
  }

  @Sendable func attach(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let form = try request.form()
    do {
      let (evidence, found) = AttachmentRoutes(assessment: assessment).read(form)
      _ = try await assessment.attach(
        evidence,
        beside: found,
        toSampled: request["item"],
        of: request["id"],
        in: scope
      )
      return .redirect(
        to: AuditPath.item(request["id"], request["item"]),
        flash: .done(Localized(ja: "根拠を付けました。", en: "The evidence is attached."))
      )
    } catch let problems as AnswerProblems {
      return try await itemPage(request, scope.facility, attaching: form, problems: problems)
    } catch let again as WithdrawnAgain {
      var problems = AnswerProblems()
      problems.add("file", again.message.ja, again.message.en)
      return try await itemPage(request, scope.facility, attaching: form, problems: problems)
    } catch KeptError.notFound {
      throw WebError.notFound()
    } catch let error as KeptError {
      return try await itemPage(request, scope.facility, error)
    }
  }

  // MARK: Findings

  @Sendable func showFinding(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    try await findingPage(request, scope.facility)
  }

  private func findingPage(
    _ request: WebRequest,
    _ facility: FacilityID,
    typed: WebForm? = nil,
    _ error: KeptError? = nil
  ) async throws -> WebResponse {
    let audit = try await found(request, facility)
    guard let finding = audit.findings.first(where: { $0.id == request["finding"] }) else {
      throw WebError.notFound(Localized(ja: "この指摘", en: "This finding"))
    }
    return AuditFindingPage(
      audit: audit,
      finding: finding,
      people: request.may(.answerChecks) ? try await assessment.needs.people(facility) : [],
      typed: typed,
      errors: error?.fieldErrors(request.language) ?? [],
      shelf: try await assessment.shelf(facility),
      request: request
    ).response
  }

  private func act(
    _ request: WebRequest,
    _ scope: Scope<AnswerChecks>,
    _ words: Localized,
    _ body: (WebForm, (audit: String, finding: String)) async throws -> String?
  ) async throws -> WebResponse {
    let form = try request.form()
    let (id, finding) = (request["id"], request["finding"])
    do {
      let set = try await body(form, (id, finding))
      return done(AuditPath.finding(id, finding), words, set)
    } catch KeptError.notFound {
      throw WebError.notFound()
    } catch let error as KeptError {
      return try await findingPage(request, scope.facility, typed: form, error)
    }
  }

  @Sendable func planAction(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    try await act(request, scope, Localized(ja: "是正処置を保存しました。", en: "The action is stored.")) { form, place in
      var action = AuditStore.Action()
      action.cause = form.text("cause")
      action.action = form.text("action")
      action.owner = try await assessment.needs.people(scope.facility).first { $0.id == form.text("owner") }
        .map { ($0.id, $0.name) }
      action.dueOn = try day("due_on", form)
      action.version = Int(form.text("version"))
      return try await assessment.audits.plan(action, place.finding, of: place.audit, in: scope)
    }
  }

  /// Whoever owns the action may say that it is done, who otherwise may only read.
  @Sendable func finish(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let audit = try await found(request, scope.facility)
    let owner = audit.findings.first { $0.id == request["finding"] }?.row["owner"]
    guard scope.holds(.answerChecks) || owner == scope.actor.id else {
      return .redirect(
        to: AuditPath.finding(audit.id, request["finding"]),
        flash: Flash(
          .problem,
          Localized(
            ja: "この処置の担当者ではないため、保存しませんでした。",
            en: "You do not own this action, so nothing was stored."
          )
        )
      )
    }
    let own = Scope<AnswerChecks>.operatorOf(scope.facility, as: scope.actor, request: scope.request)
    return try await act(request, own, Localized(ja: "完了を記録しました。監査人が確かめます。", en: "Recorded as done. An auditor looks."))
    { form, place in
      try await assessment.audits.finish(place.finding, of: place.audit, note: form.text("note"), in: own)
    }
  }

  @Sendable func verify(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    try await act(request, scope, Localized(ja: "確認を記録しました。", en: "The verification is on record.")) { form, place in
      try await assessment.audits.verify(
        place.finding,
        of: place.audit,
        auditor: form.text("auditor"),
        isEffective: form.text("effective") != "no",
        note: form.text("verified_note"),
        in: scope
      )
    }
  }

  @Sendable func accept(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    try await act(request, scope, Localized(ja: "指摘を受け入れました。", en: "The finding is accepted.")) { form, place in
      try await assessment.audits.accept(
        place.finding,
        of: place.audit,
        reason: form.text("accepted_reason"),
        in: scope
      )
    }
  }
}
