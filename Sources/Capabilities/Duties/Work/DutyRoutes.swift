import Design
import HTML
import Nouns
import Text
import Time
import Web

/// `/duties` and what is done with one: putting off, settling, withdrawing.
struct DutyRoutes: Sendable {
  let duties: Duties

  var routes: [Route] {
    [
      .get("/duties", SignedIn.self, list),
      .get("/duties/:id", SignedIn.self, show),
      .post("/duties/:id/snooze", SignedIn.self, snooze),
      .post("/duties/:id/wake", SignedIn.self, wake),
      .post("/duties/:id/done", SignedIn.self, settle),
      .post("/duties/:id/withdraw", ManageDuties.self, withdraw),
    ]
  }

  static func reader(_ request: WebRequest) -> DutyReader {
    DutyReader(
      account: request.session?.userID ?? "",
      grants: request.session?.grants ?? [],
      seesAll: request.may(.manageDuties)
    )
  }

  @Sendable func list(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let reader = Self.reader(request)
    let snoozed = request.query["show"] == "snoozed"
    var found = try await duties.list(reader, scope.facility, snoozed: snoozed)
    if request.query["show"] == "own" { found = found.filter(reader.owns) }
    return DutyListPage(
      duties: found,
      people: try await duties.needs.people(scope.facility),
      show: request.query["show"] ?? "",
      request: request
    ).response
  }

  @Sendable func show(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let duty = try await find(request, scope)
    return try await page(duty, request, scope)
  }

  @Sendable func snooze(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let duty = try await mine(request, scope)
    let form = try request.form()
    guard let until = DutyForm.day(form.text("until"), today: duties.today) else {
      let problem = DutyProblems("until", DutyForm.noDay)
      return try await page(duty, request, scope, form: form, problems: problem)
    }
    do {
      try await duties.snooze(duty, until: until, reason: form.text("reason"), in: scope)
    } catch let problems as DutyProblems {
      return try await page(duty, request, scope, form: form, problems: problems)
    }
    return .redirect(
      to: "/duties",
      flash: .done(
        Localized(
          ja: "「\(duty.title.ja)」を\(until.month)月\(until.day)日まで先に延ばしました。",
          en: "“\(duty.title.en)” is put off until \(until.english)."
        ),
        action: Flash.Action(Localized(ja: "元に戻す", en: "Undo"), path: "/duties/\(Percent.encode(duty.id))/wake")
      )
    )
  }

  @Sendable func wake(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let duty = try await mine(request, scope)
    try await duties.wake(duty, in: scope)
    return .redirect(
      to: "/duties/\(Percent.encode(duty.id))",
      flash: .done(Localized(ja: "やることの一覧に戻しました。", en: "It is back on the list."))
    )
  }

  @Sendable func settle(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let duty = try await mine(request, scope)
    let form = try request.form()
    guard duty.isByHand else {
      let problem = DutyProblems(
        "",
        Localized(
          ja: "これは台帳の記録から出ているので、記録を直すと消えます。",
          en: "This comes from the records and goes when they are mended."
        )
      )
      return try await page(duty, request, scope, form: form, problems: problem)
    }
    do {
      let next = try await duties.settle(duty, evidence: form.text("evidence"), in: scope)
      let text =
        next.map {
          Localized(
            ja: "完了にしました。次の期限は\($0.month)月\($0.day)日です。",
            en: "Done. It is due again on \($0.english)."
          )
        } ?? Localized(ja: "「\(duty.title.ja)」を完了にしました。", en: "“\(duty.title.en)” is done.")
      return .redirect(to: "/duties", flash: .done(text))
    } catch let problems as DutyProblems {
      return try await page(duty, request, scope, form: form, problems: problems)
    } catch is DutyConflict {
      return .redirect(to: "/duties", flash: Flash(.problem, Self.conflict))
    }
  }

  @Sendable func withdraw(_ request: WebRequest, _ scope: Scope<ManageDuties>) async throws -> WebResponse {
    let reader = Self.reader(request)
    guard let duty = try await duties.find(request["id"], reader, scope.facility), duty.id.hasPrefix(MadeDuty.prefix)
    else { throw Self.missing }
    let form = try request.form()
    do {
      try await duties.withdraw(duty, reason: form.text("reason"), in: scope)
    } catch let problems as DutyProblems {
      let own = try request.scope(SignedIn.self)
      return try await page(duty, request, own, form: form, problems: problems)
    } catch is DutyConflict {
      return .redirect(to: "/duties", flash: Flash(.problem, Self.conflict))
    }
    return .redirect(
      to: "/duties",
      flash: .done(Localized(ja: "「\(duty.title.ja)」を取りやめました。", en: "“\(duty.title.en)” was withdrawn."))
    )
  }

  static let conflict = Localized(
    ja: "ほかの人が先に変更したため、保存しませんでした。いまの内容を確かめてください。",
    en: "Somebody else changed it first, so nothing was stored. Look at it as it is now."
  )

  static var missing: WebError { .notFound(Localized(ja: "このやること", en: "This duty")) }

  private func find(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> Duty {
    guard let duty = try await duties.find(request["id"], Self.reader(request), scope.facility) else {
      throw Self.missing
    }
    return duty
  }

  /// One that this person may settle: their own, or anybody's for those who give out work.
  private func mine(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> Duty {
    let duty = try await find(request, scope)
    guard duty.state != .done else { throw Self.missing }
    return duty
  }

  private func page(
    _ duty: Duty,
    _ request: WebRequest,
    _ scope: Scope<SignedIn>,
    form: WebForm = WebForm(),
    problems: DutyProblems = DutyProblems()
  ) async throws -> WebResponse {
    let made =
      duty.id.hasPrefix(MadeDuty.prefix)
      ? try await duties.made(String(duty.id.dropFirst(MadeDuty.prefix.count)), scope.facility) : nil
    let marks = try await duties.marks(scope.facility)
    let until = made?.snoozedUntil ?? marks.snoozed[duty.id]
    return DutyPage(
      duty: duty,
      made: made,
      snoozedUntil: until.flatMap { $0 > duties.today ? $0 : nil },
      isDone: duty.state == .done || marks.done.contains(duty.id),
      events: try await duties.events(of: duty.id, scope.facility),
      people: try await duties.needs.people(scope.facility),
      departments: try await duties.needs.departments(scope.facility),
      request: request,
      form: form,
      problems: problems
    ).response
  }
}
