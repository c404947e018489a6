import Design
import Nouns
import Text
import Time
import Web

/// `/form/:token`: a vendor answers its form at a terminal inside, without an account. The link opens this one form; it says
/// nothing of the hospital's own answers and nothing of other vendors.
struct VendorTerminalRoutes: Sendable {
  let assessment: Assessment

  static func path(_ token: String) -> String { "/form/\(Percent.encode(token))" }

  var routes: [Route] { [.open(.get, "/form/:token", show), .open(.post, "/form/:token", take)] }

  private struct Place {
    let token: String
    let link: VendorLink
    let checklist: Checklist
    let round: Assessment.VendorRound
    let line: VendorStanding

    var lastDay: LocalDate { link.lastDay(due: line.form?.dueOn, in: round.year) }
  }

  /// Throws `WebError.notFound` also for the link of a round that is over, and says of one that has ended since when.
  private func place(_ request: WebRequest) async throws -> Place {
    let missing = WebError.notFound(Localized(ja: "この様式", en: "This form"))
    guard let link = try await assessment.vendorLinks.find(request["token"]),
      let checklist = try await assessment.checklist(link.pack, link.facility)
    else { throw missing }
    let round = try await assessment.vendorRound(checklist, link.facility)
    guard round.period == link.period, let line = round.lines.first(where: { $0.vendor.id == link.vendor }) else {
      throw missing
    }
    let place = Place(token: request["token"], link: link, checklist: checklist, round: round, line: line)
    guard place.lastDay >= assessment.today else { throw Self.ended(request.dates.day(place.lastDay)) }
    return place
  }

  private static func ended(_ day: String) -> WebError {
    WebError(
      status: 403,
      cause: Localized(
        ja: "このリンクで答えられるのは、\(day)まででした。",
        en: "This link opened the form until \(day)."
      ),
      remedy: Localized(
        ja: "これから答えるときは、リンクを渡した病院の担当者に、新しいリンクを頼んでください。",
        en: "To answer now, ask whoever gave it to you at the hospital for a new one."
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
    VendorEntryPage(
      checklist: place.checklist,
      period: place.round.period,
      line: place.line,
      typed: typed,
      errors: errors,
      request: request,
      terminal: .init(
        action: Self.path(place.token),
        facility: try await assessment.facilityName(place.link.facility),
        lastDay: place.lastDay,
        note: note
      )
    ).response
  }

  @Sendable private func show(_ request: WebRequest) async throws -> WebResponse {
    let place = try await place(request)
    let isKept = request.query["kept"] == "1"
    let left = place.line.items - place.line.answered
    let note = Localized(
      ja: left == 0 ? "回答を受け取りました。この画面は閉じてかまいません。" : "保存しました。残りは\(left)項目です。続きは同じリンクから答えられます。",
      en: left == 0
        ? "The answers have arrived. You may close this page."
        : "Saved. \(left) items are left; go on by the same link."
    )
    return try await page(request, place, nil, [], note: isKept ? note : nil)
  }

  @Sendable private func take(_ request: WebRequest) async throws -> WebResponse {
    let place = try await place(request)
    let form = try request.form()
    let entry = VendorEntry(form: form, checklist: place.checklist, year: place.round.year, today: assessment.today)
    let (lines, reply, errors) = entry.checked(stored: place.line.form?.answers ?? [:], .terminal, request.language)
    guard let reply, errors.isEmpty else { return try await page(request, place, form, errors) }
    // In the vendor's name: nobody of the hospital typed it.
    let vendor = Actor(id: "vendor:\(place.line.vendor.id)", name: place.line.vendor.name)
    do {
      try await assessment.vendorForms.store.keep(
        lines,
        of: place.line.vendor,
        place.checklist,
        place.round.period,
        reply: reply,
        in: Scope<AnswerChecks>.operatorOf(place.link.facility, as: vendor, request: request.requestID)
      )
    } catch let conflict as RoundConflict {
      return try await page(request, place, form, [FieldError("", conflict.words[request.language])])
    } catch let problems as AnswerProblems {
      return try await page(request, place, form, problems.errors(request.language))
    }
    return .redirect(to: Self.path(place.token) + "?kept=1")
  }
}
