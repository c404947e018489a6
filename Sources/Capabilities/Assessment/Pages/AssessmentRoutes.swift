import Design
import HTML
import Nouns
import Text
import Time
import Web

/// `/assess`: the checklists, the round of each, and the page of each item.
struct AssessmentRoutes: Sendable {
  let assessment: Assessment

  var routes: [Route] {
    let round = AssessmentPath.list + "/:pack"
    return [
      .get(AssessmentPath.list, ReadLedger.self, list),
      .get(round, ReadLedger.self, show),
      .post(round + "/accept", AnswerChecks.self, accept),
      .post(round + "/lock", AnswerChecks.self, lock),
      .post(round + "/reopen", AnswerChecks.self, reopen),
      .get(round + "/print", ReadLedger.self, printed),
      .get(round + "/items/:item", ReadLedger.self, item),
      .post(round + "/items/:item", AnswerChecks.self, answer),
    ]
  }

  @Sendable func list(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let lines = try await assessment.standings(scope.facility)
    var vendors: [(checklist: Checklist, round: Assessment.VendorRound)] = []
    let shelf = try await assessment.shelf(scope.facility)
    for checklist in shelf.vendors {
      vendors.append((checklist, try await assessment.vendorRound(checklist, scope.facility)))
    }
    return ChecklistListPage(
      lines: lines,
      vendors: vendors,
      inUse: Set(shelf.inUse(on: assessment.today).map(\.id)),
      request: request
    ).response
  }

  @Sendable func show(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let checklist = try await assessment.asked(request["pack"], scope.facility)
    if checklist.respondent == .vendor {
      return try await vendors(checklist, request, scope.facility)
    }
    let standing = try await standing(request, scope.facility)
    let round = standing.round
    return RoundPage(
      standing: standing,
      periods: try await assessment.rounds.periods(round.checklist, scope.facility).filter { period in
        round.checklist.problem(ofRound: period, on: assessment.today, fiscalYearStart: standing.fiscalYearStart) == nil
      },
      assigned: try await assessment.assigned(round.checklist, period: round.period, scope.facility),
      locks: try await assessment.rounds.locks(round.checklist, round.period, scope.facility),
      shelf: try await assessment.shelf(scope.facility),
      request: request
    ).response
  }

  /// What vendors answer has no answers of the hospital's own: the page lists who has answered.
  private func vendors(
    _ checklist: Checklist,
    _ request: WebRequest,
    _ facility: FacilityID
  ) async throws -> WebResponse {
    let round = try await assessment.vendorRound(checklist, facility)
    return VendorListPage(
      checklist: checklist,
      period: round.period,
      name: round.name,
      lines: round.lines,
      comparisons: try await assessment.comparisons(checklist, round, facility),
      request: request
    ).response
  }

  @Sendable func printed(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    RoundSheet(standing: try await standing(request, scope.facility), request: request).response
  }

  @Sendable func item(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    var page = try await page(request, scope.facility)
    page.isAsked = DelegationRoutes.isAsked(page.talk.assignment, scope)
    return page.response
  }

  /// The page of an item, with what was typed to ask somebody and is wrong.
  func page(
    _ request: WebRequest,
    _ facility: FacilityID,
    asking: WebForm? = nil,
    _ problems: AnswerProblems = AnswerProblems()
  ) async throws -> ItemPage {
    let standing = try await standing(request, facility)
    let line = try line(request, standing)
    var page = ItemPage(standing: standing, line: line, typed: nil, problems: problems, request: request)
    let round = standing.round
    page.talk = try await assessment.delegation.talk(round.checklist.id, round.period, line.item.key, facility)
    if let assignment = page.talk.assignment { page.reply = try await assessment.sent(assignment, round, facility) }
    if request.may(.answerChecks) { page.people = try await assessment.people(facility) }
    page.past = try await past(page, facility)
    page.asking = asking
    return page
  }

  /// What was answered to the same before, and elsewhere.
  private func past(_ page: ItemPage, _ facility: FacilityID) async throws -> ItemPage.Past {
    let (line, checklist, start) = (page.line, page.standing.round.checklist, page.standing.fiscalYearStart)
    let shelf = try await assessment.shelf(facility)
    let here = (checklist: checklist.id, item: line.item.key)
    return ItemPage.Past(
      source: line.earlier.map { shelf.source(of: $0, on: here, startMonth: start) },
      elsewhere: PastAnswer.elsewhere(line.item, of: page.standing.round, startMonth: start, page.standing.past).map {
        answer in
        let value = shelf.checklist(answer.pack)?[answer.item]?.named(answer.value) ?? answer.value
        return (answer, value, shelf.source(of: answer, on: here, startMonth: start))
      }
    )
  }

  @Sendable func answer(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let standing = try await standing(request, scope.facility)
    let line = try line(request, standing)
    let form = try request.form()
    let checklist = standing.round.checklist
    let back = AssessmentPath.round(checklist.id, standing.round.period)
    let talk = try await assessment.delegation.talk(checklist.id, standing.round.period, line.item.key, scope.facility)
    do {
      let draft = try AnswerForm(form: form, item: line.item, today: assessment.today).draft()
      let isReply = talk.assignment?.vendor != nil && !form.text("respondent").isEmpty
      try await assessment.answer(
        draft,
        line.item.key,
        of: checklist,
        period: standing.round.period,
        facts: standing.facts,
        reply: isReply ? VendorReplyFields.read(form, today: assessment.today) : nil,
        in: scope
      )
    } catch let problems as AnswerProblems {
      var page = ItemPage(
        standing: standing,
        line: line,
        typed: form,
        problems: problems,
        request: request,
        isAsked: true
      )
      page.talk = talk
      page.past = try await past(page, scope.facility)
      return page.response
    } catch let conflict as RoundConflict {
      var problems = AnswerProblems()
      let text = conflict.words
      problems.add("value", text.ja, text.en)
      // As it stands now: whoever was overtaken sees by what.
      let now = try await self.standing(request, scope.facility)
      var page = ItemPage(
        standing: now,
        line: try self.line(request, now),
        typed: form,
        problems: problems,
        request: request,
        isAsked: true,
        isOvertaken: conflict == .answered
      )
      page.talk = talk
      page.past = try await past(page, scope.facility)
      return page.response
    }
    return .redirect(
      to: back,
      flash: .done(
        Localized(ja: "「\(line.item.name.ja)」に答えました。", en: "“\(line.item.name.en)” is answered.")
      )
    )
  }

  @Sendable func accept(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let (checklist, period) = try await round(request, scope.facility)
    let form = try request.form()
    let (keys, carried) = (Set(form.all("item") + form.all("differs")), Set(form.all("carry")))
    let back = AssessmentPath.round(checklist.id, period)
    do {
      let count = try await assessment.accept(keys, carrying: carried, of: checklist, period: period, in: scope)
      guard count > 0 else {
        return .redirect(
          to: back,
          flash: Flash(.notice, Localized(ja: "確認する項目を選んでください。", en: "Choose items to confirm."))
        )
      }
      return .redirect(
        to: back,
        flash: .done(
          carried.isEmpty
            ? Localized(
              ja: "\(count)項目を記録のとおりに答えました。",
              en: "\(count.english("item is", "items are")) answered as the records say."
            )
            : Localized(
              ja: "\(count)項目に前と同じ答えを付けました。",
              en: "\(count.english("item is", "items are")) answered as before."
            )
        )
      )
    } catch let conflict as RoundConflict {
      return .redirect(to: back, flash: Flash(.problem, conflict.words))
    }
  }

  @Sendable func lock(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let (checklist, period) = try await round(request, scope.facility)
    return try await setLocked(true, checklist, period, reason: nil, scope)
  }

  @Sendable func reopen(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let (checklist, period) = try await round(request, scope.facility)
    let reason = try request.form().text("reason")
    return try await setLocked(false, checklist, period, reason: reason, scope)
  }

  private func setLocked(
    _ isLocked: Bool,
    _ checklist: Checklist,
    _ period: String?,
    reason: String?,
    _ scope: Scope<AnswerChecks>
  ) async throws -> WebResponse {
    let back = AssessmentPath.round(checklist.id, period)
    do {
      // Somebody pressed twice: it is as it was asked to be.
      guard try await assessment.setLocked(isLocked, checklist, period: period, reason: reason, in: scope) else {
        return .redirect(to: back)
      }
    } catch let conflict as RoundConflict {
      return .redirect(to: back, flash: Flash(.problem, conflict.words))
    } catch let problems as AnswerProblems {
      return .redirect(to: back, flash: Flash(.problem, problems.list[0].text))
    }
    let text =
      isLocked
      ? Localized(ja: "点検を締めました。答えは変更できません。", en: "The round is locked. Answers no longer change.")
      : Localized(ja: "点検を開き直しました。理由は記録に残ります。", en: "The round is open again. The reason is on record.")
    return .redirect(to: back, flash: .done(text))
  }

  // MARK: What is asked for

  private static let remedy = Localized(
    ja: "自己点検の一覧から、いまの回を開いてください。",
    en: "Open the round of today from the list of self-checks."
  )

  func round(_ request: WebRequest, _ facility: FacilityID) async throws -> (Checklist, String?) {
    let checklist = try await assessment.asked(request["pack"], by: .hospital, facility)
    let period = request.query["period"].flatMap { $0.isEmpty ? nil : $0 }
    if let period, let problem = try await assessment.problem(ofRound: period, checklist, facility) {
      throw WebError.badRequest(problem, remedy: Self.remedy)
    }
    return (checklist, period)
  }

  func standing(_ request: WebRequest, _ facility: FacilityID) async throws -> Assessment.Standing {
    let (checklist, period) = try await round(request, facility)
    return try await assessment.standing(checklist, period: period, facility)
  }

  func line(_ request: WebRequest, _ standing: Assessment.Standing) throws -> ItemStanding {
    guard let line = standing[request["item"]] else {
      throw WebError.notFound(Localized(ja: "この項目", en: "This item"))
    }
    return line
  }
}
