import Nouns
import Text
import Time
import Web

/// `/api/v1/assessments/{pack}/scores`.
struct ScoreAPI: Sendable {
  let assessment: Assessment

  private static let score = Schema.object([
    .always("group", .text), .always("title", .text), .always("met", .count), .always("unmet", .count),
    .always("unknown", .count), .always("outside", .count), .always("lowered", .count),
    .always("percent", .optional(.count)), .always("weakest", .optional(.text)), .always("weakestIsCertain", .boolean),
  ])

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
          answers: [.json(.page(of: Self.score, total: true), Localized(ja: "点数", en: "The scores"))]
        )
      ) { call, scope in
        let checklist = try await assessment.asked(call["pack"], scope.facility)
        let board = try await assessment.board(try await assessment.standing(checklist, scope.facility))
        let whole = ScoreBoard.Line(key: "whole", title: Localized(ja: "全体", en: "Whole"), score: board.whole)
        return try call.page(of: [whole] + board.groups) { line, writer in
          Self.write(line, call.language, to: &writer)
        }
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

  private static func write(_ line: ScoreBoard.Line, _ language: Language, to writer: inout JSONWriter) {
    let score = line.score
    writer.object { writer in
      writer.member("group", line.key)
      writer.member("title", line.title[language])
      writer.member("met", score.met)
      writer.member("unmet", score.unmet)
      writer.member("unknown", score.unknown)
      writer.member("outside", score.outside)
      writer.member("lowered", score.lowered)
      writer.member("percent", score.percent)
      writer.member("weakest", score.weakestValue?.text)
      writer.member("weakestIsCertain", score.unknown == 0 || score.weakestIsLowest)
    }
  }
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
