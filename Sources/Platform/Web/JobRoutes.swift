import Design
import HTML
import Jobs
import Nouns
import Text
import Time

/// `/jobs`: work that goes on while people do something else, and what came of it. The result stays after sign-out.
package struct JobRoutes: Sendable {
  private let runner: JobRunner

  package init(runner: JobRunner) { self.runner = runner }

  package static func path(_ id: String) -> String { "/jobs/\(id)" }

  package var routes: [Route] {
    [
      .get("/jobs", SignedIn.self, list), .get("/jobs/:id", SignedIn.self, show),
      .post("/jobs/:id/cancel", SignedIn.self, cancel),
    ] + JobAPI(runner: runner).routes
  }

  @Sendable private func list(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let jobs = try await runner.store.latest(facility: scope.facility.rawValue).filter { maySee($0, request, scope) }
    return JobListPage(jobs: jobs, request: request).response
  }

  @Sendable private func show(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    JobPage(job: try await job(request, scope), request: request).response
  }

  @Sendable private func cancel(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> WebResponse {
    let job = try await job(request, scope)
    try await runner.cancel(job.id, facility: job.facility)
    return .redirect(to: Self.path(job.id))
  }

  private func job(_ request: WebRequest, _ scope: Scope<SignedIn>) async throws -> Job {
    guard let job = try await runner.store.find(request["id"], facility: scope.facility.rawValue),
      maySee(job, request, scope)
    else { throw WebError.notFound() }
    return job
  }

  /// One's own jobs; those who read the journal see everybody's.
  private func maySee(_ job: Job, _ request: WebRequest, _ scope: Scope<SignedIn>) -> Bool {
    job.actorID == scope.actor.id || request.may(.readJournal)
  }
}

private struct JobPage {
  let job: Job
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    let progress = JobProgress(
      id: "job",
      state: state,
      done: job.done,
      total: job.total,
      startedBy: job.actorName,
      startedAt: request.dates.time(job.createdAt),
      note: job.outcome?.message[language] ?? job.note?[language],
      actions: actions
    )
    return .page(
      Page(
        job.title[language],
        crumbs: [Crumb(say("処理の一覧", "Jobs"), "/jobs")],
        refreshSeconds: progress.refreshSeconds,
        main: progress.html(language)
      ),
      status: 200
    )
  }

  private var state: JobProgress.State {
    switch job.state {
    case .waiting: .waiting
    case .running: .running
    case .done: .done
    case .partly: .partlyDone
    case .failed: .failed
    case .cancelled: .cancelled
    }
  }

  private var actions: HTML {
    if !job.state.isOver {
      return job.isCancelRequested
        ? "<span>\(say("中断しています。", "Stopping."))</span>"
        : Button.post(
          say("中断", "Stop"),
          JobRoutes.path(job.id) + "/cancel",
          csrf: request.csrf,
          look: .secondary,
          size: .small
        )
    }
    let label = job.outcome?.linkLabel?[language] ?? say("結果を見る", "See the result")
    return job.outcome?.link.map { Button.link(label, $0, size: .small) } ?? .empty
  }
}

private struct JobListPage {
  let jobs: [Job]
  let request: WebRequest

  private var language: Language { request.language }
  private func say(_ ja: String, _ en: String) -> String { Localized(ja: ja, en: en)[language] }

  var response: WebResponse {
    var table = DataTable<Job>(
      id: "jobs",
      caption: say("処理の一覧", "Jobs"),
      address: Address("/jobs"),
      columns: [
        .init("title", say("処理", "Job")) { "<a href=\"\(JobRoutes.path($0.id))\">\($0.title[language])</a>" },
        .init("state", say("ステータス", "State")) { job in
          let (word, tint) = Self.chip(job.state)
          return Chip(word[language], tint).html
        }, .init("who", say("だれが", "Who")) { HTML(text: $0.actorName) },
        .init("at", say("受付", "Accepted")) { job in
          DateText.html(request.dates.time(job.createdAt), machine: job.createdAt.iso)
        }, .init("message", say("結果", "Result")) { HTML(text: $0.outcome?.message[language] ?? "") },
      ],
      rows: jobs,
      rowID: \.id,
      rowName: { $0.title[language] }
    )
    table.empty = EmptyState(
      say("処理はまだありません。", "There are no jobs yet."),
      say("大きな取り込みなどを始めると、ここに並びます。", "Large imports and the like appear here.")
    )
    return .page(Page(say("処理の一覧", "Jobs"), main: table.html(language)))
  }

  private static func chip(_ state: Job.State) -> (Localized, Chip.Tint) {
    switch state {
    case .waiting: (Localized(ja: "順番待ち", en: "Waiting"), .grey)
    case .running: (Localized(ja: "処理中", en: "Running"), .blue)
    case .done: (Localized(ja: "成功", en: "Succeeded"), .green)
    case .partly: (Localized(ja: "一部失敗", en: "Partly failed"), .orange)
    case .failed: (Localized(ja: "失敗", en: "Failed"), .red)
    case .cancelled: (Localized(ja: "中断", en: "Stopped"), .grey)
    }
  }
}
