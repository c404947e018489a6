import Nouns
import Records
import Text
import Web

extension Assessment {
  /// What is attached to answers and audits.
  package static var filePlace: FilePlace { AttachmentStore.place }

  package var capability: Capability {
    Capability(
      name: "assessment",
      migrations: Self.migrations,
      routes: pages + interface,
      menu: [
        MenuItem(
          key: "assessment.list",
          section: .checks,
          label: Localized(ja: "自己点検", en: "Self-checks"),
          path: AssessmentPath.list,
          needs: .readLedger,
          order: 1
        ),
        MenuItem(
          key: "assessment.surveys",
          section: .checks,
          label: Localized(ja: "調査・問いかけ", en: "Surveys"),
          path: SurveyPath.list,
          needs: .readLedger,
          order: 5
        ),
        MenuItem(
          key: "assessment.audits",
          section: .checks,
          label: Localized(ja: "監査", en: "Audits"),
          path: AuditPath.list,
          needs: .readLedger,
          order: 4
        ),
        MenuItem(
          key: "assessment.packs",
          section: .checks,
          label: Localized(ja: "点検表の管理", en: "Checklist packs"),
          path: PackPath.list,
          needs: .readLedger,
          order: 6
        ),
      ],
      facts: { try await ownFacts($0) },
      duties: { try await schedule.duties($0) },
      standing: { facility in
        try await schedule.standing(facility) {
          (facts: try await ownFacts(facility), duties: try await schedule.duties(facility))
        }
      }
    )
  }

  private var pages: [Route] {
    [
      AssessmentRoutes(assessment: self).routes, FormRoutes(assessment: self).routes,
      OfficialRoutes(assessment: self).routes, InspectionRoutes(assessment: self).routes,
      VendorRoutes(assessment: self).routes, VendorTerminalRoutes(assessment: self).routes,
      ScoreRoutes(assessment: self).routes, AttachmentRoutes(assessment: self).routes,
      SurveyRoutes(assessment: self).routes, SurveyReminderRoutes(assessment: self).routes,
      SurveyAnswerRoutes(assessment: self).routes,
      PackRoutes(assessment: self).routes, DraftRoutes(assessment: self).routes,
      DelegationRoutes(assessment: self).routes, AskedLinkRoutes(assessment: self).routes,
      AuditRoutes(assessment: self).routes,
    ].flatMap(\.self)
  }

  private var interface: [Route] {
    [
      AssessmentAPI(assessment: self).routes, RoundAPI(assessment: self).routes, FormAPI(assessment: self).routes,
      VendorAPI(assessment: self).routes, ScoreAPI(assessment: self).routes, MeasureAPI(assessment: self).routes,
      AttachmentAPI(assessment: self).routes, PackAPI(assessment: self).routes, DraftAPI(assessment: self).routes,
      DraftPartAPI(assessment: self).routes,
      SurveyAPI(assessment: self).routes, DelegationAPI(assessment: self).routes, AskedLinkAPI(assessment: self).routes,
      AuditAPI(assessment: self).routes,
      AuditEvidenceAPI(assessment: self).routes, ProgressAPI(assessment: self).routes,
    ].flatMap(\.self)
  }

  private func ownFacts(_ facility: FacilityID) async throws -> [Fact] {
    try await schedule.facts(facility) + DepartmentFacts(surveys: surveys).facts(facility)
      + AuditFacts(audits: audits).facts(facility)
  }
}
