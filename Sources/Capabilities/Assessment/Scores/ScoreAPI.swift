import Nouns
import Text
import Time
import Web

/// `/api/v1/assessments/{pack}/scores`.
struct ScoreAPI: Sendable {
  let assessment: Assessment

  var routes: [Route] {
    [
      .api(
        .get,
        "/assessments/:pack/scores",
        ReadLedger.self,
        Endpoint(
          "getAssessmentScores",
          AssessmentAPI.group,
          Localized(
            ja: "いまの回の点数：全体、区分、守りの4つの面、立場、頼んでいる部門",
            en: "Scores of the round of today: whole, sections, parts of the defence, roles, departments that are asked"
          ),
          parameters: [AssessmentAPI.pack, .limit, .cursor],
          answers: [.page(ScoreBoard.Line.shape, Localized(ja: "点数", en: "The scores"))]
        )
      ) { call, scope in
        let checklist = try await assessment.asked(call["pack"], scope.facility)
        let board = try await assessment.board(try await assessment.standing(checklist, scope.facility))
        return try call.page(of: board.lines, as: ScoreBoard.Line.shape)
      },
      .api(
        .get,
        "/assessment-overview",
        ReadLedger.self,
        Endpoint(
          "getAssessmentOverview",
          AssessmentAPI.group,
          Localized(
            ja: "経営層向けの1枚：月の点検、年度の様式、3×3、この施設の点検表の点数と、決めること",
            en:
              "The director's page: the month's check, the year's form, the matrix, own checklists, and what to decide"
          ),
          answers: [.one(Assessment.Overview.shape, Localized(ja: "経営層向けの1枚", en: "The director's page"))]
        )
      ) { call, scope in
        call.answer(try await assessment.overview(scope.facility), as: Assessment.Overview.shape)
      },
    ]
  }
}

extension ScoreBoard {
  /// The whole, then its parts.
  package var lines: [Line] {
    [Line(key: "whole", title: Localized(ja: "全体", en: "Whole"), score: whole)] + groups
  }
}

extension ScoreBoard.Line {
  /// As programs and the command line are told of it.
  package static let shape = JSONShape<ScoreBoard.Line>([
    .text("group") { $0.key }, .words("title") { $0.title }, .number("met") { $0.score.met },
    .number("unmet") { $0.score.unmet }, .number("unknown") { $0.score.unknown },
    .number("outside") { $0.score.outside }, .number("lowered") { $0.score.lowered },
    .count("percent") { $0.score.percent }, .maybe("weakest") { $0.score.weakestValue?.text },
    .flag("weakestIsCertain") { $0.score.unknown == 0 || $0.score.weakestIsLowest },
  ])
}

extension Score {
  /// The weakest answer there is; nil where nothing is answered or applies.
  package var weakestValue: AnswerValue? {
    switch weakest {
    case .exactly(let value), .atMost(let value): value
    case .nothing, .unknown: nil
    }
  }

  /// Whether nothing that is still unknown can make it weaker.
  var weakestIsLowest: Bool {
    if case .exactly = weakest { return true }
    return false
  }
}
