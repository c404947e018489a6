import Nouns
import Records
import Text
import Time
import Web

/// Trainings for programs: one's own, and how far people are.
struct TrainingAPI: Sendable {
  let trainings: TrainingStore
  let needs: OrganizationNeeds

  private var desk: TrainingDesk { TrainingDesk(trainings: trainings, needs: needs) }
  private var own: OwnTraining { OwnTraining(trainings: trainings, needs: needs) }

  private static let group = EndpointGroup("trainings", Localized(ja: "研修", en: "Trainings"))
  private static let id = EndpointParameter.path("id", .id, Localized(ja: "研修の番号", en: "The training's id"))
  private static let ways = (Kind.trainingAttendance[field: "way"]?.choices ?? []).map(\.key)

  var routes: [Route] { owning + answering }

  // MARK: One's own

  private static let ownShape = JSONShape<TrainingStanding.Line>([
    .text("id") { $0.id }, .text("title") { $0.training.title }, .day("dueOn") { $0.training.due },
    .flag("isClass") { $0.training.isClass }, .flag("isTaken") { !$0.done.isEmpty },
    .day("takenOn") { $0.done.values.first?.doneOn }, .count("correct") { $0.done.values.first?.result?.correct },
    .count("asked") { $0.done.values.first?.result?.asked },
  ])

  /// A training as whoever takes it reads it; what is right is told afterwards.
  private struct Reading: Sendable {
    let line: TrainingStanding.Line
    let questions: [Asked]
  }

  private struct Asked: Sendable {
    let question: TrainingQuestion
    /// Nil before it was taken.
    let taken: Attendance?
  }

  private static let asked = JSONShape<Asked>([
    .text("id") { $0.question.id }, .text("text") { $0.question.text },
    .texts("choices") { asked, _ in asked.question.choices },
    .count("right") { $0.taken == nil ? nil : $0.question.right },
    .count("chosen") { asked in asked.taken.flatMap { asked.question.chosen(in: $0.answers) } },
    .maybe("explanation") { $0.taken == nil ? nil : $0.question.explanation },
  ])

  private static let reading = JSONShape<Reading>([
    .text("id") { $0.line.id }, .text("title") { $0.line.training.title }, .day("dueOn") { $0.line.training.due },
    .flag("isClass") { $0.line.training.isClass }, .flag("isTaken") { !$0.line.done.isEmpty },
    .maybe("purpose") { $0.line.training.record.known("purpose") },
    .maybe("contents") { $0.line.training.record.known("contents") },
    .maybe("document") { $0.line.training.record.known("document") }, .list("questions", asked) { $0.questions },
  ])

  private var owning: [Route] {
    [
      .api(
        .get,
        "/own-trainings",
        SignedIn.self,
        Endpoint(
          "listOwnTrainings",
          Self.group,
          Localized(ja: "自分が受ける研修と受けた研修（期限の近い順）", en: "What one has to take or has taken, by its last day"),
          parameters: [.limit, .cursor],
          answers: [.page(Self.ownShape, Localized(ja: "研修", en: "The trainings"))]
        )
      ) { call, scope in try call.page(of: try await own.mine(scope).lines, as: Self.ownShape) },
      .api(
        .get,
        "/own-trainings/:id",
        SignedIn.self,
        Endpoint(
          "getOwnTraining",
          Self.group,
          Localized(
            ja: "研修の内容と確認の問題（正解は受講した後に出ます）",
            en: "The material and its questions; what is right is told afterwards"
          ),
          parameters: [Self.id],
          answers: [.one(Self.reading, Localized(ja: "研修", en: "The training"))]
        )
      ) { call, scope in
        let line = try await own.line(call["id"], scope).line
        return call.answer(try await read(line, scope), as: Self.reading)
      },
      .api(
        .post,
        "/own-trainings/:id/complete",
        SignedIn.self,
        Endpoint(
          "completeOwnTraining",
          Self.group,
          Localized(ja: "自分が受講したと記録する", en: "One has taken it"),
          parameters: [Self.id],
          body: .json(
            .object([
              .maybe(
                "answers",
                .list(.object([.always("question", .id), .always("choice", .integer(0...100))]), upTo: 20)
              )
            ])
          ),
          answers: [.one(Self.reading, Localized(ja: "研修", en: "The training"))],
          problems: [409]
        ),
        complete
      ),
    ]
  }

  private func read(_ line: TrainingStanding.Line, _ scope: Scope<SignedIn>) async throws -> Reading {
    let taken = line.done.values.first
    let questions = try await trainings.questions(of: line.id, in: scope.facility)
    return Reading(line: line, questions: questions.map { Asked(question: $0, taken: taken) })
  }

  @Sendable private func complete(_ call: APICall, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let (line, person) = try await own.line(call["id"], scope)
    guard !line.training.isClass else {
      throw WebError.conflict(
        OwnTraining.inClass,
        remedy: Localized(ja: "部門責任者に出席の記録を頼んでください。", en: "Ask your head of department to record it.")
      )
    }
    var chosen: [String: String] = [:]
    for answer in call.json["answers"]?.array ?? [] {
      if let question = answer["question"]?.text { chosen[question] = answer["choice"]?.integer.map(String.init) }
    }
    let outcome = try await own.complete(line, by: person, { chosen[$0.id] }, in: scope)
    if case .unanswered(let open) = outcome {
      throw WebError.invalid(
        open.map {
          (
            pointer: "/answers",
            reason: Localized(ja: "「\($0.text)」の答えがありません。", en: "“\($0.text)” is not answered.")
          )
        },
        call.language
      )
    }
    return call.answer(try await read(try await own.line(line.id, scope).line, scope), as: Self.reading)
  }

  // MARK: Those who answer for people

  private var answering: [Route] {
    [
      .api(
        .get,
        "/trainings",
        ReadLedger.self,
        Endpoint(
          "listTrainings",
          Self.group,
          Localized(ja: "年度の研修と、対象・受講した人数", en: "The trainings of a year, with how many are asked and have taken them"),
          parameters: [
            .query(
              "year",
              .integer(1900...9000),
              Localized(ja: "年度（始まる年）", en: "The year it begins in, this one unless told")
            ),
            .limit, .cursor,
          ],
          answers: [.page(TrainingStanding.Line.shape, Localized(ja: "研修", en: "The trainings"))]
        )
      ) { call, scope in
        let year = try await desk.year(scope.facility, asked: call.integer("year"))
        return try call.page(of: try await desk.standing(of: year, in: scope).lines, as: TrainingStanding.Line.shape)
      },
      .api(
        .get,
        "/trainings/:id/people",
        ReadLedger.self,
        Endpoint(
          "listTrainingPeople",
          Self.group,
          Localized(ja: "研修の対象の人と受講の記録", en: "Who is asked, and what is on record of each"),
          parameters: [
            Self.id,
            .query("department", .text(upTo: 64), Localized(ja: "部署の番号。「-」は部署のない人", en: "A department; - for none")),
            .query("show", .choice(["all", "open"]), Localized(ja: "open はまだの人だけ", en: "open for those left")), .limit,
            .cursor,
          ],
          answers: [.page(TrainingRow.shape, Localized(ja: "職員", en: "The people"))]
        ),
        people
      ),
      .api(
        .post,
        "/trainings/:id/record",
        EditLedger.self,
        Endpoint(
          "recordTraining",
          Self.group,
          Localized(ja: "出席名簿から受講を記録する", en: "Record who has taken it, from a list"),
          parameters: [Self.id],
          body: .json(
            .object([
              .always("people", .list(.id, upTo: 2_000)), .always("takenOn", .day), .always("way", .choice(Self.ways)),
            ])
          ),
          answers: [
            .json(
              .object([.always("count", .count), .always("changeSet", .optional(.text))]),
              Localized(ja: "新しく記録した人数", en: "How many are new")
            )
          ]
        ),
        record
      ),
      .api(
        .post,
        "/trainings/:id/remind",
        EditLedger.self,
        Endpoint(
          "remindOfTraining",
          Self.group,
          Localized(ja: "まだの人の「お知らせ」に入れる", en: "Put a message into the inboxes of those left"),
          parameters: [Self.id],
          answers: [
            .json(
              .object([.always("told", .count), .always("withoutAccount", .count)]),
              Localized(ja: "知らせた人数", en: "How many are told")
            )
          ]
        )
      ) { call, scope in
        let (told, without) = try await RecordError.told(call) { try await desk.remind(call["id"], in: scope) }
        return call.answer { writer in
          writer.member("told", told)
          writer.member("withoutAccount", without)
        }
      },
    ]
  }

  @Sendable private func people(_ call: APICall, _ scope: Scope<ReadLedger>) async throws -> WebResponse {
    let rows = try await RecordError.told(call) {
      try await desk.rows(
        of: call["id"],
        department: call.query("department"),
        open: call.query("show") == "open",
        in: scope
      )
    }
    return try call.page(of: rows, as: TrainingRow.shape)
  }

  @Sendable private func record(_ call: APICall, _ scope: Scope<EditLedger>) async throws -> WebResponse {
    let people = call.json["people"]?.array?.compactMap(\.text) ?? []
    let entry = try await RecordError.told(call) {
      try await desk.enter(
        people,
        for: call["id"],
        on: call.json["takenOn"]?.text ?? "",
        way: call.json["way"]?.text ?? "",
        in: scope
      )
    }
    return call.answer { writer in
      writer.member("count", entry.count)
      writer.member("changeSet", entry.set)
    }
  }
}
