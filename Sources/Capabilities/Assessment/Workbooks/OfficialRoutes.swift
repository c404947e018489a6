import Design
import Nouns
import Tabular
import Text
import Time
import Web

/// `/assess/:pack/official`: loads the official workbook and gives it back filled in.
struct OfficialRoutes: Sendable {
  let assessment: Assessment

  var routes: [Route] {
    let official = AssessmentPath.list + "/:pack/official"
    return [
      .get(official, ReadLedger.self, show),
      .post(official, AnswerChecks.self, load).accepting(bytes: 8 << 20),
      .post(official + "/remove", AnswerChecks.self, remove),
      .get(official + "/filled", ReadLedger.self, filled),
      .get(AssessmentPath.list + "/:pack/vendors/:vendor/official", ReadLedger.self, filledByVendor),
    ]
  }

  private func checklist(_ request: WebRequest, _ facility: FacilityID) async throws -> Checklist {
    try await assessment.asked(request["pack"], facility)
  }

  private func page(_ request: WebRequest, _ checklist: Checklist, _ facility: FacilityID) async throws -> OfficialPage
  {
    let start = try await assessment.schedule.fiscalYearStart(facility)
    return OfficialPage(
      checklist: checklist,
      period: checklist.period(on: assessment.today, fiscalYearStart: start),
      loaded: try await assessment.officialForms.loaded(checklist, facility),
      absentColumns: try await assessment.loadedForm(checklist, facility)?.absentColumns ?? [],
      request: request
    )
  }

  @Sendable func show(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    try await page(request, checklist(request, scope.facility), scope.facility).response
  }

  @Sendable func load(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let checklist = try await checklist(request, scope.facility)
    let form = try request.form()
    let back = AssessmentPath.official(checklist.id)
    guard let upload = form.file("file") else {
      return .redirect(
        to: back,
        flash: Flash(.problem, Localized(ja: "公式の様式のファイルを選んでください。", en: "Choose the file of the official form."))
      )
    }
    do {
      let loaded = try await assessment.load(
        upload.bytes,
        name: String(upload.name.prefix(200)),
        for: checklist,
        isCertain: form.contains("certain"),
        in: scope
      )
      return .redirect(
        to: back,
        flash: .done(
          Localized(
            ja: "公式の様式を取り込みました。\(loaded.wording.count)項目に公式の文が付きました。",
            en: "The official form is loaded. \(loaded.wording.count) items have their official wording."
          )
        )
      )
    } catch let error as TabularError {
      return try await refused(request, checklist, upload.name, [error], isDoubt: false, scope.facility)
    } catch let doubt as OfficialDoubt {
      return try await refused(request, checklist, upload.name, doubt.reasons, isDoubt: true, scope.facility)
    }
  }

  private func refused(
    _ request: WebRequest,
    _ checklist: Checklist,
    _ name: String,
    _ problems: [TabularError],
    isDoubt: Bool,
    _ facility: FacilityID
  ) async throws -> WebResponse {
    var page = try await page(request, checklist, facility)
    page.problems = problems
    page.isDoubt = isDoubt
    page.fileName = name
    return page.response
  }

  @Sendable func remove(_ request: WebRequest, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let checklist = try await checklist(request, scope.facility)
    try await assessment.officialForms.remove(checklist, in: scope)
    return .redirect(
      to: AssessmentPath.official(checklist.id),
      flash: .done(
        Localized(ja: "取り込んだ様式を外しました。答えは残っています。", en: "The loaded form is removed. Answers stay.")
      )
    )
  }

  @Sendable func filled(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let asked = try await checklist(request, scope.facility)
    if asked.respondent == .vendor {
      // Each vendor has a form of its own.
      return .redirect(to: AssessmentPath.round(asked.id))
    }
    let standing = try await AssessmentRoutes(assessment: assessment).standing(request, scope.facility)
    return try await file(request, standing.round.checklist, standing.round.checklist.title[request.language]) {
      try await assessment.filledForm(standing, hospital: request.session?.facilityName ?? "")
    }
  }

  @Sendable func filledByVendor(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let checklist = try await checklist(request, scope.facility)
    guard checklist.respondent == .vendor else {
      throw WebError.notFound(Localized(ja: "この点検表", en: "This checklist"))
    }
    let round = try await assessment.vendorRound(checklist, scope.facility)
    guard let line = round.lines.first(where: { $0.vendor.id == request["vendor"] }) else {
      throw WebError.notFound(Localized(ja: "この事業者", en: "This vendor"))
    }
    return try await file(request, checklist, "\(checklist.title[request.language])_\(line.vendor.name)") {
      try await assessment.filledForm(checklist, line, scope.facility)
    }
  }

  private func file(
    _ request: WebRequest,
    _ checklist: Checklist,
    _ name: String,
    _ fill: () async throws -> [UInt8]?
  ) async throws -> WebResponse {
    let bytes: [UInt8]?
    do {
      bytes = try await fill()
    } catch let error as TabularError {
      return .redirect(
        to: AssessmentPath.official(checklist.id),
        flash: Flash(.problem, Localized(ja: error.message(.ja), en: error.message(.en)))
      )
    }
    guard let bytes else {
      return .redirect(
        to: AssessmentPath.official(checklist.id),
        flash: Flash(
          .notice,
          Localized(ja: "公式の様式を取り込むと、記入済みで書き出せます。", en: "Load the official form to export it filled in.")
        )
      )
    }
    return .file(bytes, name: SheetWriter.fileName(name, at: request.now, ending: "xlsx"), type: FormFile.type)
  }
}
