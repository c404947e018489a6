import Assessment
import Duties
import Identity
import Nouns
import SQL
import Support
import Testing
import Text
import Time
import Web
import WebSupport

@testable import Program

/// What others are asked for and what vendors answer, entered by programs and commands as pages do it.
@Suite struct DelegationAPITests {
  private static let pack = "mhlw-hospital-r8"
  private static let form = "mhlw-vendor-r8"

  private func client(_ hospital: Installation) async throws -> APIClient {
    APIClient(app: hospital.app, token: try await hospital.token("点検", [.readLedger, .answerChecks]).text)
  }

  @Test(arguments: Engine.available)
  func itemsAreAssignedRemindedOfAndWithdrawn(engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let client = try await client(hospital)
    let person = try await hospital.account("asked", .safetyManager)
    let path = "/assessments/\(Self.pack)/assignments"
    let made = await client.send(
      "POST",
      path,
      #"{"items": ["3-①", "3-③"], "person": "\#(person.id)", "due": "2099-03-31", "note": "写真も"}"#
    )
    #expect(made.status == 200, "\(made.text)")
    let list = try made.json["assignments"]?.array ?? []
    #expect(list.compactMap { $0["item"]?.text } == ["3-①", "3-③"] && list[0]["due"]?.text == "2099-03-31")
    #expect(list.allSatisfy { $0["answered"] == .bool(false) && $0["reminders"]?.integer == 0 })
    // All or nothing, each with its place.
    for (body, pointer) in [
      (#"{"items": ["3-①", "9-9"], "person": "\#(person.id)"}"#, "/items"),
      (#"{"items": ["3-②"], "person": "nobody"}"#, "/person"), (#"{"items": ["3-②"]}"#, "/department"),
      (#"{"items": ["3-②"], "person": "\#(person.id)", "due": "2020-01-01"}"#, "/due"),
    ] {
      let refused = await client.send("POST", path, body)
      #expect(refused.status == 422, "\(body)")
      #expect(try refused.json["errors"]?.array?.first?["pointer"]?.text == pointer, "\(refused.text)")
    }
    #expect(try await client.get(path).json["total"]?.integer == 2)

    // What is answered is not asked for again; whoever is asked gets one message for the rest.
    let answered = await client.send(
      "PUT",
      "/assessments/\(Self.pack)/items/\(Percent.encode("3-①"))",
      #"{"value": "no", "reason": "策定中"}"#
    )
    #expect(answered.status == 200, "\(answered.text)")
    let reminded = await client.send("POST", "/assessments/\(Self.pack)/assignment-reminders", "{}")
    #expect(try reminded.json["reminded"]?.array?.compactMap(\.text) == ["3-③"], "\(reminded.text)")
    #expect(
      try await hospital.house.work.newest(person.id, hospital.facility).map(\.link).first?.hasPrefix("/assess/")
        == true
    )
    let now = try await client.get(path).json["items"]?.array ?? []
    #expect(now.map { $0["reminders"]?.integer } == [0, 1] && now[0]["answered"] == .bool(true))
    let page = try await hospital.browser(.administrator)
    #expect(await page.get("/assess/\(Self.pack)").text.contains("頼んでいる項目"))
    let one = "\(path)/\(Percent.encode("3-③"))"
    #expect(await client.send("DELETE", one).status == 204)
    #expect(await client.send("DELETE", one).status == 204, "nobody is asked, as was wanted")
    #expect(try await client.get(path).json["total"]?.integer == 1)
    #expect(await client.send("DELETE", path + "/9-9").status == 404)
    await hospital.close()
  }

  @Test(arguments: Engine.available)
  func aVendorsAnswersAreEntered(engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let client = try await client(hospital)
    let vendor = try await Addresses.supplier(in: hospital)
    let path = "/assessments/\(Self.form)/vendors/\(vendor)"
    #expect(try await client.send("DELETE", path + "/sent").json["state"]?.text == "unsent")
    #expect(await client.send("POST", path + "/reminders").status == 422, "it has no form")
    let sent = await client.send("PUT", path + "/sent", #"{"dueOn": "2099-03-31"}"#)
    #expect(try sent.status == 200 && sent.json["state"]?.text == "sent", "\(sent.text)")
    #expect(await client.send("PUT", path + "/sent", #"{"dueOn": "2020-03-31"}"#).status == 422)
    #expect(await client.send("POST", path + "/reminders").status == 200)
    #expect(try await client.send("DELETE", path + "/sent").json["state"]?.text == "unsent")
    #expect(await client.send("DELETE", path + "/sent").status == 422)
    func enter(_ answers: String) async -> WebResponse {
      await client.send(
        "POST",
        path + "/answers",
        #"{"way": "telephone", "respondent": "保守部", "answers": [\#(answers)]}"#
      )
    }
    let entered = await enter(#"{"item": "2-⑥", "value": "no", "remarks": "次の更新で"}, {"item": "2-④", "value": "yes"}"#)
    #expect(try entered.status == 200 && entered.json["answered"]?.integer == 2, "\(entered.text)")
    #expect(await enter(#"{"item": "2-⑥", "value": "yes"}"#).status == 409, "it was answered meanwhile")
    let wrong = await enter(#"{"item": "2-④", "value": "maybe", "version": 1}, {"item": "9", "value": "yes"}"#)
    #expect(
      try wrong.json["errors"]?.array?.compactMap { $0["pointer"]?.text } == ["/answers/0/value", "/answers/1/item"]
    )
    // A yes after a no is the second check of the same form, and what is not named stays.
    #expect(await enter(#"{"item": "2-⑥", "value": "yes", "version": 1}"#).status == 200)
    let lines = try await client.get(path + "?limit=500").json["items"]?.array ?? []
    let line = try #require(lines.first { $0["item"]?.text == "2-⑥" })
    #expect(line["first"]?.text == "no" && line["second"]?.text == "yes" && line["version"]?.integer == 2)
    #expect(line["remarks"]?.text == "次の更新で")
    #expect(await client.send("DELETE", path + "/sent").status == 422, "answers came back")
    await hospital.close()
  }

  /// What the records say is confirmed, a second person looks, people talk, and measures and differences are read.
  @Test(arguments: Engine.available)
  func aRoundIsGoneThroughByAProgram(engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let client = try await client(hospital)
    let items = try await client.get("/assessments/prefecture-20?limit=500").json["items"]?.array ?? []
    let shown = items.filter { $0["state"]?.text == "suggested" }.compactMap { $0["item"]?.text }
    let asked = #"{"items": [\#(shown.map { "\"\($0)\"" }.joined(separator: ","))]}"#
    let accepted = await client.send("POST", "/assessments/prefecture-20/accept", asked)
    #expect(try accepted.status == 200 && accepted.json["accepted"]?.integer == shown.count, "\(accepted.text)")
    #expect(try await client.send("POST", "/assessments/prefecture-20/accept", asked).json["accepted"]?.integer == 0)
    // Whoever answered is no second person.
    let item = "/assessments/\(Self.pack)/items/\(Percent.encode("3-③"))"
    #expect(await client.send("PUT", item, #"{"value": "yes"}"#).status == 200)
    #expect(await client.send("POST", item + "/confirmation", #"{"version": 1}"#).status == 422)
    #expect(await client.send("POST", item + "/comments", #"{"text": "規程の第3版を見た"}"#).status == 204)
    let comments = try await client.get(item + "/comments").json["items"]?.array ?? []
    #expect(comments.compactMap { $0["text"]?.text } == ["規程の第3版を見た"])
    // What a measure takes changes its place.
    let measure = "/assessments/prefecture-20/measures"
    #expect(await client.send("PUT", measure + "/04", #"{"effort": "small", "cost": "none"}"#).status == 200)
    #expect(await client.send("PUT", measure + "/99", #"{"effort": "small", "cost": "none"}"#).status == 404)
    #expect(await client.send("PUT", "/assessments/prefecture-20/items/4", #"{"value": "0"}"#).status == 200)
    let ranked = try await client.get(measure).json["items"]?.array ?? []
    let backup = try #require(ranked.first { $0["measure"]?.text == "04" })
    #expect(backup["effort"]?.text == "small" && backup["lack"]?.integer == 2)
    let compared = try await client.get("/assessments/prefecture-20/difference?from=prefecture-20/2026-10").json
    let changed = compared["lines"]?.array?.first { $0["topic"]?.text == "backup" }
    #expect(compared["to"]?.text == "prefecture-20/2026-11" && changed?["change"]?.text == "answered")
    #expect(await client.get("/assessments/prefecture-20/difference?from=2026-10").status == 404)
    // Rounds of another time than the edition's are none.
    let page = try await hospital.browser(.administrator)
    for period in ["1999-01", "2027-06"] {
      let round = #"{"locked": true, "period": "\#(period)"}"#
      #expect(await client.send("PUT", "/assessments/prefecture-20/lock", round).status == 422)
      let shown = await page.get("/assess/prefecture-20?period=\(period)")
      #expect(shown.status == 400 && shown.text.contains("2026-11"), "\(shown.text)")
    }
    await hospital.close()
  }

  /// The form goes out as a workbook and comes back the same way.
  @Test(arguments: Engine.available)
  func aFormTravelsByAProgram(engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let client = try await client(hospital)
    let path = "/assessments/\(Self.pack)/form"
    let file = await client.get(path)
    #expect(file.status == 200 && file.headers["content-type"] == FormFile.type)
    #expect(await client.get(path + "?kind=official").status == 404, "none was loaded")
    let csv = "番号,1回目,目標日\r\n3-③,いいえ,2027/3/31\r\n"
    let type = ["Content-Type": "text/csv"]
    let dry = await client.send("POST", path + "?name=a.csv&check=true", csv, type)
    #expect(try dry.status == 200 && dry.json["new"]?.integer == 1 && dry.json["kept"]?.integer == 0, "\(dry.text)")
    #expect(try await client.send("POST", path + "?name=a.csv", csv, type).json["kept"]?.integer == 1)
    #expect(try await client.send("POST", path + "?name=a.csv", csv, type).json["same"]?.integer == 1)
    let wrong = await client.send("POST", path + "?name=a.csv", "番号,1回目\r\n3-③,たぶん\r\n", type)
    #expect(try wrong.status == 422 && wrong.json["errors"]?.array?.isEmpty == false, "\(wrong.text)")
    let vendor = try await Addresses.supplier(in: hospital)
    let theirs = "/assessments/\(Self.form)/vendors/\(vendor)/form"
    #expect(await client.get(theirs).headers["content-type"] == FormFile.type)
    let back = await client.send("POST", theirs + "?name=a.csv", "番号,1回目,備考\r\n2-⑥,はい,\r\n", type)
    #expect(try back.status == 200 && back.json["kept"]?.integer == 1, "\(back.text)")
    let official = await client.send("PUT", "/assessments/\(Self.pack)/official?name=a.csv", csv, type)
    #expect(official.status == 422, "it is not the ministry's")
    #expect(await client.send("DELETE", "/assessments/\(Self.pack)/official").status == 204)
    await hospital.close()
  }

  /// At a terminal inside, by a link, without an account: this form, and nothing of the hospital's.
  @Test(arguments: Engine.available)
  func aVendorAnswersAtATerminal(engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let client = try await client(hospital)
    let vendor = try await Addresses.supplier(in: hospital)
    let path = "/assessments/\(Self.form)/vendors/\(vendor)"
    let answered = await client.send(
      "PUT",
      "/assessments/\(Self.pack)/items/\(Percent.encode("2-⑥"))",
      #"{"value": "yes", "remarks": "病院だけの備考"}"#
    )
    #expect(answered.status == 200, "\(answered.text)")
    let address = try #require(try await client.send("PUT", path + "/link").json["address"]?.text)
    let stranger = TestBrowser(hospital.app, peer: "10.0.0.77")
    let page = await stranger.get(address)
    #expect(page.status == 200 && page.text.contains("様式保守") && page.text.contains("様式試験"), "\(page.status)")
    #expect(!page.text.contains("病院だけの備考") && !page.text.contains("/assess/"))
    let open = await stranger.post(address, ["value.2-⑥": "no"])
    #expect(open.status == 422 && open.text.contains("誰が答えたか"))
    let kept = await stranger.post(address, ["respondent": "保守部 山本", "value.2-⑥": "no", "remarks.2-⑥": "次の更新で"])
    #expect(kept.status == 303, "\(kept.text)")
    #expect(await stranger.get(address + "?kept=1").text.contains("保存しました"))
    let lines = try await client.get(path + "?limit=500").json["items"]?.array ?? []
    #expect(lines.first { $0["item"]?.text == "2-⑥" }?["verdict"]?.text == "contradicts")
    let round = try await hospital.house.assessment.vendorRound(
      try #require(Checklists.checklist(Self.form)),
      hospital.facility
    )
    let form = try #require(round.lines.first { $0.vendor.id == vendor }?.form)
    #expect(form.way == .terminal && form.respondent == "保守部 山本")
    #expect(form.answers["2-⑥"]?.answeredBy == "様式保守", "nobody of the hospital typed it")
    // Another link ends the one before, and an ended one opens nothing.
    #expect(await client.send("PUT", path + "/link").status == 200)
    #expect(await stranger.get(address).status == 404)
    #expect(await client.send("DELETE", path + "/link").status == 204)
    await hospital.close()
  }

  /// Late answers are taken for two weeks. Then the link is over and says so, and what was typed is not lost.
  @Test(arguments: Engine.available)
  func aLinkToATerminalEnds(engine: Engine) async throws {
    let hospital = try await Installation(engine, rows: 5)
    let client = try await client(hospital)
    let vendor = try await Addresses.supplier(in: hospital)
    let made = await client.send("PUT", "/assessments/\(Self.form)/vendors/\(vendor)/link")
    let address = try #require(try made.json["address"]?.text)
    // Due in 30 days, as the form that was handed over today.
    #expect(try made.json["lastDay"]?.text == Installation.today.adding(days: 44).iso)
    let stranger = TestBrowser(hospital.app, peer: "10.0.0.78")
    hospital.clock.advance(days: 44)
    let late = await stranger.get(address)
    #expect(late.status == 200 && late.text.contains("回答の期限") && late.text.contains("このリンクが使える日"))
    hospital.clock.advance(days: 1)
    let ended = await stranger.post(address, ["respondent": "保守部 山本", "value.2-⑥": "no"])
    #expect(ended.status == 403 && ended.text.contains("新しいリンクを頼んで") && ended.text.contains("保守部 山本"))
    let shut = await stranger.get(address)
    #expect(shut.status == 403 && !shut.text.contains("様式試験"), "\(shut.text)")
    await hospital.close()
  }

  @Test func commandsDoTheSame() async throws {
    let hospital = try Hospital()
    try await hospital.initialize()
    let added = try await hospital.run(["user", "add", "suzuki", "--name", "鈴木 一", "--role", "administrator"])
    #expect(added.code == 0, "\(added.errors)")
    func delegate(_ words: String...) async throws -> Outcome {
      try await hospital.run(["assess", "delegate", words[0], "--pack", Self.pack] + words.dropFirst())
    }
    let assigned = try await delegate("assign", "--to", "鈴木 一", "--due", "2099-03-31", "3-①", "3-③")
    #expect(assigned.code == 0, "\(assigned.errors)")
    #expect(try await delegate("assign", "--to", "だれか", "3-②").code == 2)
    let reminded = try await delegate("remind")
    #expect(reminded.code == 0 && reminded.output == "3-①\t鈴木 一\n3-③\t鈴木 一\n", "\(reminded.output)")
    #expect(try await delegate("withdraw", "3-①").code == 0)
    let list = try await delegate("list", "--json")
    let lines = try #require(list.json as? [[String: Any]])
    #expect(lines.count == 1 && lines[0]["reminders"] as? Int == 1 && lines[0]["due"] as? String == "2099-03-31")
    let nobody = ["assess", "vendors", "send", "--pack", Self.form, "--vendor", "nobody"]
    #expect(try await hospital.run(nobody).code == 2)
  }
}
