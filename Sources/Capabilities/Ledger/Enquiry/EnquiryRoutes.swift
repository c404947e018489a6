import Design
import HTML
import Nouns
import Records
import Text
import Time
import Web

/// `/ledger/vendor_enquiry/round`: once a year every vendor is asked which lines it has into the house. The forms go out as a
/// workbook or on paper; answers come back by file, by paper or by telephone into the same records.
struct EnquiryRoutes: Sendable {
  let store: RecordStore

  static let path = "/ledger/vendor_enquiry/round"
  static func answer(_ enquiry: String) -> String { "/ledger/vendor_enquiry/\(Address.encoded(enquiry))/answer" }
  /// The round an enquiry belongs to.
  static func round(_ enquiry: Record) -> String { Address(path).setting("year", enquiry.known("year")).text }

  var routes: [Route] {
    [
      .get(Self.path, ReadLedger.self, round), .post(Self.path, EditLedger.self, begin),
      .get(Self.path + "/letters", ReadLedger.self, letters), .post(Self.path + "/remind", EditLedger.self, remind),
      .post(Self.path + "/close", EditLedger.self, close), .post(Self.path + "/reopen", EditLedger.self, reopen),
      .get("/ledger/vendor_enquiry/:id/answer", EditLedger.self, form),
      .post("/ledger/vendor_enquiry/:id/answer", EditLedger.self, keep),
    ]
  }

  /// The year of the address, otherwise the present one.
  private func year(_ request: WebRequest) -> FiscalYear {
    let current = request.fiscalYear(of: request.now.day)
    guard let asked = request.query["year"].flatMap({ Int($0) }), (2000...2999).contains(asked) else { return current }
    return FiscalYear(startYear: asked, startMonth: current.startMonth)
  }

  private func of(_ request: WebRequest) -> EnquiryRound { EnquiryRound(records: store, year: year(request)) }

  private func back(_ request: WebRequest) -> String {
    Address(Self.path).setting("year", String(year(request).startYear)).text
  }

  @Sendable func round(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let round = of(request)
    return EnquiryPage(
      standing: try await round.standing(on: request.now.day, in: scope),
      years: try await round.years(in: scope),
      request: request
    ).response
  }

  @Sendable func begin(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let (count, set) = try await of(request).begin(on: request.now.day, in: scope)
    return .redirect(
      to: back(request),
      flash: .done(
        Localized(
          ja: "\(count)社への照会を作りました。回答期限は\(EnquiryRound.answerDays)日後です。",
          en: "\(count) enquiries made; answers are due in \(EnquiryRound.answerDays) days."
        ),
        action: set.map { ChangeRoutes.undoAction($0) }
      )
    )
  }

  @Sendable func letters(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    EnquiryLetters(
      standing: try await of(request).standing(on: request.now.day, in: scope),
      isReminder: request.query["reminder"] == "1",
      request: request
    ).response
  }

  @Sendable func remind(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let chosen = request.query["id"].map { Set([$0]) }
    let (count, set) = try await of(request).remind(chosen, on: request.now.day, in: scope)
    return .redirect(
      to: back(request),
      flash: count == 0
        ? Flash(.problem, Localized(ja: "今日の督促はもう記録されています。", en: "A reminder of today is on record already."))
        : .done(
          Localized(ja: "\(count)社に督促したことを記録しました。", en: "Noted that \(count) vendors were reminded."),
          action: set.map { ChangeRoutes.undoAction($0) }
        )
    )
  }

  @Sendable func close(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let round = of(request)
    let reason = try request.form().text("reason")
    do {
      let (silent, set) = try await round.close(reason: reason, on: request.now.day, in: scope)
      return .redirect(
        to: back(request),
        flash: .done(
          Localized(ja: "照会を締め切りました。回答なしは\(silent)社です。", en: "The round is closed; \(silent) did not answer."),
          action: set.map { ChangeRoutes.undoAction($0) }
        )
      )
    } catch RecordError.invalid(let problems) {
      return EnquiryPage(
        standing: try await round.standing(on: request.now.day, in: scope.reading),
        years: try await round.years(in: scope.reading),
        request: request,
        typedReason: reason,
        problem: problems.first.map { FieldError("reason", $0.reason[request.language]) }
      ).response
    }
  }

  @Sendable func reopen(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let set = try await of(request).reopen(on: request.now.day, in: scope)
    return .redirect(
      to: back(request),
      flash: .done(
        Localized(ja: "照会を再開しました。", en: "The round is open again."),
        action: set.map { ChangeRoutes.undoAction($0) }
      )
    )
  }

  // MARK: One answer

  private func enquiry(
    _ request: WebRequest,
    _ scope: Scope<EditLedger>
  ) async throws -> (record: Record, vendor: String) {
    let (record, titles) = try await found {
      try await store.find(.vendorEnquiry, id: request["id"], in: scope.reading)
    }
    return (record, record.known("vendor").flatMap { titles[$0] } ?? "")
  }

  @Sendable func form(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let (record, vendor) = try await enquiry(request, scope)
    var values = record.values
    // Paper and telephone calls are mostly entered on the day they come.
    if values["answered_on"] == nil { values["answered_on"] = request.now.day.iso }
    return EnquiryAnswerPage(
      enquiry: record,
      vendor: vendor,
      values: values,
      version: record.version,
      request: request
    ).response
  }

  @Sendable func keep(_ request: WebRequest, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let (record, vendor) = try await enquiry(request, scope)
    let form = try request.form()
    var typed = Dictionary(
      EnquiryAnswerPage.fields.map { ($0, form.text($0)) },
      uniquingKeysWith: { first, _ in first }
    )
    if typed["answered_on"] == "" { typed["answered_on"] = request.now.day.iso }
    var problems: [FieldProblem] = []
    do {
      let kept = try await store.change(
        .vendorEnquiry,
        id: record.id,
        expectedVersion: Int(form.text("version")) ?? 0,
        typed,
        in: scope
      )
      return .redirect(
        to: Self.round(kept),
        flash: .done(
          Localized(ja: "\(vendor)の回答を記録しました。", en: "The answer of \(vendor) is kept."),
          action: kept.lastSet.map { ChangeRoutes.undoAction($0) }
        )
      )
    } catch RecordError.invalid(let found) {
      problems = found
    } catch let error as RecordError {
      problems = [FieldProblem(field: "", value: "", reason: error.message)]
    }
    return EnquiryAnswerPage(
      enquiry: record,
      vendor: vendor,
      values: typed,
      version: record.version,
      problems: problems,
      request: request
    ).response
  }
}
