import Design
import Logging
import SQL
import Synchronization
import Testing
import Text
import Web
import WebSupport

/// What happens when something goes wrong, and that nothing typed is lost.
@Suite struct FaultTests {
  static let form: KeyValuePairs = ["name": "CT <2号>", "note": "一行目\n二行目", "password": "hidden-one"]

  private func failing(_ error: any Error) -> SampleApp {
    SampleApp(routes: [
      .open(.post, "/fail") { _ in throw error }, .open(.get, "/fail") { _ in throw error },
    ])
  }

  @Test(arguments: [
    (StorageError.full, 507, "ディスクがいっぱい"), (.readOnly, 503, "読み取り専用"), (.busy, 503, "重なった"),
    (.unavailable("host=10.0.0.5 password=x"), 503, "接続できません"),
    (.uncertain("host=10.0.0.5"), 503, "保存できたかどうかが分かりません"),
  ])
  func aStoreThatFailsIsExplainedAndTheTextKept(_ error: StorageError, _ status: Int, _ words: String) async {
    let browser = await failing(error).browser()
    let page = await browser.post("/fail", Self.form)
    #expect(page.status == status)
    #expect(page.text.contains(words))
    #expect(page.text.contains("CT &lt;2号&gt;"))
    #expect(page.text.contains("一行目\n二行目"))
    #expect(!page.text.contains("hidden-one"))
    #expect(!page.text.contains("10.0.0.5"))
    #expect(!page.text.contains("もう一度送る"), "a form with a password is not sent again by one press")
    let plain = await browser.post("/fail", ["name": "CT", "note": ""])
    #expect(plain.text.contains("もう一度送る"))
    #expect(plain.text.contains("name=\"csrf\" value=\"\(browser.token)\""))
    let program = await browser.postJSON("/fail", "{}")
    #expect(program.status == status)
    #expect(program.headers["content-type"] == "application/problem+json")
  }

  /// What was saved is not undone by a store that fails while the answer is made.
  @Test(arguments: [StorageError.full, .readOnly, .busy, .unavailable("gone")])
  func whatFailsAfterACommitIsNotToldAsNothingChanged(_ error: StorageError) async {
    let late = Route.open(.post, "/late") { _ in
      CommitWatch.note()
      throw error
    }
    let page = await SampleApp(routes: [late]).browser().post("/late", ["name": "CT"])
    #expect(page.status == 503 && page.text.contains("保存できたかどうかが分かりません"))
    #expect(!page.text.contains("まだ何も変わっていません"))
  }

  @Test func ourOwnFaultsShowNothingOfTheInside() async {
    struct Inside: Error { let secret = "SELECT * FROM account" }
    let browser = await failing(Inside()).browser()
    for response in [await browser.post("/fail", Self.form), await browser.get("/fail")] {
      #expect(response.status == 500)
      #expect(!response.text.contains("SELECT"))
      #expect(!response.text.contains("Inside"))
      #expect(response.text.contains(response.headers["x-request-id"] ?? "none"))
    }
  }

  @Test func aForgedFormKeepsItsTextButCannotBeSentAgain() async {
    let browser = await SampleApp().browser()
    let page = await browser.post("/echo", ["name": "CT", "csrf": "wrong"])
    #expect(page.status == 403)
    #expect(page.text.contains("name: CT"))
    #expect(!page.text.contains("もう一度送る"))
  }

  @Test func sessionsThatCannotBeReadGiveAPageToo() async {
    let sample = SampleApp(sessions: SessionSource(find: { _, _ in throw StorageError.busy }))
    let browser = TestBrowser(sample.app)
    browser.set(cookie: "yagura", "admin")
    #expect(await browser.get("/open").status == 503)
  }

  @Test func whatTakesTooLongIsStopped() async {
    let stopped = Mutex(false)
    let slow = Route.open(.get, "/slow") { _ in
      do {
        try await Task.sleep(for: .seconds(60))
      } catch {
        stopped.withLock { $0 = true }
        throw error
      }
      return .text("done")
    }.within(.milliseconds(50))
    let browser = await SampleApp(routes: [slow]).browser()
    let page = await browser.get("/slow")
    #expect(page.status == 503)
    #expect(page.text.contains("時間内に処理が終わらなかった"))
    #expect(stopped.withLock { $0 })
  }

  @Test func whatFinishesAfterItsTimeIsBelieved() async {
    let late = Route.open(.get, "/late") { _ in
      // Stands for a statement that cannot be interrupted any more.
      while !Task.isCancelled { await Task.yield() }
      return .text("done")
    }.within(.milliseconds(50))
    #expect(await SampleApp(routes: [late]).browser().get("/late").text == "done")
  }

  @Test func bodiesHaveALimitOfTheirRoute() async {
    let browser = await SampleApp().browser()
    let big = [UInt8](repeating: 65, count: (1 << 20) + 1)
    let refused = await browser.upload("/echo", file: ("f", "a", big))
    #expect(refused.status == 413)
    #expect(refused.text.contains("1 MB"))
    #expect(refused.headers["connection"] == "close")
    #expect(await browser.upload("/file", file: ("f", "a", big)).text == String(big.count))
    let streamed = RawBody(declaredLength: nil) { limit in limit < 3000 ? nil : [] }
    let answer = await browser.app.respond(
      to: RawRequest(method: "POST", target: "/echo", headers: ["Host": "x"], body: streamed)
    )
    #expect(answer.status == 403, "a stream of unknown length is read up to the limit, then the token is missing")
  }

  @Test func handlersSayWhatIsWrongInTheirOwnWords() async {
    let wait = WebError.tooManyRequests(seconds: 90, cause: Localized(ja: "続けすぎです。", en: "Too many."))
    let browser = await failing(wait).browser()
    let page = await browser.get("/fail")
    #expect(page.status == 429)
    #expect(page.headers["retry-after"] == "90")
    #expect(page.text.contains("2分待って"))
    let missing = await failing(WebError.notFound(Localized(ja: "この機器", en: "This device"))).browser()
    #expect(await missing.get("/fail").text.contains("この機器が見つかりません"))
    #expect(await missing.get("/fail", ["Accept-Language": "en"]).text.contains("This device was not found"))
  }

  @Test func theLogTellsTheRouteAndNothingPrivate() async {
    let lines = LogLines()
    let sample = SampleApp(logger: Logger(label: "test") { _ in LogKeeper(lines: lines) })
    let browser = await sample.browser("admin")
    await browser.get("/ledger/people/yamada-taro?q=secret-words")
    await browser.post("/echo", ["note": "secret-words"])
    let all = lines.all.joined(separator: "\n")
    #expect(all.contains("/ledger/:kind/:id"))
    #expect(all.contains("user=admin"))
    #expect(all.contains("status=200"))
    #expect(!all.contains("secret-words"))
    #expect(!all.contains("yamada-taro"))
    #expect(!all.contains("token-of-admin"))
  }
}

private final class LogLines: Sendable {
  private let lines = Mutex<[String]>([])
  var all: [String] { lines.withLock { $0 } }
  func add(_ line: String) { lines.withLock { $0.append(line) } }
}

private struct LogKeeper: LogHandler {
  let lines: LogLines
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.trace

  init(lines: LogLines) { self.lines = lines }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let fields = (event.metadata ?? [:]).map { "\($0.key)=\($0.value)" }.sorted().joined(separator: " ")
    lines.add("\(event.message) \(fields)")
  }
}
