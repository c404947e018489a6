import Jobs
import Logging
import SQL
import ServiceLifecycle
import Support
import Synchronization
import Testing
import Text
import Time

private let said = Localized(ja: "終わりました。", en: "Done.")

/// A queue, a clock that stands still, and kinds of work that tests make up.
private struct JobWorld {
  let database: any Database
  let clock = FixedClock()

  init(_ engine: Engine) async throws { database = try await TestDatabase.make(engine, JobMigrations.all + [ran]) }

  func runner(
    _ kinds: [JobKind],
    on other: (any Database)? = nil,
    width: Int = 2,
    graceSeconds: Int = 0,
    poll: Duration = .seconds(3600)
  ) -> JobRunner {
    var settings = JobRunner.Settings()
    settings.width = width
    settings.graceSeconds = graceSeconds
    // What starts in a test was nudged, not found by looking.
    settings.poll = poll
    settings.watch = .milliseconds(50)
    var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    logger.logLevel = .critical
    return JobRunner(
      database: other ?? database,
      kinds: kinds,
      clock: clock.clock,
      ids: .uuid7(.system),
      logger: logger,
      settings: settings
    )
  }

  func order(
    _ runner: JobRunner,
    _ kind: String,
    payload: String = "",
    facility: String = "aoba"
  ) async throws -> String {
    try await runner.store.order(
      kind,
      payload: payload,
      facility: facility,
      actorID: "ito",
      actorName: "伊藤",
      request: "request-1"
    )
  }

  func end(of id: String, _ runner: JobRunner) async throws -> Job {
    while true {
      let job = try #require(try await runner.store.find(id, facility: "aoba"))
      if job.state.isOver { return job }
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  func started(_ id: String, _ runner: JobRunner) async throws {
    while try await runner.store.find(id, facility: "aoba")?.state == .waiting {
      try await Task.sleep(for: .milliseconds(5))
    }
  }
}

/// Where jobs of these tests leave that they ran; no key, so that twice shows.
private let ran = Migration(
  "test-ran",
  ["CREATE TABLE ran (job \(.text) NOT NULL, runner \(.text) NOT NULL) \(.strict)"]
)

/// Runs the runner beside the body, then asks it to stop.
private func serving(_ runners: JobRunner..., body: () async throws -> Void) async throws {
  let running = runners.map { runner in Task { try await runner.run() } }
  do {
    try await body()
  } catch {
    for task in running { task.cancel() }
    throw error
  }
  for task in running { task.cancel() }
  for task in running { try await task.value }
}

/// Stays in its job until told to go on, or until it is cancelled.
private final class Gate: Sendable {
  private let isOpen = Mutex(false)

  func open() { isOpen.withLock { $0 = true } }

  func wait(_ context: JobContext) async throws {
    while !isOpen.withLock({ $0 }) {
      try await context.progress(1, of: 2)
      do { try await Task.sleep(for: .milliseconds(5)) } catch { throw JobCancelled() }
    }
  }
}

@Suite struct JobTests {
  @Test(arguments: Engine.available)
  func aJobStartsAtOnceAndItsResultStays(engine: Engine) async throws {
    let world = try await JobWorld(engine)
    let kind = JobKind(name: "test.count", title: Localized(ja: "数える", en: "Count")) { context in
      let content = try await context.input("file") ?? []
      for line in 1...3 { try await context.log(Localized(both: "line \(line)")) }
      for number in 0...content.count { try await context.progress(number, of: content.count) }
      return JobOutcome(message: said, link: "/here", set: "set-1", details: "{\"bytes\":\(content.count)}")
    }
    let runner = world.runner([kind])
    try await serving(runner) {
      let id = try await runner.store.order(
        "test.count",
        title: Localized(ja: "台帳.xlsx を数える", en: "Count 台帳.xlsx"),
        payload: "p",
        inputs: ["file": Array(repeating: 7, count: 1000)],
        facility: "aoba",
        actorID: "ito",
        actorName: "伊藤"
      )
      let job = try await world.end(of: id, runner)
      #expect(job.state == .done)
      #expect(job.title.ja == "台帳.xlsx を数える")
      #expect(job.outcome == JobOutcome(message: said, link: "/here", set: "set-1", details: "{\"bytes\":1000}"))
      #expect(job.done == 1000 && job.total == 1000)
      #expect(job.attempt == 1 && job.finishedAt != nil)
      #expect(try await runner.store.lines(of: id, facility: "aoba").map(\.text.en) == ["line 1", "line 2", "line 3"])
      #expect(try await runner.store.find(id, facility: "sumire") == nil)
      let left = try await world.database.read(.everyFacility) { tx in try tx.count("SELECT count(*) FROM job_input") }
      #expect(left == 0)
    }
  }

  @Test(arguments: Engine.available)
  func failuresSayWhatToDoAndHideWhatIsInside(engine: Engine) async throws {
    struct Expected: JobFailure { let message = Localized(ja: "列が足りません。", en: "A column is missing.") }
    struct Inner: Error {}
    let world = try await JobWorld(engine)
    let runner = world.runner([
      JobKind(name: "a", title: said) { _ in throw Expected() },
      JobKind(name: "b", title: said) { _ in throw Inner() },
      JobKind(name: "c", title: said) { _ in JobOutcome(isPartial: true, message: said) },
      JobKind(name: "d", title: said) { _ in throw StorageError.full },
    ])
    var ids: [String] = []
    for kind in ["a", "b", "c", "d"] { ids.append(try await world.order(runner, kind)) }
    try await runner.drain()
    var jobs: [Job] = []
    for id in ids { jobs.append(try await world.end(of: id, runner)) }
    #expect(jobs.map(\.state) == [.failed, .failed, .partly, .failed])
    #expect(jobs[0].outcome?.message == Expected().message)
    #expect(jobs[1].outcome?.message.ja.contains("予期しない") == true)
    #expect(jobs[3].outcome?.message.ja.contains("ディスク") == true)
    #expect(try await runner.store.latest(facility: "aoba").map(\.id).sorted() == ids.sorted())
  }

  @Test(arguments: Engine.available)
  func twoProcessesRunFiftyJobsOnceEach(engine: Engine) async throws {
    let folder = try temporaryFolder()
    let world = try await JobWorld(engine)
    // Two handles on one file stand for two processes; PostgreSQL has as many connections as it likes.
    var (first, second) = (world.database, world.database)
    if engine == .sqlite {
      first = try await TestDatabase.file(in: folder, JobMigrations.all + [ran])
      second = try await TestDatabase.file(in: folder, JobMigrations.all + [ran])
    }
    func kinds(_ name: String, _ database: any Database) -> [JobKind] {
      [
        JobKind(name: "test.once", title: said) { context in
          try await database.write(.everyFacility) { tx in
            _ = try tx.run("INSERT INTO ran (job, runner) VALUES (\(context.job.id), \(name))")
          }
          return JobOutcome(message: said)
        }
      ]
    }
    let one = world.runner(kinds("one", first), on: first, width: 4, poll: .milliseconds(20))
    let two = world.runner(kinds("two", second), on: second, width: 4, poll: .milliseconds(20))
    try await serving(one, two) {
      for number in 0..<50 {
        _ = try await world.order(number.isMultiple(of: 2) ? one : two, "test.once", facility: "facility-\(number % 5)")
      }
      while true {
        let left = try await first.read(.everyFacility) { tx in
          try tx.count("SELECT count(*) FROM job WHERE state IN ('waiting', 'running')")
        }
        if left == 0 { break }
        try await Task.sleep(for: .milliseconds(10))
      }
    }
    let (times, jobs) = try await first.read(.everyFacility) { tx in
      (try tx.count("SELECT count(*) FROM ran"), try tx.count("SELECT count(DISTINCT job) FROM ran"))
    }
    #expect(times == 50)
    #expect(jobs == 50)
    await first.close()
    await second.close()
  }

  @Test(arguments: Engine.available)
  func aWaitingJobIsCancelledAtOnceAndARunningOneAtItsNextReport(engine: Engine) async throws {
    let world = try await JobWorld(engine)
    let gate = Gate()
    let kind = JobKind(name: "test.long", title: said) { context in
      try await gate.wait(context)
      return JobOutcome(message: said)
    }
    let runner = world.runner([kind], width: 1)
    let elsewhere = world.runner([kind])
    try await serving(runner) {
      let running = try await world.order(runner, "test.long")
      try await world.started(running, runner)
      let waiting = try await world.order(runner, "test.long")
      #expect(try await runner.cancel(waiting, facility: "aoba"))
      #expect(try await world.end(of: waiting, runner).state == .cancelled)
      // Another process is asked; the lease brings it to the one that runs the job.
      #expect(try await !elsewhere.cancel(running, facility: "sumire"))
      #expect(try await elsewhere.cancel(running, facility: "aoba"))
      #expect(try await world.end(of: running, runner).state == .cancelled)
      #expect(try await !runner.cancel(running, facility: "aoba"))
      // There is room again.
      gate.open()
      let next = try await world.order(runner, "test.long")
      #expect(try await world.end(of: next, runner).state == .done)
    }
  }

  @Test(arguments: Engine.available, [true, false])
  func theJobOfADeadProcessIsTakenOverOrCalledFailed(engine: Engine, isRepeatable: Bool) async throws {
    let world = try await JobWorld(engine)
    let kind = JobKind(name: "test.work", title: said, isRepeatable: isRepeatable) { _ in JobOutcome(message: said) }
    let runner = world.runner([kind])
    let id = try await world.order(runner, "test.work")
    // What a process leaves that was killed after it had claimed.
    try await world.database.write(.everyFacility) { tx in
      try tx.run(
        """
        UPDATE job SET state = 'running', holder = 'dead', attempt = 1,
          held_until = \(world.clock.now.adding(seconds: 30))
        """
      )
    }
    try await runner.drain()
    #expect(try await runner.store.find(id, facility: "aoba")?.state == .running)
    world.clock.advance(seconds: 31)
    try await runner.drain()
    let job = try #require(try await runner.store.find(id, facility: "aoba"))
    #expect(job.state == (isRepeatable ? .done : .failed))
    #expect(job.attempt == (isRepeatable ? 2 : 1))
    if !isRepeatable { #expect(job.outcome?.message.ja.contains("途中でシステムが止まった") == true) }
  }

  @Test(arguments: Engine.available)
  func aJobThatKillsItsProcessIsGivenUp(engine: Engine) async throws {
    let world = try await JobWorld(engine)
    let runner = world.runner([JobKind(name: "test.work", title: said) { _ in JobOutcome(message: said) }])
    let id = try await world.order(runner, "test.work")
    try await world.database.write(.everyFacility) { tx in
      try tx.run("UPDATE job SET state = 'running', holder = 'dead', held_until = 0, attempt = 3")
    }
    try await runner.drain()
    #expect(try await runner.store.find(id, facility: "aoba")?.state == .failed)
  }

  @Test(arguments: Engine.available)
  func whoLostTheLeaseChangesNothing(engine: Engine) async throws {
    let world = try await JobWorld(engine)
    let gate = Gate()
    let runner = world.runner([
      JobKind(name: "test.long", title: said) { context in
        try await gate.wait(context)
        return JobOutcome(message: said)
      }
    ])
    try await serving(runner) {
      let id = try await world.order(runner, "test.long")
      try await world.started(id, runner)
      try await world.database.write(.everyFacility) { tx in
        try tx.run(
          """
          UPDATE job SET holder = 'other', attempt = 2, done = 77, held_until = \(world.clock.now.adding(seconds: 30))
          """
        )
      }
      // The watch notices; opened, the job would end well.
      try await Task.sleep(for: .milliseconds(200))
      gate.open()
      try await Task.sleep(for: .milliseconds(50))
      let job = try #require(try await runner.store.find(id, facility: "aoba"))
      #expect(job.state == .running)
      #expect(job.attempt == 2 && job.done == 77)
    }
  }

  @Test(arguments: Engine.available, [true, false])
  func stoppingPutsRepeatableWorkBackInLine(engine: Engine, isRepeatable: Bool) async throws {
    let world = try await JobWorld(engine)
    let gate = Gate()
    let kind = JobKind(name: "test.long", title: said, isRepeatable: isRepeatable) { context in
      try await gate.wait(context)
      return JobOutcome(message: said)
    }
    let runner = world.runner([kind])
    let id = try await world.order(runner, "test.long")
    try await serving(runner) { try await world.started(id, runner) }
    let stopped = try #require(try await runner.store.find(id, facility: "aoba"))
    #expect(stopped.state == (isRepeatable ? .waiting : .failed))
    #expect(stopped.attempt == (isRepeatable ? 0 : 1))
    guard isRepeatable else { return }
    gate.open()
    let next = world.runner([kind])
    try await next.drain()
    #expect(try await next.store.find(id, facility: "aoba")?.state == .done)
  }

  @Test(arguments: Engine.available)
  func aGracefulStopLetsTheJobFinish(engine: Engine) async throws {
    let world = try await JobWorld(engine)
    let gate = Gate()
    let runner = world.runner(
      [
        JobKind(name: "test.long", title: said, isRepeatable: false) { context in
          try await gate.wait(context)
          return JobOutcome(message: said)
        }
      ],
      graceSeconds: 60
    )
    let id = try await world.order(runner, "test.long")
    let group = ServiceGroup(services: [runner], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let running = Task { try await group.run() }
    try await world.started(id, runner)
    await group.triggerGracefulShutdown()
    // The request to stop travels; what is ordered before it arrives may still be begun.
    while !runner.isStopping { try await Task.sleep(for: .milliseconds(5)) }
    let late = try await world.order(runner, "test.long")
    gate.open()
    try await running.value
    #expect(try await runner.store.find(id, facility: "aoba")?.state == .done)
    #expect(try await runner.store.find(late, facility: "aoba")?.state == .waiting)
  }

  @Test(arguments: Engine.available)
  func orderingIsAllOrNothingAtEveryStatement(engine: Engine) async throws {
    let world = try await JobWorld(engine)
    let kind = JobKind(name: "test.work", title: said) { _ in JobOutcome(message: said) }
    for number in 1... {
      let failing = FailingDatabase(wrapping: world.database, failAt: number)
      let store = JobStore(database: failing, clock: world.clock.clock, ids: .uuid7(.system), kinds: [kind])
      do {
        _ = try await store.order(
          "test.work",
          payload: "",
          inputs: ["a": [1], "b": [2]],
          facility: "aoba",
          actorID: "ito",
          actorName: "伊藤"
        )
        break
      } catch is StorageError {
        let (jobs, inputs) = try await world.database.read(.everyFacility) { tx in
          (try tx.count("SELECT count(*) FROM job"), try tx.count("SELECT count(*) FROM job_input"))
        }
        #expect(jobs == 0 && inputs == 0)
      }
      try #require(number < 50)
    }
    #expect(try await world.runner([kind]).store.latest(facility: "aoba").count == 1)
  }

  @Test(arguments: Engine.available)
  func aFailureAtAnyStatementOfARunIsMadeGoodLater(engine: Engine) async throws {
    let world = try await JobWorld(engine)
    let kind = JobKind(name: "test.work", title: said) { context in
      try await context.progress(1, of: 1)
      return JobOutcome(message: said)
    }
    for number in 1... {
      let healthy = world.runner([kind])
      let id = try await world.order(healthy, "test.work")
      let failing = FailingDatabase(wrapping: world.database, failAt: number)
      do {
        try await world.runner([kind], on: failing).drain()
      } catch is StorageError {
        // As if the process had gone.
      }
      world.clock.advance(seconds: 31)
      try await healthy.drain()
      let job = try #require(try await healthy.store.find(id, facility: "aoba"))
      #expect(job.state == .done || job.state == .failed, "statement \(number)")
      if !failing.hasFailed { break }
      try #require(number < 50)
    }
  }

  @Test(arguments: Engine.available)
  func oldResultsGoAndFreshOnesStay(engine: Engine) async throws {
    let world = try await JobWorld(engine)
    let kind = JobKind(name: "test.work", title: said, keepDays: 10) { context in
      try await context.log(said)
      return JobOutcome(message: said)
    }
    let runner = world.runner([kind])
    let old = try await world.order(runner, "test.work")
    try await runner.drain()
    world.clock.advance(days: 8)
    let fresh = try await world.order(runner, "test.work")
    try await runner.drain()
    world.clock.advance(days: 3)
    try await runner.drain()
    #expect(try await runner.store.find(old, facility: "aoba") == nil)
    #expect(try await runner.store.find(fresh, facility: "aoba")?.state == .done)
    let lines = try await world.database.read(.everyFacility) { tx in try tx.count("SELECT count(*) FROM job_line") }
    #expect(lines == 1)
  }

  @Test func whatIsTooLargeIsRefused() async throws {
    let world = try await JobWorld(.sqlite)
    let runner = world.runner([JobKind(name: "test.work", title: said) { _ in JobOutcome(message: said) }])
    await #expect(throws: JobInputTooLarge.self) {
      try await world.order(runner, "test.work", payload: String(repeating: "a", count: 1 << 20 | 1))
    }
    await #expect(throws: JobInputTooLarge.self) {
      try await runner.store.order(
        "test.work",
        payload: "",
        inputs: ["a": Array(repeating: 0, count: 64 << 20), "b": [0]],
        facility: "aoba",
        actorID: "ito",
        actorName: "伊藤"
      )
    }
  }
}
