import Design
import Nouns
import Text
import Time
import Web

/// `/assess/:pack/links/:whom`: the link of a department or a vendor that is asked for items; `/asked/:token`: answering by
/// it, without an account. The link opens these items alone and says nothing of the hospital's own answers.
struct AskedLinkRoutes: Sendable {
  let assessment: Assessment

  static func path(_ token: String) -> String { "/asked/\(Percent.encode(token))" }

  private static let one = AssessmentPath.list + "/:pack/links/:whom"

  var routes: [Route] {
    [
      .get(Self.one, ReadLedger.self, page),
      .post(Self.one, AnswerChecks.self, make),
      .post(Self.one + "/end", AnswerChecks.self, end),
      .post(AssessmentPath.list + "/:pack/items/:item/reply", AnswerChecks.self, take),
      .open(.get, "/asked/:token", show),
      .open(.post, "/asked/:token", answer),
    ]
  }

  // MARK: For the hospital

  private func party(_ request: WebRequest, _ facility: FacilityID) async throws -> Assessment.AskedParty {
    let (checklist, period) = try await AssessmentRoutes(assessment: assessment).round(request, facility)
    guard let party = try await assessment.party(request["whom"], checklist, period: period, facility),
      !party.whom.hasPrefix("p:")
    else { throw WebError.notFound(Localized(ja: "この相手に頼んだ項目", en: "Items asked there")) }
    return party
  }

  @Sendable private func page(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    AskedLinkPage(party: try await party(request, scope.facility), made: nil, request: request).response
  }

  /// The address stands on this answer only; it is never shown again.
  @Sendable private func make(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let before = try await party(request, scope.facility)
    let (checklist, period) = (before.round.checklist, before.round.period)
    do {
      let made = try await assessment.makeLink(for: before.whom, checklist, period: period, in: scope)
      let now = try await party(request, scope.facility)
      var response = AskedLinkPage(party: now, made: made.link, request: request).response
      response.headers["Cache-Control"] = "no-store"
      return response
    } catch let problems as AnswerProblems {
      let back = AssessmentPath.askedLink(checklist.id, before.whom, period)
      return .redirect(to: back, flash: Flash(.problem, problems.text))
    } catch let conflict as RoundConflict {
      let back = AssessmentPath.askedLink(checklist.id, before.whom, period)
      return .redirect(to: back, flash: Flash(.problem, conflict.words))
    }
  }

  @Sendable private func end(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let party = try await party(request, scope.facility)
    let (checklist, period) = (party.round.checklist, party.round.period)
    _ = try await assessment.endLink(of: party.whom, checklist, period: period, in: scope)
    return .redirect(
      to: AssessmentPath.askedLink(checklist.id, party.whom, period),
      flash: .done(Localized(ja: "リンクを使えなくしました。", en: "The link opens nothing any more."))
    )
  }

  @Sendable private func take(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let (checklist, named) = try await AssessmentRoutes(assessment: assessment).round(request, scope.facility)
    guard let item = checklist[request["item"]] else {
      throw WebError.notFound(Localized(ja: "この項目", en: "This item"))
    }
    let period = try await assessment.known(named, of: checklist, scope.facility)
    let back = AssessmentPath.item(checklist.id, item.key, period)
    let form = try request.form()
    do {
      try await assessment.take(
        item.key,
        version: Int(form.text("version")) ?? -1,
        reason: form.text("reason"),
        of: checklist,
        period: period,
        in: scope
      )
    } catch let problems as AnswerProblems {
      return .redirect(to: back, flash: Flash(.problem, problems.text))
    } catch let conflict as RoundConflict {
      return .redirect(to: back, flash: Flash(.problem, conflict.words))
    }
    return .redirect(
      to: back,
      flash: .done(Localized(ja: "届いた答えを、病院の答えにしました。", en: "What came is the hospital's answer now."))
    )
  }

  // MARK: For whoever holds the link

  private struct Place {
    let token: String
    let facility: FacilityID
    let party: Assessment.AskedParty
  }

  /// Throws `WebError.notFound` also where nothing is asked any more, and says of a link that has ended since when.
  private func place(_ request: WebRequest) async throws -> Place {
    let token = request["token"]
    guard let link = try await assessment.askedLinks.find(token),
      let checklist = try await assessment.checklist(link.pack, link.facility),
      let party = try await assessment.party(link.whom, checklist, period: link.period, link.facility),
      let lastDay = party.lastDay
    else { throw WebError.notFound(Localized(ja: "このリンクで頼まれた項目", en: "What this link asks for")) }
    guard party.round.lockedAt == nil else {
      throw Self.ended(Localized(ja: "この点検は締め切られました。", en: "This check is closed."))
    }
    guard lastDay >= assessment.today else {
      let day = request.dates.day(lastDay)
      throw Self.ended(Localized(ja: "このリンクで答えられるのは、\(day)まででした。", en: "This link was open until \(day)."))
    }
    return Place(token: token, facility: link.facility, party: party)
  }

  private static func ended(_ cause: Localized) -> WebError {
    WebError(
      status: 403,
      cause: cause,
      remedy: Localized(
        ja: "これから答えるときは、リンクを渡した病院の担当者に相談してください。",
        en: "To answer now, ask whoever gave it to you at the hospital."
      )
    )
  }

  private func page(
    _ request: WebRequest,
    _ place: Place,
    _ typed: WebForm?,
    _ errors: [FieldError],
    note: Localized? = nil
  ) async throws -> WebResponse {
    AskedAnswerPage(
      party: place.party,
      action: Self.path(place.token),
      facility: try await assessment.facilityName(place.facility),
      note: note,
      typed: typed,
      errors: errors,
      request: request
    ).response
  }

  @Sendable private func show(_ request: WebRequest) async throws -> WebResponse {
    let place = try await place(request)
    let note: Localized? =
      switch request.query["kept"] {
      case "sent": Localized(ja: "答えを送りました。この画面は閉じてかまいません。", en: "The answers are sent. You may close this page.")
      case "saved":
        Localized(
          ja: "保存しました。まだ送っていません。続きは同じリンクから入力できます。",
          en: "Saved, and not sent yet. Go on by the same link."
        )
      default: nil
      }
    return try await page(request, place, nil, [], note: note)
  }

  @Sendable private func answer(_ request: WebRequest) async throws -> WebResponse {
    let place = try await place(request)
    let (party, form) = (place.party, try request.form())
    let isSending = form.text("do") == "send"
    var entry = VendorEntry(form: form, checklist: party.open, year: party.year, today: assessment.today)
    entry.isPartial = true
    let (lines, problems) = entry.read(stored: party.stored)
    var errors = problems.map { FieldError($0.field, $0.text[request.language]) }
    let respondent = form.text("respondent")
    if let problem = Self.problem(respondent) {
      errors.insert(FieldError("respondent", problem[request.language]), at: 0)
    }
    let hasSaved = party.open.items.contains { party.replies[$0.key] != nil }
    if errors.isEmpty, lines.isEmpty, !(isSending && hasSaved) {
      let words = Localized(ja: "1項目以上に答えを入れてください。", en: "Answer at least one item.")
      errors.append(FieldError("", words[request.language]))
    }
    guard errors.isEmpty else { return try await page(request, place, form, errors) }
    // In the name of whoever was asked: nobody with an account typed it.
    let kind = party.whom.hasPrefix("v:") ? "vendor" : "department"
    let actor = Actor(id: "\(kind):\(party.whom.dropFirst(2))", name: party.name)
    do {
      try await assessment.askedLinks.keep(
        lines,
        party.place,
        respondent: respondent,
        isSending: isSending,
        in: Scope<AnswerChecks>.operatorOf(place.facility, as: actor, request: request.requestID)
      )
    } catch let conflict as RoundConflict {
      return try await page(request, place, form, [FieldError("", conflict.words[request.language])])
    }
    return .redirect(to: Self.path(place.token) + "?kept=\(isSending ? "sent" : "saved")")
  }

  private static func problem(_ respondent: String) -> Localized? {
    guard respondent.isEmpty || respondent.count > VendorReply.longestName else { return nil }
    return Localized(
      ja: "答えた人の名前を、\(VendorReply.longestName)文字以内で入力してください。",
      en: "Say who answers, in at most \(VendorReply.longestName) characters."
    )
  }
}
