import Nouns
import SQL
import Support
import Testing
import Web
import WebSupport

/// What a stranger reports reaches the inboxes of those who must act.
@Suite struct ReportAlarmTests {
  @Test(arguments: Engine.available) func aReportLiesInTheInboxOfWhoeverActs(_ engine: Engine) async throws {
    let hospital = try await Installation(engine)
    let stranger = TestBrowser(hospital.app, peer: "10.7.7.7")
    await stranger.get("/report")
    let sent = await stranger.post("/report", ["what": "ransom", "place": "5階東病棟 <b>端末</b>"])
    #expect(sent.status == 200, "\(sent.text.prefix(400))")
    for (role, hears) in [(Role.administrator, true), (.safetyManager, true), (.director, false), (.staff, false)] {
      let browser = try await hospital.browser(role)
      // Whoever gets an account after the report has missed it.
      if role != .administrator {
        await stranger.get("/report")
        let again = await stranger.post("/report", ["what": "lost", "place": "地下 \(role.rawValue)"])
        #expect(again.status == 200)
      }
      let inbox = await browser.get("/inbox").text
      let place = role == .administrator ? "5階東病棟 &lt;b&gt;" : "地下 \(role.rawValue)"
      #expect(inbox.contains("異常の知らせ：") == hears && inbox.contains(place) == hears, "\(role)")
      #expect(!inbox.contains("<b>端末"))
    }
    await hospital.close()
  }
}
