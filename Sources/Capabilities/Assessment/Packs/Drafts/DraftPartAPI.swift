import Nouns
import Packs
import Text
import Time
import Web

/// `/api/v1/checklist-drafts/…`: a draft's parts one by one, as its pages have them. A part is kept as it is sent, right or
/// wrong, and answered with what is left to mend; a part that somebody else changed meanwhile is told by its mark.
struct DraftPartAPI: Sendable {
  let assessment: Assessment

  private typealias Part = ChecklistDraft.Part

  /// A kind of part by the collection it lies in.
  private enum Collection: String, CaseIterable {
    case sections, items, topics

    func part(_ id: Int) -> Part {
      switch self {
      case .sections: .section(id)
      case .items: .item(id)
      case .topics: .topic(id)
      }
    }

    /// `Section` of `addChecklistDraftSection`.
    var noun: String {
      switch self {
      case .sections: "Section"
      case .items: "Item"
      case .topics: "Topic"
      }
    }

    var label: Localized {
      switch self {
      case .sections: Localized(ja: "章", en: "section")
      case .items: Localized(ja: "項目", en: "item")
      case .topics: Localized(ja: "話題", en: "topic")
      }
    }

    /// Topics stand in no order.
    var isOrdered: Bool { self != .topics }
  }

  private static let part = EndpointParameter.path(
    "part",
    .integer(1...Int(Int32.max)),
    Localized(ja: "下書きの中の番号", en: "Its number in the draft")
  )

  private static let kept = Schema.object([
    .always("id", .count, Localized(ja: "下書きの中の番号（見出しは 0）", en: "Its number in the draft, 0 of the head")),
    .always("mark", .text), .always("version", .count), .always("problems", .list(DraftBody.problem)),
  ])

  var routes: [Route] { [whole, head] + Collection.allCases.flatMap(of) }

  private var whole: Route {
    .api(
      .get,
      "/checklist-drafts/:draft",
      ReadLedger.self,
      Endpoint(
        "getChecklistDraft",
        AssessmentAPI.group,
        Localized(ja: "下書きの中身と、直すところ", en: "What a draft says, and what is left to mend"),
        parameters: [DraftAPI.draft],
        answers: [.json(DraftBody.whole, Localized(ja: "下書き", en: "The draft"))]
      )
    ) { call, scope in
      let kept = try await found(call, scope.facility)
      return call.answer { DraftBody.write(kept, call.language, &$0) }
    }
  }

  private var head: Route {
    .api(
      .put,
      "/checklist-drafts/:draft/head",
      AnswerChecks.self,
      Endpoint(
        "keepChecklistDraftHead",
        AssessmentAPI.group,
        Localized(ja: "下書きの見出しを書き直す。書かない欄は空になる", en: "Write a draft's head anew; what is not sent is empty"),
        parameters: [DraftAPI.draft],
        body: .json(DraftBody.schema(.head, isNew: false)),
        answers: [.json(Self.kept, Localized(ja: "保存した見出し", en: "The head as it is kept"))],
        problems: [409]
      )
    ) { call, scope in try await keep(.head, call, scope) }
  }

  private func of(_ collection: Collection) -> [Route] {
    let path = "/checklist-drafts/:draft/\(collection.rawValue)"
    let (noun, label) = (collection.noun, collection.label)
    let one = EndpointAnswer.json(Self.kept, Localized(ja: "保存した\(label.ja)", en: "The \(label.en) as it is kept"))
    var routes: [Route] = [
      .api(
        .post,
        path,
        AnswerChecks.self,
        Endpoint(
          "addChecklistDraft\(noun)",
          AssessmentAPI.group,
          Localized(ja: "下書きに\(label.ja)を足す", en: "Add a \(label.en) to a draft"),
          parameters: [DraftAPI.draft],
          body: .json(DraftBody.schema(collection.part(0), isNew: true)),
          answers: [one],
          problems: [409]
        )
      ) { call, scope in try await keep(collection.part(0), call, scope) },
      .api(
        .put,
        path + "/:part",
        AnswerChecks.self,
        Endpoint(
          "keepChecklistDraft\(noun)",
          AssessmentAPI.group,
          Localized(ja: "下書きの\(label.ja)を書き直す。書かない欄は空になる", en: "Write a \(label.en) anew; what is not sent is empty"),
          parameters: [DraftAPI.draft, Self.part],
          body: .json(DraftBody.schema(collection.part(0), isNew: false)),
          answers: [one],
          problems: [409]
        )
      ) { call, scope in try await keep(collection.part(number(call)), call, scope) },
      .api(
        .delete,
        path + "/:part",
        AnswerChecks.self,
        Endpoint(
          "removeChecklistDraft\(noun)",
          AssessmentAPI.group,
          Localized(ja: "下書きから\(label.ja)を外す", en: "Take a \(label.en) out of a draft"),
          parameters: [
            DraftAPI.draft, Self.part,
            .query(
              "mark",
              .text(upTo: 40),
              Localized(ja: "読んだときの mark", en: "The mark that was read"),
              isRequired: true
            ),
          ],
          answers: [.nothing(Localized(ja: "外した", en: "It is out"))],
          problems: [409]
        )
      ) { call, scope in try await remove(collection.part(number(call)), call, scope) },
    ]
    if collection.isOrdered { routes.append(moving(collection, path + "/:part/move", one)) }
    return routes
  }

  private func moving(_ collection: Collection, _ path: String, _ answer: EndpointAnswer) -> Route {
    .api(
      .post,
      path,
      AnswerChecks.self,
      Endpoint(
        "moveChecklistDraft\(collection.noun)",
        AssessmentAPI.group,
        Localized(
          ja: "下書きの\(collection.label.ja)を1つ動かす",
          en: "Move a \(collection.label.en) up or down by one"
        ),
        parameters: [DraftAPI.draft, Self.part],
        body: .json(.object([.always("way", .choice(["up", "down"]))])),
        answers: [answer],
        problems: [409]
      )
    ) { call, scope in
      let part = collection.part(number(call))
      let isUp = call.json["way"]?.text == "up"
      return try await told(call) {
        try await change(part, call, scope) { draft in
          draft.move(part, up: isUp)
          return part
        }
      }
    }
  }

  private func number(_ call: APICall) -> Int { Int(call["part"]) ?? 0 }

  private func found(_ call: APICall, _ facility: FacilityID) async throws -> KeptDraft {
    try await assessment.keptDraft(call["draft"], facility)
  }

  private static let missing = WebError.notFound(Localized(ja: "この部分", en: "This part"))

  private func keep(_ part: Part, _ call: APICall, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    let typing = DraftTyping(form: DraftBody.form(part, call.json), today: assessment.today, isOfOneParent: true)
    let mark = call.json["mark"]?.text
    return try await told(call) {
      try await change(part, call, scope, mark: part.isOld ? mark ?? "" : nil) { draft in
        try typing.apply(part, to: &draft)
      }
    }
  }

  /// Changes a draft where the part is there and, with `mark`, is as it was read. Answers the part as it is called then.
  private func change(
    _ part: Part,
    _ call: APICall,
    _ scope: Scope<AnswerChecks>,
    mark: String? = nil,
    _ body: @escaping @Sendable (inout ChecklistDraft) throws -> Part
  ) async throws -> (KeptDraft, Part) {
    let kept = try await found(call, scope.facility)
    guard part.isThere(in: kept.draft) else { throw Self.missing }
    let now = try await assessment.drafts.change(kept.id, in: scope) { draft, kept in
      guard part.isThere(in: draft) else { throw DraftConflict.removed }
      if let mark, ChecklistDraftStore.mark(part, draft) != mark { throw DraftConflict.changed(by: kept.changedBy) }
      _ = try body(&draft)
    }
    return (now, part.isOld ? part : now.draft.newest(like: part))
  }

  private func told(_ call: APICall, _ body: () async throws -> (KeptDraft, Part)) async throws -> WebResponse {
    let (now, part) = try await plainly(body)
    return call.answer { writer in
      writer.member("id", part.number)
      writer.member("mark", ChecklistDraftStore.mark(part, now.draft))
      writer.member("version", now.version)
      writer.array("problems") { writer in
        for problem in now.draft.problems(of: part) { DraftBody.write(problem, call.language, &writer) }
      }
    }
  }

  private func plainly<T>(_ body: () async throws -> T) async throws -> T {
    do {
      return try await body()
    } catch let conflict as DraftConflict {
      throw WebError.conflict(
        conflict.text,
        remedy: Localized(
          ja: "下書きを読み直して、新しい mark で送り直してください。",
          en: "Read the draft again and send it with the new mark."
        )
      )
    }
  }

  private func remove(_ part: Part, _ call: APICall, _ scope: Scope<AnswerChecks>) async throws -> WebResponse {
    _ = try await plainly {
      try await change(part, call, scope, mark: call.query("mark") ?? "") { draft in
        draft.remove(part)
        return part
      }
    }
    return .noContent
  }
}
