import Duties
import Identity
import Nouns
import Organization
import SQL
import Support
import Testing
import Text
import Time
import Web
import WebSupport

@testable import Program

/// Taking data out, as staff, the head of a department and programs do it.
@Suite struct MediaPageTests {
  @Test(arguments: Engine.available) func staffAskAndSomebodyElseDecides(_ engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let staff = try await hospital.browser(.staff)
    #expect(await staff.get("/").text.contains("href=\"/media/new\""))
    #expect(await staff.get("/media").text.contains("申請はありません"))
    #expect(await staff.get("/media/new").text.contains("何で持ち出しますか"))
    let half = await staff.post("/media/new", ["contents": "発表<b>資料", "medium": "usb"])
    #expect(half.status == 422 && half.text.contains("発表&lt;b&gt;資料") && half.text.contains("守り方を選んでください"))
    let asked = await staff.post(
      "/media/new",
      [
        "medium": "usb", "contents": "発表<b>資料", "personal": "no", "purpose": "学会", "destination": "横浜",
        "from": "2026/11/21", "until": "2026/11/25", "protection": "encrypted", "department": "",
      ]
    )
    #expect(asked.status == 303, "\(asked.text)")
    let own = await staff.get("/media").text
    #expect(own.contains("承認待ち") && own.contains("発表&lt;b&gt;資料"))
    #expect(await staff.get("/media/requests").status == 403)
    let vendor = try await hospital.browser(.vendor)
    #expect(await vendor.get("/media").status == 403)

    let media = hospital.house.organization.media
    let id = try #require(try await media.list(in: hospital.scope()).first).id
    let head = try await hospital.browser(.departmentHead)
    #expect(await head.get("/media/requests").text.contains("承認待ち1件"))
    let path = "/media/requests/\(id)"
    #expect(await head.get(path).text.contains("認めない"))
    // A refusal needs its reason; without one nothing is decided.
    #expect(await head.post(path + "/decide", ["decision": "refuse", "note": ""]).status == 303)
    #expect(await head.post(path + "/decide", ["decision": "perhaps"]).status == 303)
    #expect(try await media.find(id, in: hospital.scope()).state == .waiting)
    #expect(await head.post(path + "/decide", ["decision": "approve", "note": "お気をつけて"]).status == 303)
    #expect(try await media.find(id, in: hospital.scope()).state == .approved)
    #expect(await staff.get("/inbox").text.contains("持ち出しの申請が認められました"))
    let now = await staff.get("/media").text
    #expect(now.contains("持ち出し中") && now.contains("お気をつけて"))
    #expect(await staff.post("/media/own/\(id)/withdraw", [:]).status == 303)
    #expect(try await media.find(id, in: hospital.scope()).state == .approved, "it is too late to withdraw")
    #expect(await head.post(path + "/returned", ["note": "初期化した"]).status == 303)
    #expect(try await media.find(id, in: hospital.scope()).state == .returned)
    #expect(await head.get(path).text.contains("初期化した"))
    await hospital.close()
  }

  @Test(arguments: Engine.available) func programsAskAndDecide(_ engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    _ = try await hospital.account("reader", .safetyManager)
    func client(_ user: String) async throws -> APIClient {
      let token = try await hospital.token("持ち出し", [.signedIn, .readLedger, .editLedger], for: user).text
      return APIClient(app: hospital.app, token: token)
    }
    let (own, other) = (try await client("admin"), try await client("reader"))
    func body(_ until: String, _ department: String = "null") -> String {
      """
      {"medium": "paper", "contents": "紹介状", "isPersonal": true, "headCount": 1, "purpose": "転院", "from": "2026-11-21",
       "until": "\(until)", "destination": "転院先", "protection": "locked", "department": \(department)}
      """
    }
    let made = await own.send("POST", "/media-requests", body("2026-11-22"))
    #expect(made.status == 201, "\(made.text)")
    let id = try #require(try made.json["id"]?.text)
    #expect(try made.json["state"]?.text == "waiting" && made.json["headCount"]?.integer == 1)
    for (sent, pointer) in [(body("2026-11-20"), "/until"), (body("2026-11-22", "\"\(id)\""), "/department")] {
      let refused = await own.send("POST", "/media-requests", sent)
      #expect(refused.status == 422)
      #expect(try refused.json["errors"]?.array?.first?["pointer"]?.text == pointer, "\(refused.text)")
    }
    #expect(try await own.get("/own-media-requests").json["total"]?.integer == 1)
    #expect(try await other.get("/own-media-requests").json["total"]?.integer == 0)
    let approve = #"{"approved": true}"#
    #expect(await own.send("POST", "/media-requests/\(id)/decide", approve).status == 409, "it is one's own")
    #expect(await other.send("POST", "/media-requests/\(id)/decide", #"{"approved": false}"#).status == 422)
    let decided = await other.send("POST", "/media-requests/\(id)/decide", approve)
    #expect(try decided.json["state"]?.text == "approved", "\(decided.text)")
    #expect(await other.send("POST", "/media-requests/\(id)/decide", approve).status == 409)
    #expect(await own.send("POST", "/media-requests/\(id)/withdraw").status == 409)
    #expect(try await other.send("POST", "/media-requests/\(id)/return", "{}").json["state"]?.text == "returned")
    #expect(try await other.get("/media-requests/\(id)").json["endedBy"]?.text?.isEmpty == false)
    #expect(await other.get("/media-requests/0192-there-is-none").status == 404)
    await hospital.close()
  }
}
