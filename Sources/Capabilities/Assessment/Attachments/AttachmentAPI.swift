import Blobs
import Nouns
import Text
import Time
import Web

/// `/api/v1/assessments/{pack}/evidence`: what is attached to the answers of the round of today.
struct AttachmentAPI: Sendable {
  let assessment: Assessment

  private static let shape = JSONShape<Attachment>([
    .text("id") { $0.id }, .text("item") { $0.item }, .text("topic") { $0.topic },
    .choice("kind", Attachment.Kind.allCases.map(\.rawValue)) { $0.kind.rawValue }, .text("title") { $0.title },
    .maybe("type") { $0.type?.rawValue }, .count("size") { $0.size }, .text("sha256") { $0.hash },
    .maybe("link") { $0.link }, .maybe("note") { $0.note }, .day("datedOn") { $0.datedOn },
    .day("goodUntil") { $0.goodUntil(keeps: $0.keeps) }, .instant("addedAt") { $0.addedAt },
    .text("addedBy") { $0.addedBy }, .maybe("withdrawnAt") { $0.withdrawnAt?.iso },
  ])

  var routes: [Route] {
    [
      .api(
        .get,
        "/assessments/:pack/evidence",
        ReadLedger.self,
        Endpoint(
          "listAssessmentEvidence",
          AssessmentAPI.group,
          Localized(ja: "いまの回の答えに付けた根拠", en: "What is attached to the answers of the round of today"),
          parameters: [AssessmentAPI.pack, .limit, .cursor],
          answers: [.page(Self.shape, Localized(ja: "根拠", en: "The evidence"))]
        )
      ) { call, scope in
        let checklist = try await assessment.asked(call["pack"], scope.facility)
        let start = try await assessment.schedule.fiscalYearStart(scope.facility)
        let period = checklist.period(on: assessment.today, fiscalYearStart: start)
        let all = try await assessment.attachments.all(checklist.id, period, scope.facility).map {
          $0.keeping(by: checklist)
        }
        return try call.page(of: all) { Self.shape.write($0, call.language, to: &$1) }
      }
    ]
  }
}
