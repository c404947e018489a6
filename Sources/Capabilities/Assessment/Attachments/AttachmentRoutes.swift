import Blobs
import Design
import HTML
import Nouns
import Text
import Time
import Web

/// Attaching evidence to an answer, reading it, taking it off.
struct AttachmentRoutes: Sendable {
  let assessment: Assessment
  let answers: AssessmentRoutes

  init(assessment: Assessment) {
    self.assessment = assessment
    answers = AssessmentRoutes(assessment: assessment)
  }

  var routes: [Route] {
    [
      .post(AssessmentPath.list + "/:pack/items/:item/evidence", AnswerChecks.self, add)
        .accepting(bytes: BlobStore.limit + (1 << 20)),
      .get(AssessmentPath.list + "/evidence/:id", ReadLedger.self, read),
      .post(AssessmentPath.list + "/evidence/:id/remove", AnswerChecks.self, remove),
    ]
  }

  @Sendable func add(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    try await add(request, scope, reading: scope.reading)
  }

  /// `reading` is whose eyes records are read with: those of the one who attaches them.
  func add(
    _ request: WebRequest,
    _ scope: Scope<AnswerChecks>,
    reading: Scope<ReadLedger>
  ) async throws -> WebResponse {
    let standing = try await answers.standing(request, scope.facility)
    let line = try answers.line(request, standing)
    let form = try request.form()
    let back = AssessmentPath.item(standing.round.checklist.id, line.item.key, standing.round.period)
    var problems = AnswerProblems()
    do {
      let draft = try await draft(form, reading)
      try await assessment.attachments.add(
        draft,
        to: line.item,
        of: standing.round.checklist,
        standing.round.period,
        in: scope
      )
      return .redirect(to: back, flash: .done(Localized(ja: "根拠を付けました。", en: "The evidence is attached.")))
    } catch let found as AnswerProblems {
      problems = found
    } catch let conflict as RoundConflict {
      let text = conflict.words
      problems.add("file", text.ja, text.en)
    } catch let again as WithdrawnAgain {
      problems.add("file", again.message.ja, again.message.en)
    }
    return ItemPage(
      standing: standing,
      line: line,
      typed: nil,
      problems: problems,
      request: request,
      isAsked: true,
      attaching: form
    ).response
  }

  /// What was typed and sent, with what cannot be read of it.
  func read(_ form: WebForm) -> (evidence: Assessment.Evidence, problems: AnswerProblems) {
    let typed = form.text("dated")
    let day = typed.isEmpty ? nil : JapaneseDate.read(typed, today: assessment.today).day
    var problems = AnswerProblems()
    if !typed.isEmpty, day == nil {
      problems.add("dated", "日付を読み取れません。2026/11/21 のように入力してください。", "This is no date. Write it like 2026-11-21.")
    }
    let evidence = Assessment.Evidence(
      Attachment.Kind(rawValue: form.text("kind")) ?? .document,
      file: form.file("file").map { (bytes: $0.bytes, name: $0.name) },
      link: form.text("link"),
      datedOn: day,
      note: form.text("note")
    )
    return (evidence, problems)
  }

  /// The same, checked.
  func draft(_ form: WebForm, _ reading: Scope<ReadLedger>) async throws -> AttachmentDraft {
    let (evidence, problems) = read(form)
    return try await assessment.draft(evidence, beside: problems, in: reading)
  }

  private func found(_ request: WebRequest, _ facility: FacilityID) async throws -> Attachment {
    guard let attachment = try await assessment.attachments.find(request["id"], facility) else {
      throw WebError.notFound(Localized(ja: "この根拠", en: "This evidence"))
    }
    return attachment
  }

  @Sendable func read(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let attachment = try await found(request, scope.facility)
    if attachment.withdrawnAt != nil {
      throw try await assessment.attachments.withdrawal(of: attachment, scope.facility)
    }
    guard let type = attachment.type,
      let bytes = try await assessment.attachments.bytes(of: attachment, scope.facility)
    else { return .redirect(to: attachment.link) }
    return .file(bytes, name: type.downloadName(attachment.title), type: type.rawValue)
  }

  @Sendable func remove(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let attachment = try await found(request, scope.facility)
    let checklist = try await assessment.asked(attachment.pack, scope.facility)
    let back = AssessmentPath.item(checklist.id, attachment.item, attachment.period)
    do {
      try await assessment.attachments.remove(attachment, of: checklist, in: scope)
    } catch let conflict as RoundConflict {
      return .redirect(to: back, flash: Flash(.problem, conflict.words))
    }
    return .redirect(
      to: back,
      flash: .done(
        Localized(
          ja: "「\(attachment.title)」を外しました。付けたことは記録に残ります。",
          en: "“\(attachment.title)” is taken off. That it was attached stays on record."
        )
      )
    )
  }
}
