import Nouns
import Text
import Web

/// `/api/v1/department-progress`: how far each department is with what the self-checks ask of it.
struct ProgressAPI: Sendable {
  let assessment: Assessment

  private static let shape = JSONShape<DepartmentStanding>([
    .text("department") { $0.department }, .text("name") { $0.name }, .count("done") { $0.done },
    .count("asked") { $0.asked }, .text("link") { $0.link },
  ])

  var routes: [Route] {
    [
      .api(
        .get,
        "/department-progress",
        ReadLedger.self,
        Endpoint(
          "listDepartmentProgress",
          AssessmentAPI.group,
          Localized(
            ja: "部門ごとの点検の進み具合（遅れている部門から）",
            en: "How far each department is with what is asked of it now, those behind first"
          ),
          parameters: [.limit, .cursor],
          answers: [.page(Self.shape, Localized(ja: "部門", en: "The departments"))]
        )
      ) { call, scope in try call.page(of: try await assessment.progress(scope.facility), as: Self.shape) }
    ]
  }
}
