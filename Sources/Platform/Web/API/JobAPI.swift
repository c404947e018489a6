import Jobs
import Nouns
import Text
import Time

/// `/api/v1/jobs`: work that goes on in the background. One's own; those who read the journal see everybody's.
struct JobAPI: Sendable {
  let runner: JobRunner

  private static let group = EndpointGroup("jobs", Localized(ja: "処理（ジョブ）", en: "Work in the background"))
  private static let id = EndpointParameter.path("id", .id, Localized(ja: "処理の番号", en: "The job's id"))

  private static let job = Schema.object([
    .always("id", .id), .always("kind", .text), .always("title", .text),
    .always("state", .choice(Job.State.allCases.map(\.rawValue))), .always("done", .count),
    .always("total", .optional(.count)), .always("note", .optional(.text)), .always("message", .optional(.text)),
    .always("changeSet", .optional(.text)), .always("orderedBy", .text), .always("createdAt", .instant),
    .always("startedAt", .optional(.instant)), .always("finishedAt", .optional(.instant)),
    .always("cancelRequested", .boolean),
  ])

  var routes: [Route] {
    let one: [EndpointAnswer] = [.json(Self.job, Localized(ja: "処理", en: "The job"))]
    return [
      .api(
        .get,
        "/jobs",
        SignedIn.self,
        Endpoint(
          "listJobs",
          Self.group,
          Localized(ja: "処理の一覧", en: "Jobs, newest first"),
          parameters: [.limit, .cursor],
          answers: [.json(.page(of: Self.job), Localized(ja: "処理", en: "The jobs"))]
        ),
        list
      ),
      .api(
        .get,
        "/jobs/:id",
        SignedIn.self,
        Endpoint(
          "getJob",
          Self.group,
          Localized(ja: "1つの処理", en: "One job"),
          parameters: [Self.id],
          answers: one
        )
      ) { call, scope in answer(try await find(call, scope), call) },
      .api(
        .post,
        "/jobs/:id/cancel",
        SignedIn.self,
        Endpoint(
          "cancelJob",
          Self.group,
          Localized(ja: "処理の中断", en: "Ask a job to stop"),
          parameters: [Self.id],
          answers: one
        )
      ) { call, scope in
        let job = try await find(call, scope)
        try await runner.cancel(job.id, facility: job.facility)
        return answer(try await find(call, scope), call)
      },
    ]
  }

  @Sendable private func list(_ call: APICall, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    var before: Job?
    if let cursor = try call.cursor() {
      guard cursor.parts.count == 2, cursor.parts[0] == "b" else { throw WebError.brokenCursor }
      before = try await runner.store.find(cursor.parts[1], facility: scope.facility.rawValue)
      // It was thrown away after its days, and everything before it, too.
      if before == nil { return call.page([Job](), next: nil) { _, _ in } }
    }
    let jobs = try await runner.store.latest(
      facility: scope.facility.rawValue,
      actorID: call.request.may(.readJournal) ? nil : scope.actor.id,
      before: before,
      limit: call.limit + 1
    )
    let shown = Array(jobs.prefix(call.limit))
    let next = jobs.count > call.limit ? shown.last.map { Cursor(["b", $0.id]) } : nil
    return call.page(shown, next: next) { job, writer in
      writer.object { Self.write(job, call.language, to: &$0) }
    }
  }

  private func find(_ call: APICall, _ scope: Scope<SignedIn>) async throws -> Job {
    guard let job = try await runner.store.find(call["id"], facility: scope.facility.rawValue),
      job.actorID == scope.actor.id || call.request.may(.readJournal)
    else { throw WebError.notFound(Localized(ja: "この処理", en: "This job")) }
    return job
  }

  private func answer(_ job: Job, _ call: APICall) -> WebResponse {
    call.answer { Self.write(job, call.language, to: &$0) }
  }

  private static func write(_ job: Job, _ language: Language, to writer: inout JSONWriter) {
    writer.member("id", job.id)
    writer.member("kind", job.kind)
    writer.member("title", job.title[language])
    writer.member("state", job.state.rawValue)
    writer.member("done", job.done)
    writer.member("total", job.total)
    writer.member("note", job.note?[language])
    writer.member("message", job.outcome?.message[language])
    writer.member("changeSet", job.outcome?.set)
    writer.member("orderedBy", job.actorName)
    writer.member("createdAt", job.createdAt)
    writer.member("startedAt", job.startedAt)
    writer.member("finishedAt", job.finishedAt)
    writer.member("cancelRequested", job.isCancelRequested)
  }
}
