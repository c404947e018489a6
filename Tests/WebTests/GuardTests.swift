import Testing
import Web
import WebSupport

/// Who may send what: tokens, origins, permission.
@Suite struct GuardTests {
  let sample = SampleApp()

  @Test(arguments: ["POST", "PUT", "PATCH", "DELETE"], ["staff", "admin", "stranger"])
  func withoutTheTokenNothingIsDone(_ method: String, _ user: String) async {
    let done = Route.open(.post, "/do") { _ in .text("done") }
    let sample = SampleApp(routes: [
      done, .open(.put, "/do") { _ in .text("done") }, .open(.patch, "/do") { _ in .text("done") },
      .open(.delete, "/do") { _ in .text("done") },
    ])
    let browser = await sample.browser(user == "stranger" ? nil : user)
    let form = "application/x-www-form-urlencoded"
    let other = await sample.browser("admin")
    for token in ["", "x", "token-of-nobody", user == "admin" ? "token-of-staff" : other.token] {
      let byHeader = await browser.send(method, "/do", ["X-CSRF-Token": token])
      #expect(byHeader.status == 403)
      let byForm = await browser.send(method, "/do", ["Content-Type": form], Array("csrf=\(token)".utf8))
      #expect(byForm.status == 403)
      #expect(byForm.text.contains("有効期限が切れた"))
    }
    #expect(await browser.send(method, "/do", [:]).status == 403)
    #expect(await browser.send(method, "/do?csrf=\(browser.token)", [:]).status == 403, "never in the address")
    #expect(await browser.send(method, "/do", ["X-CSRF-Token": browser.token]).text == "done")
    #expect(
      await browser.send(method, "/do", ["Content-Type": form], Array("csrf=\(browser.token)".utf8)).text == "done"
    )
  }

  @Test func aStrangersTokenHoldsForHisCookieOnly() async {
    let (one, two) = (await sample.browser(), await sample.browser())
    #expect(one.token != two.token)
    #expect(await one.post("/echo", ["a": "1"]).status == 200)
    #expect(await two.post("/echo", ["a": "1", "csrf": one.token]).status == 403)
    one.set(cookie: "yagura-form", nil)
    #expect(await one.post("/echo", ["a": "1"]).status == 403)
  }

  @Test(arguments: [
    (["Sec-Fetch-Site": "same-origin"], 200), (["Sec-Fetch-Site": "none"], 200),
    (["Sec-Fetch-Site": "cross-site"], 403),
    (["Sec-Fetch-Site": "same-site"], 403), (["Origin": "http://localhost:8080"], 200),
    (["Origin": "https://evil.example"], 403), (["Origin": "null"], 403), (["Origin": "http://localhost:8081"], 403),
    (["Origin": "http://LOCALHOST:8080"], 200),
  ])
  func otherSitesMayNotSend(_ headers: [String: String], _ status: Int) async {
    let browser = await sample.browser()
    #expect(await browser.post("/echo", ["a": "1"], headers).status == status)
  }

  @Test func onLoopbackOnlyOwnNamesAreAnswered() async {
    let sample = SampleApp { $0.hosts = WebSettings.loopbackHosts }
    let browser = TestBrowser(sample.app)
    for host in ["localhost:8080", "127.0.0.1:8080", "[::1]:8080", "LOCALHOST"] {
      #expect(await browser.get("/open", ["Host": host]).status == 200, "\(host)")
    }
    for host in ["evil.example", "evil.example:8080", "localhost.evil.example", ""] {
      #expect(await browser.get("/open", ["Host": host]).status == 421, "\(host)")
    }
  }

  @Test func strangersAreLedToTheDoorAndBack() async {
    let browser = await sample.browser()
    let page = await browser.get("/devices?q=CT+1")
    #expect(page.status == 303)
    #expect(page.headers["location"] == "/sign-in?next=%2Fdevices%3Fq%3DCT%2B1")
    let form = await browser.post(
      "/devices",
      ["name": "CT"],
      ["Referer": "http://localhost:8080/devices/new", "Origin": "http://localhost:8080"]
    )
    #expect(form.headers["location"] == "/sign-in?next=%2Fdevices%2Fnew")
    let program = await browser.get("/devices", ["Accept": "application/json"])
    #expect(program.status == 401)
    #expect(program.headers["content-type"] == "application/problem+json")
  }

  @Test func whoMayNotIsToldWhoMay() async {
    let browser = await sample.browser("staff")
    let page = await browser.get("/devices")
    #expect(page.status == 403)
    #expect(page.text.contains("システム管理者"))
    #expect(page.text.contains("山田 太郎さんに頼んでください"))
    #expect(page.text.contains("action=\"/sign-out\""))
    #expect(await browser.postJSON("/devices", "{}").status == 403)
    #expect(await sample.browser("admin").get("/devices").status == 200)
  }

  @Test func theMenuShowsWhatMayBeOpened() async {
    let admin = await sample.browser("admin").get("/devices").text
    #expect(admin.contains("href=\"/devices\" aria-current=\"page\""))
    let staff = await sample.browser("staff").get("/open").text
    #expect(!staff.contains("href=\"/devices\""))
    let stranger = await sample.browser().get("/open").text
    #expect(!stranger.contains("href=\"/devices\""))
    #expect(admin.contains("佐藤 &lt;美咲&gt;"))
  }

  @Test func proxiesAreBelievedOnlyWhereToldSo() async {
    let headers = ["X-Forwarded-For": "203.0.113.9, 10.1.2.3", "X-Forwarded-Proto": "https"]
    #expect(await TestBrowser(sample.app).get("/where", headers).text == "127.0.0.1 false true ja")
    let behind = SampleApp { $0.behindProxy = true }
    #expect(await TestBrowser(behind.app).get("/where", headers).text == "10.1.2.3 true false ja")
    #expect(await TestBrowser(sample.app, peer: "10.0.0.7").get("/where").text == "10.0.0.7 false false ja")
  }
}
