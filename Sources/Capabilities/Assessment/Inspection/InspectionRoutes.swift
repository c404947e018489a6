import Design
import Nouns
import Records
import Tabular
import Text
import Time
import Web

/// `/assess/:pack/inspection`: the papers for an inspection.
struct InspectionRoutes: Sendable {
  let assessment: Assessment

  private static let group = EndpointGroup("assessments", Localized(ja: "自己点検", en: "Self-checks"))

  var routes: [Route] {
    let inspection = AssessmentPath.list + "/:pack/inspection"
    return [
      .get(inspection, ReadLedger.self, show),
      .get(inspection + "/inspector", ReadLedger.self, inspector),
      .get(inspection + "/staff", ReadLedger.self, staff),
      .get(inspection + "/zip", ReadLedger.self, zip),
      .api(
        .get,
        "/assessments/:pack/inspection",
        ReadLedger.self,
        Endpoint(
          "getInspection",
          Self.group,
          Localized(ja: "立入検査の資料（ZIP）", en: "The papers for an inspection (ZIP)"),
          parameters: [AssessmentAPI.pack],
          answers: [.file([ZipFile.type], Localized(ja: "ZIPファイル", en: "The ZIP file"))]
        )
      ) { call, scope in
        let checklist = try await assessment.asked(call["pack"], by: .hospital, scope.facility)
        let standing = try await assessment.standing(checklist, scope.facility)
        return try await file(standing, call.request.dates)
      },
    ]
  }

  private func inspection(_ request: WebRequest, _ facility: FacilityID) async throws -> Inspection {
    let standing = try await AssessmentRoutes(assessment: assessment).standing(request, facility)
    return try await assessment.inspection(standing, dates: request.dates)
  }

  @Sendable func show(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    InspectionPage(inspection: try await inspection(request, scope.facility), request: request).response
  }

  private func back(_ inspection: Inspection) -> String {
    "\(AssessmentPath.inspection(inspection.checklist.id))?period=\(inspection.standing.round.period)"
  }

  @Sendable func inspector(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let inspection = try await inspection(request, scope.facility)
    let copy = InspectorCopy(inspection: inspection)
    return .sheet(copy.sheet(printed: request.printedBy, back: back(inspection)))
  }

  @Sendable func staff(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let inspection = try await inspection(request, scope.facility)
    let copy = StaffCopy(inspection: inspection)
    return .sheet(copy.sheet(printed: request.printedBy, back: back(inspection)))
  }

  @Sendable func zip(_ request: WebRequest, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let standing = try await AssessmentRoutes(assessment: assessment).standing(request, scope.facility)
    return try await file(standing, request.dates)
  }

  private func file(_ standing: Assessment.Standing, _ dates: ShownDates) async throws -> WebResponse {
    let (inspection, language) = (try await assessment.inspection(standing, dates: dates), dates.language)
    let files = try InspectionFiles(inspection, fiscalYear: standing.fiscalYear(language))
    let name = Localized(ja: "立入検査の資料_\(standing.round.checklist.id)", en: "inspection_\(standing.round.checklist.id)")
    return .file(
      try files.zip(),
      name: SheetWriter.fileName(name[language], at: inspection.madeAt, ending: "zip"),
      type: ZipFile.type
    )
  }
}
