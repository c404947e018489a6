import Blobs
import Design
import HTML
import Nouns
import Text
import Time
import Web

/// Asking somebody else for an answer, answering what one was asked, comments, and the second look.
struct DelegationRoutes: Sendable {
  let assessment: Assessment
  let answers: AssessmentRoutes

  init(assessment: Assessment) {
    self.assessment = assessment
    answers = AssessmentRoutes(assessment: assessment)
  }

  private var delegation: DelegationStore { assessment.delegation }

  var routes: [Route] {
    let item = AssessmentPath.list + "/:pack/items/:item"
    return [
      .post(item + "/assign", AnswerChecks.self, assign),
      .post(item + "/remind", AnswerChecks.self, remind),
      .post(AssessmentPath.list + "/:pack/remind", AnswerChecks.self, remindAll),
      .post(item + "/confirm", AnswerChecks.self, confirm),
      .post(item + "/comments", ReadLedger.self, comment),
      .post(item + "/asked", ReadLedger.self, answer),
      .post(item + "/asked/evidence", ReadLedger.self, attach).accepting(bytes: BlobStore.limit + (1 << 20)),
    ]
  }

  /// Whether the one who asks was asked for the answer: by account, or as head of the department.
  static func isAsked(_ assignment: Assignment?, _ scope: Scope<ReadLedger>) -> Bool {
    guard let assignment else { return false }
    if let person = assignment.person { return person == scope.actor.id }
    return assignment.department.map { scope.departments?.contains($0) ?? false } ?? false
  }

  private func found(_ request: WebRequest, _ facility: FacilityID) async throws -> (Checklist, String, ChecklistItem) {
    let (checklist, period) = try await answers.round(request, facility)
    guard let item = checklist[request["item"]] else {
      throw WebError.notFound(Localized(ja: "この項目", en: "This item"))
    }
    return (checklist, period ?? "", item)
  }

  /// The same with the period of today where none is named.
  private func place(_ request: WebRequest, _ facility: FacilityID) async throws -> (Checklist, String, ChecklistItem) {
    let (checklist, period, item) = try await found(request, facility)
    guard period.isEmpty else { return (checklist, period, item) }
    let start = try await assessment.schedule.fiscalYearStart(facility)
    return (checklist, checklist.period(on: assessment.today, fiscalYearStart: start), item)
  }

  @Sendable func assign(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let (checklist, period, item) = try await place(request, scope.facility)
    let back = AssessmentPath.item(checklist.id, item.key, period)
    let form = try request.form()
    let whom = form.text("whom")
    guard !whom.isEmpty else {
      _ = try await assessment.withdraw(item, of: checklist, period: period, in: scope)
      return .redirect(to: back, flash: .done(Localized(ja: "だれにも頼まないことにしました。", en: "Nobody is asked any more.")))
    }
    do {
      let due = try DueDay.read(form.text("due"), today: assessment.today)
      let errand = Assessment.Errand(whom: whom, due: due, note: form.text("word"))
      let asked = try await assessment.assign([item.key], errand, of: checklist, period: period, in: scope)[0]
      let words =
        asked.vendor == nil
        ? Localized(
          ja: "\(asked.name)に頼みました。アカウントのある人の「やること」に出ます。アカウントのない部門には、リンクを作って渡してください。",
          en:
            "\(asked.name) is asked. Who has an account there sees it among the things to do; to others hand over a link."
        )
        : Localized(
          ja: "\(asked.name)に頼むことにしました。「渡す紙とファイル」かリンクを渡してください。",
          en: "\(asked.name) is to be asked. Hand over the paper, the file or a link."
        )
      return .redirect(to: back, flash: .done(words))
    } catch let problems as AnswerProblems {
      // What was typed stays, with what is wrong at its field.
      return try await answers.page(
        request,
        scope.facility,
        asking: form,
        problems.at(["items": "whom", "note": "word"])
      ).response
    } catch let conflict as RoundConflict {
      return .redirect(to: back, flash: Flash(.problem, conflict.words))
    }
  }

  @Sendable func remind(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let (checklist, period, item) = try await place(request, scope.facility)
    return try await remind([item.key], checklist, period, AssessmentPath.item(checklist.id, item.key, period), scope)
  }

  @Sendable func remindAll(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let (checklist, period) = try await answers.round(request, scope.facility)
    return try await remind(nil, checklist, period, AssessmentPath.round(checklist.id, period), scope)
  }

  private func remind(
    _ keys: Set<String>?,
    _ checklist: Checklist,
    _ period: String?,
    _ back: String,
    _ scope: Scope<AnswerChecks>
  ) async throws -> WebResponse {
    do {
      let outcome = try await assessment.remind(keys, of: checklist, period: period, in: scope)
      let (reminded, warning) = (outcome.reminded, outcome.warning)
      let (count, vendors) = (reminded.count, reminded.count { $0.vendor != nil })
      if count == 0, let warning { return .redirect(to: back, flash: Flash(.problem, warning)) }
      guard count > 0 else {
        let words = Localized(ja: "答えを待っている項目はありません。", en: "No item waits for an answer.")
        return .redirect(to: back, flash: Flash(.notice, words))
      }
      let words = Localized(
        ja:
          "\(count)項目の答えを督促しました。\(count > vendors ? "相手のお知らせに届きます。" : "")\(vendors > 0 ? "事業者の\(vendors)項目は、督促した日だけを記録しました。" : "")",
        en:
          "Reminded of \(count.english("item", "items")). \(count > vendors ? "Each gets a message. " : "")\(vendors > 0 ? "Of vendors (\(vendors)) only the day is noted." : "")"
      )
      guard let warning else { return .redirect(to: back, flash: .done(words)) }
      let both = Localized(ja: words.ja + warning.ja, en: "\(words.en) \(warning.en)")
      return .redirect(to: back, flash: Flash(.problem, both))
    } catch let conflict as RoundConflict {
      return .redirect(to: back, flash: Flash(.problem, conflict.words))
    }
  }

  @Sendable func confirm(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let (checklist, period, item) = try await place(request, scope.facility)
    let back = AssessmentPath.item(checklist.id, item.key, period)
    let version = Int(try request.form().text("version")) ?? -1
    do {
      try await delegation.confirm(checklist, period, item, version: version, in: scope)
    } catch let problems as AnswerProblems {
      return .redirect(to: back, flash: Flash(.problem, problems.text))
    } catch let conflict as RoundConflict {
      return .redirect(to: back, flash: Flash(.problem, conflict.words))
    }
    return .redirect(to: back, flash: .done(Localized(ja: "確認を記録しました。", en: "The confirmation is on record.")))
  }

  @Sendable func comment(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let (checklist, period, item) = try await place(request, scope.facility)
    let back = AssessmentPath.item(checklist.id, item.key, period)
    let text = try request.form().text("text")
    guard !text.isEmpty, text.count <= Comment.longest else {
      return .redirect(
        to: back,
        flash: Flash(
          .problem,
          Localized(
            ja: "コメントを\(Comment.longest)文字以内で入力してください。",
            en: "Write a comment of at most \(Comment.longest) characters."
          )
        )
      )
    }
    try await delegation.comment(text, checklist, period, item, in: scope)
    return .redirect(to: back, flash: .done(Localized(ja: "書き込みました。", en: "Written.")))
  }

  /// The answer of whoever was asked, who otherwise may only read.
  @Sendable func answer(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    try await asked(request, scope) { try await answers.answer(request, $0) }
  }

  /// What the same shows for it. Records are read with their own eyes.
  @Sendable func attach(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    try await asked(request, scope) {
      try await AttachmentRoutes(assessment: assessment).add(request, $0, reading: scope)
    }
  }

  private func asked(
    _ request: WebRequest,
    _ scope: Scope<ReadLedger>,
    _ body: (Scope<AnswerChecks>) async throws -> WebResponse
  ) async throws -> WebResponse {
    let (checklist, period, item) = try await place(request, scope.facility)
    let talk = try await delegation.talk(checklist.id, period, item.key, scope.facility)
    guard Self.isAsked(talk.assignment, scope) || scope.holds(.answerChecks) else {
      return .redirect(
        to: AssessmentPath.item(checklist.id, item.key, period),
        flash: Flash(
          .problem,
          Localized(
            ja: "この項目の答えは頼まれていないため、保存しませんでした。",
            en: "You were not asked for this answer, so nothing was stored."
          )
        )
      )
    }
    return try await body(Scope<AnswerChecks>.operatorOf(scope.facility, as: scope.actor, request: scope.request))
  }
}
