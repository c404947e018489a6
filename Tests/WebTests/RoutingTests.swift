import Testing
import Text
import Web
import WebSupport

@Suite struct RoutingTests {
  let sample = SampleApp()

  @Test(arguments: [
    ("/ledger/assets/a1", "assets|a1|-"), ("/ledger/assets/new", "new"), ("/ledger/people/new", "people|new|-"),
    ("/ledger/assets/%E6%A9%9F%E5%99%A8?q=MRI+%26", "assets|機器|MRI &"), ("/ledger/a%2Fb/c", "a/b|c|-"),
    ("/rest/a/b/c", "a/b/c"), ("/rest/one", "one"),
  ])
  func aPathFindsItsRoute(_ path: String, _ answer: String) async {
    #expect(await sample.browser().get(path).text == answer)
  }

  @Test(arguments: [
    "/ledger/a%", "/ledger/a%2/b", "/ledger/%ff/b", "/ledger/%00/b", "/ledger/../b", "/ledger/%2e%2e/b", "/ledger//b",
    "//evil.example/x", "/ledger/./b", "/open?q=%zz", "/open?q=%ff", "open", "/ledger/あ/b", "/ledger/a\u{7f}/b", "",
  ])
  func aBrokenAddressIsRefused(_ path: String) async {
    let response = await sample.browser().get(path)
    #expect(response.status == 400, "\(path): \(response.status)")
    #expect(response.text.contains("アドレスの書き方"))
  }

  @Test func anAddressMayNotBeEndless() async {
    let browser = await sample.browser()
    #expect(await browser.get("/open?q=" + String(repeating: "a", count: 9000)).status == 414)
    #expect(await browser.get("/open?" + String(repeating: "a&", count: 2000)).status == 414)
  }

  @Test func whatIsNotThereIs404() async {
    let response = await sample.browser().get("/nowhere")
    #expect(response.status == 404)
    #expect(response.text.contains("ページが見つかりません"))
    #expect(response.text.contains(response.headers["x-request-id"] ?? "none"))
  }

  @Test func aSlashAtTheEndIsTakenAway() async {
    let response = await sample.browser().get("/open/?q=1")
    #expect(response.status == 308)
    #expect(response.headers["location"] == "/open?q=1")
    #expect(await sample.browser().get("/nowhere/").status == 404)
  }

  @Test func aWrongMethodNamesTheRightOnes() async {
    let browser = await sample.browser()
    let wrong = await browser.send("DELETE", "/open")
    #expect(wrong.status == 405)
    #expect(wrong.headers["allow"] == "GET, HEAD, OPTIONS")
    let options = await browser.send("OPTIONS", "/devices")
    #expect(options.status == 204)
    #expect(options.headers["allow"] == "GET, HEAD, POST, OPTIONS")
    #expect(await browser.send("OPTIONS", "*").status == 204)
    #expect(await browser.send("PROPFIND", "/open").status == 501)
    #expect(await browser.send("TRACE", "/open").status == 501)
  }

  @Test func headIsGetWithoutTheBody() async {
    let browser = await sample.browser()
    let get = await browser.get("/open")
    let head = await browser.send("HEAD", "/open")
    #expect(head.status == 200)
    #expect(head.bytes.isEmpty)
    #expect(head.headers["content-length"] == String(get.bytes.count))
    #expect(head.headers["etag"] == get.headers["etag"])
  }

  @Test func theListOfRoutesHoldsTheShellsOwn() {
    let patterns = sample.app.routes.map { "\($0.method.rawValue) \($0.pattern)" }
    #expect(patterns.contains("POST /language"))
    #expect(patterns.contains("GET /health"))
    #expect(Set(patterns).count == patterns.count)
  }

  @Test func healthTellsTheState() async {
    let browser = await sample.browser()
    #expect(await browser.get("/health").text == "{\"status\":\"ready\"}\n")
    sample.app.state = .stopping
    #expect(await browser.get("/health").status == 503)
    #expect(await browser.get("/open").status == 200, "a request under way when the program stops is still served")
    sample.app.state = .starting
    #expect(await browser.get("/open").status == 503)
    #expect(await browser.send("HEAD", "/health").bytes.isEmpty)
  }

  @Test(arguments: [
    ("/a", true), ("/a?b=c", true), ("//evil", false), ("/\\evil", false), ("https://evil", false), ("", false),
    ("/a b", false), ("/\t/evil", false), ("javascript:alert(1)", false), ("/a\r\nSet-Cookie: x", false),
  ])
  func onlyOwnPathsAreSafeToGoTo(_ path: String, _ isSafe: Bool) async {
    #expect(LocalPath.isSafe(path) == isSafe)
    let browser = await sample.browser()
    let response = await browser.post("/leave", ["to": path])
    #expect(response.status == 303)
    #expect(response.headers["location"] == (isSafe ? path : "/"))
  }
}
