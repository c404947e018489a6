import Nouns
import Text
import Time
import Web

/// `/api/v1/assessments/{pack}`: what would raise the level most, what measures take, and what changed between rounds.
struct MeasureAPI: Sendable {
  let assessment: Assessment

  private static let measure = EndpointParameter.path(
    "measure",
    .text(upTo: 10, from: 1),
    Localized(ja: "対策の番号", en: "The measure's number")
  )

  private static let weight = Schema.object([
    .always("effort", .choice(MeasureWeight.Effort.allCases.map(\.rawValue))),
    .always("cost", .choice(MeasureWeight.Cost.allCases.map(\.rawValue))),
  ])

  var routes: [Route] { [ranking, weighing, difference] }

  private var ranking: Route {
    .api(
      .get,
      "/assessments/:pack/measures",
      ReadLedger.self,
      Endpoint(
        "listMeasures",
        AssessmentAPI.group,
        Localized(
          ja: "手間と費用のわりに、よく上がる対策の順",
          en: "Measures, those that raise the level most for what they take first"
        ),
        parameters: [AssessmentAPI.pack, .limit, .cursor],
        answers: [.page(MeasureRanking.Line.shape, Localized(ja: "対策", en: "The measures"))]
      )
    ) { call, scope in
      let checklist = try await assessment.asked(call["pack"], by: .hospital, scope.facility)
      let reading = try await assessment.reading(checklist, scope.facility)
      return try call.page(of: reading.ranking.lines, as: MeasureRanking.Line.shape)
    }
  }

  private var weighing: Route {
    .api(
      .put,
      "/assessments/:pack/measures/:measure",
      AnswerChecks.self,
      Endpoint(
        "weighMeasure",
        AssessmentAPI.group,
        Localized(
          ja: "対策の手間と費用を、この施設に合わせて変える。どの点検表でも同じです",
          en: "Say what a measure takes in this facility, for every checklist alike"
        ),
        parameters: [AssessmentAPI.pack, Self.measure],
        body: .json(Self.weight),
        answers: [.json(Self.weight, Localized(ja: "いまの手間と費用", en: "What it takes now"))]
      )
    ) { call, scope in
      _ = try await assessment.asked(call["pack"], by: .hospital, scope.facility)
      guard let effort = call.json["effort"]?.text.flatMap(MeasureWeight.Effort.init(rawValue:)),
        let cost = call.json["cost"]?.text.flatMap(MeasureWeight.Cost.init(rawValue:)),
        try await assessment.weigh(call["measure"], MeasureWeight(effort: effort, cost: cost), in: scope) != nil
      else { throw WebError.notFound(Localized(ja: "この対策", en: "This measure")) }
      return call.answer { writer in
        writer.member("effort", effort.rawValue)
        writer.member("cost", cost.rawValue)
      }
    }
  }

  private var difference: Route {
    func round(_ name: String, _ about: Localized) -> EndpointParameter { .query(name, .text(upTo: 80), about) }
    return .api(
      .get,
      "/assessments/:pack/difference",
      ReadLedger.self,
      Endpoint(
        "compareRounds",
        AssessmentAPI.group,
        Localized(
          ja: "2つの回で変わったこと。版が違っても話題で結び付けます",
          en: "What changed between two rounds, by topic, also of two editions"
        ),
        parameters: [
          AssessmentAPI.pack,
          round("from", Localized(ja: "前（prefecture-20/2026-10）。なければ前の回", en: "From; the round before without")),
          round("to", Localized(ja: "後（prefecture-20/2026-11）。なければいまの回", en: "To; that of today without")),
        ],
        answers: [.one(RoundComparison.shape, Localized(ja: "変わったこと", en: "What changed"))]
      )
    ) { call, scope in
      let checklist = try await assessment.asked(call["pack"], by: .hospital, scope.facility)
      do {
        let found = try await assessment.compared(
          checklist,
          from: call.query("from"),
          to: call.query("to"),
          scope.facility
        )
        return call.answer(found, as: RoundComparison.shape)
      } catch is RoundComparison.Unknown {
        throw WebError.notFound(Localized(ja: "この期間の点検", en: "This round"))
      }
    }
  }
}

extension MeasureRanking.Line {
  /// As programs and the command line are told of it.
  package static let shape = JSONShape<MeasureRanking.Line>([
    .text("measure") { $0.measure.number }, .words("title") { $0.measure.title }, .words("act") { $0.measure.act },
    .choice("effort", MeasureWeight.Effort.allCases.map(\.rawValue)) { $0.weight.effort.rawValue },
    .choice("cost", MeasureWeight.Cost.allCases.map(\.rawValue)) { $0.weight.cost.rawValue },
    .number("lack") { $0.lack }, .texts("items") { line, _ in line.items }, .number("unknown") { $0.unknown },
    .flag("liftsWeakest") { $0.liftsWeakest },
  ])
}

extension Assessment {
  /// Says what a measure, by its number, takes in a facility. Answers the measure, nil where there is none.
  package func weigh(
    _ number: String,
    _ weight: MeasureWeight,
    in scope: Scope<AnswerChecks>
  ) async throws -> ChecklistMeasure? {
    guard let measure = Checklists.measures.first(where: { $0.number == number }) else { return nil }
    try await weights.set(weight, of: measure, in: scope)
    return measure
  }
}
