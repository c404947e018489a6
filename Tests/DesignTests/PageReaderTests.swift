import PageCheck
import Testing

@Suite struct `The reader of pages` {
  @Test(arguments: [
    ("<div><p>a</div>", "while <p>"), ("<p>a", "never closed"), ("<p id=\"a\"></p><p id=\"a\"></p>", "stands already"),
    ("<input type=\"text\" name=\"a\">", "has no label"), ("<p style=\"color:red\">a</p>", "style="),
    ("<p onclick=\"x()\">a</p>", "onclick="), ("<script>alert(1)</script>", "script written"),
    ("<a href=\"\">a</a>", "leads nowhere"), ("<a href=\"#\">a</a>", "leads nowhere"), ("<p>a & b</p>", "bare &"),
    ("<p>a < b</p>", "bare <"), ("<a href=\"javascript:x\">a</a>", "script in href"),
    ("<form action=\"/a\"><form action=\"/b\"></form></form>", "form in a form"), ("<p class=a>b</p>", "no quotes"),
    ("<label for=\"x\">a</label>", "nothing has the id"), ("<ul><p>a</p></ul>x</b>", "closes nothing"),
    ("<p><div>a</div></p>", "inside <p>"), ("<button>a</button>", "no type"), ("<html><p>a</p></html>", "no lang"),
    ("<input type=\"text\" aria-label=\"a\" placeholder=\"b\">", "placeholder"), ("<!-- a -->", "comment"),
  ])
  func `names what is wrong`(page: String, fault: String) {
    #expect(HTMLCheck.faults(page).contains { $0.contains(fault) }, "\(HTMLCheck.faults(page))")
  }

  @Test func `says nothing of a good page`() {
    let page = """
      <!doctype html>
      <html lang="ja"><head><title>a</title></head><body><label for="a">b</label><input id="a" type="text">\
      <textarea aria-label="c">
      <b>no markup</b></textarea><svg viewBox="0 0 1 1"><path d="M0 0"/></svg></body></html>
      """
    #expect(HTMLCheck.faults(page) == [])
  }

  @Test(arguments: UInt64(0)..<200)
  func `ends on any bytes`(seed: UInt64) {
    var random = SplitMix(seed)
    let pieces = ["<", ">", "</p>", "<p ", "=\"", "\"", "&", "<!--", "<textarea>", "a", "\n", "<script", "/", "漢"]
    let page = (0..<60).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }.joined()
    _ = HTMLCheck.faults(page)  // Only that it comes back.
  }
}
