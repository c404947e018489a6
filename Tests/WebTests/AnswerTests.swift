import CZlib
import Design
import PageCheck
import Support
import Testing
import Text
import Web
import WebSupport

/// Headers, ETag, compression, languages, messages.
@Suite struct AnswerTests {
  let sample = SampleApp()

  @Test(arguments: ["/open", "/nowhere", "/devices", "/where", "/download"])
  func everyAnswerIsGuarded(_ path: String) async {
    let headers = await sample.browser("staff").get(path).headers
    let policy = headers["content-security-policy"] ?? ""
    for part in [
      "default-src 'self'", "frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'", "object-src 'none'",
    ] {
      #expect(policy.contains(part))
    }
    #expect(!policy.contains("unsafe"))
    #expect(headers["x-content-type-options"] == "nosniff")
    #expect(headers["referrer-policy"] == "same-origin")
    #expect(headers["cross-origin-opener-policy"] == "same-origin")
    #expect(headers["x-request-id"]?.hasPrefix("request-") == true)
    #expect(headers["strict-transport-security"] == nil)
    #expect(headers["server"] == nil)
  }

  @Test func encryptedLinesKeepCookiesToThemselves() async {
    let browser = TestBrowser(sample.app, isSecure: true)
    let response = await browser.get("/open")
    for path in ["/open", "/nowhere", "/health"] {
      let headers = await browser.get(path).headers
      #expect(headers["strict-transport-security"] == "max-age=31536000; includeSubDomains", "\(path)")
      #expect(headers["content-security-policy"]?.contains("default-src 'self'") == true, "\(path)")
    }
    let cookie = response.headers.all("set-cookie").first ?? ""
    #expect(cookie.hasPrefix("__Host-yagura-form="))
    for part in ["Path=/", "HttpOnly", "SameSite=Lax", "Secure"] { #expect(cookie.contains(part)) }
    #expect(await browser.post("/echo", ["a": "1"]).status == 200)
  }

  @Test func nobodyOutsideNamesARequest() async {
    let response = await sample.browser().get("/open", ["X-Request-Id": "mine"])
    #expect(response.headers["x-request-id"] != "mine")
  }

  @Test func aPageThatHasNotChangedIsNotSentAgain() async {
    let browser = await sample.browser("admin")
    let first = await browser.get("/open")
    #expect(first.headers["cache-control"] == "private, no-cache")
    let tag = first.headers["etag"] ?? ""
    sample.clock.advance(seconds: 20)
    let second = await browser.get("/open", ["If-None-Match": tag])
    #expect(second.status == 304)
    #expect(second.bytes.isEmpty)
    #expect(await browser.get("/open", ["If-None-Match": "\"other\", \(tag)"]).status == 304)
    #expect(await browser.get("/open", ["If-None-Match": "\"other\""]).status == 200)
    #expect(await browser.get("/open", ["If-None-Match": "*"]).status == 304)
  }

  @Test(arguments: [
    ("gzip", true), ("br, gzip;q=0.5", true), ("*", true), ("gzip;q=0", false), ("br", false), ("", false),
    ("GZIP", true), ("gzip; q=0.0", false),
  ])
  func textIsCompressedForThoseWhoTakeIt(_ accept: String, _ isSmall: Bool) async throws {
    let browser = await sample.browser()
    let plain = await browser.get("/open").bytes
    let response = await browser.get("/open", ["Accept-Encoding": accept])
    #expect((response.headers["content-encoding"] == "gzip") == isSmall)
    #expect(response.headers["vary"]?.contains("Accept-Encoding") == true)
    #expect(response.headers["content-length"] == String(response.bytes.count))
    if isSmall {
      #expect(response.bytes.count < plain.count / 4)
      #expect(try gunzip(response.bytes, plain.count + 10) == plain)
    }
    #expect(await browser.get("/where", ["Accept-Encoding": "gzip"]).headers["content-encoding"] == nil)
  }

  private func gunzip(_ bytes: [UInt8], _ limit: Int) throws -> [UInt8] {
    var stream = z_stream()
    try #require(inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK)
    defer { inflateEnd(&stream) }
    var (input, output) = (bytes, [UInt8](repeating: 0, count: limit))
    let count = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target -> Int in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(target.count)
        return inflate(&stream, Z_FINISH) == Z_STREAM_END ? target.count - Int(stream.avail_out) : -1
      }
    }
    try #require(count >= 0)
    return Array(output[..<count])
  }

  @Test func staticFilesAreKeptForAYear() async throws {
    let browser = await sample.browser()
    let file = try #require(StaticFile.all.first { $0.name == "look.css" })
    let response = await browser.get(file.address, ["Accept-Encoding": "gzip"])
    #expect(response.status == 200)
    #expect(response.headers["cache-control"] == "public, max-age=31536000, immutable")
    #expect(response.headers["content-encoding"] == "gzip")
    #expect(await browser.get(file.address).bytes == file.bytes)
    #expect(await browser.get(file.address, ["If-None-Match": file.entityTag]).status == 304)
    #expect(await browser.get("/static/old/look.css").headers["cache-control"] == "no-cache")
    #expect(await browser.get("/static/old/none.css").status == 404)
    #expect(await browser.send("POST", file.address).status == 405)
  }

  @Test(arguments: [
    ("", "ja"), ("en", "en"), ("en-US,en;q=0.9,ja;q=0.8", "en"), ("ja,en;q=0.5", "ja"), ("de,fr", "ja"),
    ("de,en;q=0.3", "en"), ("en;q=0,ja", "ja"), ("*;;q", "ja"),
  ])
  func theBrowsersLanguageIsSpoken(_ header: String, _ language: String) async {
    let text = await TestBrowser(sample.app).get("/where", ["Accept-Language": header]).text
    #expect(text.hasSuffix(language))
  }

  @Test func aLanguageChosenStays() async {
    let browser = await sample.browser()
    let chosen = await browser.post("/language", ["language": "en", "next": "/open?a=1"])
    #expect(chosen.status == 303)
    #expect(chosen.headers["location"] == "/open?a=1")
    #expect(await browser.get("/where").text.hasSuffix("en"))
    #expect(await browser.get("/nowhere").text.contains("Page not found"))
    #expect(await browser.get("/language/ja?next=//evil").headers["location"] == "/")
    #expect(await browser.get("/where").text.hasSuffix("ja"))
    #expect(await browser.get("/language/de").status == 400)
  }

  @Test func aMessageIsShownOnceWithItsButton() async {
    let browser = await sample.browser("admin")
    let done = await browser.post("/devices")
    #expect(done.status == 303)
    let page = await browser.get("/devices")
    #expect(page.text.contains("&lt;登録&gt;しました。"))
    #expect(page.text.contains("元に戻す"))
    #expect(page.text.contains("action=\"/undo\""))
    #expect(await !browser.get("/devices").text.contains("登録&gt;しました"))
  }

  @Test func aMessageMadeElsewhereIsNotShown() async {
    let browser = await sample.browser("admin")
    await browser.post("/devices")
    let real = browser.cookies["yagura-flash"] ?? ""
    for fake in [String(real.dropLast()), "x\(real)", "e30.AAAA", "", "."] {
      browser.set(cookie: "yagura-flash", fake)
      #expect(await !browser.get("/devices").text.contains("登録"))
    }
    #expect(!real.isEmpty)
  }

  @Test func aDownloadMayHaveAnyName() async {
    let headers = await sample.browser().get("/download").headers
    #expect(
      headers["content-disposition"]
        == "attachment; filename=\"______ _2026_.xlsx\"; "
        + "filename*=UTF-8''%E5%8F%B0%E5%B8%B3%20%222026%22.xlsx"
    )
    #expect(headers["cache-control"] == "private, no-store")
  }

  @Test(arguments: ["/open", "/devices", "/nowhere", "/ledger/%"], ["admin", "staff", "stranger"])
  func pagesAreWellFormed(_ path: String, _ user: String) async {
    let page = await sample.browser(user == "stranger" ? nil : user).get(path)
    guard page.status != 303 else { return }
    #expect(HTMLCheck.faults(page.text).isEmpty)
  }
}
