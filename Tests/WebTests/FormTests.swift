import Support
import Testing
import Web
import WebSupport

@Suite struct FormTests {
  let sample = SampleApp()

  private func send(_ body: String, type: String) async -> WebResponse {
    let browser = await sample.browser()
    return await browser.send(
      "POST",
      "/echo",
      ["Content-Type": type, "X-CSRF-Token": browser.token],
      Array(body.utf8)
    )
  }

  @Test(arguments: [
    ("a=1&b=2", "a=1\nb=2"), ("a=%E6%A9%9F%E5%99%A8+x", "a=機器 x"), ("a", "a="), ("=x", "=x"), ("a=1&&b=2", "a=1\nb=2"),
    ("a=1&a=2", "a=1\na=2"), ("a=b=c", "a=b=c"), ("", ""), ("a=x%0D%0Ay%0Az%0Dw", "a=x\ny\nz\nw"),
  ])
  func urlEncodedFormsAreRead(_ body: String, _ answer: String) async {
    let response = await send(body, type: "application/x-www-form-urlencoded")
    #expect(response.status == 200)
    #expect(response.text == answer)
  }

  @Test(arguments: ["a=%", "a=%g1", "%ff=1", "a=%ff", "a=%00", "a=%ED%A0%80"])
  func brokenTextIsRefusedWithTheFieldsName(_ body: String) async {
    let response = await send(body, type: "application/x-www-form-urlencoded; charset=utf-8")
    #expect(response.status == 400)
    #expect(response.text.contains("文字を読み取れません"))
  }

  @Test func aNameTellsWhichFieldIsBroken() async {
    let response = await send("department=%ff", type: "application/x-www-form-urlencoded")
    #expect(response.text.contains("「department」"))
  }

  @Test func otherCharactersSetsAndTypesAreRefused() async {
    #expect(await send("a=1", type: "application/x-www-form-urlencoded; charset=shift_jis").status == 400)
    #expect(await send("a=1", type: "text/plain").status == 415)
  }

  @Test func tooManyFieldsAreRefused() async {
    let body = Array(repeating: "a=", count: 20_001).joined(separator: "&")
    #expect(await send(body, type: "application/x-www-form-urlencoded").status == 413)
  }

  @Test func aFileComesWithItsName() async {
    let browser = await sample.browser()
    let bytes: [UInt8] = Array(0...255) + Array("\r\n--x\r\n--".utf8)
    let response = await browser.upload("/echo", ["a": "機器"], file: ("file", "C:\\台帳\\%22一覧%22.xlsx", bytes))
    #expect(response.text == "a=機器\nfile:\"一覧\".xlsx:application/octet-stream:\(bytes.count)")
  }

  @Test(arguments: [
    // A field, a file, an empty file control.
    ("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--\r\n", "a=1"),
    ("--b\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--b--", "a="),
    ("preamble\r\n--b\r\ncontent-disposition:form-data;name=\"a\"\r\n\r\nx\r\ny\r\n--b--\r\nepilogue", "a=x\ny"),
    ("--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\"\r\n\r\n\r\n--b--", ""),
    (
      "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"e\"\r\nContent-Type: text/csv\r\n\r\n\r\n--b--",
      "f:e:text/csv:0"
    ),
    (
      "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"; filename*=UTF-8''%E5%8F%B0\r\n\r\nq\r\n--b--",
      "f:台:application/octet-stream:1"
    ),
    ("--b  \r\nContent-Disposition: form-data; name=\"a\\\"b\"\r\n\r\n1\r\n--b--", "a\"b=1"),
    ("--b--", ""),
  ])
  func multipartFormsAreRead(_ body: String, _ answer: String) async {
    let response = await send(body, type: "multipart/form-data; boundary=b")
    #expect(response.status == 200)
    #expect(response.text == answer)
  }

  @Test(arguments: [
    "", "--c\r\n", "--b\r\n", "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1", "--bxx",
    "--b\r\n\r\nx\r\n--b--", "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
    "--b\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--b--",
    "--b\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--b--",
    "--b\nContent-Disposition: form-data; name=\"a\"\n\n1\n--b--\n",
  ])
  func brokenMultipartIsRefused(_ body: String) async {
    let response = await send(body, type: "multipart/form-data; boundary=b")
    #expect(response.status == 400)
    #expect(response.text.contains("形式が壊れている"))
  }

  @Test(arguments: ["multipart/form-data", "multipart/form-data; boundary=\"\"", "multipart/form-data; boundary=\"b"])
  func multipartNeedsItsBoundary(_ type: String) async {
    #expect([400, 415].contains(await send("--b--", type: type).status))
  }

  @Test func headersOfAPartMayNotBeEndless() async {
    let long = String(repeating: "x", count: 9000)
    let body = "--b\r\nX: \(long)\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--"
    #expect(await send(body, type: "multipart/form-data; boundary=b").status == 400)
  }

  /// Whatever is cut, doubled or overwritten, the answer is a page or the form, never a fault.
  @Test(arguments: UInt64(0)..<400)
  func noBytesBreakTheReaders(_ seed: UInt64) async {
    var chance = SplitMix64(seed: seed)
    var body = Array(
      """
      --b\r\nContent-Disposition: form-data; name="a"\r\n\r\nいろは\r\n--b\r\n\
      Content-Disposition: form-data; name="f"; filename="台帳.csv"\r\nContent-Type: text/csv\r\n\r\n1,2\r\n3,4\r\n--b--\r\n
      """.utf8
    )
    let isMultipart = Bool.random(using: &chance)
    if !isMultipart { body = Array("a=1&b=%E6%A9%9F&csrf=x&list=1&list=2+3".utf8) }
    for _ in 0..<Int.random(in: 1...8, using: &chance) {
      let place = Int.random(in: 0..<max(1, body.count), using: &chance)
      switch Int.random(in: 0..<4, using: &chance) {
      case 0: if place < body.count { body[place] = UInt8.random(in: 0...255, using: &chance) }
      case 1: body.removeSubrange(place..<min(body.count, place + Int.random(in: 1...20, using: &chance)))
      case 2: body.insert(contentsOf: body[place..<min(body.count, place + 30)], at: place)
      default: body.insert([13, 10, 45, 98, 37, 38, 61, 34].randomElement(using: &chance) ?? 0, at: place)
      }
      if body.isEmpty { body = [45] }
    }
    let browser = await sample.browser()
    let type = isMultipart ? "multipart/form-data; boundary=b" : "application/x-www-form-urlencoded"
    let response = await browser.send("POST", "/echo", ["Content-Type": type, "X-CSRF-Token": browser.token], body)
    #expect([200, 400, 413].contains(response.status), "seed \(seed): \(response.status)")
  }

  @Test(arguments: UInt64(0)..<200)
  func whatIsEncodedComesBack(_ seed: UInt64) async {
    var chance = SplitMix64(seed: seed)
    let scalars = (0..<Int.random(in: 0...40, using: &chance)).compactMap { _ in
      Unicode.Scalar(UInt32.random(in: 1...0x2ffff, using: &chance))
    }
    let text = String(String.UnicodeScalarView(scalars))
    #expect(Percent.decode(Percent.encode(text).utf8) == text)
    let plus = Percent.encode(text).split(separator: "%20", omittingEmptySubsequences: false).joined(separator: "+")
    #expect(Percent.decode(plus.utf8, plusIsSpace: true) == text)
  }

  @Test func jsonIsReadAndItsFaultsNamed() async {
    let browser = await sample.browser()
    #expect(await browser.postJSON("/json", "{\"name\":\"機器\"}").text == "{\"name\":\"機器\"}")
    let wrong = await browser.postJSON("/json", "{\"name\":7}")
    #expect(wrong.status == 400)
    #expect(wrong.headers["content-type"] == "application/problem+json")
    #expect(wrong.text.contains("name"))
    #expect(await browser.postJSON("/json", "{").status == 400)
  }
}
